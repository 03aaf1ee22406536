import { createRemovalActivities } from '../../activities/integrations/removals.activities.ts';
import { createSyncActivities } from '../../activities/integrations/syncs.activities.ts';
import { clientsOf, standInsOf } from '../../domain/integrations/provider.rules.ts';
import { ADAPTERS, createOAuthClient, createSessions } from '../../providers/integrations/index.ts';
import type { WingWork, WorkTools } from './work.ts';

export function createIntegrationsWork(tools: WorkTools): WingWork {
  const { config, mailing, outbound } = tools;
  const common = {
    ...tools,
    secrets: mailing.secrets,
    oauth: createOAuthClient(outbound),
    bases: standInsOf(config.integrations.baseUrls),
  };
  const { removalsRevoke, removalsForget } = createRemovalActivities(common);
  const { syncsWork, ...short } = createSyncActivities({
    ...common,
    shared: clientsOf({ salesforce: config.providers.salesforce }),
    adapters: ADAPTERS,
    openSession: createSessions(outbound),
  });
  return { main: { ...short, removalsForget }, outbound: { syncsWork, removalsRevoke } };
}
