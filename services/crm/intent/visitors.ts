import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import { type Behind, knownPeople, recordsOf } from './people.query.ts';

/** Counts are read and written back: one unit of work of an organization after the other. */
export const lockVisitors = (ctx: Ctx) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${ctx.organizationId}::text || 'website_visitors', 0))`.execute(
    ctx.tx,
  );

/** Days of visits that a visitor's score is made of. */
const SCORED_DAYS = 60;
/** The half-life of a visit, as in `aggregate_visitor_intent`. */
const HALF_LIFE_DAYS = 7;

/**
 * One row per person or browser and per session that nobody is behind yet, computed from the stored page views. Rows
 * of sessions and browsers that turned out to be somebody's point to that person's row. Needs `lockVisitors`.
 */
export async function refreshVisitors(ctx: Ctx, { people, sessions }: Behind): Promise<void> {
  await sql`
    insert into website_visitors as kept (customer_id, session_id, prospect_id, account_id, identified, first_seen_at,
                                          last_seen_at, page_views, sessions, last_url, first_referrer, intent_score,
                                          intent_tier)
    select seen.person, seen.session, known.prospect_id, known.account_id, coalesce(known.identified, false),
           seen.first_seen_at, seen.last_seen_at, seen.page_views, seen.sessions, seen.last_url, seen.first_referrer,
           coalesce(intent.score, 0), intent_tier(coalesce(intent.score, 0))
    from (
      select person, session, min(occurred_at) as first_seen_at, max(occurred_at) as last_seen_at,
             count(*)::integer as page_views, count(distinct session_id)::integer as sessions,
             (array_agg(url order by occurred_at desc, id desc))[1] as last_url,
             (array_agg(referrer order by occurred_at, id) filter (where referrer is not null))[1] as first_referrer
      from (
        select r.person, null::text as session, v.* from ${recordsOf(ctx, people)} r
        join website_page_views v on v.organization_id = ${ctx.organizationId} and v.customer_id = r.record_id
        union all
        select null, v.session_id, v.* from website_page_views v
        where v.organization_id = ${ctx.organizationId} and v.session_id = any(${sql.val([...sessions])}::text[])
          and v.customer_id is null) view
      group by person, session) seen
    left join ${knownPeople(ctx, people)} known on known.person = seen.person
    left join (
      select coalesce(person_id::text, session_id) as behind,
             intent_score(sum(intent_points(strength, ${HALF_LIFE_DAYS}::double precision, ${ctx.now}::timestamptz - last_at))) as score
      from website_intent(${ctx.organizationId}, ${sql.val([...people])}::uuid[], ${sql.val([...sessions])}::text[],
                          ${ctx.now}::timestamptz - make_interval(days => ${SCORED_DAYS}::integer), ${ctx.now})
      group by 1) intent on intent.behind = coalesce(seen.person::text, seen.session)
    on conflict (organization_id, key) do update
    set prospect_id = excluded.prospect_id, account_id = excluded.account_id, identified = excluded.identified,
        first_seen_at = excluded.first_seen_at, last_seen_at = excluded.last_seen_at, page_views = excluded.page_views,
        sessions = excluded.sessions, last_url = excluded.last_url, first_referrer = excluded.first_referrer,
        intent_score = excluded.intent_score, intent_tier = excluded.intent_tier, merged_into_id = null`.execute(
    ctx.tx,
  );
  await pointFormerOnes(ctx, people);
}

/** Each way to a former row is looked up by its own index: floods of visits come by here. */
async function pointFormerOnes(ctx: Ctx, people: readonly string[]): Promise<void> {
  if (people.length === 0) return;
  await sql`
    with records as materialized (select * from ${recordsOf(ctx, people)} r),
    present as materialized (
      select v.id, v.customer_id as person from website_visitors v
      where v.organization_id = ${ctx.organizationId} and v.customer_id = any(${sql.val([...people])}::uuid[])),
    sessions as materialized (
      select distinct r.person, v.session_id from records r
      join website_page_views v on v.organization_id = ${ctx.organizationId} and v.customer_id = r.record_id),
    direct as materialized (
      select w.id, r.person from records r
      join website_visitors w on w.organization_id = ${ctx.organizationId} and w.customer_id = r.record_id
      union
      select w.id, s.person from sessions s
      join website_visitors w on w.organization_id = ${ctx.organizationId} and w.key = 'session:' || s.session_id),
    former as (
      select id, person from direct
      union
      select w.id, direct.person from direct
      join website_visitors w on w.organization_id = ${ctx.organizationId} and w.merged_into_id = direct.id)
    update website_visitors v set merged_into_id = present.id
    from former join present using (person)
    where v.organization_id = ${ctx.organizationId} and v.id = former.id and v.id <> present.id
      and v.merged_into_id is distinct from present.id`.execute(ctx.tx);
}
