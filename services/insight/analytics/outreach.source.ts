import { type RawBuilder, sql } from 'kysely';
import { currencyExponent, isCurrency, UNUSUAL_CURRENCIES } from '../../../domain/data/money.rules.ts';
import { SOURCE_DIMENSION_NAMES, SOURCE_DIMENSIONS } from '../../../domain/data/touch-source.rules.ts';
import type { Dimension } from '../../../domain/insight/metrics.rules.ts';
import { DONE_KINDS, doneRows, EMAIL_MEASURES } from '../../outreach/analytics/index.ts';
import { and, type CellQuery, isOneOf, keyColumns, localDay, type MetricSource, rateDay } from './source.ts';

type Columns = Partial<Readonly<Record<Dimension, RawBuilder<unknown>>>>;

/** The agent that stands for a user, and the team that the user is in today. */
const person = (user: RawBuilder<unknown>, organizationId: RawBuilder<unknown>): Columns => ({
  agent: sql`(select a.id from agents a where a.organization_id = ${organizationId} and a.user_id = ${user}
              order by a.created_at, a.id limit 1)`,
  team: sql`(select u.team_id from users u where u.organization_id = ${organizationId} and u.id = ${user})`,
});

const filtered = ({ filters }: CellQuery, columns: Columns): RawBuilder<unknown> =>
  and(
    (Object.entries(filters) as [Dimension, readonly string[]][]).map(([name, values]) =>
      isOneOf(name, columns, values),
    ),
  );

interface Counted {
  readonly name: string;
  readonly measures: Readonly<Record<string, RawBuilder<unknown>>>;
  readonly columns: Columns;
  /** Joined to `periods p`; may not name columns of an outer query. */
  readonly from: (organizationId: string) => RawBuilder<unknown>;
  readonly at: RawBuilder<unknown>;
}

/** Rows of one table by one of their moments, each with one value of every dimension. */
const counted = ({ name, measures, columns, from, at }: Counted): MetricSource => ({
  name,
  measures: Object.keys(measures),
  money: [],
  byCurrency: false,
  dimensions: Object.keys(columns) as Dimension[],
  addsUp: () => true,
  cells: (query) => sql`
    select ${keyColumns(query, columns, localDay(at))}, null::text as currency, null::date as rate_day,
           ${sql.join(Object.values(measures).map((measure, index) => sql`${measure} as ${sql.ref(`m${index}`)}`))}
    from periods p join ${from(query.organizationId)} and ${at} >= p.from_at and ${at} < p.to_at
    where true ${filtered(query, columns)}
    group by 1, 2, 3, 4`,
});

const WORK: Columns = Object.fromEntries(
  SOURCE_DIMENSION_NAMES.map((dimension) => [dimension, sql`m.touch ->> ${sql.lit(SOURCE_DIMENSIONS[dimension])}`]),
);

/** E-mails that were sent in the period and what became of them until now, without tests. */
const EMAILS = counted({
  name: 'emails',
  measures: Object.fromEntries(Object.entries(EMAIL_MEASURES).map(([name, count]) => [`emails_${name}`, count])),
  columns: {
    ...WORK,
    ...person(sql`m.user_id`, sql`m.organization_id`),
    campaign: sql`m.campaign_id::text`,
    template: sql`m.template_id::text`,
    sender: sql`m.sender_id::text`,
    bulk_job: sql`m.bulk_job_id::text`,
  },
  from: (organizationId) => sql`emails m on m.organization_id = ${organizationId} and not m.is_test`,
  at: sql`m.sent_at`,
});

/** What people did in the period. */
const DONE = counted({
  name: 'done',
  measures: Object.fromEntries(
    DONE_KINDS.map((kind) => [`done_${kind}`, sql`count(*) filter (where d.kind = ${sql.lit(kind)})`]),
  ),
  columns: person(sql`d.user_id`, sql`d.organization_id`),
  from: (organizationId) =>
    sql`(select ${organizationId}::uuid as organization_id, rows.* from (${doneRows(organizationId, () => sql`true`)}) rows) d on true`,
  at: sql`d.at`,
});

/** People who were enrolled in the period, and how far they have come. */
const ENROLLMENTS = counted({
  name: 'enrollments',
  measures: {
    enrolled: sql`count(*)`,
    enrolled_replied: sql`count(e.replied_at)`,
    enrolled_completed: sql`count(*) filter (where e.status = 'completed')`,
  },
  columns: { cadence: sql`e.cadence_id::text`, ...person(sql`e.user_id`, sql`e.organization_id`) },
  from: (organizationId) => sql`cadence_enrollments e on e.organization_id = ${organizationId}`,
  at: sql`e.enrolled_at`,
});

/** Amounts of deals are decimals. */
const PLACES = JSON.stringify(
  Object.fromEntries(UNUSUAL_CURRENCIES.map((code) => [code, isCurrency(code) ? currencyExponent(code) : 2])),
);
const DEALS_BY = person(sql`d.owner_id`, sql`d.organization_id`);

/** Deals that were decided in the period. */
const DEALS: MetricSource = {
  name: 'deals',
  measures: ['won_minor', 'won_priced', 'deals_won', 'deals_lost', 'won_cycle_seconds'],
  money: ['won_minor'],
  byCurrency: true,
  dimensions: ['agent', 'team'],
  addsUp: () => true,
  cells: (query) => sql`
    select ${keyColumns(query, DEALS_BY, localDay(sql`d.closed_at`))}, d.currency,
           ${rateDay(sql`d.currency`, sql`d.closed_at`)} as rate_day,
           coalesce(round(sum(d.amount * power(10::numeric, coalesce((${PLACES}::jsonb ->> d.currency)::integer, 2)))
             filter (where d.stage = 'closed_won')), 0) as m0,
           count(d.amount) filter (where d.stage = 'closed_won') as m1,
           count(*) filter (where d.stage = 'closed_won') as m2, count(*) filter (where d.stage = 'closed_lost') as m3,
           coalesce(sum(extract(epoch from d.closed_at - begun.at)) filter (where d.stage = 'closed_won'), 0) as m4
    from periods p
    join deals d on d.organization_id = ${query.organizationId} and d.deleted_at is null
      and d.closed_at >= p.from_at and d.closed_at < p.to_at
    cross join lateral (
      select least(d.created_at, min(h.changed_at)) as at from deal_stage_history h
      where h.organization_id = d.organization_id and h.deal_id = d.id) begun
    where true ${filtered(query, DEALS_BY)}
    group by 1, 2, 3, 4, 5, 6`,
};

export const OUTREACH_SOURCES: readonly MetricSource[] = [EMAILS, DONE, ENROLLMENTS, DEALS];
