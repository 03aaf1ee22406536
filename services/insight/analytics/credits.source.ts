import { type RawBuilder, sql } from 'kysely';
import { DIMENSIONS, type Dimension } from '../../../domain/insight/metrics.rules.ts';
import {
  and,
  anyText,
  type CellQuery,
  isOneOf,
  keyColumns,
  localDay,
  type MetricSource,
  rateDay,
  SOURCE_COLUMNS,
  sourceJoin,
  touchedDimensions,
} from './source.ts';

/** Dimensions that runs are summarised by; other combinations read the rows of the run. */
export const SUMMARIZED = ['agent', 'team', 'vendor', 'channel', 'campaign', 'content', 'intent'] as const;
/** The summary without a dimension. */
export const WHOLE = 'total';

/** A refund takes revenue back and is no conversion of its own. Parts of a refund may be rounded to nothing. */
export const isRefund = sql`(r.amount_minor < 0 or (r.amount_minor = 0 and exists (
  select from conversions c
  where c.organization_id = r.organization_id and c.id = r.conversion_id and c.amount_minor < 0)))`;

/** What each dimension is on a result row `r`; `ts` is its touch source. The intent is the one that the run saw. */
export const CREDIT_COLUMNS: Readonly<Record<Dimension, RawBuilder<unknown>>> = {
  agent: sql`r.agent_id`,
  team: sql`r.team_id`,
  vendor: sql`r.vendor_id`,
  channel: sql`r.channel`,
  intent: sql`seen.primary_intent`,
  ...SOURCE_COLUMNS,
};

/** Joins that these dimensions need. @param snapshot the run's, as SQL */
export function creditJoins(dimensions: ReadonlySet<Dimension>, snapshot: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    ${sourceJoin(dimensions, 'r')}
    ${dimensions.has('intent') ? seenInteraction(snapshot) : sql``}`;
}

/** The version that the run's snapshot saw: nearly always the current one, else one of the history. */
const seenInteraction = (snapshot: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  left join interactions i on i.organization_id = r.organization_id and i.id = r.interaction_id
  cross join lateral (
    select case
      when i.created_xid < pg_snapshot_xmin(${snapshot}) or pg_visible_in_snapshot(i.created_xid, ${snapshot})
        then i.primary_intent
      else (
        select old.primary_intent from interactions_history old
        where old.organization_id = r.organization_id and old.id = r.interaction_id
          and pg_visible_in_snapshot(old.created_xid, ${snapshot})
          and not coalesce(pg_visible_in_snapshot(old.ended_xid, ${snapshot}), false))
    end as primary_intent) seen`;

/**
 * Rows of the answer's run and model. What the head says is asked for as one value each: a join with it would be
 * planned as a search through the rows of all runs.
 */
const ofRun = (alias: 's' | 'r'): RawBuilder<unknown> => {
  const table = sql.raw(alias);
  return sql`${table}.run_id = (select run_id from head) and ${table}.generation = (select generation from head)
    and ${table}.model_code = (select model_code from head)`;
};

const SNAPSHOT = sql`(select snapshot from head)`;
/** Known before the first row is read, so that what is not needed costs nothing. */
const IS_SUMMARIZED = sql`(select summarized from head)`;

function fromRows(query: CellQuery, unlessSummarized: boolean): RawBuilder<unknown> {
  const { organizationId, filters } = query;
  const conditions = (Object.entries(filters) as [Dimension, readonly string[]][]).map(([dimension, values]) =>
    isOneOf(dimension, CREDIT_COLUMNS, values),
  );
  return sql`
    select ${keyColumns(query, CREDIT_COLUMNS, localDay(sql`r.converted_at`))},
           r.currency, ${rateDay(sql`r.currency`, sql`r.converted_at`)} as rate_day,
           sum(r.amount_minor) as m0, sum(r.weight) filter (where not ${isRefund}) / 1000000000000 as m1,
           count(distinct r.conversion_id) filter (where not ${isRefund}) as m2
    from periods p
    join attribution_results r on r.organization_id = ${organizationId} and ${ofRun('r')}
      and r.converted_at >= p.from_at and r.converted_at < p.to_at
    ${creditJoins(touchedDimensions(query), SNAPSHOT)}
    where ${unlessSummarized ? sql`not ${IS_SUMMARIZED}` : sql`true`} ${and(conditions)}
    group by 1, 2, 3, 4, 5, 6`;
}

function fromSummary(query: CellQuery, dimension: (typeof SUMMARIZED)[number] | typeof WHOLE): RawBuilder<unknown> {
  const { organizationId, filters } = query;
  const values = dimension === WHOLE ? undefined : filters[dimension];
  const expressions = dimension === WHOLE ? {} : { [dimension]: sql`nullif(s.key, '')` };
  return sql`
    select ${keyColumns(query, expressions, localDay(sql`s.bucket`))},
           s.currency, ${rateDay(sql`s.currency`, sql`s.bucket`)} as rate_day,
           sum(s.amount_minor) as m0, sum(s.weight) / 1000000000000 as m1, sum(s.conversions) as m2
    from periods p
    join attribution_summaries s on s.organization_id = ${organizationId} and ${ofRun('s')}
      and s.dimension = ${dimension} and s.bucket >= p.from_at and s.bucket < p.to_at
    where ${IS_SUMMARIZED} ${values ? sql`and ${anyText(sql`s.key`, values)}` : sql``}
    group by 1, 2, 3, 4, 5, 6`;
}

/** The summary that answers this pass; null where only rows can. */
function summaryOf(query: CellQuery): (typeof SUMMARIZED)[number] | typeof WHOLE | null {
  const [first, ...more] = touchedDimensions(query);
  if (first === undefined) return WHOLE;
  if (more.length > 0) return null;
  // Conversions of several values cannot be added up: one that two of them share would be counted twice.
  if (query.dimensions.length === 0 && (query.filters[first]?.length ?? 0) > 1) return null;
  return SUMMARIZED.find((dimension) => dimension === first) ?? null;
}

/** Credits of the answer's run and model; the conversion's time decides the period. */
export const CREDITS: MetricSource = {
  name: 'credits',
  measures: ['attributed_minor', 'attributed_weight', 'credited_conversions'],
  money: ['attributed_minor'],
  byCurrency: true,
  dimensions: DIMENSIONS,
  addsUp: () => false,
  cells(query) {
    const dimension = summaryOf(query);
    if (!dimension) return fromRows(query, false);
    return sql`${fromSummary(query, dimension)} union all ${fromRows(query, true)}`;
  },
};
