import { sql } from 'kysely';
import { invalid } from '../../../domain/core/errors.ts';
import type { Attendee } from '../../../domain/crm/meeting.rules.ts';
import { audit } from '../../core/audit.ts';
import { startProcess } from '../../core/commands.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import type { Mailing } from '../../platform/sends/index.ts';
import { logActivity } from '../activities/log-activity.ts';
import { costColumns } from '../calls/call-log.ts';
import { meetingScheduled } from '../events.ts';
import { requireRecords } from '../references.ts';
import { mailInvites } from './meeting-mails.ts';
import { type MeetingDetail, readMeeting } from './meeting-view.ts';

export interface MeetingFields {
  title?: string | undefined;
  startsAt?: Date | undefined;
  endsAt?: Date | undefined;
  timeZone?: string | undefined;
  location?: string | null | undefined;
  link?: string | null | undefined;
  notes?: string | null | undefined;
  outcome?: string | null | undefined;
  attendees?: Attendee[] | undefined;
  ownerId?: string | null | undefined;
  reminderMinutes?: number | undefined;
  cost?: string | null | undefined;
  costCurrency?: string | null | undefined;
}

export interface ScheduleMeetingInput extends MeetingFields {
  startsAt: Date;
  endsAt: Date;
  prospectId?: string | null | undefined;
  accountId?: string | null | undefined;
  dealId?: string | null | undefined;
  /** Absent where no mail is to leave (imports, demo). */
  mailing?: Mailing | undefined;
}

/**
 * Stands in the timeline; its owner is reminded before it begins, and attendees with an address get an invitation where mail
 * is set up. Times that overlap are told in `conflicts`. @throws AppError validation.
 */
export const scheduleMeeting = verb(
  { permission: 'activities.edit' },
  async (ctx, input: ScheduleMeetingInput): Promise<MeetingDetail> => {
    if (!input.prospectId && !input.accountId && !input.dealId) {
      throw invalid('prospectId', 'is required when neither accountId nor dealId is given');
    }
    await requireRecords(ctx, input);
    requireOrder(input.startsAt, input.endsAt);
    const ownerId = input.ownerId === undefined ? (ctx.principal.userId ?? null) : input.ownerId;
    const defaults = await defaultsOf(ctx, ownerId, input.prospectId ?? null);
    const attendees = input.attendees ?? (defaults.prospect ? [defaults.prospect] : []);
    const { id } = await ctx.tx
      .insertInto('meetings')
      .values({
        title: input.title ?? (defaults.prospect?.name ? `Meeting with ${defaults.prospect.name}` : 'Meeting'),
        prospect_id: input.prospectId ?? null,
        account_id: input.accountId ?? null,
        deal_id: input.dealId ?? null,
        owner_id: ownerId,
        starts_at: input.startsAt,
        ends_at: input.endsAt,
        time_zone: input.timeZone ?? defaults.timeZone,
        location: input.location ?? null,
        link: input.link ?? null,
        notes: input.notes ?? null,
        attendees: JSON.stringify(attendees),
        ...(input.reminderMinutes === undefined ? {} : { reminder_minutes: input.reminderMinutes }),
        ...costColumns(input),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const meeting = await readMeeting(ctx, id);
    await logActivity(ctx, {
      type: 'meeting_scheduled',
      subject: meeting.title,
      prospectId: meeting.prospectId,
      accountId: meeting.accountId,
      dealId: meeting.dealId,
      source: { type: 'meeting', id },
      data: { startsAt: meeting.startsAt, endsAt: meeting.endsAt },
    });
    await audit(ctx, 'meeting.schedule', { entityType: 'meeting', entityId: id, after: { startsAt: input.startsAt } });
    await emit(ctx, meetingScheduled, { entityId: id, data: { id } });
    if (input.endsAt > ctx.now) {
      await beginReminder(ctx, id, 1);
      await mailInvites(ctx, input.mailing, { meetingId: id, method: 'REQUEST', to: attendees });
    }
    return meeting;
  },
);

/** @throws AppError validation. */
export function requireOrder(startsAt: Date, endsAt: Date): void {
  if (endsAt <= startsAt) throw invalid('endsAt', 'must be after startsAt', endsAt.toISOString());
  if (endsAt.getTime() - startsAt.getTime() > LONGEST_MS) {
    throw invalid('endsAt', 'must be within 14 days of startsAt', endsAt.toISOString());
  }
}

const LONGEST_MS = 14 * 86_400_000;

export const beginReminder = (ctx: Ctx, meetingId: string, generation: number): Promise<void> =>
  startProcess(
    ctx,
    'meeting',
    { entityId: meetingId, generation },
    { organizationId: ctx.organizationId, entity: 'meeting', entityId: meetingId, generation },
  );

async function defaultsOf(ctx: Ctx, ownerId: string | null, prospectId: string | null) {
  const { rows } = await sql<{ timeZone: string; prospect: Attendee | null }>`
    select coalesce(u.timezone, o.time_zone) as "timeZone",
           case when p.id is not null then jsonb_build_object(
             'name', nullif(trim(concat_ws(' ', p.first_name, p.last_name)), ''), 'email', p.email) end as prospect
    from organizations o
    left join users u on u.organization_id = o.id and u.id = ${ownerId}::uuid
    left join prospects p on p.organization_id = o.id and p.id = ${prospectId}::uuid
    where o.id = ${ctx.organizationId}`.execute(ctx.tx);
  return rows[0]!;
}
