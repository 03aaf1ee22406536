import type { Db } from '../../schema/db.ts';
import type { Clock } from '../../services/core/clock.ts';
import { SYSTEM_PRINCIPAL } from '../../services/core/context.ts';
import { inTransaction } from '../../services/core/transaction.ts';
import { rescoreBatch } from '../../services/crm/lead-scoring/index.ts';
import { listOrganizationIds } from '../../services/platform/organizations/index.ts';
import { everyBatch } from '../core/every-batch.ts';
import { withHeartbeat } from '../core/heartbeat.ts';

export type LeadScoringActivities = ReturnType<typeof createLeadScoringActivities>;

export interface LeadScoringDeps {
  db: Db;
  platformDb: Db;
  clock: Clock;
}

const BATCH = 500;

export function createLeadScoringActivities({ db, platformDb, clock }: LeadScoringDeps) {
  return {
    /** Scores anew who was scored before or shows interest; answers how many scores are other ones. */
    leadScoringRescore: (): Promise<number> =>
      withHeartbeat(async ({ signal }) => {
        let changed = 0;
        for (const organizationId of await listOrganizationIds(platformDb)) {
          await everyBatch(signal, async (after) => {
            const scope = { organizationId, principal: SYSTEM_PRINCIPAL, now: clock.now() };
            const step = await inTransaction(db, scope, (ctx) => rescoreBatch(ctx, after, BATCH));
            changed += step.changed;
            return step.last;
          });
        }
        return changed;
      }),
  };
}
