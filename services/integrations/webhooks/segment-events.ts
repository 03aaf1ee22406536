import { normalizeIdentifier } from '../../../domain/data/identifier.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { type EventInput, ingestEvent } from '../../data/index.ts';
import type { Received } from '../../platform/inbox/index.ts';
import { OWN_MESSAGES } from '../streams/conversions-out.ts';

type Json = Readonly<Record<string, unknown>>;

const objectOf = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});
const textOf = (value: unknown, longest: number): string | undefined =>
  typeof value === 'string' && value.trim() !== '' && value.length <= longest ? value.trim() : undefined;

/** Names of events in Segment's own words, for calls that have no name of their own. */
const NAMELESS: Readonly<Record<string, string>> = { page: 'page_view', screen: 'screen_view', identify: 'identify' };

/** A call of Segment's specification as an event; null for what is none: groups, aliases, what we have sent ourselves. */
export function eventOf(source: string, payload: unknown): EventInput | null {
  const call = objectOf(payload);
  const messageId = textOf(call.messageId, 200);
  const kind = textOf(call.type, 20) ?? '';
  const type = kind === 'track' ? textOf(call.event, 64) : NAMELESS[kind];
  if (type === undefined || messageId === undefined || messageId.startsWith(OWN_MESSAGES)) return null;
  const context = objectOf(call.context);
  const traits = { ...objectOf(context.traits), ...objectOf(call.traits) };
  const named = [
    ['user_id', textOf(call.userId, 255)],
    ['email', textOf(traits.email, 255)],
    ['cookie', textOf(call.anonymousId, 255)],
  ] as const;
  const at = textOf(call.timestamp, 40);
  const url = textOf(objectOf(context.page).url ?? objectOf(call.properties).url, 2_048);
  return {
    type,
    externalId: `${source}:${messageId}`,
    customerIdentifiers: named.flatMap(([identifier, value]) =>
      value !== undefined && normalizeIdentifier(identifier, value, 'US').ok ? [{ type: identifier, value }] : [],
    ),
    ...(at === undefined || Number.isNaN(Date.parse(at)) ? {} : { occurredAt: new Date(at) }),
    ...(url === undefined || !/^https?:\/\//i.test(url) ? {} : { url }),
    ...(Object.keys(objectOf(call.properties)).length > 0 ? { properties: { ...objectOf(call.properties) } } : {}),
  };
}

/** Stores the events of deliveries; answers what became of each, by id. */
export async function takeInSegment(
  ctx: Ctx,
  source: string,
  received: readonly Received[],
): Promise<Map<string, string>> {
  const outcomes = new Map<string, string>();
  const events = received.flatMap(({ id, payload }) => {
    const event = eventOf(source, payload);
    if (event) return [{ id, event }];
    outcomes.set(id, 'passed over');
    return [];
  });
  const stored = await ingestEvent.group(
    ctx,
    events.map(({ event }) => event),
  );
  for (const [index, { id }] of events.entries()) {
    const outcome = stored[index]!;
    outcomes.set(id, outcome.ok ? 'applied' : outcome.error.code);
  }
  return outcomes;
}
