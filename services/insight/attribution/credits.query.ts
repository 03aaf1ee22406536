import { type RawBuilder, sql } from 'kysely';
import { DEFAULT_INTENT_WEIGHTS, type ModelCode, WEIGHT_UNITS } from '../../../domain/insight/attribution.rules.ts';
import type { Db } from '../../../schema/db.ts';
import { type CustomerRange, conversionsOf, currentAtStart, type FrozenRun, seenAtStart } from './conversions.query.ts';

export interface CreditCounts {
  /** Conversions with at least one touch in their window. */
  attributed: number;
  /** Of those, conversions that AI_WEIGHTED shared equally because no touch had a probability. */
  aiFallbacks: number;
}

/** Precision of undivided weights before they are normalised; with 20 bits of position they still fit 64 bits. */
const RAW_SCALE = 1e12;

interface ModelColumns {
  /** Undivided integer weight of a touch. */
  raw: RawBuilder<number>;
  /** Sum of `raw` over the conversion's touches. */
  total: RawBuilder<number>;
  /** The touch with the largest weight, ties to the latest. */
  primary: RawBuilder<boolean>;
}

const MODEL_COLUMNS: Readonly<Record<ModelCode, ModelColumns>> = {
  FIRST_TOUCH: { raw: sql`(position = 1)::integer`, total: sql`1`, primary: sql`position = 1` },
  LAST_TOUCH: { raw: sql`(position = touches)::integer`, total: sql`1`, primary: sql`position = touches` },
  LINEAR: { raw: sql`1`, total: sql`touches`, primary: sql`position = touches` },
  TIME_DECAY: { raw: sql`decay_raw`, total: sql`decay_total`, primary: sql`position = touches` },
  AI_WEIGHTED: {
    raw: sql`case when ai_total > 0 then ai_raw else 1 end`,
    total: sql`case when ai_total > 0 then ai_total else touches end`,
    primary: sql`case when ai_total > 0 then ai_rank = ai_raw * 1048576 + position else position = touches end`,
  },
};

/**
 * Writes the credits of one partition for all models of the run in one statement: conversions as the snapshot saw
 * them → the records of their people → touches in the window → weights → amounts. Weights are split in units of
 * 1e-12 and amounts in minor units, both by largest remainder (ties: primary touch, then the later one).
 */
export async function insertCredits(
  db: Db,
  run: FrozenRun,
  range: CustomerRange,
  signal?: AbortSignal,
): Promise<CreditCounts> {
  const models = run.config.models;
  const { rows } = await sql<CreditCounts>`
    with conv as materialized (${conversionsOf(run, range)}),
    record as (${recordsOf(run)}),
    placed as (${placedTouches(run)}),
    scored as materialized (${scoredTouches(run)}),
    ranked_weights as (${rankedWeights(run, models)}),
    weighted as (
      select *, unit + (unit_rank <= ${WEIGHT_UNITS}::bigint - unit_sum)::integer as weight from ranked_weights
    ),
    ranked_amounts as (${rankedAmounts()}),
    stored as (
      insert into attribution_results (
        organization_id, run_id, generation, conversion_id, interaction_id, agent_id, team_id, vendor_id,
        touch_source_id, customer_id, weight, amount_minor, touched_at, converted_at, model_code, channel, currency,
        is_primary_touch, id)
      select ${run.organizationId}, ${run.runId}, ${run.generation}::integer, conversion_id, interaction_id, agent_id,
        team_id, vendor_id, touch_source_id, customer_id, weight,
        part + (part_rank <= amount_minor - part_sum)::integer,
        started_at, occurred_at, model_code, channel, currency, is_primary,
        md5(${run.runId}::text || model_code || conversion_id || interaction_id || coalesce(ordinal::text, ''))::uuid
      from ranked_amounts
    )
    select count(*)::integer as attributed,
           ${models.includes('AI_WEIGHTED') ? sql`count(*) filter (where ai_total = 0)::integer` : sql`0`} as "aiFallbacks"
    from scored where position = 1`.execute(db, { signal, inflightQueryAbortStrategy: 'cancel query' });
  return rows[0]!;
}

