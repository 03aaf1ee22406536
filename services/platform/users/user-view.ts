import { sql } from 'kysely';
import { notFound } from '../../../domain/core/errors.ts';
import type { Reference } from '../../../domain/platform/reference.rules.ts';
import type { BaseLevel, UserStatus, UserType } from '../../../domain/platform/roles.rules.ts';
import { type Ctx, requirePermission, verb } from '../../core/context.ts';
import { type PageInput, readPage } from '../../core/page.ts';
import { requireRole, requireTeam, requireTeamAllowed } from '../roles/index.ts';

interface Numbered {
  id: string;
  number: number;
  name: string;
}

export interface UserView {
  id: string;
  email: string;
  firstName: string | null;
  lastName: string | null;
  /** Both names, else the e-mail. */
  name: string;
  phone: string | null;
  location: string | null;
  role: Numbered | null;
  baseLevel: BaseLevel;
  /** The top-level team, and the team inside it where the person is in one. */
  team: Numbered | null;
  subTeam: Numbered | null;
  manager: { id: string; name: string } | null;
  userType: UserType;
  status: UserStatus;
  timezone: string | null;
  language: string | null;
  lastActiveAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

export const NAME_OF = (alias: string) =>
  sql<string>`coalesce(nullif(concat_ws(' ', ${sql.ref(`${alias}.first_name`)}, ${sql.ref(`${alias}.last_name`)}), ''), ${sql.ref(`${alias}.email`)})`;

/** The last sign of somebody: what an open session noted, or the last thing they did that was audited. */
export const LAST_ACTIVE = sql<Date | null>`greatest(u.last_active_at,
  (select max(s.last_used_at) from user_sessions s
   where s.organization_id = u.organization_id and s.user_id = u.id and s.ended_at is null),
  (select max(l.created_at) from audit_logs l where l.organization_id = u.organization_id and l.actor_id = u.id))`;

const numbered = (alias: string) =>
  sql`case when ${sql.ref(`${alias}.id`)} is not null then jsonb_build_object(
    'id', ${sql.ref(`${alias}.id`)}, 'number', ${sql.ref(`${alias}.number`)}, 'name', ${sql.ref(`${alias}.name`)}) end`;

/** Without a role of its own a user shows the default role of its level. */
export const SELECT_USER = sql`
  select u.id, u.email, u.first_name as "firstName", u.last_name as "lastName", ${NAME_OF('u')} as name, u.phone,
    u.location, ${numbered('r')} as role, coalesce(case when u.role_id is not null then r.base_level end, u.role) as "baseLevel",
    case when p.id is null then ${numbered('t')} else ${numbered('p')} end as team,
    case when p.id is not null then ${numbered('t')} end as "subTeam",
    case when m.id is not null then jsonb_build_object('id', m.id, 'name', ${NAME_OF('m')}) end as manager,
    u.user_type as "userType", u.status, u.timezone, u.language, ${LAST_ACTIVE} as "lastActiveAt",
    u.created_at as "createdAt", u.updated_at as "updatedAt", u.version`;

export const FROM_USERS = sql`
  from users u
  left join roles r on r.organization_id = u.organization_id
    and (r.id = u.role_id or (u.role_id is null and r.default_key = u.role))
  left join teams t on t.organization_id = u.organization_id and t.id = u.team_id
  left join teams p on p.organization_id = t.organization_id and p.id = t.parent_team_id
  left join users m on m.organization_id = u.organization_id and m.id = u.manager_id`;

/** @throws AppError not_found. */
export async function readUser(ctx: Ctx, id: string): Promise<UserView> {
  const { rows } = await sql<UserView>`
    ${SELECT_USER} ${FROM_USERS}
    where u.organization_id = ${ctx.organizationId} and u.id = ${id} and u.deleted_at is null`.execute(ctx.tx);
  if (!rows[0]) throw notFound('The user');
  return rows[0];
}

export const isSelf = (ctx: Ctx, userId: string): boolean => (ctx.principal.userId ?? null) === userId;

export const teamIdOf = (user: Pick<UserView, 'team' | 'subTeam'>): string | null =>
  user.subTeam?.id ?? user.team?.id ?? null;

/** Oneself needs no permission. @throws AppError not_found; forbidden. */
export const getUser = verb({ permission: null }, async (ctx, input: { id: string }): Promise<UserView> => {
  if (isSelf(ctx, input.id)) return readUser(ctx, input.id);
  requirePermission(ctx.principal, 'users.view');
  const user = await readUser(ctx, input.id);
  requireTeamAllowed(ctx.principal, teamIdOf(user));
  return user;
});

export const USER_SORTS = ['name', '-name', 'email', '-email', 'created_at', '-created_at'] as const;

const ORDER: Record<(typeof USER_SORTS)[number], ReturnType<typeof sql>> = {
  name: sql`lower(${NAME_OF('u')}), u.id`,
  '-name': sql`lower(${NAME_OF('u')}) desc, u.id`,
  email: sql`lower(u.email)`,
  '-email': sql`lower(u.email) desc`,
  created_at: sql`u.created_at, u.id`,
  '-created_at': sql`u.created_at desc, u.id`,
};

export interface ListUsersInput extends PageInput {
  /** With the teams inside it. */
  teamId?: Reference | undefined;
  roleId?: Reference | undefined;
  userType?: UserType | undefined;
  status?: UserStatus | undefined;
  managerId?: string | undefined;
  /** Part of a name or e-mail. */
  q?: string | undefined;
  sort?: (typeof USER_SORTS)[number] | undefined;
}

/** People whom the role of the caller reaches; deleted ones are left out. @throws AppError validation. */
export const listUsers = verb(
  { permission: 'users.view' },
  async (ctx, input: ListUsersInput): Promise<{ items: UserView[]; total: number }> => {
    const team = input.teamId === undefined ? null : await requireTeam(ctx, input.teamId);
    const role = input.roleId === undefined ? null : await requireRole(ctx, input.roleId);
    const conditions = [
      sql`u.organization_id = ${ctx.organizationId} and u.deleted_at is null`,
      withinTeams(ctx),
      ...(team ? [sql`(t.id = ${team.id} or t.parent_team_id = ${team.id})`] : []),
      ...(role ? [sql`r.id = ${role.id}`] : []),
      ...(input.userType ? [sql`u.user_type = ${input.userType}`] : []),
      ...(input.status ? [sql`u.status = ${input.status}`] : []),
      ...(input.managerId ? [sql`u.manager_id = ${input.managerId}`] : []),
      ...(input.q ? [sql`position(lower(${input.q}) in lower(${NAME_OF('u')} || ' ' || u.email)) > 0`] : []),
    ];
    return pageOfUsers(ctx, input, sql.join(conditions, sql` and `), ORDER[input.sort ?? 'name']);
  },
);

/** Whoever is limited to teams sees these, and themselves. */
export function withinTeams(ctx: Ctx) {
  const allowed = ctx.principal.allowedTeamIds ?? null;
  if (allowed === null) return sql`true`;
  return sql`(u.team_id = any(${sql.val([...allowed])}::uuid[]) or u.id = ${ctx.principal.userId ?? null}::uuid)`;
}

export async function pageOfUsers(
  ctx: Ctx,
  input: PageInput,
  condition: ReturnType<typeof sql>,
  order: ReturnType<typeof sql> = ORDER.name,
): Promise<{ items: UserView[]; total: number }> {
  const { rows, total } = await readPage(input, async (limit, offset) => {
    const page = await sql<UserView & { total: number }>`
      ${SELECT_USER}, count(*) over ()::integer as total ${FROM_USERS}
      where ${condition} order by ${order} limit ${limit}::integer offset ${offset}::bigint`.execute(ctx.tx);
    return page.rows;
  });
  return { items: rows.map(({ total: _, ...row }) => row as UserView), total };
}
