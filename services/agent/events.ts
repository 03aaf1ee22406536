import { defineEvent } from '../core/events.ts';

interface RecordFact {
  id: string;
}

export const bdrApprovalRequested = defineEvent<RecordFact & { grounded: boolean }>(
  'bdr.approval_requested',
  'bdr_approval',
);
export const bdrApprovalExpired = defineEvent<RecordFact>('bdr.approval_expired', 'bdr_approval');
export const bdrMessageSent = defineEvent<RecordFact & { prospectId: string }>('bdr.message_sent', 'bdr_approval');
export const bdrReplyReceived = defineEvent<RecordFact & { prospectId: string }>('bdr.reply_received', 'bdr_reply');
export const bdrProspectQualified = defineEvent<RecordFact & { score: number }>('prospect.qualified', 'prospect');
export const bdrHandoffReady = defineEvent<RecordFact & { prospectId: string; score: number }>(
  'bdr.handoff_ready',
  'bdr_handoff',
);
export const bdrHandoffAccepted = defineEvent<RecordFact & { prospectId: string }>(
  'bdr.handoff_accepted',
  'bdr_handoff',
);
export const bdrHandoffRejected = defineEvent<RecordFact & { prospectId: string }>(
  'bdr.handoff_rejected',
  'bdr_handoff',
);
export const bdrDailyLimitReached = defineEvent<{ teamId: string; day: string }>('bdr.daily_limit_reached', 'team');
export const conversationAnalyzed = defineEvent<{ id: string }>('conversation.analyzed', 'conversation');
