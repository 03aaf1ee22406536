import { ApplicationFailure } from '@temporalio/activity';
import {
  type ProviderAdapter,
  ProviderError,
  type ProviderSession,
  type StreamAdapter,
} from '../../domain/integrations/adapter.port.ts';
import type { OAuthClientPort } from '../../domain/integrations/oauth.port.ts';
import type { OpenSession } from '../../domain/integrations/session.port.ts';
import type { Db } from '../../schema/db.ts';
import type { Clock } from '../../services/core/clock.ts';
import { type Ctx, SYSTEM_PRINCIPAL } from '../../services/core/context.ts';
import type { FaultPoint } from '../../services/core/fault-points.ts';
import type { Secrets } from '../../services/core/secrets.ts';
import { inTransaction } from '../../services/core/transaction.ts';
import {
  beginAttempt,
  commitStep,
  type Ended,
  failSync,
  finishSync,
  openConnection,
  openScheduledSync,
  type SharedCredentials,
  type StepResult,
  type StreamPlace,
  streamOf,
} from '../../services/integrations/index.ts';
import { withHeartbeat } from '../core/heartbeat.ts';
import { createSessionHost } from './session-host.ts';
import { stepsOf } from './sync-steps.ts';

export interface SyncActivityDeps {
  db: Db;
  clock: Clock;
  secrets: Secrets;
  faultPoint: FaultPoint;
  adapters: Readonly<Record<string, ProviderAdapter>>;
  openSession: OpenSession;
  oauth: OAuthClientPort;
  /** Servers that stand in for providers, by slug. */
  bases: Readonly<Record<string, string>>;
  shared?: SharedCredentials;
  sliceMs?: number;
  /** Records of one page and of one transaction. */
  pageRecords?: number;
}

export interface SyncStepInput {
  organizationId: string;
  integrationId: string;
  syncId: string;
}

export interface SyncProgress {
  /** `open`: the slice is over, there is more to do; `waiting`: the provider wants a pause. */
  state: 'completed' | 'failed' | 'cancelled' | 'superseded' | 'open' | 'waiting';
  waitSeconds: number;
  records: number;
}

/** A history event per slice, not per page; short enough that a deployment's drain loses little. */
const SLICE_MS = 4 * 60_000;
const PAGE_RECORDS = 200;

/** What repeating cannot heal; everything else is tried again by the workflow's policy. */
const FINAL = {
  NEEDS_REAUTH: 'The provider has ended the connection. Connect the integration again.',
  CREDENTIALS_REFUSED: 'The provider refuses the credentials. Correct them with PUT, and start a sync.',
  REQUEST_REFUSED: 'The provider refuses a request. Check the options of the integration.',
} as const;
const OTHERS: Readonly<Record<string, string>> = {
  CANCELLED: 'The sync was cancelled by an operator.',
  PROVIDER_UNAVAILABLE: 'The provider could not be reached for too long. The next sync goes on where this one was.',
  MALFORMED_ANSWER: 'The provider answers in a way that nobody understands.',
};

export type SyncActivities = ReturnType<typeof createSyncActivities>;

