import type { ProviderSession, StreamAdapter } from '../../domain/integrations/adapter.port.ts';
import type { Ctx } from '../../services/core/context.ts';
import {
  dueRecords,
  type Ended,
  incoming,
  nextPosition,
  type Phase,
  readCursor,
  type StepResult,
  type Stream,
  type StreamPlace,
  takeFactPage,
  takeFactsAgain,
} from '../../services/integrations/index.ts';

export interface StepOptions {
  readonly place: StreamPlace;
  readonly stream: Stream;
  readonly actions: StreamAdapter;
  readonly session: ProviderSession;
  readonly pageRecords: number;
  /** A transaction that only reads. */
  readonly run: <T>(work: (ctx: Ctx) => Promise<T>) => Promise<T>;
}

type Commit = (work: (ctx: Ctx) => Promise<StepResult>) => Promise<StepResult | Ended>;
export type Steps = Readonly<Record<Phase, (commit: Commit) => Promise<StepResult | Ended>>>;

/** The next page of a stream in each phase: asked for outside of any transaction, stored in one with its place. */
export function stepsOf(options: StepOptions): Steps {
  const { place, stream, actions, session, pageRecords, run } = options;
  const { sync } = place;
  const pass = (commit: Commit) => commit(async () => ({ position: nextPosition(sync.position) }));

  return {
    async retry(commit) {
      if (!actions.fetch) return pass(commit);
      const ignorePause = sync.trigger === 'manual' || sync.mode === 'full';
      const keys = await run((ctx) =>
        dueRecords(ctx, incoming(place), { after: sync.position.cursor, limit: pageRecords, ignorePause }),
      );
      if (keys.length === 0) return pass(commit);
      const records = await actions.fetch(session, keys);
      return commit((ctx) => takeFactsAgain(ctx, place, stream, { keys, records }));
    },
    async pull(commit) {
      if (!actions.pull) return pass(commit);
      const cursor = await run((ctx) => readCursor(ctx, place));
      const page = await actions.pull(session, cursor, pageRecords);
      return commit((ctx) => takeFactPage(ctx, place, stream, page));
    },
    sweep: pass,
    push: pass,
  };
}
