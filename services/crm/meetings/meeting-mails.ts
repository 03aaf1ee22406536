import type { Attendee } from '../../../domain/crm/meeting.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { type Mailing, planMail } from '../../platform/sends/index.ts';
import { calendarText, readCalendarMeeting } from './ics.ts';

export interface InviteMails {
  meetingId: string;
  method: 'REQUEST' | 'CANCEL';
  to: readonly Attendee[];
}

/** One mail per attendee with an address and revision of the meeting; none where no transport is set up. */
export async function mailInvites(ctx: Ctx, mailing: Mailing | undefined, invite: InviteMails): Promise<void> {
  const { meetingId, method } = invite;
  const to = invite.to.filter((attendee): attendee is Attendee & { email: string } => attendee.email !== null);
  if (mailing === undefined || mailing.transport === null || to.length === 0) return;
  const meeting = await readCalendarMeeting(ctx, meetingId);
  const organizer = meeting.organizer ?? { name: 'Revloop', email: addressOf(mailing.from) };
  const cancelled = method === 'CANCEL';
  const subject = `${cancelled ? 'Cancelled' : meeting.sequence > 0 ? 'Updated invitation' : 'Invitation'}: ${meeting.title}`;
  for (const { name, email } of to) {
    await planMail(ctx, mailing, {
      dedupeKey: `meeting:${meetingId}:${meeting.sequence}:${method}:${email.toLowerCase()}`,
      purpose: 'transactional',
      to: { email, name },
      subject: { type: 'meeting', id: meetingId },
      mail: {
        subject,
        paragraphs: [
          cancelled ? `${meeting.title} does not take place.` : meeting.title,
          `${clock(meeting.startsAt)} to ${clock(meeting.endsAt)} UTC, with ${organizer.name}.`,
          ...(meeting.location === null ? [] : [`Where: ${meeting.location}`]),
          ...(meeting.link === null || cancelled ? [] : [{ label: 'Join', url: meeting.link }]),
        ],
      },
      calendar: { method, text: calendarText([{ ...meeting, organizer, attendees: [{ name, email }] }], method) },
    });
  }
}

const clock = (date: Date): string => date.toISOString().slice(0, 16).replace('T', ' ');

/** `Name <address>` or the address alone. */
const addressOf = (from: string): string => /<([^<>]+)>$/.exec(from)?.[1] ?? from;
