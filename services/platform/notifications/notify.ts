import { sql } from 'kysely';
import {
  NOTIFICATION_EVENTS,
  type NotificationEvent,
  type NotificationPriority,
} from '../../../domain/platform/notification-event.rules.ts';
import type { Ctx } from '../../core/context.ts';

export interface Notice {
  title: string;
  body?: string | null;
  /** What it is about, for the link. */
  entity?: { type: string; id: string };
  /** A person is told of one key once, however often it is asked. */
  dedupeKey: string;
  /** Default: what the catalogue says of the event. */
  priority?: NotificationPriority;
}

/**
 * Tells people of an event, in the caller's transaction. Who has turned the event or the channel off, has left or was told
 * under this key before is passed over. Answers how many were told.
 */
export async function notify(
  ctx: Ctx,
  people: string | null | readonly string[],
  event: NotificationEvent,
  notice: Notice,
): Promise<number> {
  const ids = typeof people === 'string' ? [people] : (people ?? []);
  if (ids.length === 0) return 0;
  const { rows } = await sql`
    insert into notifications (user_id, event, priority, title, body, entity_type, entity_id, dedupe_key, created_at)
    select u.id, ${event}, ${notice.priority ?? NOTIFICATION_EVENTS[event]}, ${notice.title.slice(0, 300)},
           ${notice.body ?? null}, ${notice.entity?.type ?? null}, ${notice.entity?.id ?? null}::uuid,
           ${notice.dedupeKey}, ${ctx.now}
    from users u
    left join notification_preferences p on p.organization_id = u.organization_id and p.user_id = u.id
    where u.organization_id = ${ctx.organizationId} and u.id = any(${sql.val(ids)}::uuid[])
      and u.deleted_at is null and u.status = 'active'
      and coalesce((p.channels #>> '{inApp,enabled}')::boolean, true)
      and coalesce((p.event_types #>> array[${event}::text, 'inApp'])::boolean, true)
    on conflict (organization_id, user_id, dedupe_key) where dedupe_key is not null do nothing
    returning id`.execute(ctx.tx);
  return rows.length;
}
