import type { ProcessGateway } from '../../domain/core/process.port.ts';
import type { Db } from '../../schema/db.ts';
import type { Clock } from '../../services/core/clock.ts';
import { type Ctx, SYSTEM_PRINCIPAL } from '../../services/core/context.ts';
import { purgeExpiredKeys } from '../../services/core/idempotency.ts';
import { purgeQueues } from '../../services/core/purge-queues.ts';
import { inTransaction } from '../../services/core/transaction.ts';
import { failRun, listUnattendedRuns } from '../../services/insight/index.ts';
import { purgeSessions, purgeSignInAttempts } from '../../services/platform/auth/index.ts';
import { purgeInbox } from '../../services/platform/inbox/index.ts';
import { listOrganizationIds } from '../../services/platform/organizations/index.ts';
import { purgeOutbox } from '../../services/platform/sends/index.ts';

export type HousekeepingActivities = ReturnType<typeof createHousekeepingActivities>;

export interface HousekeepingDeps {
  db: Db;
  platformDb: Db;
  clock: Clock;
  gateway: Pick<ProcessGateway, 'isRunning'>;
}

export function createHousekeepingActivities({ db, platformDb, clock, gateway }: HousekeepingDeps) {
  const run = <T>(organizationId: string, work: (ctx: Ctx) => Promise<T>): Promise<T> =>
    inTransaction(db, { organizationId, principal: SYSTEM_PRINCIPAL, now: clock.now() }, work);

  async function endLostRuns(organizationId: string): Promise<number> {
    let ended = 0;
    for (const { runId, generation } of await run(organizationId, listUnattendedRuns)) {
      const target = { organizationId, process: 'attribution', entityId: runId, generation };
      if (await gateway.isRunning(target)) continue;
      const lost = {
        runId,
        generation,
        code: 'PROCESS_LOST',
        message: 'The process of this run was ended; execute it again.',
      };
      if (await run(organizationId, (ctx) => failRun(ctx, lost))) ended += 1;
    }
    return ended;
  }

  /** Batch after batch, each a transaction of its own. */
  async function purgeAll(organizationId: string): Promise<void> {
    for (const purge of [purgeSessions, purgeOutbox]) while (await run(organizationId, purge));
  }

  return {
    /** Clears more than its name says, which is in recorded histories. Answers how many keys were deleted. */
    housekeepingPurgeIdempotencyKeys: async (): Promise<number> => {
      await purgeQueues(platformDb, clock.now());
      await purgeSignInAttempts(platformDb, clock.now());
      await purgeInbox(platformDb, clock.now());
      for (const id of await listOrganizationIds(platformDb)) await purgeAll(id);
      return purgeExpiredKeys(platformDb, clock.now());
    },

    /** Fails runs whose process was terminated by hand or is gone with its server; answers how many. */
    housekeepingEndLostRuns: async (): Promise<number> => {
      let ended = 0;
      for (const id of await listOrganizationIds(platformDb)) ended += await endLostRuns(id);
      return ended;
    },
  };
}
