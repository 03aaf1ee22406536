import { createSyncActivities } from '../../activities/integrations/syncs.activities.ts';
import { standInsOf } from '../../domain/integrations/provider.rules.ts';
import { ADAPTERS, createOAuthClient, createSessions } from '../../providers/integrations/index.ts';
import type { WingWork, WorkTools } from './work.ts';

export function createIntegrationsWork(tools: WorkTools): WingWork {
  const { config, mailing, outbound } = tools;
  const { syncsWork, ...short } = createSyncActivities({
    ...tools,
    secrets: mailing.secrets,
    adapters: ADAPTERS,
    openSession: createSessions(outbound),
    oauth: createOAuthClient(outbound),
    bases: standInsOf(config.integrations.baseUrls),
  });
  return { main: short, outbound: { syncsWork } };
}
