import { conflict } from '../../../domain/core/errors.ts';
import { MEETING_TRANSITIONS, type MeetingStatus, uninvited } from '../../../domain/crm/meeting.rules.ts';
import { audit } from '../../core/audit.ts';
import { signalProcess } from '../../core/commands.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import type { Mailing } from '../../platform/sends/index.ts';
import { logActivity } from '../activities/log-activity.ts';
import { costColumns } from '../calls/call-log.ts';
import { meetingCancelled, meetingChanged, meetingCompleted, meetingMissed, meetingRescheduled } from '../events.ts';
import { lockRecord } from '../lock-record.ts';
import { changedFields } from '../prospects/update-prospect.ts';
import { requireRecords } from '../references.ts';
import { mailInvites } from './meeting-mails.ts';
import { type MeetingDetail, readMeeting } from './meeting-view.ts';
import { beginReminder, type MeetingFields, requireOrder } from './schedule-meeting.ts';

export interface UpdateMeetingInput {
  id: string;
  expectedVersion?: number | undefined;
  changes: MeetingFields & { status?: MeetingStatus | undefined };
  mailing?: Mailing | undefined;
}

/** What attendees see of a meeting: a change of it is a new revision of their invitation. */
const INVITED = ['title', 'startsAt', 'endsAt', 'timeZone', 'location', 'link', 'attendees', 'ownerId'] as const;
const REMINDED = ['startsAt', 'endsAt', 'reminderMinutes'] as const;

/**
 * Partial: reschedules, completes, cancels, or notes that nobody came. Correcting a completed meeting corrects its touch.
 * @throws AppError not_found; precondition_failed; validation; conflict `MEETING_CLOSED`, `MEETING_AHEAD`.
 */
export const updateMeeting = verb(
  { permission: 'activities.edit' },
  async (ctx, { id, expectedVersion, changes, mailing }: UpdateMeetingInput): Promise<MeetingDetail> => {
    const row = await lockRecord<{ generation: number; sequence: number }>(
      ctx,
      'meetings',
      { id, expectedVersion },
      { columns: ['generation', 'sequence'] },
    );
    const before = await readMeeting(ctx, id);
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    const after = { ...before, ...given };
    if (after.cost === null) after.costCurrency = null;
    const changed = changedFields(before, after);
    if (changed.length === 0) return before;
    requireTransition(ctx, before, after.status, changed);
    requireOrder(after.startsAt, after.endsAt);
    if (changed.includes('ownerId')) await requireRecords(ctx, { ownerId: after.ownerId });
    const scheduled = before.status === 'scheduled' && after.status === 'scheduled';
    const again = scheduled && REMINDED.some((field) => changed.includes(field));
    const cancelled = after.status === 'cancelled' && before.status !== 'cancelled';
    const revised = cancelled || (scheduled && INVITED.some((field) => changed.includes(field)));
    await ctx.tx
      .updateTable('meetings')
      .set({
        title: after.title,
        owner_id: after.ownerId,
        starts_at: after.startsAt,
        ends_at: after.endsAt,
        time_zone: after.timeZone,
        location: after.location,
        link: after.link,
        notes: after.notes,
        outcome: after.outcome,
        attendees: JSON.stringify(after.attendees),
        status: after.status,
        reminder_minutes: after.reminderMinutes,
        sequence: row.sequence + (revised ? 1 : 0),
        ...(again ? { generation: row.generation + 1, reminded_at: null } : {}),
        ...costColumns(after),
      })
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', id)
      .execute();
    const stored = await readMeeting(ctx, id);
    await audit(ctx, 'meeting.update', {
      entityType: 'meeting',
      entityId: id,
      after: { fields: changed, status: after.status },
    });
    await tell(ctx, before, stored, changed);
    if (again || before.status !== after.status) {
      await signalProcess(ctx, 'meeting', { entityId: id, generation: row.generation }, 'reminderChanged');
    }
    if (again && after.endsAt > ctx.now) await beginReminder(ctx, id, row.generation + 1);
    if (revised && (before.endsAt > ctx.now || after.endsAt > ctx.now)) {
      const gone = cancelled ? before.attendees : uninvited(before.attendees, after.attendees);
      await mailInvites(ctx, mailing, { meetingId: id, method: 'CANCEL', to: gone });
      if (!cancelled) await mailInvites(ctx, mailing, { meetingId: id, method: 'REQUEST', to: after.attendees });
    }
    return stored;
  },
);

