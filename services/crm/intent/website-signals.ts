import { sql } from 'kysely';
import { INTENT_SIGNAL_TYPES } from '../../../domain/crm/intent.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { linkCustomersOfFacts } from '../prospects/customer-link.ts';
import { type Behind, knownPeople, whoIsBehind } from './people.query.ts';
import { refreshTouched, type Touched } from './refresh-intent.ts';
import { lockVisitors, refreshVisitors } from './visitors.ts';

const { website_visit: VISIT, form_submission: FORM } = INTENT_SIGNAL_TYPES;

/**
 * What these people looked at, as signals: one per person, topic and day, made of everything that is stored of it. So a
 * repetition changes nothing, and a person who becomes known later has the signals of the visits before.
 */
async function storeVisitSignals(ctx: Ctx, people: readonly string[]): Promise<Touched[]> {
  if (people.length === 0) return [];
  // Records that turned out to be one person: their visits are counted under the one that stands for it.
  const { rows: superseded } = await sql<Touched>`
    delete from intent_signals s using identity_links l
    where s.organization_id = ${ctx.organizationId} and s.source = 'website' and s.customer_id = l.customer_id
      and l.organization_id = ${ctx.organizationId} and l.canonical_id = any(${sql.val([...people])}::uuid[])
      and l.ended_xid is null
    returning s.prospect_id as "prospectId", s.account_id as "accountId"`.execute(ctx.tx);
  const { rows: stored } = await sql<Touched>`
    insert into intent_signals as s (type, topic, source, source_key, customer_id, prospect_id, account_id, strength,
                                     half_life_days, data, occurred_at, expires_at)
    select case visit.topic when 'form' then 'form_submission' else 'website_visit' end, visit.topic, 'website',
           concat_ws(':', 'visit', visit.person_id, visit.topic, visit.day), visit.person_id, known.prospect_id,
           case when known.prospect_id is null then known.account_id end, visit.strength,
           case visit.topic when 'form' then ${FORM.halfLifeDays}::double precision
                             else ${VISIT.halfLifeDays}::double precision end,
           jsonb_build_object('hits', visit.hits, 'seconds', visit.seconds), visit.last_at,
           visit.last_at + make_interval(days => case visit.topic when 'form' then ${FORM.lifeDays}::integer
                                                                 else ${VISIT.lifeDays}::integer end)
    from website_intent(${ctx.organizationId}, ${sql.val([...people])}::uuid[], '{}',
                        ${ctx.now}::timestamptz - make_interval(days => ${VISIT.lifeDays}::integer), ${ctx.now}) visit
    join ${knownPeople(ctx, people)} known on known.person = visit.person_id
    where known.prospect_id is not null or known.account_id is not null
    order by visit.person_id, visit.topic, visit.day
    on conflict (organization_id, source_key) where source_key is not null do update
    set strength = excluded.strength, data = excluded.data, occurred_at = excluded.occurred_at,
        expires_at = excluded.expires_at, expired_at = null, prospect_id = excluded.prospect_id,
        account_id = excluded.account_id
    where (s.strength, s.occurred_at, s.prospect_id, s.account_id)
      is distinct from (excluded.strength, excluded.occurred_at, excluded.prospect_id, excluded.account_id)
    returning prospect_id as "prospectId", account_id as "accountId"`.execute(ctx.tx);
  return [...superseded, ...stored];
}

/** Visitors and signals of these people and sessions as they are now. */
export async function followVisits(ctx: Ctx, { people, sessions }: Behind): Promise<void> {
  if (people.length + sessions.length === 0) return;
  await lockVisitors(ctx);
  await refreshVisitors(ctx, { people, sessions });
  await refreshTouched(ctx, await storeVisitSignals(ctx, people));
}

/** As `followVisits`, for page views or events that came in. Prospects that were there before are found first. */
export async function followVisitsOf(
  ctx: Ctx,
  table: 'website_page_views' | 'events',
  ids: readonly string[],
): Promise<void> {
  await linkCustomersOfFacts(ctx, table, ids);
  await followVisits(ctx, await whoIsBehind(ctx, table, ids));
}

/** As `followVisits`, for whoever these prospects turned out to be. */
export async function followVisitsOfProspects(ctx: Ctx, prospectIds: readonly string[]): Promise<void> {
  const { rows } = await sql<{ person: string }>`
    select distinct coalesce(l.canonical_id, p.customer_id) as person from prospects p
    left join identity_links l on l.organization_id = p.organization_id and l.customer_id = p.customer_id
      and l.ended_xid is null
    where p.organization_id = ${ctx.organizationId} and p.id = any(${sql.val([...prospectIds])}::uuid[])
      and p.customer_id is not null`.execute(ctx.tx);
  await followVisits(ctx, { people: rows.map((row) => row.person), sessions: [] });
}

/**
 * People with visits of the last days, one batch after the other: whoever became known in a way that no event told of
 * (an import, a link made while the reaction ran) gets their signals here. @returns where the next batch begins.
 */
export async function catchUpVisits(ctx: Ctx, after: string | null, limit: number): Promise<string | null> {
  const { rows } = await sql<{ person: string }>`
    select person from (
      select distinct coalesce(l.canonical_id, p.customer_id) as person from prospects p
      left join identity_links l on l.organization_id = p.organization_id and l.customer_id = p.customer_id
        and l.ended_xid is null
      where p.organization_id = ${ctx.organizationId} and p.deleted_at is null and p.customer_id is not null) known
    where (${after}::uuid is null or person > ${after}::uuid)
      and exists (
        select from website_page_views v
        where v.organization_id = ${ctx.organizationId} and v.customer_id = known.person
          and v.occurred_at > ${ctx.now}::timestamptz - make_interval(days => ${VISIT.lifeDays}::integer))
      and not exists (
        select from intent_signals s
        where s.organization_id = ${ctx.organizationId} and s.customer_id = known.person and s.source = 'website'
          and s.prospect_id is not null)
    order by person limit ${limit}::integer`.execute(ctx.tx);
  const people = rows.map((row) => row.person);
  await followVisits(ctx, { people, sessions: [] });
  return people.length < limit ? null : people.at(-1)!;
}
