import type { ProcessGateway } from '../../domain/core/process.port.ts';
import type { Db } from '../../schema/db.ts';
import type { Clock } from '../../services/core/clock.ts';
import { type Ctx, SYSTEM_PRINCIPAL } from '../../services/core/context.ts';
import { inTransaction } from '../../services/core/transaction.ts';
import { listOrganizationIds } from '../../services/platform/organizations/index.ts';
import { listUnattendedQueues, purgeWebhookLogs, restartQueue } from '../../services/platform/webhooks/index.ts';

export type WebhookUpkeepActivities = ReturnType<typeof createWebhookUpkeepActivities>;

export interface WebhookUpkeepDeps {
  db: Db;
  platformDb: Db;
  clock: Clock;
  gateway: Pick<ProcessGateway, 'isRunning'>;
}

export function createWebhookUpkeepActivities({ db, platformDb, clock, gateway }: WebhookUpkeepDeps) {
  const run = <T>(organizationId: string, work: (ctx: Ctx) => Promise<T>): Promise<T> =>
    inTransaction(db, { organizationId, principal: SYSTEM_PRINCIPAL, now: clock.now() }, work);

  return {
    /** Answers how many processes were started in place of lost ones. */
    webhookUpkeepRestart: async (): Promise<number> => {
      let restarted = 0;
      for (const organizationId of await listOrganizationIds(platformDb)) {
        for (const queue of await run(organizationId, listUnattendedQueues)) {
          const { endpointId: entityId, generation } = queue;
          if (await gateway.isRunning({ organizationId, process: 'webhookDelivery', entityId, generation })) continue;
          if (await run(organizationId, (ctx) => restartQueue(ctx, queue))) restarted += 1;
        }
      }
      return restarted;
    },

    /** Answers how many rows were deleted. */
    webhookUpkeepPurge: async (): Promise<number> => {
      let purged = 0;
      for (const organizationId of await listOrganizationIds(platformDb)) {
        for (let count = 1; count > 0; purged += count) count = await run(organizationId, purgeWebhookLogs);
      }
      return purged;
    },
  };
}
