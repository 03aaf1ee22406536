import { sql } from 'kysely';
import { invalid } from '../../../domain/core/errors.ts';
import type { ScoreGrade } from '../../../domain/crm/lead-score.rules.ts';
import { audit } from '../../core/audit.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { emitAll } from '../../core/events.ts';
import { type PageInput, readPage } from '../../core/page.ts';
import { requireTeamAllowed, withTeamIds } from '../../platform/roles/index.ts';
import { prospectAssigned, prospectUpdated } from '../events.ts';

export interface HighValueLead {
  customerId: string;
  prospectId: string | null;
  ownerId: string | null;
  name: string | null;
  email: string | null;
  score: number;
  grade: ScoreGrade;
  /** The latest prediction; null: none was made. */
  purchaseProbability: number | null;
  computedAt: Date;
}

/** The record that stands for the person of a prospect. */
const personOf = (alias: string) => sql`coalesce((
  select l.canonical_id from identity_links l
  where l.organization_id = ${sql.ref(`${alias}.organization_id`)}
    and l.customer_id = ${sql.ref(`${alias}.customer_id`)} and l.ended_xid is null), ${sql.ref(`${alias}.customer_id`)})`;

/** By the latest score of each person, as a customer or as a prospect; ties by how likely they buy. */
export const listHighValueLeads = verb(
  { permission: 'leads.view' },
  async (ctx, input: PageInput & { threshold: number }): Promise<{ items: HighValueLead[]; total: number }> => {
    const { rows, total } = await readPage(input, async (limit, offset) => {
      const page = await sql<HighValueLead & { total: number }>`
        with scores as (
          select s.subject_id as person, s.score, s.grade, s.predicted_at, s.id from ai_predictions s
          where s.organization_id = ${ctx.organizationId} and s.subject_type = 'customer'
            and s.prediction_type = 'lead_score'
          union all
          select ${personOf('p')}, s.score, s.grade, s.predicted_at, s.id from ai_predictions s
          join prospects p on p.organization_id = s.organization_id and p.id = s.subject_id and p.deleted_at is null
          where s.organization_id = ${ctx.organizationId} and s.subject_type = 'prospect'
            and s.prediction_type = 'lead_score' and p.customer_id is not null),
        latest as (
          select distinct on (person) person, score, grade, predicted_at from scores
          order by person, predicted_at desc, id desc),
        odds as (
          select distinct on (subject_id) subject_id as person, probability from ai_predictions
          where organization_id = ${ctx.organizationId} and subject_type = 'customer'
            and prediction_type = 'purchase_probability'
          order by subject_id, predicted_at desc, id desc),
        known as (
          select distinct on (person) * from (
            select ${personOf('p')} as person, p.id, p.owner_id, p.first_name, p.last_name, p.email, p.created_at
            from prospects p
            where p.organization_id = ${ctx.organizationId} and p.deleted_at is null and p.customer_id is not null) p
          order by person, created_at, id)
        select latest.person as "customerId", known.id as "prospectId", known.owner_id as "ownerId",
               nullif(trim(concat_ws(' ', known.first_name, known.last_name)), '') as name, known.email,
               latest.score::double precision, latest.grade, odds.probability as "purchaseProbability",
               latest.predicted_at as "computedAt", count(*) over ()::integer as total
        from latest left join odds using (person) left join known using (person)
        where latest.score >= ${input.threshold}
        order by latest.score desc, odds.probability desc nulls last, latest.person
        limit ${limit}::integer offset ${offset}::bigint`.execute(ctx.tx);
      return page.rows;
    });
    return { items: rows.map(({ total: _, ...row }) => row), total };
  },
);

export interface RouteLeadsInput {
  /** Whose people share the leads: id or number. */
  teamId: string;
  minScore: number;
  limit: number;
}

export interface RoutedLead {
  prospectId: string;
  score: number;
  ownerId: string;
}

/**
 * Gives scored leads without an owner to the people of a team: the best lead first, each to whoever has the fewest open
 * leads. @throws AppError validation when the team does not exist or has nobody; forbidden `TEAM_NOT_ALLOWED`.
 */
export const routeLeads = verb(
  { permission: 'leads.edit' },
  async (ctx, given: RouteLeadsInput): Promise<{ assigned: RoutedLead[] }> => {
    const input = await withTeamIds(ctx, given);
    requireTeamAllowed(ctx.principal, input.teamId);
    const people = await openLeads(ctx, input.teamId);
    if (people.length === 0) throw invalid('teamId', 'has no active member', input.teamId);
    const { rows: leads } = await sql<{ id: string; score: number }>`
      select p.id, p.priority_score as score from prospects p
      where p.organization_id = ${ctx.organizationId} and p.deleted_at is null and p.owner_id is null
        and (p.team_id is null or p.team_id = ${input.teamId}) and p.priority_score >= ${input.minScore}
        and p.status not in ('unqualified', 'customer', 'do_not_contact')
        and exists (
          select from ai_predictions s
          where s.organization_id = p.organization_id and s.subject_type = 'prospect' and s.subject_id = p.id
            and s.prediction_type = 'lead_score')
      order by p.priority_score desc, p.id limit ${input.limit}::integer
      for no key update skip locked`.execute(ctx.tx);
    const assigned = leads.map(({ id, score }): RoutedLead => {
      // Ties go to whoever came in with more: the other one has just been given a lead.
      const next = people.reduce((least, one) => (one.open <= least.open ? one : least));
      next.open += 1;
      return { prospectId: id, score, ownerId: next.id };
    });
    await assign(ctx, input.teamId, assigned);
    return { assigned };
  },
);

/** Active people of the team and how many leads they work on, in a fixed order. */
async function openLeads(ctx: Ctx, teamId: string): Promise<{ id: string; open: number }[]> {
  const { rows } = await sql<{ id: string; open: number }>`
    select u.id, (
      select count(*) from prospects p
      where p.organization_id = u.organization_id and p.owner_id = u.id and p.deleted_at is null
        and p.status in ('new', 'contacted', 'engaged'))::integer as open
    from users u
    where u.organization_id = ${ctx.organizationId} and u.team_id = ${teamId} and u.deleted_at is null
      and u.status = 'active' and u.user_type <> 'observer'
    order by open, u.id`.execute(ctx.tx);
  return rows;
}

async function assign(ctx: Ctx, teamId: string, leads: readonly RoutedLead[]): Promise<void> {
  if (leads.length === 0) return;
  await sql`
    update prospects p set owner_id = given.owner_id, team_id = ${teamId}
    from jsonb_to_recordset(${JSON.stringify(leads.map((lead) => ({ id: lead.prospectId, owner_id: lead.ownerId })))}::jsonb)
      as given(id uuid, owner_id uuid)
    where p.organization_id = ${ctx.organizationId} and p.id = given.id`.execute(ctx.tx);
  await audit(ctx, 'leads.route', { entityType: 'team', entityId: teamId, after: { assigned: leads.length } });
  await emitAll(
    ctx,
    prospectUpdated,
    leads.map(({ prospectId: id }) => ({ entityId: id, data: { id, fields: ['ownerId', 'teamId'] } })),
  );
  await emitAll(
    ctx,
    prospectAssigned,
    leads.map(({ prospectId: id, ownerId }) => ({ entityId: id, data: { id, ownerId } })),
  );
}
