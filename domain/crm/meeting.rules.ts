export const MEETING_STATUSES = ['scheduled', 'completed', 'cancelled', 'no_show'] as const;
export type MeetingStatus = (typeof MEETING_STATUSES)[number];

/** A meeting that was taken for completed may turn out not to have happened; what is cancelled or missed stays so. */
export const MEETING_TRANSITIONS: Readonly<Record<MeetingStatus, readonly MeetingStatus[]>> = {
  scheduled: ['completed', 'cancelled', 'no_show'],
  completed: ['no_show'],
  cancelled: [],
  no_show: [],
};

export interface Attendee {
  name: string | null;
  email: string | null;
}

/** Who is told that a meeting is off for them: addresses that stood among the attendees and no longer do. */
export function uninvited(before: readonly Attendee[], after: readonly Attendee[]): Attendee[] {
  const kept = new Set(after.map((attendee) => attendee.email?.toLowerCase()));
  return before.filter(({ email }) => email !== null && !kept.has(email.toLowerCase()));
}
