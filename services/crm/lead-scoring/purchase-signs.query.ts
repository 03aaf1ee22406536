import { type RawBuilder, sql } from 'kysely';
import {
  PURCHASE_SIGN_NAMES,
  type PurchaseSample,
  type PurchaseSign,
} from '../../../domain/crm/purchase-odds.rules.ts';
import { PURCHASE_LIKE, SUPPORT_LIKE } from '../../../domain/data/call-intent.rules.ts';
import type { Ctx } from '../../core/context.ts';

/** Signs are looked for in so many days before the purchase, or before the last touch of who did not buy. */
const WINDOW_DAYS = 30;
/** People of the past year; of more than so many, those with the smallest ids, which are as good as any. */
const SAMPLE_DAYS = 365;
const MOST_PEOPLE = 5_000;

/** Of `people` (person, at): which signs each showed before `at`. One row per person. */
const signsOf = (ctx: Ctx, people: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  select person.person,
         coalesce(bool_or(touch.direction = 'inbound'), false) as "incomingConversation",
         count(touch.started_at) >= 3 as "severalTouches",
         coalesce(bool_or(touch.primary_intent ~* ${PURCHASE_LIKE} and touch.primary_intent !~* ${SUPPORT_LIKE}), false)
           as "purchaseIntent",
         exists (
           select from records r
           join website_page_views v on v.organization_id = ${ctx.organizationId} and v.customer_id = r.record_id
           cross join lateral intent_of_page(v.path) page
           where r.person = person.person and page.topic in ('demo', 'trial', 'pricing', 'comparison')
             and v.occurred_at <= person.at and v.occurred_at > person.at - make_interval(days => ${WINDOW_DAYS}::integer))
           as "highIntentPage",
         count(distinct touch.channel) >= 2 as "severalChannels",
         count(distinct (touch.started_at at time zone 'UTC')::date) >= 2 as "returned"
  from ${people} person
  left join lateral (
    select i.direction, i.primary_intent, i.channel, i.started_at from records r
    join interactions i on i.organization_id = ${ctx.organizationId} and i.customer_id = r.record_id
    where r.person = person.person and i.voided_at is null and i.started_at <= person.at
      and i.started_at > person.at - make_interval(days => ${WINDOW_DAYS}::integer)) touch on true
  group by person.person, person.at`;

/** Everybody who was touched in the past year: how many bought, how many did not, and what they showed before. */
export async function readPurchaseSample(ctx: Ctx): Promise<PurchaseSample> {
  const since = sql`${ctx.now}::timestamptz - make_interval(days => ${SAMPLE_DAYS}::integer)`;
  const counts = PURCHASE_SIGN_NAMES.map(
    (sign) => sql`
      (count(*) filter (where bought and ${sql.ref(sign)}))::integer as ${sql.ref(`${sign}Buyers`)},
      (count(*) filter (where not bought and ${sql.ref(sign)}))::integer as ${sql.ref(`${sign}Others`)}`,
  );
  const { rows } = await sql<Record<string, number>>`
    with touched as materialized (
      select coalesce(l.canonical_id, i.customer_id) as person, max(i.started_at) as last_at
      from interactions i
      left join identity_links l on l.organization_id = i.organization_id and l.customer_id = i.customer_id
        and l.ended_xid is null
      where i.organization_id = ${ctx.organizationId} and i.voided_at is null
        and i.started_at <= ${ctx.now} and i.started_at > ${since}
      group by 1 order by 1 limit ${MOST_PEOPLE}::integer),
    records as materialized (
      select person, person as record_id from touched
      union
      select l.canonical_id, l.customer_id from touched
      join identity_links l on l.organization_id = ${ctx.organizationId} and l.canonical_id = touched.person
        and l.ended_xid is null),
    bought as materialized (
      select r.person, min(c.occurred_at) as at from records r
      join conversions c on c.organization_id = ${ctx.organizationId} and c.customer_id = r.record_id
      where c.voided_at is null and c.amount_minor > 0 and c.occurred_at <= ${ctx.now} and c.occurred_at > ${since}
      group by r.person),
    people as materialized (
      select touched.person, coalesce(bought.at, touched.last_at) as at, bought.person is not null as bought
      from touched left join bought using (person)),
    signs as materialized (${signsOf(ctx, sql`people`)})
    select (count(*) filter (where bought))::integer as buyers, (count(*) filter (where not bought))::integer as others,
           ${sql.join(counts)}
    from people join signs using (person)`.execute(ctx.tx);
  const row = rows[0]!;
  return {
    buyers: row.buyers!,
    others: row.others!,
    signs: Object.fromEntries(
      PURCHASE_SIGN_NAMES.map((sign) => [sign, { buyers: row[`${sign}Buyers`]!, others: row[`${sign}Others`]! }]),
    ) as PurchaseSample['signs'],
  };
}

/** What the person shows now. */
export async function readPurchaseSigns(ctx: Ctx, person: string): Promise<Record<PurchaseSign, boolean>> {
  const { rows } = await sql<Record<PurchaseSign, boolean>>`
    with records as materialized (
      select ${person}::uuid as person, ${person}::uuid as record_id
      union
      select canonical_id, customer_id from identity_links
      where organization_id = ${ctx.organizationId} and canonical_id = ${person} and ended_xid is null)
    select ${sql.join(PURCHASE_SIGN_NAMES.map((sign) => sql.ref(sign)))}
    from (${signsOf(ctx, sql`(select ${person}::uuid as person, ${ctx.now}::timestamptz as at)`)}) signs`.execute(
    ctx.tx,
  );
  return rows[0]!;
}
