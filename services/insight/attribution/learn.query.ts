import { type RawBuilder, sql } from 'kysely';
import { type JourneyStep, MAX_MARKOV_STATES } from '../../../domain/insight/markov.rules.ts';
import { type JourneySet, MAX_SHAPLEY_SETS } from '../../../domain/insight/shapley.rules.ts';
import type { Db } from '../../../schema/db.ts';
import { ALL_CONVERSIONS, conversionsOf, currentAtStart, type FrozenRun, periodOf } from './conversions.query.ts';
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
  const own = sql`, position = touches as is_last, value${sql.join(names, sql``)}`;
  return sql`
    conv as materialized (${conversionsOf(run, ALL_CONVERSIONS)}),
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

/** What all journeys tell the models that learn from them; a number where that is more than a model is computed of. */
export interface Journeys {
  /** Steps, counted; or the number of states. */
  MARKOV?: JourneyStep[] | number;
  /** Distinct values, counted by set; or a number of sets. */
  SHAPLEY?: JourneySet[] | number;
}

interface JourneyRow {
  kind: 'step' | 'set' | 'states';
  /** Values before a step, newest first; those of a set. */
  members: string[] | null;
  touch: string | null;
  /** Of a step; the number of states. */
  count: number | null;
  converted: number | null;
  lost: number | null;
}

/** Reads all journeys once, for every model that learns from them. */
export async function readJourneys(
  db: Db,
  run: FrozenRun,
  models: readonly (keyof Journeys)[],
  signal?: AbortSignal,
): Promise<Journeys> {
  const markov = models.includes('MARKOV');
  const shapley = models.includes('SHAPLEY');
  const lags = Array.from(
    { length: markov ? run.config.markovOrder : 0 },
    (_, index) => sql`lag(${touchValue(run)}, ${sql.lit(index + 1)}) over journey`,
  );
  const ctes = [journeysOf(run, lags), ...(markov ? [stepsOf(lags.length)] : []), ...(shapley ? [SETS] : [])];
  const parts = [...(markov ? [STEP_ROWS] : []), ...(shapley ? [SET_ROWS] : [])];
  const { rows } = await sql<JourneyRow>`with ${sql.join(ctes)} ${sql.join(parts, sql` union all `)}`.execute(db, {
    signal,
    inflightQueryAbortStrategy: 'cancel query',
  });
  return {
    ...(markov ? { MARKOV: stepsFrom(rows) } : {}),
    ...(shapley ? { SHAPLEY: setsFrom(rows) } : {}),
  };
}

const stepsOf = (order: number): RawBuilder<unknown> => {
  const before = sql.join(Array.from({ length: order }, (_, index) => sql.ref(beforeName(index))));
  return sql`
    step as materialized (
      select array_remove(array[${before}], null) as before, value as touch, count(*)::integer as count,
             (count(*) filter (where converted and is_last))::integer as converted,
             (count(*) filter (where not converted and is_last))::integer as lost
      from journey group by ${before}, value
    ),
    known as (select count(distinct before)::integer as states from step)`;
};

/** The number of states always, the steps only where they are few enough. */
const STEP_ROWS = sql`
  select 'states' as kind, null::text[] as members, null::text as touch, states as count,
         null::integer as converted, null::integer as lost
  from known
  union all
  select 'step', before, touch, count, converted, lost
  from step where (select states from known) <= ${MAX_MARKOV_STATES}::integer`;

const SETS = sql`
  journey_set as (
    select converted, array_agg(distinct value order by value) as members from journey group by journey_id, converted
  )`;

const SET_ROWS = sql`
  (select 'set' as kind, members, null::text as touch, null::integer as count,
          (count(*) filter (where converted))::integer as converted,
          (count(*) filter (where not converted))::integer as lost
   from journey_set group by members limit ${MAX_SHAPLEY_SETS + 1})`;

function stepsFrom(rows: readonly JourneyRow[]): JourneyStep[] | number {
  const states = rows.find(({ kind }) => kind === 'states')?.count ?? 0;
  if (states > MAX_MARKOV_STATES) return states;
  return rows
    .filter(({ kind }) => kind === 'step')
    .map(({ members, touch, count, converted, lost }) => ({
      before: members!.reverse(),
      touch: touch!,
      count: count!,
      converted: converted!,
      lost: lost!,
    }));
}

function setsFrom(rows: readonly JourneyRow[]): JourneySet[] | number {
  const sets = rows.filter(({ kind }) => kind === 'set');
  if (sets.length > MAX_SHAPLEY_SETS) return sets.length;
  return sets.map(({ members, converted, lost }) => ({ members: members!, converted: converted!, lost: lost! }));
}
