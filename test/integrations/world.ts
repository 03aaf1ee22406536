import { createSyncActivities, type SyncActivityDeps } from '../../activities/integrations/syncs.activities.ts';
import type { Outbound } from '../../domain/core/outbound.port.ts';
import { ADAPTERS, createOAuthClient, createSessions } from '../../providers/integrations/index.ts';
import { noFaults } from '../../services/core/fault-points.ts';
import { uuidv7 } from '../../services/core/ids.ts';
import { credentialsPlace } from '../../services/integrations/index.ts';
import type { TestDatabase, TestTenant } from '../database.ts';
import { testSecrets } from '../secrets.ts';

export interface InstallOptions {
  provider: string;
  credentials?: Record<string, string>;
  settings?: object;
  status?: string;
}

/** An installation as the product makes it, without its first sync. */
export function install(tenant: TestTenant, options: InstallOptions): Promise<string> {
  const id = uuidv7();
  return tenant.run(async (ctx) => {
    const box = await testSecrets().box(ctx);
    await ctx.tx
      .insertInto('team_integrations')
      .values({
        id,
        name: options.provider,
        provider: options.provider,
        source: options.provider,
        status: options.status ?? 'pending',
        settings: JSON.stringify(options.settings ?? {}),
        credentials: box.seal(credentialsPlace(id), JSON.stringify(options.credentials ?? {})),
      })
      .execute();
    return id;
  });
}

export const syncDeps = (
  database: TestDatabase,
  outbound: Outbound,
  bases: Record<string, string>,
  more: Partial<SyncActivityDeps> = {},
): SyncActivityDeps => ({
  db: database.app,
  clock: { now: () => new Date() },
  secrets: testSecrets(),
  faultPoint: noFaults,
  adapters: ADAPTERS,
  openSession: createSessions(outbound),
  oauth: createOAuthClient(outbound),
  bases,
  ...more,
});

export const syncActivities = (...of: Parameters<typeof syncDeps>) => createSyncActivities(syncDeps(...of));