/** Effects of a sync. Each may be repeated at any time: the sync's row says what is done. */
export function createSyncActivities(deps: SyncActivityDeps) {
  const { db, clock, secrets, faultPoint, adapters, openSession, oauth, bases } = deps;
  const { sliceMs = SLICE_MS, pageRecords = PAGE_RECORDS } = deps;

  async function work(
    input: SyncStepInput,
    signal: AbortSignal,
    beat: (records: number) => void,
  ): Promise<SyncProgress> {
    const started = performance.now();
    const startedAt = clock.now().getTime();
    // The clock stands still during an attempt; budgets and tokens need the time that has passed since.
    const now = () => new Date(startedAt + (performance.now() - started));
    const run = <T>(unit: (ctx: Ctx) => Promise<T>): Promise<T> =>
      inTransaction(db, { organizationId: input.organizationId, principal: SYSTEM_PRINCIPAL, now: now() }, unit);

    const begun = await run((ctx) => beginAttempt(ctx, input));
    if ('ended' in begun) return { state: begun.ended, waitSeconds: 0, records: 0 };
    const open = () => run((ctx) => openConnection(ctx, secrets, input.integrationId, deps.shared));
    const installed = await open();
    const { provider } = installed;
    const adapter = adapters[provider.slug];
    if (!adapter) throw new Error(`There is no adapter for ${provider.slug}.`);
    const base = bases[provider.slug];
    const host = createSessionHost({ connection: installed, secrets, oauth, base, now, run });
    // With a new grant the provider says where the account lives, which the first call has to know.
    const connection = (await host.accessToken()) === null ? installed : await open();
    const session: ProviderSession = openSession({
      adapter,
      connection,
      host,
      baseUrl: base ?? connection.instanceUrl ?? provider.defaultBaseUrl!,
      now,
      signal,
    });

    let sync = begun;
    let records = 0;
    while (sync.position.stream < sync.streams.length) {
      const name = sync.streams[sync.position.stream]!;
      const place: StreamPlace = { connection, sync, stream: name };
      const actions = adapter.streams[name] as StreamAdapter;
      const steps = stepsOf({ place, stream: streamOf(provider.slug, name), actions, session, pageRecords, run });
      const commit = <R extends StepResult>(unit: (ctx: Ctx) => Promise<R>): Promise<R | Ended> =>
        run((ctx) => commitStep(ctx, sync, name, unit));
      await faultPoint('sync.before-step');
      const done = await steps[sync.position.phase](commit);
      await faultPoint('sync.after-step');
      if ('ended' in done) return { state: done.ended, waitSeconds: 0, records };
      sync = { ...sync, position: done.position };
      records += Object.values(done.counts ?? {}).reduce((sum, count) => sum + count, 0);
      beat(records);
      // After a step, not before: a slice moves on, however short it is.
      if (signal.aborted || performance.now() - started > sliceMs) return { state: 'open', waitSeconds: 0, records };
    }
    const end = await run((ctx) => finishSync(ctx, sync));
    return { state: end.ended, waitSeconds: 0, records };
  }

  const fail = (input: SyncStepInput & { code: string; message: string }): Promise<void> =>
    inTransaction(db, { organizationId: input.organizationId, principal: SYSTEM_PRINCIPAL, now: clock.now() }, (ctx) =>
      failSync(ctx, input),
    );

  return {
    /** The sync of a firing of the schedule; null when there is nothing to do. */
    syncsOpen: (input: { organizationId: string; integrationId: string; execution: string }): Promise<string | null> =>
      inTransaction(
        db,
        { organizationId: input.organizationId, principal: SYSTEM_PRINCIPAL, now: clock.now() },
        (ctx) => openScheduledSync(ctx, input),
      ),

    /** Goes on where the sync's row says, for a few minutes at most. */
    syncsWork: (input: SyncStepInput): Promise<SyncProgress> =>
      withHeartbeat<SyncProgress, { records: number }>(async ({ signal, progress }) => {
        try {
          return await work(input, signal, (records) => progress({ records }));
        } catch (error) {
          if (!(error instanceof ProviderError)) throw error;
          if (error.code === 'RATE_LIMITED') {
            return { state: 'waiting', waitSeconds: error.retryAfterSeconds ?? 60, records: 0 };
          }
          const final = FINAL[error.code as keyof typeof FINAL];
          if (final === undefined) throw ApplicationFailure.create({ type: error.code, message: error.message });
          await fail({ ...input, code: error.code, message: final });
          return { state: 'failed', waitSeconds: 0, records: 0 };
        }
      }),

    syncsFail: (input: SyncStepInput & { code: string }): Promise<void> =>
      fail({ ...input, message: OTHERS[input.code] ?? 'The sync failed repeatedly. Ask an operator for its history.' }),
  };
}
