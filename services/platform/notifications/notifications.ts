import { type RawBuilder, sql } from 'kysely';
import { notFound } from '../../../domain/core/errors.ts';
import type { NotificationEvent, NotificationPriority } from '../../../domain/platform/notification-event.rules.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { type PageInput, readPage } from '../../core/page.ts';
import { requirePerson } from '../users/index.ts';

export interface NotificationView {
  id: string;
  type: NotificationEvent;
  priority: NotificationPriority;
  title: string;
  body: string | null;
  entityType: string | null;
  entityId: string | null;
  readAt: Date | null;
  archivedAt: Date | null;
  createdAt: Date;
  /** How many stand behind this one, itself included; 1 unless they were asked for in groups. */
  count: number;
}

const COLUMNS: RawBuilder<unknown> = sql.raw(`
  n.id, n.event as type, n.priority, n.title, n.body, n.entity_type as "entityType", n.entity_id as "entityId",
  n.read_at as "readAt", n.archived_at as "archivedAt", n.created_at as "createdAt"`);

export interface ListNotificationsInput extends PageInput {
  unread?: boolean | undefined;
  /** Default: those that are not. */
  archived?: boolean | undefined;
  priority?: NotificationPriority | undefined;
  type?: NotificationEvent | undefined;
  /** The latest of each event and record stands for the others. */
  grouped?: boolean | undefined;
}

/** One's own, latest first; what sleeps or is over is left out. @throws AppError forbidden `NO_PERSON`. */
export const listNotifications = verb(
  { permission: null },
  async (ctx, input: ListNotificationsInput): Promise<{ items: NotificationView[]; total: number }> => {
    const conditions = sql.join(
      [
        own(ctx),
        present(ctx),
        input.archived ? sql`n.archived_at is not null` : sql`n.archived_at is null`,
        ...(input.unread === undefined ? [] : [input.unread ? sql`n.read_at is null` : sql`n.read_at is not null`]),
        ...(input.priority === undefined ? [] : [sql`n.priority = ${input.priority}`]),
        ...(input.type === undefined ? [] : [sql`n.event = ${input.type}`]),
      ],
      sql` and `,
    );
    const group = input.grouped
      ? sql`n.event, n.entity_type, n.entity_id, case when n.entity_id is null then n.id end`
      : sql`n.id`;
    const { rows, total } = await readPage(input, async (limit, offset) => {
      const page = await sql<NotificationView & { total: number }>`
        with ranked as (
          select ${COLUMNS}, row_number() over (partition by ${group} order by n.created_at desc, n.id desc) as place,
                 (count(*) over (partition by ${group}))::integer as count
          from notifications n where ${conditions})
        select r.id, r.type, r.priority, r.title, r.body, r."entityType", r."entityId", r."readAt", r."archivedAt",
               r."createdAt", r.count, (count(*) over ())::integer as total
        from ranked r where r.place = 1
        order by r."createdAt" desc, r.id desc limit ${limit}::integer offset ${offset}::bigint`.execute(ctx.tx);
      return page.rows;
    });
    return { items: rows.map(({ total: _, ...row }) => row), total };
  },
);

export interface UnreadCount {
  total: number;
  byPriority: Record<NotificationPriority, number>;
}

/** @throws AppError forbidden `NO_PERSON`. */
export const countUnread = verb({ permission: null }, async (ctx, _: undefined): Promise<UnreadCount> => {
  const { rows } = await sql<{ priority: NotificationPriority; count: number }>`
    select n.priority, count(*)::integer as count from notifications n
    where ${own(ctx)} and ${present(ctx)} and n.read_at is null and n.archived_at is null
    group by n.priority`.execute(ctx.tx);
  const byPriority = { low: 0, medium: 0, high: 0, urgent: 0 };
  for (const { priority, count } of rows) byPriority[priority] = count;
  return { total: rows.reduce((sum, row) => sum + row.count, 0), byPriority };
});

/** Repeating it changes nothing. @throws AppError not_found. */
export const markNotification = verb(
  { permission: null },
  async (ctx, input: { id: string; read?: boolean; archived?: true }): Promise<NotificationView> => {
    const { rows } = await sql<NotificationView>`
      update notifications n set
        read_at = case when ${input.read ?? null}::boolean is null then n.read_at
                       when ${input.read ?? null}::boolean then coalesce(n.read_at, ${ctx.now}) end,
        archived_at = case when ${input.archived ?? false}::boolean then coalesce(n.archived_at, ${ctx.now})
                           else n.archived_at end
      where ${one(ctx, input.id)}
      returning ${COLUMNS}, 1 as count`.execute(ctx.tx);
    if (!rows[0]) throw notFound('The notification');
    return rows[0];
  },
);

/** Answers how many were unread. @throws AppError forbidden `NO_PERSON`. */
export const markAllRead = verb({ permission: null }, async (ctx, _: undefined): Promise<{ count: number }> => {
  const { rows } = await sql`
    update notifications n set read_at = ${ctx.now}
    where ${own(ctx)} and ${present(ctx)} and n.read_at is null and n.archived_at is null returning n.id`.execute(
    ctx.tx,
  );
  return { count: rows.length };
});

/** @throws AppError not_found. */
export const deleteNotification = verb(
  { permission: null },
  async (ctx, input: { id: string }): Promise<{ id: string }> => {
    const { rows } = await sql`
      delete from notifications n where ${one(ctx, input.id)} returning n.id`.execute(ctx.tx);
    if (rows.length === 0) throw notFound('The notification');
    return input;
  },
);

const own = (ctx: Ctx) => sql`n.organization_id = ${ctx.organizationId} and n.user_id = ${requirePerson(ctx)}`;

/** A credential without a person has no notification: any id is as unknown as another. */
const one = (ctx: Ctx, id: string) => sql`
  n.organization_id = ${ctx.organizationId} and n.user_id = ${ctx.principal.userId ?? null}::uuid and n.id = ${id}`;

const present = (ctx: Ctx) => sql`
  (n.snoozed_until is null or n.snoozed_until <= ${ctx.now}) and (n.expires_at is null or n.expires_at > ${ctx.now})`;
