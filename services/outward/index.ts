import { AGENT_PUBLIC_EVENTS } from '../agent/index.ts';
import { EventCatalogue } from '../core/public-events.ts';
import { CRM_PUBLIC_EVENTS } from '../crm/index.ts';
import { DATA_PUBLIC_EVENTS } from '../data/index.ts';
import { INSIGHT_PUBLIC_EVENTS } from '../insight/index.ts';
import { INTEGRATIONS_PUBLIC_EVENTS } from '../integrations/index.ts';
import { OUTREACH_PUBLIC_EVENTS } from '../outreach/index.ts';
import { PLATFORM_PUBLIC_EVENTS } from '../platform/webhooks/index.ts';
import { SERVICE_PUBLIC_EVENTS } from '../service/index.ts';

/** What the product tells the outside, of all wings together. */
export const PUBLIC_EVENTS = new EventCatalogue([
  ...PLATFORM_PUBLIC_EVENTS,
  ...DATA_PUBLIC_EVENTS,
  ...CRM_PUBLIC_EVENTS,
  ...OUTREACH_PUBLIC_EVENTS,
  ...AGENT_PUBLIC_EVENTS,
  ...INSIGHT_PUBLIC_EVENTS,
  ...SERVICE_PUBLIC_EVENTS,
  ...INTEGRATIONS_PUBLIC_EVENTS,
]);
