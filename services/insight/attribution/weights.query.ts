import { type RawBuilder, sql } from 'kysely';
import {
  DEFAULT_INTENT_WEIGHTS,
  largestIntentWeight,
  type ModelCode,
} from '../../../domain/insight/attribution.rules.ts';
import { inMillionths, largestCustomWeight, scaleOf } from '../../../domain/insight/custom-weights.rules.ts';
import type { FrozenRun } from './conversions.query.ts';
import { needsMilestones, needsValues } from './journeys.query.ts';

/** Precision of undivided decay before it is normalised. */
const DECAY_SCALE = 1e12;
/** Undivided weights of ranked models are at most 1e12: with 20 bits of position they still fit 64 bits. */
const POSITIONS = 1_048_576;

interface ModelColumns {
  /** Undivided integer weight of a touch. */
  raw: RawBuilder<number>;
  /** Sum of `raw` over the conversion's touches. */
  total: RawBuilder<number>;
  /** The touch with the largest weight, ties to the latest. */
  primary: RawBuilder<boolean>;
  /** The primary touch gets everything. */
  isSingle?: boolean;
  /** Columns of `measured` that `raw` needs: functions of the touch, and windows over its conversion (`journey`). */
  measured?: readonly RawBuilder<unknown>[];
  /** Windows over the conversion (`journey`) that need columns of `measured`. */
  scored?: readonly RawBuilder<unknown>[];
}

const all = (position: RawBuilder<unknown>): ModelColumns => ({
  isSingle: true,
  raw: sql`(position = ${position})::integer`,
  total: sql`1`,
  primary: sql`position = ${position}`,
});

/** A model whose largest weight can be anywhere: `<name>_raw` is measured, `<name>_total` and `_rank` are scored. */
const ranked = (name: string, raw: RawBuilder<unknown>): ModelColumns => {
  const own = sql.ref(`${name}_raw`);
  const total = sql.ref(`${name}_total`);
  return {
    measured: [sql`${raw} as ${own}`],
    scored: [
      sql`(sum(${own}) over journey)::bigint as ${total}`,
      sql`max(${own} * ${POSITIONS}::bigint + position) over journey as ${sql.ref(`${name}_rank`)}`,
    ],
    // Where nothing weighs anything, the touches share equally.
    raw: sql`case when ${total} > 0 then ${own} else 1 end`,
    total: sql`case when ${total} > 0 then ${total} else touches end`,
    primary: sql`case when ${total} > 0 then ${sql.ref(`${name}_rank`)} = ${own} * ${POSITIONS}::bigint + position
                 else position = touches end`,
  };
};

const MODEL_COLUMNS: Readonly<Record<ModelCode, (run: FrozenRun) => ModelColumns>> = {
  FIRST_TOUCH: () => all(sql`1`),
  LAST_TOUCH: () => all(sql`touches`),
  LINEAR: () => ({ raw: sql`1`, total: sql`touches`, primary: sql`position = touches` }),
  TIME_DECAY: ({ config }) => ({
    // A thousand half-lives weigh nothing at this scale, and beyond them power() fails instead of answering 0.
    measured: [
      sql`floor(power(2::double precision, greatest(-1000, extract(epoch from started_at - newest_at)::double precision
            / ${config.halfLifeHours * 3600}::double precision)) * ${DECAY_SCALE}::double precision)::bigint as decay_raw`,
    ],
    scored: [sql`(sum(decay_raw) over journey)::bigint as decay_total`],
    raw: sql`decay_raw`,
    total: sql`decay_total`,
    primary: sql`position = touches`,
  }),
  AI_WEIGHTED: ({ inputs }) =>
    ranked(
      'ai',
      sql`floor(coalesce(purchase_probability, mean_probability, 0)
            * coalesce((((select weights from intent) ->> primary_intent))::double precision, 1)
            * ${scaleOf(largestIntentWeight(inputs.intentWeights))}::double precision)::bigint`,
    ),
  POSITION_BASED: positionColumns,
  W_SHAPED: (run) => milestoneColumns(run, 'w', 30, false),
  FULL_PATH: (run) => milestoneColumns(run, 'full', 225, true),
  LAST_NON_DIRECT: ({ inputs }) => ({
    ...all(sql`non_direct_position`),
    measured: [
      sql`coalesce(max(position) filter (where not lower(channel) = any(${sql.val(inputs.directChannels)}::text[]))
            over journey, touches) as non_direct_position`,
    ],
  }),
  CUSTOM: customColumns,
  MARKOV: ({ removalEffects }) =>
    ranked(
      'markov',
      sql`coalesce((${JSON.stringify(removalEffects ?? {})}::jsonb ->> value)::bigint, 0) / value_touches`,
    ),
  SHAPLEY: () => ranked('shapley', sql`${DECAY_SCALE}::bigint / value_touches`),
};

export const modelColumns = (run: FrozenRun, model: ModelCode): ModelColumns => MODEL_COLUMNS[model](run);

/** Integers throughout: the middle's share is divided by multiplying the ends. */
function positionColumns({ config }: FrozenRun): ModelColumns {
  const { first, middle, last } = config.positionWeights;
  const [f, m, l] = [inMillionths(first), inMillionths(middle), inMillionths(last)].map((w) => sql`${w}::bigint`);
  const two = first + last > 0 ? { first: f!, last: l! } : { first: sql`1`, last: sql`1` };
  const lastIsLargest = sql`(${l!} >= ${f!} and (touches < 3 or ${l!} * (touches - 2) >= ${m!}))`;
  return {
    raw: sql`case when touches = 1 then 1
      when touches = 2 then case position when 1 then ${two.first} else ${two.last} end
      when position = 1 then ${f!} * (touches - 2)
      when position = touches then ${l!} * (touches - 2) else ${m!} end`,
    total: sql`case when touches = 1 then 1 when touches = 2 then ${two.first} + ${two.last}
      else (${f!} + ${m!} + ${l!}) * (touches - 2) end`,
    primary: sql`position = case when touches = 1 or ${lastIsLargest} then touches
      when touches = 2 or ${f!} * (touches - 2) > ${m!} then 1 else touches - 1 end`,
  };
}

