import { createBdrActivities } from '../../activities/agent/bdr.activities.ts';
import {
  createConversationActivities,
  createTranscriptActivities,
} from '../../activities/agent/conversations.activities.ts';
import { messageIsWanted } from '../../services/agent/bdr/index.ts';
import type { WingWork, WorkTools } from './work.ts';

export function createAgentWork(tools: WorkTools): WingWork {
  const { bdrAdvance, bdrTick } = createBdrActivities(tools);
  return {
    main: { ...createConversationActivities(tools), bdrTick },
    outbound: { ...createTranscriptActivities(tools), bdrAdvance },
    sendGuards: [messageIsWanted],
  };
}
