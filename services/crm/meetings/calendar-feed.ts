import { notFound } from '../../../domain/core/errors.ts';
import { audit } from '../../core/audit.ts';
import { verb } from '../../core/context.ts';
import { hashSecretToken, newSecretToken } from '../../platform/auth/index.ts';
import { requirePerson } from '../../platform/users/index.ts';
import { calendarText, readCalendar } from './ics.ts';

/** The organization, then 256 random bits: who knows the address may read the calendar, so it cannot be guessed. */
const feedToken = (organizationId: string, token: string): string => `${organizationId.replaceAll('-', '')}.${token}`;

/** @throws AppError not_found for what is no address of a feed. */
export function readFeedToken(text: string): { organizationId: string; hash: Buffer } {
  const parts = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})\.([\w-]{43})$/.exec(text);
  if (!parts) throw notFound('The calendar');
  return { organizationId: parts.slice(1, 6).join('-'), hash: hashSecretToken(parts[6]!) };
}

/** Makes the address of one's own calendar; an earlier one stops working. @throws AppError forbidden `NO_PERSON`. */
export const createCalendarFeed = verb(
  { permission: 'activities.view' },
  async (ctx, { publicUrl }: { publicUrl: string }): Promise<{ url: string }> => {
    const userId = requirePerson(ctx);
    const { token, hash } = newSecretToken();
    await ctx.tx
      .insertInto('calendar_feeds')
      .values({ user_id: userId, hash })
      .onConflict((clash) => clash.columns(['organization_id', 'user_id']).doUpdateSet({ hash }))
      .execute();
    await audit(ctx, 'calendar_feed.create', { entityType: 'user', entityId: userId });
    return { url: `${publicUrl}/api/v1/calendar/${feedToken(ctx.organizationId, token)}` };
  },
);

/** Its address stops working. @throws AppError forbidden `NO_PERSON`; not_found. */
export const deleteCalendarFeed = verb(
  { permission: 'activities.view' },
  async (ctx, _: undefined): Promise<{ deleted: boolean }> => {
    const userId = requirePerson(ctx);
    const row = await ctx.tx
      .deleteFrom('calendar_feeds')
      .where('organization_id', '=', ctx.organizationId)
      .where('user_id', '=', userId)
      .returning('id')
      .executeTakeFirst();
    if (!row) throw notFound('The calendar feed');
    await audit(ctx, 'calendar_feed.delete', { entityType: 'user', entityId: userId });
    return { deleted: true };
  },
);

/** For calendar programs, which show no credential but the address. @throws AppError not_found. */
export const readCalendarFeed = verb(
  { permission: null },
  async (ctx, input: { hash: Buffer; after: string | null }): Promise<{ text: string; next: null }> => {
    const row = await ctx.tx
      .selectFrom('calendar_feeds as f')
      .innerJoin('users as u', (join) =>
        join.onRef('u.organization_id', '=', 'f.organization_id').onRef('u.id', '=', 'f.user_id'),
      )
      .select(['u.id', 'u.first_name'])
      .where('f.organization_id', '=', ctx.organizationId)
      .where('f.hash', '=', input.hash)
      .where('u.deleted_at', 'is', null)
      .where('u.status', '=', 'active')
      .executeTakeFirst();
    if (!row) throw notFound('The calendar');
    const meetings = await readCalendar(ctx, row.id);
    return { text: calendarText(meetings, 'PUBLISH', `Meetings of ${row.first_name ?? 'you'}`), next: null };
  },
);