/** A milestone weighs `share`, all touches without one `middle` together; integers by multiplying with their number. */
function milestoneColumns(run: FrozenRun, name: string, share: number, withClose: boolean): ModelColumns {
  const middle = withClose ? 100 : 10;
  const isAt = (position: RawBuilder<unknown>) => sql`coalesce((position = ${position})::integer, 0)`;
  const [lead, opportunity] = needsMilestones(run) ? [LEAD, OPPORTUNITY] : [sql`null::bigint`, sql`null::bigint`];
  const own = sql`(${isAt(sql`1`)} + ${isAt(lead)} + ${isAt(opportunity)}${withClose ? sql` + ${isAt(sql`touches`)}` : sql``})`;
  return ranked(
    name,
    sql`case when ${own} = 0 then ${middle} else ${own} * ${share} * greatest(1, ${distinctOthers(lead, opportunity, withClose)}) end`,
  );
}

const LEAD = sql`lead_position`;
const OPPORTUNITY = sql`opportunity_position`;

/** Touches without a milestone, of which there are at most four different ones. */
function distinctOthers(
  lead: RawBuilder<unknown>,
  opportunity: RawBuilder<unknown>,
  withClose: boolean,
): RawBuilder<unknown> {
  const close = withClose ? sql` - (touches > 1)::integer` : sql``;
  const taken = withClose ? sql`(1, touches)` : sql`(1)`;
  return sql`(touches - 1${close} - coalesce((${lead} not in ${taken})::integer, 0)
    - coalesce((${opportunity} not in ${taken} and ${opportunity} is distinct from ${lead})::integer, 0))`;
}

function customColumns({ config }: FrozenRun): ModelColumns {
  const weights = config.customWeights!;
  const double = (weight: number) => sql`${weight}::double precision`;
  let position: RawBuilder<unknown> = double(1);
  if (weights.positions) {
    position = sql`coalesce((${sql.val(weights.positions)}::double precision[])[position], ${double(weights.otherPositions ?? 0)})`;
  } else if ([weights.first, weights.middle, weights.last].some((weight) => weight !== undefined)) {
    const [first, middle, last] = [weights.first ?? 0, weights.middle ?? 0, weights.last ?? 0].map(double);
    position = sql`case when touches = 1 then 1 when position = 1 then ${first!} when position = touches then ${last!}
      else ${middle!} / (touches - 2) end`;
  }
  const channel = weights.channels
    ? sql`coalesce((${JSON.stringify(weights.channels)}::jsonb ->> channel)::double precision, ${double(weights.otherChannels ?? 1)})`
    : double(1);
  return ranked(
    'custom',
    sql`floor(${position} * ${channel} * ${double(scaleOf(largestCustomWeight(weights)))})::bigint`,
  );
}

const columns = (of: readonly RawBuilder<unknown>[]) => (of.length > 0 ? sql`, ${sql.join(of)}` : sql``);

/** Where several models share a column, it is there once: each is written by one function of this file. */
export function measuredTouches(run: FrozenRun): RawBuilder<unknown> {
  return sql`
    select placed.*${columns(run.config.models.flatMap((model) => modelColumns(run, model).measured ?? []))}
    from (${preparedTouches(run)}) placed
    window journey as (partition by conversion_id)`;
}

/** What `measured` columns of several models build on, where a model of the run needs it. */
function preparedTouches(run: FrozenRun): RawBuilder<unknown> {
  const milestones = needsMilestones(run)
    ? sql`, max(position) filter (where started_at <= lead_at) over journey as lead_position,
            max(position) filter (where started_at <= opportunity_at) over journey as opportunity_position,
            lead_at, opportunity_at`
    : sql``;
  const values = needsValues(run)
    ? sql`, count(*) over (partition by placed.conversion_id, value) as value_touches`
    : sql``;
  return sql`
    select placed.*${milestones}${values}
    from placed ${needsMilestones(run) ? sql`left join milestone on milestone.conversion_id = placed.conversion_id` : sql``}
    window journey as (partition by placed.conversion_id)`;
}

/** One row per touch with every model's undivided weight and its total, all integers: sums do not depend on row order. */
export function scoredTouches(run: FrozenRun): RawBuilder<unknown> {
  return sql`
    select measured.*${columns(run.config.models.flatMap((model) => modelColumns(run, model).scored ?? []))}
    from (${measuredTouches(run)}) measured
    window journey as (partition by conversion_id)`;
}

/** One jsonb of intent → weight, each distinct intent of the touches judged once. */
export function intentWeights({ inputs }: FrozenRun): RawBuilder<unknown> {
  const defaults = DEFAULT_INTENT_WEIGHTS.map(
    ({ pattern, weight }) => sql`when primary_intent ~* ${pattern} then ${weight}::double precision`,
  );
  return sql`
    select coalesce(jsonb_object_agg(primary_intent, greatest(0, coalesce(
             (${JSON.stringify(inputs.intentWeights)}::jsonb ->> primary_intent)::double precision,
             case ${sql.join(defaults, sql` `)} else 1 end))), '{}') as weights
    from (select distinct primary_intent from placed where primary_intent is not null) intents`;
}
