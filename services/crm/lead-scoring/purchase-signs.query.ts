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
const WINDOW = sql`make_interval(days => ${WINDOW_DAYS}::integer)`;
/** People of the past year; of more than so many, those with the smallest ids, which are as good as any. */
const SAMPLE_DAYS = 365;
const MOST_PEOPLE = 5_000;

/** Of the CTEs `people` (person, at) and `records` (person, record_id): which signs each showed before `at`. */
const signsOfPeople = (ctx: Ctx): RawBuilder<unknown> => sql`
  select people.person, coalesce(touch.incoming, false) as "incomingConversation",
         coalesce(touch.count >= 3, false) as "severalTouches", coalesce(touch.buying, false) as "purchaseIntent",
         looked.person is not null as "highIntentPage", coalesce(touch.channels >= 2, false) as "severalChannels",
         coalesce(touch.days >= 2, false) as "returned"
  from people
  left join (
    select people.person, bool_or(i.direction = 'inbound') as incoming, count(*) as count,
           bool_or(i.primary_intent ~* ${PURCHASE_LIKE} and i.primary_intent !~* ${SUPPORT_LIKE}) as buying,
           count(distinct i.channel) as channels,
           count(distinct (i.started_at at time zone 'UTC')::date) as days
    from people join records using (person)
    join interactions i on i.organization_id = ${ctx.organizationId} and i.customer_id = records.record_id
    where i.voided_at is null and i.started_at <= people.at and i.started_at > people.at - ${WINDOW}
    group by people.person) touch using (person)
  left join (
    select distinct people.person
    from people join records using (person)
    join website_page_views v on v.organization_id = ${ctx.organizationId} and v.customer_id = records.record_id
    cross join lateral intent_of_page(v.path) page
    where v.occurred_at <= people.at and v.occurred_at > people.at - ${WINDOW}
      and page.topic in ('demo', 'trial', 'pricing', 'comparison')) looked using (person)`;

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
    signs as materialized (${signsOfPeople(ctx)})
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
      where organization_id = ${ctx.organizationId} and canonical_id = ${person} and ended_xid is null),
    people as materialized (select ${person}::uuid as person, ${ctx.now}::timestamptz as at)
    select ${sql.join(PURCHASE_SIGN_NAMES.map((sign) => sql.ref(sign)))} from (${signsOfPeople(ctx)}) signs`.execute(
    ctx.tx,
  );
  return rows[0]!;
}
