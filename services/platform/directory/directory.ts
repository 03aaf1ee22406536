import { sql } from 'kysely';
import type { BaseLevel } from '../../../domain/platform/roles.rules.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { type PageInput, readPage } from '../../core/page.ts';
import { pageOfUsers, type UserView, withinTeams } from '../users/user-view.ts';

/**
 * Whom the directory shows: admins and keys of nobody see the organization, everybody else their own team with the teams
 * inside it. A role that is limited to teams sees no further than these.
 */
export async function directoryCondition(ctx: Ctx) {
  const userId = ctx.principal.userId ?? null;
  const everybody = sql`u.organization_id = ${ctx.organizationId} and u.deleted_at is null and ${withinTeams(ctx)}`;
  if (userId === null) return everybody;
  const { rows } = await sql<{ teamId: string | null; level: BaseLevel }>`
    select team_id as "teamId", role as level from users
    where organization_id = ${ctx.organizationId} and id = ${userId}`.execute(ctx.tx);
  const { teamId, level } = rows[0]!;
  if (level === 'admin') return everybody;
  return sql`${everybody} and (u.id = ${userId} or u.team_id in (
    select w.id from teams w
    where w.organization_id = ${ctx.organizationId} and (w.id = ${teamId}::uuid or w.parent_team_id = ${teamId}::uuid)))`;
}

export type Presence = 'online' | 'away' | 'offline';
export type MemberView = UserView & { presence: Presence };

const ONLINE_MS = 5 * 60_000;
const AWAY_MS = 30 * 60_000;

/** By the last sign of a person. */
export function presenceOf(lastActiveAt: Date | null, now: Date): Presence {
  const since = lastActiveAt ? now.getTime() - lastActiveAt.getTime() : Number.POSITIVE_INFINITY;
  if (since <= ONLINE_MS) return 'online';
  return since <= AWAY_MS ? 'away' : 'offline';
}

export interface ListMembersInput extends PageInput {
  role?: BaseLevel | undefined;
  status?: 'active' | 'inactive' | undefined;
  q?: string | undefined;
}

/** By name. */
export const listMembers = verb(
  { permission: 'users.view' },
  async (ctx, input: ListMembersInput): Promise<{ items: MemberView[]; total: number }> => {
    const condition = sql.join(
      [
        await directoryCondition(ctx),
        ...(input.role ? [sql`u.role = ${input.role}`] : []),
        ...(input.status ? [sql`u.status = ${input.status}`] : []),
        ...(input.q
          ? [sql`position(lower(${input.q}) in lower(concat_ws(' ', u.first_name, u.last_name, u.email))) > 0`]
          : []),
      ],
      sql` and `,
    );
    const { items, total } = await pageOfUsers(ctx, input, condition);
    return { items: items.map((user) => ({ ...user, presence: presenceOf(user.lastActiveAt, ctx.now) })), total };
  },
);

export interface ActivityView {
  id: string;
  userId: string;
  userName: string;
  /** The key that the person used, where it was one. */
  apiKeyId: string | null;
  action: string;
  entityType: string;
  entityId: string | null;
  requestId: string | null;
  at: Date;
}

export interface ListActivityInput extends PageInput {
  userId?: string | undefined;
  action?: string | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
}

/** What people did, newest first, from the audit log: by themselves or with their keys. */
export const listActivity = verb(
  { permission: 'users.view' },
  async (ctx, input: ListActivityInput): Promise<{ items: ActivityView[]; total: number }> => {
    const condition = sql.join(
      [
        await directoryCondition(ctx),
        ...(input.userId ? [sql`u.id = ${input.userId}`] : []),
        ...(input.action ? [sql`l.action = ${input.action}`] : []),
        ...(input.from ? [sql`l.created_at >= ${input.from}`] : []),
        ...(input.to ? [sql`l.created_at <= ${input.to}`] : []),
      ],
      sql` and `,
    );
    const { rows, total } = await readPage(input, async (limit, offset) => {
      const page = await sql<ActivityView & { total: number }>`
        select l.id, u.id as "userId",
          coalesce(nullif(concat_ws(' ', u.first_name, u.last_name), ''), u.email) as "userName", k.id as "apiKeyId",
          l.action, l.entity_type as "entityType", l.entity_id as "entityId", l.request_id as "requestId",
          l.created_at as at, count(*) over ()::integer as total
        from audit_logs l
        left join api_keys k on l.actor_kind = 'api_key' and k.organization_id = l.organization_id and k.id = l.actor_id
        join users u on u.organization_id = l.organization_id
          and u.id = case l.actor_kind when 'user' then l.actor_id else k.user_id end
        where ${condition}
        order by l.created_at desc, l.id desc limit ${limit}::integer offset ${offset}::bigint`.execute(ctx.tx);
      return page.rows;
    });
    return { items: rows.map(({ total: _, ...row }) => row as ActivityView), total };
  },
);
