/** What people log by hand. */
export const MANUAL_ACTIVITY_TYPES = [
  'email_sent',
  'email_received',
  'call_made',
  'call_received',
  'meeting_scheduled',
  'meeting_completed',
  'linkedin_interaction',
  'note_added',
] as const;

/** Everything that a timeline holds; the others come from what happened. */
export const ACTIVITY_TYPES = [
  ...MANUAL_ACTIVITY_TYPES,
  'status_changed',
  'task_completed',
  'deal_stage_changed',
  'record_changed',
] as const;
export type ActivityType = (typeof ACTIVITY_TYPES)[number];