/** (conversion, record): every record of every party's person. Records are rows of customers, linked or not. */
function recordsOf({ organizationId, snapshot }: FrozenRun): RawBuilder<unknown> {
  const person = sql`
    select party.conversion_id, party.customer_id, coalesce(link.canonical_id, party.customer_id) as canonical_id
    from (
      select id as conversion_id, customer_id from conv
      union all
      select p.conversion_id, p.customer_id
      from conv join conversion_parties p on p.organization_id = ${organizationId} and p.conversion_id = conv.id
      where ${currentAtStart('p', snapshot)}
    ) party
    left join identity_links link on link.organization_id = ${organizationId}
      and link.customer_id = party.customer_id and ${currentAtStart('link', snapshot)}`;
  return sql`
    select conversion_id, canonical_id as customer_id from (${person}) person
    union
    select person.conversion_id, member.customer_id
    from (${person}) person
    join identity_links member on member.organization_id = ${organizationId}
      and member.canonical_id = person.canonical_id and ${currentAtStart('member', snapshot)}`;
}

/** Touches in the window, numbered in the one order that every model uses: start, external id, id. */
function placedTouches(run: FrozenRun): RawBuilder<unknown> {
  const { config, snapshot, organizationId } = run;
  const widest = Math.max(
    config.timeWindowHours,
    ...Object.values(config.channelWindows),
    ...Object.values(config.eventTypeWindows),
  );
  const special = Object.keys(config.channelWindows).length + Object.keys(config.eventTypeWindows).length > 0;
  const one = (table: 'interactions' | 'interactions_history') => sql`
    select i.id, i.version, i.customer_id, i.external_id, i.channel, i.vendor_id, i.touch_source_id, i.started_at,
           i.purchase_probability, i.primary_intent
    from ${sql.table(table)} i
    where i.organization_id = ${organizationId} and i.customer_id = record.customer_id and i.voided_at is null
      and i.started_at between conv.occurred_at - ${hours(widest)} and conv.occurred_at
      and ${(table === 'interactions' ? seenAtStart : currentAtStart)('i', snapshot)}
      ${config.includeChannels.length > 0 ? sql`and i.channel = any(${sql.val(config.includeChannels)}::text[])` : sql``}
      ${config.vendorId ? sql`and i.vendor_id = ${config.vendorId}` : sql``}
      ${config.teamId ? touchedByTeam(organizationId, config.teamId) : sql``}`;
  const meanProbability = config.models.includes('AI_WEIGHTED')
    ? sql`, avg(touch.purchase_probability) over journey as mean_probability`
    : sql``;
  return sql`
    select conv.id as conversion_id, conv.amount_minor, conv.currency, conv.occurred_at,
           touch.id as interaction_id, touch.version, touch.customer_id, touch.channel, touch.vendor_id,
           touch.touch_source_id, touch.started_at, touch.purchase_probability, touch.primary_intent,
           row_number() over journey as position, count(*) over journey as touches,
           max(touch.started_at) over journey as newest_at
           ${meanProbability}
    from record
    join conv on conv.id = record.conversion_id
    cross join lateral (${one('interactions')} union all ${one('interactions_history')}) touch
    ${special ? sql`where touch.started_at >= conv.occurred_at - ${narrowWindow(run)}` : sql``}
    window journey as (partition by conv.id order by touch.started_at, touch.external_id, touch.id
                       rows between unbounded preceding and unbounded following)`;
}

const touchedByTeam = (organizationId: string, teamId: string): RawBuilder<unknown> => sql`and exists (
  select from interaction_participants p
  where p.organization_id = ${organizationId} and p.interaction_id = i.id and p.interaction_version = i.version
    and p.team_id = ${teamId})`;

const hours = (count: number): RawBuilder<unknown> => sql`make_interval(secs => ${count * 3600}::double precision)`;

/** The narrower of the channel's and the event type's window; the general one where neither is set. */
function narrowWindow({ config }: FrozenRun): RawBuilder<unknown> {
  return sql`make_interval(secs => 3600 * coalesce(
    least((${JSON.stringify(config.channelWindows)}::jsonb ->> touch.channel)::double precision,
          (${JSON.stringify(config.eventTypeWindows)}::jsonb ->> conv.event_type)::double precision),
    ${config.timeWindowHours}::double precision))`;
}

/**
 * Undivided weights of the models that need arithmetic, as integers: sums of integers do not depend on row order.
 * Decay is measured from the newest touch; the factor between that and the conversion cancels out.
 */
