import ical, { ICalAttendeeRole, ICalAttendeeStatus, ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import { sql } from 'kysely';
import { notFound } from '../../../domain/core/errors.ts';
import type { Attendee, MeetingStatus } from '../../../domain/crm/meeting.rules.ts';
import { type Ctx, verb } from '../../core/context.ts';

export type CalendarMethod = 'REQUEST' | 'CANCEL' | 'PUBLISH';

/** A meeting as calendars know it. */
export interface CalendarMeeting {
  id: string;
  title: string;
  startsAt: Date;
  endsAt: Date;
  location: string | null;
  link: string | null;
  attendees: Attendee[];
  status: MeetingStatus;
  sequence: number;
  updatedAt: Date;
  organizer: { name: string; email: string } | null;
}

const COLUMNS = sql.raw(`
  m.id, m.title, m.starts_at as "startsAt", m.ends_at as "endsAt", m.location, m.link, m.attendees, m.status, m.sequence,
  m.updated_at as "updatedAt",
  case when u.id is not null then jsonb_build_object('email', u.email,
    'name', coalesce(nullif(trim(concat_ws(' ', u.first_name, u.last_name)), ''), u.email)) end as organizer`);
const FROM = sql.raw(`
  meetings m left join users u on u.organization_id = m.organization_id and u.id = m.owner_id and u.deleted_at is null`);

/** @throws AppError not_found. */
export async function readCalendarMeeting(ctx: Ctx, id: string): Promise<CalendarMeeting> {
  const { rows } = await sql<CalendarMeeting>`
    select ${COLUMNS} from ${FROM} where m.organization_id = ${ctx.organizationId} and m.id = ${id}`.execute(ctx.tx);
  if (!rows[0]) throw notFound('The meeting');
  return rows[0];
}

/** The meetings of a person from a month ago to a year ahead; calendars ask again and again, so no more than that. */
export async function readCalendar(ctx: Ctx, userId: string): Promise<CalendarMeeting[]> {
  const { rows } = await sql<CalendarMeeting>`
    select ${COLUMNS} from ${FROM}
    where m.organization_id = ${ctx.organizationId} and m.owner_id = ${userId}
      and m.ends_at > ${ctx.now}::timestamptz - interval '30 days'
      and m.starts_at < ${ctx.now}::timestamptz + interval '1 year'
    order by m.starts_at, m.id limit 2000`.execute(ctx.tx);
  return rows;
}

/**
 * RFC 5545, times in UTC. An invitation or its cancellation names organizer and attendees; what is only published (a feed)
 * names nobody, so that no calendar answers to it.
 */
export function calendarText(meetings: readonly CalendarMeeting[], method: CalendarMethod, name?: string): string {
  const calendar = ical({
    prodId: { company: 'Revloop', product: 'Revloop', language: 'EN' },
    method: ICalCalendarMethod[method],
    ...(name === undefined ? {} : { name }),
  });
  for (const meeting of meetings) {
    const event = calendar.createEvent({
      id: `${meeting.id}@revloop`,
      sequence: meeting.sequence,
      stamp: meeting.updatedAt,
      start: meeting.startsAt,
      end: meeting.endsAt,
      summary: meeting.title,
      status:
        meeting.status === 'cancelled' || method === 'CANCEL' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      ...(meeting.location === null ? {} : { location: meeting.location }),
      ...(meeting.link === null ? {} : { url: meeting.link, description: meeting.link }),
    });
    if (method === 'PUBLISH') continue;
    if (meeting.organizer) event.organizer(meeting.organizer);
    for (const { name: attendee, email } of meeting.attendees) {
      if (email === null) continue;
      event.createAttendee({
        email,
        ...(attendee === null ? {} : { name: attendee }),
        role: ICalAttendeeRole.REQ,
        status: ICalAttendeeStatus.NEEDSACTION,
        rsvp: method === 'REQUEST',
      });
    }
  }
  return calendar.toString();
}

/** @throws AppError not_found. */
export const downloadMeeting = verb(
  { permission: 'activities.view' },
  async (ctx, { id }: { id: string; after: string | null }): Promise<{ text: string; next: null }> => {
    const meeting = await readCalendarMeeting(ctx, id);
    const invited = meeting.organizer !== null && meeting.attendees.some(({ email }) => email !== null);
    const method = meeting.status === 'cancelled' ? 'CANCEL' : invited ? 'REQUEST' : 'PUBLISH';
    return { text: calendarText([meeting], method), next: null };
  },
);
