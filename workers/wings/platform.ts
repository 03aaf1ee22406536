import { createApiKeyActivities } from '../../activities/platform/api-keys.activities.ts';
import { createHousekeepingActivities } from '../../activities/platform/housekeeping.activities.ts';
import { createImportActivities } from '../../activities/platform/imports.activities.ts';
import { createInvitationActivities } from '../../activities/platform/invitations.activities.ts';
import { createWebhookUpkeepActivities } from '../../activities/platform/webhook-upkeep.activities.ts';
import { createWebhookActivities } from '../../activities/platform/webhooks.activities.ts';
import { IMPORT_KINDS } from '../../services/crm/imports/index.ts';
import { PUBLIC_EVENTS } from '../../services/outward/index.ts';
import { resetIsWanted } from '../../services/platform/auth/index.ts';
import { invitationIsWanted } from '../../services/platform/invitations/index.ts';
import type { WingWork, WorkTools } from './work.ts';

export function createPlatformWork(tools: WorkTools): WingWork {
  const { config, mailing } = tools;
  const imports = createImportActivities({ ...tools, kinds: IMPORT_KINDS });
  return {
    main: {
      ...createApiKeyActivities(tools),
      ...createHousekeepingActivities(tools),
      ...createInvitationActivities({ ...tools, lifeHours: config.auth.invitationExpirationHours }),
      ...createWebhookUpkeepActivities(tools),
      ...imports,
    },
    bulk: imports,
    outbound: createWebhookActivities({
      ...tools,
      tools: { secrets: mailing.secrets, catalogue: PUBLIC_EVENTS, outboundPolicy: config.outbound },
    }),
    sendGuards: [resetIsWanted, invitationIsWanted],
  };
}
