import { EventCatalogue } from '../core/public-events.ts';
import { CRM_PUBLIC_EVENTS } from '../crm/index.ts';
import { DATA_PUBLIC_EVENTS } from '../data/index.ts';
import { INSIGHT_PUBLIC_EVENTS } from '../insight/index.ts';
import { PLATFORM_PUBLIC_EVENTS } from '../platform/webhooks/index.ts';

/** What the product tells the outside, of all wings together. */
export const PUBLIC_EVENTS = new EventCatalogue([
  ...PLATFORM_PUBLIC_EVENTS,
  ...DATA_PUBLIC_EVENTS,
  ...CRM_PUBLIC_EVENTS,
  ...INSIGHT_PUBLIC_EVENTS,
]);
