import {
  ProviderError,
  type ProviderSession,
  type RemotePage,
  type RemoteRecord,
  type StreamAdapter,
} from '../../domain/integrations/adapter.port.ts';
import type { Ctx } from '../../services/core/context.ts';
import {
  dueRecords,
  type Ended,
  incoming,
  keepOutgoing,
  keepOutlet,
  type Outgoing,
  type Phase,
  passOver,
  prepareOutgoing,
  readCursor,
  readOutgoing,
  remoteFieldsOf,
  type StepResult,
  type Stream,
  type StreamPlace,
  takeFactPage,
  takeFactsAgain,
  takeRecordPage,
  takeRecordsAgain,
  unseenLinks,
} from '../../services/integrations/index.ts';

export interface StepOptions {
  readonly place: StreamPlace;
  readonly stream: Stream;
  readonly actions: StreamAdapter;
  readonly session: ProviderSession;
  readonly pageRecords: number;
  /** A transaction of its own, for reading. */
  readonly run: <T>(work: (ctx: Ctx) => Promise<T>) => Promise<T>;
}

type Commit = <R extends StepResult>(work: (ctx: Ctx) => Promise<R>) => Promise<R | Ended>;
export type Steps = Readonly<Record<Phase, (commit: Commit) => Promise<StepResult | Ended>>>;

/** The next page of a stream in each phase: asked for outside of any transaction, stored in one with its place. */
export function stepsOf(options: StepOptions): Steps {
  const { place, stream, actions, session, pageRecords, run } = options;
  const { sync } = place;
  const fields = stream.kind === 'records' ? remoteFieldsOf(place, stream) : [];
  const pass = (commit: Commit) => commit(async () => passOver(place));
  const take = (ctx: Ctx, page: RemotePage): Promise<StepResult> =>
    stream.kind === 'records'
      ? takeRecordPage(ctx, place, stream, page)
      : stream.kind === 'facts'
        ? takeFactPage(ctx, place, stream, page)
        : Promise.resolve(passOver(place));
  const takeAgain = (ctx: Ctx, asked: { keys: readonly string[]; records: readonly RemoteRecord[] }) =>
    stream.kind === 'records'
      ? takeRecordsAgain(ctx, place, stream, asked)
      : stream.kind === 'facts'
        ? takeFactsAgain(ctx, place, stream, asked)
        : Promise.resolve(passOver(place));

  return {
    async retry(commit) {
      if (!actions.fetch) return pass(commit);
      const ignorePause = sync.trigger === 'manual' || sync.mode === 'full';
      const keys = await run((ctx) =>
        dueRecords(ctx, incoming(place), { after: sync.position.cursor, limit: pageRecords, ignorePause }),
      );
      if (keys.length === 0) return pass(commit);
      const records = await actions.fetch(session, keys, fields);
      return commit((ctx) => takeAgain(ctx, { keys, records }));
    },

    async pull(commit) {
      if (!actions.pull) return pass(commit);
      const cursor = await run((ctx) => readCursor(ctx, place));
      const page = await actions.pull(session, cursor, pageRecords, fields);
      if (page.more && page.cursor === cursor) {
        throw new ProviderError('MALFORMED_ANSWER', 'A page leads to itself.');
      }
      return commit((ctx) => take(ctx, page));
    },

    async sweep(commit) {
      if (stream.kind !== 'records' || sync.mode !== 'full' || !actions.fetch) return pass(commit);
      const keys = await run((ctx) => unseenLinks(ctx, place, pageRecords));
      if (keys.length === 0) return pass(commit);
      const records = await actions.fetch(session, keys, fields);
      return commit((ctx) => takeAgain(ctx, { keys, records }));
    },

    async push(commit) {
      if (!actions.push) return pass(commit);
      if (stream.kind === 'outlet') {
        const cursor = await run((ctx) => readCursor(ctx, place));
        const batch = await run((ctx) => stream.next(ctx, place.connection, cursor, pageRecords));
        const isSent = batch.changes.length > 0 && !sync.dryRun;
        const outcomes = isSent ? await actions.push(session, batch.changes) : [];
        return commit((ctx) => keepOutlet(ctx, place, { ...batch, outcomes }));
      }
      if (stream.kind !== 'records') return pass(commit);
      const candidates = await run((ctx) => readOutgoing(ctx, place, stream, pageRecords));
      if (candidates.length === 0) return pass(commit);
      const linked = candidates.flatMap(({ externalId }) => externalId ?? []);
      const records = linked.length > 0 ? await actions.fetch!(session, linked, fields) : [];
      const prepared = await commit((ctx) => prepareOutgoing(ctx, place, stream, { candidates, records }));
      if ('ended' in prepared) return prepared;
      const { outgoing } = prepared;
      const outcomes = sync.dryRun ? wouldGoOut(outgoing) : await actions.push(session, outgoing.changes);
      return commit((ctx) => keepOutgoing(ctx, place, { candidates, outgoing, outcomes }));
    },
  };
}

/** A dry run sends nothing; what it would keep is taken back with the rest. */
const wouldGoOut = ({ changes }: Outgoing) =>
  changes.map((change) => ({
    ok: true as const,
    externalId: change.kind === 'create' ? `dry run ${change.localId}` : change.externalId,
  }));
