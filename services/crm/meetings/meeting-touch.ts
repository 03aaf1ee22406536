import type { Ctx } from '../../core/context.ts';
import { recordTouch, voidTouch } from '../activities/touch.ts';
import { readMeeting } from './meeting-view.ts';

const externalIdOf = (meetingId: string): string => `b:meetings:${meetingId}`;

/** A completed meeting as an interaction of the person with its owner, or its correction; nothing before it happened. */
export async function touchByMeeting(ctx: Ctx, meetingId: string): Promise<void> {
  const meeting = await readMeeting(ctx, meetingId);
  if (meeting.status !== 'completed') return;
  await recordTouch(ctx, {
    externalId: externalIdOf(meetingId),
    channel: 'meeting',
    direction: 'outbound',
    startedAt: meeting.startsAt,
    endedAt: meeting.endsAt,
    prospectId: meeting.prospectId,
    accountId: meeting.accountId,
    userId: meeting.ownerId,
    ...(meeting.cost === null ? {} : { cost: meeting.cost, costCurrency: meeting.costCurrency! }),
    metadata: { outcome: meeting.outcome, ...(meeting.dealId ? { deal_id: meeting.dealId } : {}) },
  });
}

/** Nothing where it never was completed. */
export const untouchByMeeting = (ctx: Ctx, meetingId: string): Promise<void> =>
  voidTouch(ctx, externalIdOf(meetingId), 'The meeting did not take place.');
