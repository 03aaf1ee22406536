import { sql } from 'kysely';
import { notFound } from '../../../domain/core/errors.ts';
import { type Reference, readReference } from '../../../domain/platform/reference.rules.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { type PageInput, readPage } from '../../core/page.ts';
import { requireTeamAllowed } from '../roles/index.ts';
import { NAME_OF } from '../users/user-view.ts';

export interface SubTeamView {
  id: string;
  number: number;
  name: string;
  description: string | null;
  vendor: { id: string; code: string; name: string } | null;
  members: number;
}

export interface TeamView extends SubTeamView {
  parent: { id: string; number: number; name: string } | null;
  /** With those of the teams inside it. */
  totalMembers: number;
  subTeams: SubTeamView[];
  settings: Record<string, unknown>;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

export interface TeamDetail extends TeamView {
  /** The first ones by name; the list of members has all. */
  people: { id: string; name: string; email: string; status: string }[];
}

const VENDOR = sql`(
  select jsonb_build_object('id', v.id, 'code', v.code, 'name', v.name) from vendors v
  where v.organization_id = t.organization_id and v.id = t.vendor_id)`;
const MEMBERS = sql`(
  select count(*)::integer from users u
  where u.organization_id = t.organization_id and u.team_id = t.id and u.deleted_at is null)`;

const SELECT_TEAM = sql`
  select t.id, t.number, t.name, t.description, t.settings, t.created_at as "createdAt", t.updated_at as "updatedAt",
    t.version, ${VENDOR} as vendor, ${MEMBERS} as members,
    (select jsonb_build_object('id', p.id, 'number', p.number, 'name', p.name) from teams p
     where p.organization_id = t.organization_id and p.id = t.parent_team_id) as parent,
    coalesce(inner_teams.list, '[]') as "subTeams", ${MEMBERS} + coalesce(inner_teams.members, 0)::integer as "totalMembers"`;

const FROM_TEAMS = sql`
  from teams o
  cross join lateral (select o.*) t
  left join lateral (
    select jsonb_agg(jsonb_build_object('id', s.id, 'number', s.number, 'name', s.name, 'description', s.description,
                                        'vendor', s.vendor, 'members', s.members) order by lower(s.name), s.id) as list,
           sum(s.members) as members
    from (select t.*, ${VENDOR} as vendor, ${MEMBERS} as members from teams t
          where t.organization_id = o.organization_id and t.parent_team_id = o.id and t.deleted_at is null) s
  ) inner_teams on true`;

/** @throws AppError not_found. */
export async function readTeam(ctx: Ctx, reference: Reference): Promise<TeamDetail> {
  const read = readReference(reference);
  const condition = 'id' in read ? sql`t.id = ${read.id}` : sql`t.number = ${'number' in read ? read.number : 0}`;
  const { rows } = await sql<TeamDetail>`
    ${SELECT_TEAM}, coalesce((
      select jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name, 'email', f.email, 'status', f.status)
                       order by lower(f.name), f.id)
      from (select u.id, ${NAME_OF('u')} as name, u.email, u.status from users u
            where u.organization_id = t.organization_id and u.team_id = t.id and u.deleted_at is null
            order by lower(${NAME_OF('u')}), u.id limit 200) f), '[]') as people
    ${FROM_TEAMS}
    where t.organization_id = ${ctx.organizationId} and t.deleted_at is null and ${condition}`.execute(ctx.tx);
  if (!rows[0]) throw notFound('The team');
  return rows[0];
}

/** @throws AppError not_found; forbidden `TEAM_NOT_ALLOWED`. */
export const getTeam = verb(
  { permission: 'teams.view' },
  async (ctx, input: { id: Reference }): Promise<TeamDetail> => {
    const team = await readTeam(ctx, input.id);
    requireTeamAllowed(ctx.principal, team.id);
    return team;
  },
);

export interface ListTeamsInput extends PageInput {
  vendorId?: string | undefined;
  q?: string | undefined;
}

/** Top-level teams by number, each with the teams inside it; a limited role sees its own teams as the top. */
export const listTeams = verb(
  { permission: 'teams.view' },
  async (ctx, input: ListTeamsInput): Promise<{ items: TeamView[]; total: number }> => {
    const allowed = ctx.principal.allowedTeamIds ?? null;
    const ids = sql`${sql.val(allowed && [...allowed])}::uuid[]`;
    const top =
      allowed === null
        ? sql`t.parent_team_id is null`
        : sql`t.id = any(${ids}) and (t.parent_team_id is null or t.parent_team_id <> all(${ids}))`;
    const conditions = [
      sql`t.organization_id = ${ctx.organizationId} and t.deleted_at is null`,
      top,
      ...(input.vendorId
        ? [
            sql`exists (
              select from teams w where w.organization_id = t.organization_id and w.deleted_at is null
                and w.vendor_id = ${input.vendorId} and (w.id = t.id or w.parent_team_id = t.id))`,
          ]
        : []),
      ...(input.q
        ? [
            sql`exists (
              select from teams w where w.organization_id = t.organization_id and w.deleted_at is null
                and position(lower(${input.q}) in lower(w.name)) > 0 and (w.id = t.id or w.parent_team_id = t.id))`,
          ]
        : []),
    ];
    const { rows, total } = await readPage(input, async (limit, offset) => {
      const page = await sql<TeamView & { total: number }>`
        ${SELECT_TEAM}, count(*) over ()::integer as total ${FROM_TEAMS}
        where ${sql.join(conditions, sql` and `)}
        order by t.number limit ${limit}::integer offset ${offset}::bigint`.execute(ctx.tx);
      return page.rows;
    });
    return { items: rows.map(({ total: _, ...row }) => row as TeamView), total };
  },
);
