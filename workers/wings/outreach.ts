import { createEmailActivities } from '../../activities/outreach/emails.activities.ts';
import { createDomainLookup } from '../../providers/dns/domain-lookup.ts';
import { contactIsAllowed, type OutreachTools, senderHasRoom, settleEmail } from '../../services/outreach/index.ts';
import type { WingWork, WorkTools } from './work.ts';

export function createOutreachWork(work: WorkTools): WingWork {
  const tools: OutreachTools = { ...work.config.outreach, mailing: work.mailing, domains: createDomainLookup() };
  return {
    main: { ...createEmailActivities({ ...work, tools }) },
    // Caps come last: they count what they let through.
    sendGuards: [contactIsAllowed, senderHasRoom],
    sendObservers: [settleEmail],
  };
}
