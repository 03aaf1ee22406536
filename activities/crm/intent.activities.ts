import type { Db } from '../../schema/db.ts';
import type { Clock } from '../../services/core/clock.ts';
import { type Ctx, SYSTEM_PRINCIPAL } from '../../services/core/context.ts';
import type { FaultPoint } from '../../services/core/fault-points.ts';
import { inTransaction } from '../../services/core/transaction.ts';
import { catchUpVisits, decayBatch, expireSignals } from '../../services/crm/intent/index.ts';
import { listOrganizationIds } from '../../services/platform/organizations/index.ts';
import { everyBatch } from '../core/every-batch.ts';
import { withHeartbeat } from '../core/heartbeat.ts';

export type IntentActivities = ReturnType<typeof createIntentActivities>;

export interface IntentDeps {
  db: Db;
  platformDb: Db;
  clock: Clock;
  faultPoint: FaultPoint;
}

/** People or companies of one transaction: its locks are held for a moment only. */
const BATCH = 2_000;
const VISIT_BATCH = 500;

export function createIntentActivities({ db, platformDb, clock, faultPoint }: IntentDeps) {
  const run = <T>(organizationId: string, work: (ctx: Ctx) => Promise<T>): Promise<T> =>
    inTransaction(db, { organizationId, principal: SYSTEM_PRINCIPAL, now: clock.now() }, work);

  /** Batch after batch of every organization; a repeated attempt finds what is done unchanged. */
  const inEach = (work: (organizationId: string, beat: { signal: AbortSignal }) => Promise<number>): Promise<number> =>
    withHeartbeat(async (beat) => {
      let sum = 0;
      for (const id of await listOrganizationIds(platformDb)) sum += await work(id, beat);
      return sum;
    });

  return {
    /** Signals of visits of people who became known in a way that no event told of; answers how many batches. */
    intentCatchUp: (): Promise<number> =>
      inEach((id, { signal }) => {
        return everyBatch(signal, (after) => run(id, (ctx) => catchUpVisits(ctx, after, VISIT_BATCH)));
      }),

    /** Marks signals whose time is over; answers how many. */
    intentExpire: (): Promise<number> => inEach((id) => run(id, expireSignals)),

    /** Lets scores fade, finds spikes and changed tiers; answers how many people and companies changed. */
    intentDecay: (): Promise<number> =>
      inEach(async (id, { signal }) => {
        let changed = 0;
        for (const subject of ['account', 'prospect'] as const) {
          await everyBatch(signal, async (after) => {
            const step = await run(id, (ctx) => decayBatch(ctx, subject, after, BATCH));
            await faultPoint('intent.between-batches');
            changed += step.changed;
            return step.last;
          });
        }
        return changed;
      }),
  };
}
