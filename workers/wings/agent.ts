import {
  createConversationActivities,
  createTranscriptActivities,
} from '../../activities/agent/conversations.activities.ts';
import type { WingWork, WorkTools } from './work.ts';

export function createAgentWork(tools: WorkTools): WingWork {
  return { main: createConversationActivities(tools), outbound: createTranscriptActivities(tools) };
}