function scoredTouches({ config, inputs }: FrozenRun): RawBuilder<unknown> {
  // A thousand half-lives weigh nothing at this scale, and beyond them power() fails instead of answering 0.
  const decay = config.models.includes('TIME_DECAY')
    ? sql`floor(power(2::double precision, greatest(-1000, extract(epoch from started_at - newest_at)::double precision
            / ${config.halfLifeHours * 3600}::double precision)) * ${RAW_SCALE}::double precision)::bigint`
    : sql`0::bigint`;
  const ai = config.models.includes('AI_WEIGHTED')
    ? sql`floor(coalesce(purchase_probability, mean_probability, 0) * ${intentWeight(inputs.intentWeights)} * 1e9)::bigint`
    : sql`0::bigint`;
  // Numeric sums would be converted again and again by whoever divides by them.
  const totals = [
    config.models.includes('TIME_DECAY') ? sql`, (sum(decay_raw) over conversion)::bigint as decay_total` : sql``,
    config.models.includes('AI_WEIGHTED')
      ? sql`, (sum(ai_raw) over conversion)::bigint as ai_total,
            max(ai_raw * 1048576 + position) over conversion as ai_rank`
      : sql``,
  ];
  return sql`
    select *${sql.join(totals, sql``)}
    from (select *, ${decay} as decay_raw, ${ai} as ai_raw from placed) touch
    window conversion as (partition by conversion_id)`;
}

function intentWeight(configured: Record<string, number>): RawBuilder<unknown> {
  const defaults = DEFAULT_INTENT_WEIGHTS.map(
    ({ pattern, weight }) => sql`when primary_intent ~* ${pattern} then ${weight}::double precision`,
  );
  return sql`coalesce((${JSON.stringify(configured)}::jsonb ->> primary_intent)::double precision,
                      case ${sql.join(defaults, sql` `)} else 1 end)`;
}

/** One row per (model, touch, agent) with its share of 1e12 units cut down, and its rank for what is left over. */
function rankedWeights(run: FrozenRun, models: readonly ModelCode[]): RawBuilder<unknown> {
  const values = models.map((code) => {
    const { raw, total, primary } = MODEL_COLUMNS[code];
    return sql`(${code}::text, (${raw})::double precision / nullif(${total}, 0)::double precision, ${primary})`;
  });
  return sql`
    select *,
           (sum(unit) over split)::bigint as unit_sum, row_number() over split as unit_rank
    from (
      select *, floor(exact)::bigint as unit, exact - floor(exact) as remainder
      from (
        select conversion_id, interaction_id, amount_minor, currency, occurred_at, started_at, customer_id, channel,
               vendor_id, touch_source_id, position, model.model_code, model.is_primary, agent.agent_id, agent.team_id,
               agent.ordinal,
               model.fraction * coalesce(agent.fraction, 1) * ${WEIGHT_UNITS}::double precision as exact
        from scored
        left join lateral (${agentsOf(run)}) agent on true
        cross join lateral (values ${sql.join(values)}) as model(model_code, fraction, is_primary)
        where model.fraction > 0
      ) credit
    ) cut
    window split as (partition by conversion_id, model_code
                     order by remainder desc, is_primary desc, position desc, agent_id, team_id, ordinal
                     rows between unbounded preceding and unbounded following)`;
}

/** Who shares the credit of a touch: its agents by their shares, else its teams, else nobody (one row without agent). */
function agentsOf({ organizationId }: FrozenRun): RawBuilder<unknown> {
  return sql`
    select p.ordinal, p.agent_id, p.team_id, coalesce(p.share, 1) / sum(coalesce(p.share, 1)) over () as fraction
    from interaction_participants p
    where p.organization_id = ${organizationId} and p.interaction_id = scored.interaction_id
      and p.interaction_version = scored.version
      and (p.role = 'agent' or (p.role = 'team' and not exists (
        select from interaction_participants a
        where a.organization_id = p.organization_id and a.interaction_id = p.interaction_id
          and a.interaction_version = p.interaction_version and a.role = 'agent')))`;
}

/** amount × weight, exact in 64 bits: h = w / 10^6 and l = w % 10^6 keep every product below 10^18. */
function rankedAmounts(): RawBuilder<unknown> {
  return sql`
    select *,
           (sum(part) over split)::bigint as part_sum, row_number() over split as part_rank
    from (
      select *, scaled / 1000000 as part,
             (scaled % 1000000) * 1000000 + (amount_minor * (weight % 1000000)) % 1000000 as rest
      from (
        select *, amount_minor * (weight / 1000000) + amount_minor * (weight % 1000000) / 1000000 as scaled
        from weighted
      ) product
    ) cut
    window split as (partition by conversion_id, model_code
                     order by rest desc, is_primary desc, position desc, agent_id, team_id, ordinal
                     rows between unbounded preceding and unbounded following)`;
}
