import type { IntentTier } from '../../domain/crm/intent.rules.ts';
import { defineEvent } from '../core/events.ts';

interface RecordFact {
  id: string;
}
interface Changed extends RecordFact {
  /** Names of the fields that changed. */
  fields: string[];
}

export const prospectCreated = defineEvent<RecordFact>('prospect.created', 'prospect');
export const prospectUpdated = defineEvent<Changed>('prospect.updated', 'prospect');
export const prospectAssigned = defineEvent<{ id: string; ownerId: string | null }>('prospect.assigned', 'prospect');
export const prospectDeleted = defineEvent<RecordFact>('prospect.deleted', 'prospect');
export const prospectRestored = defineEvent<RecordFact>('prospect.restored', 'prospect');
export const prospectMerged = defineEvent<{ mergeId: string; sourceId: string; targetId: string }>(
  'prospect.merged',
  'prospect',
);
interface Unmerged {
  mergeId: string;
  sourceId: string;
  targetId: string;
}
export const prospectUnmerged = defineEvent<Unmerged>('prospect.merge_undone', 'prospect');
/** One per import, never one per row. */
export const prospectsImported = defineEvent<{ importId: string; created: number; updated: number }>(
  'prospect.import_completed',
  'upload',
);

export const accountCreated = defineEvent<RecordFact>('account.created', 'account');
export const accountUpdated = defineEvent<Changed>('account.updated', 'account');
export const accountDeleted = defineEvent<RecordFact>('account.deleted', 'account');
export const accountRestored = defineEvent<RecordFact>('account.restored', 'account');
export const accountMerged = defineEvent<{ mergeId: string; sourceId: string; targetId: string }>(
  'account.merged',
  'account',
);

export const accountUnmerged = defineEvent<Unmerged>('account.merge_undone', 'account');

export const dealCreated = defineEvent<RecordFact>('deal.created', 'deal');
export const dealUpdated = defineEvent<Changed>('deal.updated', 'deal');
export const dealStageChanged = defineEvent<{ id: string; from: string; to: string }>('deal.stage_changed', 'deal');
/** `win` counts the times this deal was won: a reopened deal can be won again. */
export const dealWon = defineEvent<{ id: string; win: number }>('deal.won', 'deal');
export const dealLost = defineEvent<{ id: string }>('deal.lost', 'deal');
export const dealReopened = defineEvent<{ id: string; from: string; win: number }>('deal.reopened', 'deal');
export const dealDeleted = defineEvent<RecordFact>('deal.deleted', 'deal');

/** Told once when a deal's risk crosses into high, and anew only after it has recovered. */
export const dealAtRisk = defineEvent<{ id: string; riskScore: number }>('deal.at_risk', 'deal');

/** A line of the timeline that people log; mails that were sent are told by `email.sent`. */
export const activityLogged = defineEvent<RecordFact>('activity.logged', 'activity');
export const activityChanged = defineEvent<RecordFact>('activity.changed', 'activity');

export const callLogged = defineEvent<RecordFact>('call.logged', 'call_log');
export const callChanged = defineEvent<RecordFact>('call.changed', 'call_log');
export const callDeleted = defineEvent<RecordFact>('call.deleted', 'call_log');

/** Of a call that telephony tells of while it goes on. */
export const callStarted = defineEvent<RecordFact>('call.started', 'live_call');
/** Told by the provider, or because nothing more was heard of it. */
export const callEnded = defineEvent<RecordFact>('call.ended', 'live_call');
/** A transcript has come, a newer one, or the address where one is. */
export const callTranscribed = defineEvent<RecordFact>('call.transcribed', 'live_call');
export const callIntentDetected = defineEvent<RecordFact>('call.intent_detected', 'live_call');

export const meetingScheduled = defineEvent<RecordFact>('meeting.scheduled', 'meeting');
export const meetingRescheduled = defineEvent<RecordFact>('meeting.rescheduled', 'meeting');
export const meetingCompleted = defineEvent<RecordFact>('meeting.completed', 'meeting');
export const meetingCancelled = defineEvent<RecordFact>('meeting.cancelled', 'meeting');
/** A correction of what it says, its time aside. */
export const meetingChanged = defineEvent<RecordFact>('meeting.changed', 'meeting');
export const meetingMissed = defineEvent<RecordFact>('meeting.no_show', 'meeting');
export const meetingReminder = defineEvent<RecordFact>('meeting.reminder', 'meeting');

export const taskCreated = defineEvent<RecordFact>('task.created', 'task');
export const taskAssigned = defineEvent<{ id: string; assigneeId: string | null }>('task.assigned', 'task');
export const taskCompleted = defineEvent<RecordFact>('task.completed', 'task');
export const taskDueSoon = defineEvent<RecordFact>('task.due_soon', 'task');
export const taskOverdue = defineEvent<RecordFact>('task.overdue', 'task');

/** Once per request, however many records it names. */
export const enrichmentEnded = defineEvent<{ id: string; status: string }>('enrichment.ended', 'enrichment_request');

/** One per change of a list; the ids are the first thousand of each kind. */
export const listMembersChanged = defineEvent<{
  id: string;
  entered: number;
  left: number;
  enteredIds: string[];
  leftIds: string[];
}>('list.members_changed', 'list');

interface IntentFact {
  /** Of a person or of a company. */
  prospectId: string | null;
  accountId: string | null;
  score: number;
}
/** `id` is the person or company. */
export const intentTierChanged = defineEvent<IntentFact & { id: string; from: IntentTier; to: IntentTier }>(
  'intent.tier_changed',
  'intent',
);
/** `id` is the alert. */
export const intentSpikeDetected = defineEvent<IntentFact & { id: string; previousScore: number }>(
  'intent.spike_detected',
  'intent_alert',
);
/** Something was heard of a person that makes their score another one. */
export const linkedinEngaged = defineEvent<RecordFact>('linkedin.engaged', 'linkedin_engagement');
/** Once per crossing: anew after the score fell below. `id` is the prospect. */
export const leadThresholdReached = defineEvent<{ id: string; thresholdId: string; action: string; score: number }>(
  'lead.threshold_reached',
  'prospect',
);
