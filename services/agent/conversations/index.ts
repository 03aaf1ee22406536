/** What the API and activities call. */
export {
  type AnalysisTarget,
  analyzeConversation,
  attendConversation,
  type ConversationAttention,
  failConversation,
} from './analyze.ts';
export { askModel, hasModel } from './ask-model.ts';
export { createConversation, deleteConversation, transcribeConversation } from './change-conversation.ts';
export { type RepCoaching, readCoaching } from './coaching.ts';
export { CONVERSATION_RECORDS } from './conversation-privacy.ts';
export {
  type ConversationView,
  getConversation,
  getInsights,
  type Insights,
  type InsightView,
  listConversations,
  listStatements,
  type StatementView,
} from './conversation-view.ts';
export { takeFetched, transcriptAddress } from './fetched-transcript.ts';
export { type RecordingPlace, recordingPlace, takeSpeech } from './transcribed-recording.ts';
