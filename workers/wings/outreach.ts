import { createBulkEmailActivities } from '../../activities/outreach/bulk-emails.activities.ts';
import { createCadenceActivities } from '../../activities/outreach/cadences.activities.ts';
import { createEmailActivities } from '../../activities/outreach/emails.activities.ts';
import { createDomainLookup } from '../../providers/dns/domain-lookup.ts';
import { createStepMessenger, enrollmentAllows } from '../../services/outreach/cadences/index.ts';
import { rulesAllow } from '../../services/outreach/governance/index.ts';
import {
  contactIsAllowed,
  createInboxWorker,
  type OutreachTools,
  senderHasRoom,
  settleEmail,
  settleSms,
} from '../../services/outreach/index.ts';
import { createLoop } from '../loop.ts';
import type { WingWork, WorkTools } from './work.ts';

const INBOX_POLL_MS = 500;

export function createOutreachWork(work: WorkTools): WingWork {
  const tools: OutreachTools = { ...work.config.outreach, mailing: work.mailing, domains: createDomainLookup() };
  const inbox = createInboxWorker({
    ...work,
    clock: work.serverClock,
    tools,
    // What is left behind is sent by the relay.
    afterCommit: () => {},
    onError: (err, what) => work.logger[what.parked ? 'error' : 'warn']({ err, ...what }, 'a provider event failed'),
  });
  const onOutage = (err: unknown) => work.logger.warn({ err }, 'provider events are waiting for Postgres');
  return {
    loops: [createLoop({ onOutage }, INBOX_POLL_MS, inbox.run)],
    main: {
      ...createBulkEmailActivities({ ...work, tools }),
      ...createEmailActivities({ ...work, tools }),
      ...createCadenceActivities({ ...work, messenger: createStepMessenger(tools) }),
    },
    // Caps come last: they count what they let through.
    sendGuards: [contactIsAllowed, enrollmentAllows, rulesAllow, senderHasRoom],
    sendObservers: [settleEmail, settleSms],
  };
}
