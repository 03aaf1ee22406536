import type { Db } from '../../schema/db.ts';
import type { Clock } from '../../services/core/clock.ts';
import { SYSTEM_PRINCIPAL } from '../../services/core/context.ts';
import type { FaultPoint } from '../../services/core/fault-points.ts';
import { inTransaction } from '../../services/core/transaction.ts';
import { attendBulkJob, type BulkAttention, type OutreachTools } from '../../services/outreach/index.ts';
import type { BulkEmailJobInput } from '../../workflows/outreach/bulk-email-job.contract.ts';
import { withHeartbeat } from '../core/heartbeat.ts';

export type BulkEmailActivities = ReturnType<typeof createBulkEmailActivities>;

export interface BulkEmailDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly faultPoint: FaultPoint;
  readonly tools: OutreachTools;
}

/** Steps of one attempt: few enough events for a large mailing, short enough that a pause is obeyed within seconds. */
const STEPS = 20;

export function createBulkEmailActivities({ db, clock, faultPoint, tools }: BulkEmailDeps) {
  return {
    /** Plans the next messages of a mailing, a transaction per hundred, and says when to go on. */
    bulkEmailsAttend: ({ organizationId, ...job }: BulkEmailJobInput): Promise<BulkAttention> =>
      withHeartbeat(async () => {
        for (let step = 1; ; step++) {
          await faultPoint('bulk.before-step');
          const scope = { organizationId, principal: SYSTEM_PRINCIPAL, now: clock.now() };
          const next = await inTransaction(db, scope, (ctx) => attendBulkJob(ctx, tools, job));
          await faultPoint('bulk.after-step');
          if (next.status !== 'more' || step === STEPS) return next;
        }
      }),
  };
}
