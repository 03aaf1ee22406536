import { type RawBuilder, sql } from 'kysely';
import type { LeadFacts } from '../../../domain/crm/lead-score.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { knownPeople } from '../intent/people.query.ts';

/** Who is scored: a prospect with its person and company, or a person with what is known of them. */
export interface LeadSubject {
  key: string;
  prospectId: string | null;
  accountId: string | null;
}

const ofProspects = (ctx: Ctx, ids: readonly string[]): RawBuilder<unknown> => sql`
  select p.id as key, p.id as prospect_id, coalesce(l.canonical_id, p.customer_id) as person, p.account_id
  from prospects p
  left join identity_links l on l.organization_id = p.organization_id and l.customer_id = p.customer_id
    and l.ended_xid is null
  where p.organization_id = ${ctx.organizationId} and p.id = any(${sql.val([...ids])}::uuid[]) and p.deleted_at is null`;

/** `people`: records that stand for their persons. */
const ofPeople = (ctx: Ctx, people: readonly string[]): RawBuilder<unknown> => sql`
  select known.person as key, known.prospect_id, known.person, known.account_id from ${knownPeople(ctx, people)} known`;

export const readProspectFacts = (ctx: Ctx, ids: readonly string[]) => readFacts(ctx, ofProspects(ctx, ids));
export const readPeopleFacts = (ctx: Ctx, people: readonly string[]) => readFacts(ctx, ofPeople(ctx, people));

const days = (count: number): RawBuilder<unknown> => sql`make_interval(days => ${count}::integer)`;
const HISTORY_DAYS = 180;
const BEHAVIOR_DAYS = 60;
const ACTIVE_DAYS = 30;
/** What a conversation said of a purchase counts half as much after these. */
const PROBABILITY_HALF_LIFE_DAYS = 14;

/** Everything that the factors ask, of any number of leads, in one statement. */
async function readFacts(ctx: Ctx, subjects: RawBuilder<unknown>): Promise<(LeadSubject & { facts: LeadFacts })[]> {
  const at = sql`${ctx.now}::timestamptz`;
  const { rows } = await sql<LeadSubject & LeadFacts>`
    with subject as materialized (${subjects}),
    records as materialized (
      select key, person as record_id from subject where person is not null
      union
      select subject.key, l.customer_id from subject
      join identity_links l on l.organization_id = ${ctx.organizationId} and l.canonical_id = subject.person
        and l.ended_xid is null),
    talk as materialized (
      select r.key, i.started_at as at, i.direction = 'inbound' as incoming, i.purchase_probability,
             power(2::double precision, -extract(epoch from ${at} - i.started_at)::double precision
               / ${PROBABILITY_HALF_LIFE_DAYS * 86_400}::double precision) as fresh
      from records r
      join interactions i on i.organization_id = ${ctx.organizationId} and i.customer_id = r.record_id
      where i.voided_at is null and i.started_at <= ${at} and i.started_at > ${at} - ${days(HISTORY_DAYS)}),
    seen as materialized (
      select r.key, v.occurred_at as at, false as is_content from records r
      join website_page_views v on v.organization_id = ${ctx.organizationId} and v.customer_id = r.record_id
      where v.occurred_at <= ${at} and v.occurred_at > ${at} - ${days(BEHAVIOR_DAYS)}
      union all
      select r.key, e.occurred_at, true from records r
      join events e on e.organization_id = ${ctx.organizationId} and e.customer_id = r.record_id
      where e.occurred_at <= ${at} and e.occurred_at > ${at} - ${days(BEHAVIOR_DAYS)} and e.type <> 'identify'),
    conversations as (
      select key, (count(*) filter (where incoming))::integer as incoming,
             (count(*) filter (where incoming is not true))::integer as outgoing,
             extract(epoch from ${at} - max(at))::double precision / 86400 as silent_days,
             sum(purchase_probability * fresh) / nullif(sum(fresh) filter (where purchase_probability is not null), 0)
               as probability
      from talk group by key),
    visits as (
      select key, (count(*) filter (where not is_content))::integer as pages,
             (count(*) filter (where is_content))::integer as content
      from seen group by key),
    active as (
      select key, count(distinct (at at time zone 'UTC')::date)::integer as days
      from (select key, at from seen union all select key, at from talk where incoming) own
      where at > ${at} - ${days(ACTIVE_DAYS)} group by key)
    select subject.key, subject.prospect_id as "prospectId", subject.account_id as "accountId",
           p.title, a.industry, a.employee_count as employees, a.annual_revenue::double precision as revenue,
           array(
             select distinct t from (
               select jsonb_array_elements_text(found) as t from (values
                 (p.enrichment_data -> 'technologies'), (p.enrichment_data -> 'techStack'),
                 (c.facts -> 'technologies'), (c.facts -> 'techStack')) as stacks(found)
               where jsonb_typeof(found) = 'array') named order by t limit 100) as technologies,
           p.intent_score::double precision as "intentScore",
           coalesce(visits.pages, 0) as "pageViews60", coalesce(visits.content, 0) as "contentEvents60",
           (select count(*) from intent_signals s
            where s.organization_id = ${ctx.organizationId} and s.prospect_id = p.id and s.type = 'email_engagement'
              and s.occurred_at <= ${at} and s.occurred_at > ${at} - ${days(BEHAVIOR_DAYS)})::integer as "emailSignals60",
           coalesce(conversations.incoming, 0) as "incoming180", coalesce(conversations.outgoing, 0) as "outgoing180",
           conversations.silent_days as "daysSinceInteraction", coalesce(active.days, 0) as "activeDays30",
           conversations.probability as "purchaseProbability", a.lifecycle_stage as "lifecycleStage",
           a.is_target as "isTarget",
           (select count(*) from deals d
            where d.organization_id = ${ctx.organizationId} and d.account_id = a.id and d.deleted_at is null
              and d.stage not in ('closed_won', 'closed_lost'))::integer as "openDeals"
    from subject
    left join prospects p on p.organization_id = ${ctx.organizationId} and p.id = subject.prospect_id
    left join accounts a on a.organization_id = ${ctx.organizationId} and a.id = subject.account_id
      and a.deleted_at is null
    left join company_profiles c on c.organization_id = a.organization_id and c.account_id = a.id
    left join conversations using (key) left join visits using (key) left join active using (key)
    order by subject.key`.execute(ctx.tx);
  return rows.map(({ key, prospectId, accountId, ...facts }) => ({ key, prospectId, accountId, facts }));
}
