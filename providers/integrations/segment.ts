import {
  type ChangeOutcome,
  type ProviderAdapter,
  ProviderError,
  type StreamAdapter,
} from '../../domain/integrations/adapter.port.ts';

/** A batch has at most 500 kB, an event 32 kB (Segment's HTTP API). */
const MOST_BATCH_BYTES = 480_000;

/** What goes out: once each, under a messageId of ours, by which Segment knows a repetition. */
const conversions: StreamAdapter = {
  async push(session, changes) {
    const events = changes.map((change) => (change.kind === 'create' ? JSON.stringify(eventOf(change.fields)) : null));
    const outcomes: ChangeOutcome[] = [];
    for (let at = 0; at < events.length; ) {
      const batch: string[] = [];
      let bytes = 0;
      for (; at < events.length; at++) {
        const event = events[at];
        if (event === null || event === undefined) continue;
        bytes += Buffer.byteLength(event) + 1;
        if (bytes > MOST_BATCH_BYTES && batch.length > 0) break;
        batch.push(event);
      }
      const { body } = await session.call({
        method: 'POST',
        path: '/v1/batch',
        headers: { 'content-type': 'application/json' },
        body: `{"batch":[${batch.join(',')}],"sentAt":${JSON.stringify(session.now().toISOString())}}`,
      });
      if ((body as { success?: unknown } | null)?.success !== true) {
        throw new ProviderError('MALFORMED_ANSWER', 'Segment did not confirm a batch.');
      }
    }
    for (const change of changes) {
      outcomes.push(
        change.kind === 'create'
          ? { ok: true, externalId: change.localId }
          : { ok: false, code: 'NOT_SUPPORTED', message: 'Events are never changed.' },
      );
    }
    return outcomes;
  },
};

function eventOf(fields: Readonly<Record<string, unknown>>): object {
  const { messageId, userId, anonymousId, event, timestamp, email, ...properties } = fields;
  return {
    type: 'track',
    messageId,
    ...(userId === null ? { anonymousId } : { userId }),
    event,
    timestamp,
    properties,
    context: { library: { name: 'revloop' }, ...(email === null ? {} : { traits: { email } }) },
  };
}

export const segmentAdapter: ProviderAdapter = {
  provider: 'segment',
  authorize: ({ credentials }) => ({
    authorization: `Basic ${Buffer.from(`${credentials.writeKey ?? ''}:`).toString('base64')}`,
  }),
  streams: { conversions },
};
