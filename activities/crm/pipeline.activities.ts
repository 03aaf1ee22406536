import type { Db } from '../../schema/db.ts';
import type { Clock } from '../../services/core/clock.ts';
import { type Ctx, SYSTEM_PRINCIPAL } from '../../services/core/context.ts';
import { inTransaction } from '../../services/core/transaction.ts';
import { refreshAccountHealth, refreshPipelineHealth, takeForecastSnapshot } from '../../services/crm/index.ts';
import { listOrganizationIds } from '../../services/platform/organizations/index.ts';
import { withHeartbeat } from '../core/heartbeat.ts';

export type PipelineActivities = ReturnType<typeof createPipelineActivities>;

export interface PipelineDeps {
  db: Db;
  platformDb: Db;
  clock: Clock;
}

export function createPipelineActivities({ db, platformDb, clock }: PipelineDeps) {
  /** One transaction per organization; a repeated attempt finds those that are done unchanged. */
  const inEach = (work: (ctx: Ctx) => Promise<number>): Promise<number> =>
    withHeartbeat(async () => {
      let sum = 0;
      for (const organizationId of await listOrganizationIds(platformDb)) {
        sum += await inTransaction(db, { organizationId, principal: SYSTEM_PRINCIPAL, now: clock.now() }, work);
      }
      return sum;
    });
  return {
    /** Keeps today's forecast of every organization that has none yet; answers how many rows were kept. */
    pipelineTakeSnapshots: (): Promise<number> => inEach(takeForecastSnapshot),

    /** Judges open deals and accounts of every organization; answers how many deals are newly at risk. */
    pipelineRefreshHealth: (): Promise<number> =>
      inEach(async (ctx) => {
        await refreshAccountHealth(ctx);
        return refreshPipelineHealth(ctx);
      }),
  };
}
