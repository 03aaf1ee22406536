import { createCadenceActivities } from '../../activities/outreach/cadences.activities.ts';
import { createEmailActivities } from '../../activities/outreach/emails.activities.ts';
import { createDomainLookup } from '../../providers/dns/domain-lookup.ts';
import { createStepMessenger, enrollmentAllows } from '../../services/outreach/cadences/index.ts';
import { rulesAllow } from '../../services/outreach/governance/index.ts';
import { contactIsAllowed, type OutreachTools, senderHasRoom, settleEmail } from '../../services/outreach/index.ts';
import type { WingWork, WorkTools } from './work.ts';

export function createOutreachWork(work: WorkTools): WingWork {
  const tools: OutreachTools = { ...work.config.outreach, mailing: work.mailing, domains: createDomainLookup() };
  return {
    main: {
      ...createEmailActivities({ ...work, tools }),
      ...createCadenceActivities({ ...work, messenger: createStepMessenger(tools) }),
    },
    // Caps come last: they count what they let through.
    sendGuards: [contactIsAllowed, enrollmentAllows, rulesAllow, senderHasRoom],
    sendObservers: [settleEmail],
  };
}
