import type { Db } from '../../schema/db.ts';
import type { Clock } from '../../services/core/clock.ts';
import { type Ctx, SYSTEM_PRINCIPAL } from '../../services/core/context.ts';
import { inTransaction } from '../../services/core/transaction.ts';
import { carryOutRefresh, markRefresh, refreshAllLists } from '../../services/crm/index.ts';
import { listOrganizationIds } from '../../services/platform/organizations/index.ts';
import type { ListRefreshInput } from '../../workflows/crm/list-refresh.contract.ts';
import { withHeartbeat } from '../core/heartbeat.ts';

export type ListActivities = ReturnType<typeof createListActivities>;

export interface ListDeps {
  db: Db;
  platformDb: Db;
  clock: Clock;
}

export function createListActivities({ db, platformDb, clock }: ListDeps) {
  const run = <T>(organizationId: string, work: (ctx: Ctx) => Promise<T>): Promise<T> =>
    inTransaction(db, { organizationId, principal: SYSTEM_PRINCIPAL, now: clock.now() }, work);
  return {
    /** Makes the list equal to its segment; a repeated attempt finds it so. Answers who came and left. */
    listsRefresh: (input: ListRefreshInput) =>
      withHeartbeat(() => run(input.organizationId, (ctx) => carryOutRefresh(ctx, input))),

    /** Marks a refresh that cannot be carried out, e.g. because its segment asks a field that is gone. */
    listsFail: ({ organizationId, listId, generation }: ListRefreshInput): Promise<void> =>
      run(organizationId, (ctx) => markRefresh(ctx, listId, generation, 'failed')),

    /** Refreshes every dynamic list, organization by organization; answers how many people moved. */
    listsFollowTime: (): Promise<number> =>
      withHeartbeat(async () => {
        let moved = 0;
        for (const id of await listOrganizationIds(platformDb)) moved += await run(id, refreshAllLists);
        return moved;
      }),
  };
}
