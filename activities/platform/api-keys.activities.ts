import type { Db } from '../../schema/db.ts';
import type { Clock } from '../../services/core/clock.ts';
import { SYSTEM_PRINCIPAL } from '../../services/core/context.ts';
import { inTransaction } from '../../services/core/transaction.ts';
import { expireApiKeys } from '../../services/platform/api-keys/index.ts';
import { listOrganizationIds } from '../../services/platform/organizations/index.ts';

export type ApiKeyActivities = ReturnType<typeof createApiKeyActivities>;

export interface ApiKeyActivityDeps {
  db: Db;
  platformDb: Db;
  clock: Clock;
}

export function createApiKeyActivities({ db, platformDb, clock }: ApiKeyActivityDeps) {
  return {
    /** Counts over all organizations; a repeated attempt counts what is left. */
    apiKeysExpire: async (): Promise<{ warned: number; expired: number }> => {
      const total = { warned: 0, expired: 0 };
      for (const organizationId of await listOrganizationIds(platformDb)) {
        const scope = { organizationId, principal: SYSTEM_PRINCIPAL, now: clock.now() };
        const { warned, expired } = await inTransaction(db, scope, expireApiKeys);
        total.warned += warned;
        total.expired += expired;
      }
      return total;
    },
  };
}