function requireTransition(ctx: Ctx, before: MeetingDetail, to: MeetingStatus, changed: readonly string[]): void {
  const { status } = before;
  const words = changed.every((field) => field === 'notes' || field === 'outcome');
  const kept = to === status && (status === 'scheduled' || status === 'completed' || words);
  if (!kept && !MEETING_TRANSITIONS[status].includes(to)) {
    throw conflict('MEETING_CLOSED', `The meeting is ${status}.`, {
      hint: 'Schedule a new meeting.',
      details: { status },
    });
  }
  const happened = to === 'completed' || to === 'no_show';
  if (status === 'scheduled' && happened && before.startsAt > ctx.now) {
    throw conflict('MEETING_AHEAD', 'The meeting has not begun.', {
      hint: 'Reschedule it to when it took place, or cancel it.',
      details: { startsAt: before.startsAt.toISOString() },
    });
  }
}

async function tell(ctx: Ctx, before: MeetingDetail, after: MeetingDetail, changed: readonly string[]): Promise<void> {
  const { id } = after;
  const fact = { entityId: id, data: { id } };
  if (before.status === after.status) {
    if (after.status === 'scheduled' && (changed.includes('startsAt') || changed.includes('endsAt'))) {
      return emit(ctx, meetingRescheduled, fact);
    }
    if (after.status === 'completed') await noteCompleted(ctx, after);
    return emit(ctx, meetingChanged, fact);
  }
  if (after.status === 'completed') {
    await noteCompleted(ctx, after);
    return emit(ctx, meetingCompleted, fact);
  }
  if (before.status === 'completed') {
    await ctx.tx
      .updateTable('activities')
      .set({ deleted_at: ctx.now })
      .where('organization_id', '=', ctx.organizationId)
      .where('source_type', '=', 'meeting')
      .where('source_id', '=', id)
      .where('type', '=', 'meeting_completed')
      .execute();
  }
  await logActivity(ctx, {
    type: 'status_changed',
    subject: `${after.title}: ${after.status === 'cancelled' ? 'cancelled' : 'nobody came'}`,
    prospectId: after.prospectId,
    accountId: after.accountId,
    dealId: after.dealId,
    data: { meetingId: id, from: before.status, to: after.status },
  });
  await emit(ctx, after.status === 'cancelled' ? meetingCancelled : meetingMissed, fact);
}

/** Its line in the timeline, or the correction of it. */
async function noteCompleted(ctx: Ctx, meeting: MeetingDetail): Promise<void> {
  const { id, title, notes, outcome, endsAt } = meeting;
  const occurredAt = new Date(Math.min(endsAt.getTime(), ctx.now.getTime()));
  const written = await logActivity(ctx, {
    type: 'meeting_completed',
    subject: title,
    notes,
    occurredAt,
    prospectId: meeting.prospectId,
    accountId: meeting.accountId,
    dealId: meeting.dealId,
    userId: meeting.ownerId,
    source: { type: 'meeting', id },
    data: { outcome },
  });
  if (written !== null) return;
  await ctx.tx
    .updateTable('activities')
    .set({
      subject: title,
      notes,
      occurred_at: occurredAt,
      user_id: meeting.ownerId,
      data: JSON.stringify({ outcome }),
    })
    .where('organization_id', '=', ctx.organizationId)
    .where('source_type', '=', 'meeting')
    .where('source_id', '=', id)
    .where('type', '=', 'meeting_completed')
    .execute();
}
