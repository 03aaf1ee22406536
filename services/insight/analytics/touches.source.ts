import { type RawBuilder, sql } from 'kysely';
import { CALL_CHANNELS, DIMENSIONS, type Dimension } from '../../../domain/insight/metrics.rules.ts';
import { BEHAVIOR_CHANNEL, PAGE_VIEW_TYPE } from '../../../domain/insight/run-config.rules.ts';
import {
  and,
  anyId,
  anyText,
  type CellQuery,
  isOneOf,
  keyColumns,
  localDay,
  type MetricSource,
  personOf,
  rateDay,
  SOURCE_COLUMNS,
  sourceJoin,
  touchedDimensions,
} from './source.ts';

const COLUMNS: Readonly<Record<Dimension, RawBuilder<unknown>>> = {
  agent: sql`agent.agent_id`,
  team: sql`team.team_id`,
  vendor: sql`i.vendor_id`,
  channel: sql`i.channel`,
  intent: sql`i.primary_intent`,
  ...SOURCE_COLUMNS,
};

const participant = (condition: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  from interaction_participants part
  where part.organization_id = i.organization_id and part.interaction_id = i.id
    and part.interaction_version = i.version and ${condition}`;

const withAgent = sql`part.role = 'agent'`;
const withTeam = sql`part.role in ('agent', 'team')`;

/**
 * Events and page views of known people that the answer's run counts as touches. Asked apart from interactions, and not
 * at all for a run without such types: the tables may be large.
 */
const behavior = (organizationId: string): RawBuilder<unknown> => {
  const rows = (table: string, condition: RawBuilder<unknown>) => sql`
    select f.organization_id, f.id, 0 as version, f.customer_id, ${BEHAVIOR_CHANNEL}::text as channel,
           null::uuid as vendor_id, f.touch_source_id, f.occurred_at as started_at, null::timestamptz as ended_at,
           null::text as primary_intent, null::double precision as purchase_probability, null::timestamptz as voided_at
    from ${sql.table(table)} f
    where f.organization_id = ${organizationId} and f.customer_id is not null and ${condition}`;
  return sql`(
    ${rows('events', sql`(select cardinality(touch_types) > 0 from head) and f.type = any((select touch_types from head)::text[])`)}
    union all ${rows('website_page_views', sql`(select ${PAGE_VIEW_TYPE} = any(touch_types) from head)`)})`;
};

interface TouchRows {
  readonly of?: 'interactions' | 'behavior';
  readonly joins?: RawBuilder<unknown>;
}

/** `from` and `where` of the touches of the periods; a touch of several agents (teams) stands there for each. */
export function touches(query: CellQuery, { of = 'interactions', joins = sql`` }: TouchRows = {}): RawBuilder<unknown> {
  const { organizationId, dimensions, filters } = query;
  const needed = touchedDimensions(query);
  const cut = new Set(dimensions);
  const conditions = (Object.entries(filters) as [Dimension, readonly string[]][]).map(([dimension, values]) => {
    if (dimension === 'agent' && !cut.has('agent'))
      return sql`exists (select ${participant(sql`${withAgent} and ${anyId(sql`part.agent_id`, values)}`)})`;
    if (dimension === 'team' && !cut.has('team'))
      return sql`exists (select ${participant(sql`${withTeam} and ${anyId(sql`part.team_id`, values)}`)})`;
    return isOneOf(dimension, COLUMNS, values);
  });
  return sql`
    from periods p
    join ${of === 'interactions' ? sql`interactions` : behavior(organizationId)} i
      on i.organization_id = ${organizationId} and i.voided_at is null and i.started_at >= p.from_at and i.started_at < p.to_at
    ${sourceJoin(needed, 'i')}
    ${
      cut.has('agent')
        ? sql`left join interaction_participants agent on agent.organization_id = i.organization_id
            and agent.interaction_id = i.id and agent.interaction_version = i.version and agent.role = 'agent'`
        : sql``
    }
    ${cut.has('team') ? sql`left join lateral (select distinct part.team_id ${participant(withTeam)}) team on true` : sql``}
    ${joins}
    where true ${and(conditions)}`;
}

/** A touch belongs to one value of each dimension but these two. */
const oneValueEach = (dimensions: readonly Dimension[]): boolean =>
  !dimensions.includes('agent') && !dimensions.includes('team');

const isCall = anyText(sql`i.channel`, CALL_CHANNELS);

/** Interactions that started in the period, without voided ones, and what else the run counts as a touch. */
export const TOUCHES: MetricSource = {
  name: 'touches',
  measures: [
    'interactions',
    'calls',
    'timed_calls',
    'call_seconds',
    'probabilities',
    'probability_sum',
    'touches_with_intent',
  ],
  money: [],
  byCurrency: false,
  dimensions: DIMENSIONS,
  addsUp: oneValueEach,
  cells: (query) => sql`${counted(query, {})} union all ${counted(query, { of: 'behavior' })}`,
};

const counted = (query: CellQuery, rows: TouchRows): RawBuilder<unknown> => sql`
    select ${keyColumns(query, COLUMNS, localDay(sql`i.started_at`))}, null::text as currency, null::date as rate_day,
           count(*) as m0, count(*) filter (where ${isCall}) as m1,
           count(*) filter (where ${isCall} and i.ended_at is not null) as m2,
           coalesce(sum(extract(epoch from i.ended_at - i.started_at)) filter (where ${isCall}), 0) as m3,
           count(i.purchase_probability) as m4, coalesce(sum(i.purchase_probability::numeric), 0) as m5,
           count(i.primary_intent) as m6
    ${touches(query, rows)}
    group by 1, 2, 3, 4`;

/** What touches cost: their own cost, or the price of their vendor per interaction and minute. */
export const TOUCH_COSTS: MetricSource = {
  name: 'touch_costs',
  measures: ['touch_cost_minor'],
  money: ['touch_cost_minor'],
  byCurrency: true,
  dimensions: DIMENSIONS,
  addsUp: oneValueEach,
  cells: (query) => sql`
    select which, k0, k1, bucket, currency, ${rateDay(sql`currency`, sql`started_at`)} as rate_day, sum(cost) as m0
    from (
      select ${keyColumns(query, COLUMNS, localDay(sql`i.started_at`))}, i.started_at,
             case when i.cost_minor is not null then i.cost_currency else price.cost_currency end as currency,
             case when i.cost_minor is not null then i.cost_minor
                  else coalesce(price.cost_per_interaction_minor, 0) + coalesce(round(price.cost_per_minute_minor
                         * extract(epoch from i.ended_at - i.started_at) / 60), 0) end as cost
      ${touches(query, { joins: price })}
    ) touch
    where currency is not null
    group by 1, 2, 3, 4, 5, 6`,
};

const price = sql`
  left join vendors price on price.organization_id = i.organization_id and price.id = i.vendor_id
    and price.cost_currency is not null`;

/** What models cost to make the touches, kept in millionths of a dollar. */
export const MODEL_COSTS: MetricSource = {
  name: 'model_costs',
  measures: ['model_cost_minor'],
  money: ['model_cost_minor'],
  byCurrency: true,
  dimensions: DIMENSIONS,
  addsUp: oneValueEach,
  cells: (query) => sql`
    select ${keyColumns(query, COLUMNS, localDay(sql`i.started_at`))}, 'USD'::text as currency,
           ${rateDay(sql`'USD'::text`, sql`i.started_at`)} as rate_day, sum(model.micros) / 10000.0 as m0
    ${touches(query, {
      joins: sql`join touch_model_costs model on model.organization_id = i.organization_id and model.interaction_id = i.id`,
    })}
    group by 1, 2, 3, 4, 5, 6`,
};

/** People who were touched in the period, and those of them who converted in it (refunds are no conversions). */
export const PEOPLE: MetricSource = {
  name: 'people',
  measures: ['people_touched', 'people_converted'],
  money: [],
  byCurrency: false,
  dimensions: DIMENSIONS,
  addsUp: () => false,
  cells(query) {
    const { organizationId, granularity } = query;
    const none: CellQuery = { ...query, dimensions: [] };
    // Materialized, since a plan made before there are statistics would look for the buyers anew for every touch.
    return sql`
      with touched as materialized (
        select t.which, t.k0, t.k1, t.bucket, ${personOf(organizationId, sql`t.customer_id`)} as person
        from (
          select ${keyColumns(query, COLUMNS, localDay(sql`i.started_at`))}, i.customer_id ${touches(query)}
          union
          select ${keyColumns(query, COLUMNS, localDay(sql`i.started_at`))}, i.customer_id
          ${touches(query, { of: 'behavior' })}
        ) t
      ),
      buyer as materialized (
        select distinct b.which, b.bucket, ${personOf(organizationId, sql`b.customer_id`)} as person
        from (
          select distinct ${keyColumns(none, {}, localDay(sql`c.occurred_at`))}, c.customer_id
          from periods p
          join conversions c on c.organization_id = ${organizationId} and c.voided_at is null and c.amount_minor >= 0
            and c.occurred_at >= p.from_at and c.occurred_at < p.to_at
        ) b
      )
      select touched.which, touched.k0, touched.k1, touched.bucket, null::text as currency, null::date as rate_day,
             count(distinct touched.person) as m0,
             count(distinct touched.person) filter (where buyer.person is not null) as m1
      from touched
      left join buyer on buyer.which = touched.which and buyer.person = touched.person
        ${granularity ? sql`and buyer.bucket = touched.bucket` : sql``}
      group by 1, 2, 3, 4`;
  },
};
