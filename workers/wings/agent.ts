import { createBdrActivities } from '../../activities/agent/bdr.activities.ts';
import {
  createConversationActivities,
  createTranscriptActivities,
} from '../../activities/agent/conversations.activities.ts';
import { createDomainLookup } from '../../providers/dns/domain-lookup.ts';
import { messageIsWanted } from '../../services/agent/bdr/index.ts';
import { TICKET_KNOWLEDGE } from '../../services/service/index.ts';
import type { WingWork, WorkTools } from './work.ts';

export function createAgentWork(tools: WorkTools): WingWork {
  const { config, mailing } = tools;
  // What the built-in outbox takes reaches nobody, so no domain has to vouch for it.
  const allowUnverified = config.outreach.allowUnverified || mailing.transport === 'outbox';
  const outreach = { ...config.outreach, allowUnverified, mailing, domains: createDomainLookup() };
  const { bdrAdvance, bdrTick } = createBdrActivities({ ...tools, outreach, knowledge: [TICKET_KNOWLEDGE] });
  return {
    main: { ...createConversationActivities(tools), bdrTick },
    outbound: { ...createTranscriptActivities(tools), bdrAdvance },
    sendGuards: [messageIsWanted],
  };
}
