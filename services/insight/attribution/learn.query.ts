import { type RawBuilder, sql } from 'kysely';
import { type JourneyStep, MAX_MARKOV_STATES } from '../../../domain/insight/markov.rules.ts';
import { type JourneySet, MAX_SHAPLEY_SETS } from '../../../domain/insight/shapley.rules.ts';
import type { Db } from '../../../schema/db.ts';
import { conversionsOf, currentAtStart, type FrozenRun, periodOf } from './conversions.query.ts';
import { placedTouches, recordsOf, touchesOf, touchValue, valueSource } from './journeys.query.ts';

/**
 * Common table expressions up to `journey`: one row per touch of a journey, in order, with its value of the run's
 * dimension. Converting journeys are the run's conversions with the touches in their windows; lost ones are people
 * without any included conversion, with all of their touches in the run's period.
 */
function journeysOf(run: FrozenRun, lags: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  const { organizationId, snapshot } = run;
  const names = lags.map((_, index) => sql`, ${sql.ref(beforeName(index))}`);
  const columns = sql.join(
    lags.map((lag, index) => sql`, ${lag} as ${sql.ref(beforeName(index))}`),
    sql``,
  );
  const own = sql`, position, touches, value${sql.join(names, sql``)}`;
  return sql`
    conv as materialized (${conversionsOf(run, { from: null, to: null })}),
    record as materialized (${recordsOf(run)}),
    lost as (
      select touch.person_id, ${touchValue(run)} as value,
             row_number() over journey as position, count(*) over journey as touches ${lags.length > 0 ? columns : sql``}
      from (
        select i.*, coalesce(link.canonical_id, i.customer_id) as person_id
        from (${touchesOf(run, sql`true`, periodOf(run, 'i.started_at'))}) i
        left join identity_links link on link.organization_id = ${organizationId}
          and link.customer_id = i.customer_id and ${currentAtStart('link', snapshot)}
        where not exists (select from record where record.customer_id = i.customer_id)
      ) touch ${valueSource(run)}
      window journey as (partition by touch.person_id order by touch.started_at, touch.external_id, touch.id
                         rows between unbounded preceding and unbounded following)
    ),
    journey as (
      select conversion_id as journey_id, true as converted ${own}
      from (${placedTouches(run, lags.length > 0 ? columns : sql``)}) placed
      union all
      select person_id, false ${own} from lost
    )`;
}

const beforeName = (index: number): string => `before_${index + 1}`;

interface StepRow {
  states: number;
  /** Newest first; null in the one row that carries the number of states alone. */
  before: string[] | null;
  touch: string;
  count: number;
  converted: number;
  lost: number;
}

/** Steps of all journeys, counted; null when their states are more than a Markov chain is computed of. */
export async function readJourneySteps(db: Db, run: FrozenRun, signal?: AbortSignal): Promise<JourneyStep[] | number> {
  const order = run.config.markovOrder;
  const lags = Array.from(
    { length: order },
    (_, index) => sql`lag(${touchValue(run)}, ${sql.lit(index + 1)}) over journey`,
  );
  const before = sql.join(lags.map((_, index) => sql.ref(beforeName(index))));
  const { rows } = await sql<StepRow>`
    with ${journeysOf(run, lags)},
    step as materialized (
      select array_remove(array[${before}], null) as before, value as touch, count(*)::integer as count,
             (count(*) filter (where converted and position = touches))::integer as converted,
             (count(*) filter (where not converted and position = touches))::integer as lost
      from journey group by ${before}, value
    ),
    known as (select count(distinct before)::integer as states from step)
    select known.states, step.* from known left join step on known.states <= ${MAX_MARKOV_STATES}::integer`.execute(
    db,
    {
      signal,
      inflightQueryAbortStrategy: 'cancel query',
    },
  );
  const states = rows[0]?.states ?? 0;
  if (states > MAX_MARKOV_STATES) return states;
  return rows.flatMap(({ before, touch, count, converted, lost }) =>
    before ? { before: before.reverse(), touch, count, converted, lost } : [],
  );
}

/** Distinct values of all journeys, counted by set; a number when there are more sets than are read. */
export async function readJourneySets(db: Db, run: FrozenRun, signal?: AbortSignal): Promise<JourneySet[] | number> {
  const { rows } = await sql<{ members: string[]; converted: number; lost: number }>`
    with ${journeysOf(run, [])},
    journey_set as (
      select converted, array_agg(distinct value order by value) as members from journey group by journey_id, converted
    )
    select members, (count(*) filter (where converted))::integer as converted,
           (count(*) filter (where not converted))::integer as lost
    from journey_set group by members limit ${MAX_SHAPLEY_SETS + 1}`.execute(db, {
    signal,
    inflightQueryAbortStrategy: 'cancel query',
  });
  return rows.length > MAX_SHAPLEY_SETS ? rows.length : rows;
}
