import { type RawBuilder, sql } from 'kysely';
import { MODEL_CODES, WEIGHT_UNITS } from '../../../domain/insight/attribution.rules.ts';
import type { Db } from '../../../schema/db.ts';
import { type CustomerRange, conversionsOf, type FrozenRun, refundsOf } from './conversions.query.ts';
import { milestonesOf, needsMilestones, placedTouches, recordsOf } from './journeys.query.ts';
import { intentWeights, modelColumns, scoredTouches } from './weights.query.ts';

export interface CreditCounts {
  /** Conversions with at least one touch in their window. */
  attributed: number;
  /** Of those, conversions that AI_WEIGHTED shared equally because no touch had a probability. */
  aiFallbacks: number;
  /** Refunds of conversions with credit. */
  refunds: number;
}

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
  const key = sql`${run.organizationId}, ${run.runId}, ${run.generation}::integer`;
  const { rows } = await sql<CreditCounts>`
    with ${creditSteps(run, conversionsOf(run, range))},
    stored as (
      insert into attribution_results (
        organization_id, run_id, generation, conversion_id, interaction_id, agent_id, team_id, vendor_id,
        touch_source_id, customer_id, weight, amount_minor, touched_at, converted_at, model_code, channel, currency,
        is_primary_touch, id)
      select ${key}, conversion_id, interaction_id, agent_id, team_id, vendor_id, touch_source_id, customer_id, weight,
        amount, started_at, occurred_at, model_code, channel, currency, is_primary, id
      from credited
    ),
    missed as (
      insert into attribution_unattributed
        (organization_id, run_id, generation, conversion_id, customer_id, amount_minor, currency, occurred_at)
      select ${key}, id, customer_id, amount_minor, currency, occurred_at from conv
      where not exists (select from scored where scored.conversion_id = conv.id)
    )
    select count(*)::integer as attributed,
           ${run.config.models.includes('AI_WEIGHTED') ? sql`count(*) filter (where ai_total = 0)::integer` : sql`0`} as "aiFallbacks",
           ${
             run.hasRefunds
               ? sql`(select count(*)::integer from refund where exists (
             select from scored where scored.conversion_id = refund.refund_of))`
               : sql`0`
           } as refunds
    from scored where position = 1`.execute(db, { signal, inflightQueryAbortStrategy: 'cancel query' });
  return rows[0]!;
}

/** The common table expressions from `conv` (given) to `credited`: one row per result, with every step on the way. */
export function creditSteps(run: FrozenRun, conversions: RawBuilder<unknown>): RawBuilder<unknown> {
  const steps = [
    sql`conv as materialized (${conversions})`,
    sql`record as (${recordsOf(run)})`,
    ...(needsMilestones(run) ? [sql`milestone as (${milestonesOf(run)})`] : []),
    sql`placed as (${placedTouches(run)})`,
    ...(run.config.models.includes('AI_WEIGHTED') ? [sql`intent as materialized (${intentWeights(run)})`] : []),
    sql`scored as materialized (${scoredTouches(run)})`,
    sql`ranked_weights as (${rankedWeights(run)})`,
    sql`weighted as (
      select *, unit + (unit_rank <= ${WEIGHT_UNITS}::bigint - unit_sum)::integer as weight from ranked_weights
    )`,
    ...(run.hasRefunds
      ? [sql`refund as materialized (${refundsOf(run)})`, sql`refunded as (${refundedWeights(run)})`]
      : []),
    sql`ranked_amounts as (${rankedAmounts(run.hasRefunds ? 'refunded' : 'weighted')})`,
    sql`credited as (
      select *, sign(amount_minor)::bigint * (part + (part_rank <= abs(amount_minor) - part_sum)::integer) as amount
      from ranked_amounts
    )`,
  ];
  return sql.join(steps);
}

/** One row per (model, touch, agent) with its share of 1e12 units cut down, and its rank for what is left over. */
function rankedWeights(run: FrozenRun): RawBuilder<unknown> {
  const values = run.config.models.map((code) => {
    const { raw, total, primary } = modelColumns(run, code);
    const index = MODEL_CODES.indexOf(code);
    const number = index.toString(16).padStart(2, '0');
    return sql`(${code}::text, ${index}::integer, ${number}::text, (${raw})::bigint, (${total})::bigint, ${primary})`;
  });
  return sql`
    select *,
           (sum(unit) over split)::bigint as unit_sum, row_number() over split as unit_rank
    from (
      select *, floor(exact)::bigint as unit, exact - floor(exact) as remainder
      from (
        select conversion_id, interaction_id, amount_minor, currency, occurred_at, started_at, customer_id, channel,
               vendor_id, touch_source_id, position, model.model_code, model.model_number, model.is_primary, agent.agent_id, agent.team_id,
               agent.ordinal, model.raw, model.total, coalesce(agent.fraction, 1) as agent_fraction,
               model.number, (agent.id_start || model.number)::uuid as id,
               model.raw::double precision / model.total::double precision * coalesce(agent.fraction, 1)
                 * ${WEIGHT_UNITS}::double precision as exact
        from scored
        cross join lateral (${agentsOf(run)}) agent
        cross join lateral (values ${sql.join(values)}) as model(model_code, model_number, number, raw, total, is_primary)
        where model.raw > 0
        offset 0 -- or every use of "exact" would compute it again
      ) credit
    ) cut
    window split as (partition by conversion_id, model_number
                     order by remainder desc, is_primary desc, position desc, agent_id, team_id, ordinal
                     rows between unbounded preceding and unbounded following)`;
}

/** Who shares the credit of a touch: its agents by their shares, else its teams, else nobody (one row without agent). */
function agentsOf({ organizationId, runId }: FrozenRun): RawBuilder<unknown> {
  return sql`
    select taken_by.*, ${idStart(runId, sql`scored.conversion_id`)} as id_start
    from (select 1) one
    left join (
      select p.ordinal, p.agent_id, p.team_id, coalesce(p.share, 1)
        / sum(coalesce(p.share, 1)) over (order by p.ordinal rows between unbounded preceding and unbounded following) as fraction
      from interaction_participants p
      where p.organization_id = ${organizationId} and p.interaction_id = scored.interaction_id
        and p.interaction_version = scored.version
        and (p.role = 'agent' or (p.role = 'team' and not exists (
          select from interaction_participants a
          where a.organization_id = p.organization_id and a.interaction_id = p.interaction_id
            and a.interaction_version = p.interaction_version and a.role = 'agent')))
    ) taken_by on true`;
}

/**
 * A result's id but for the two digits of its model. It begins with the first eight bytes of the conversion's, so
 * that the table's key, which has the conversion before the id, finds a result by its id alone.
 */
const idStart = (runId: string, conversion: RawBuilder<unknown>): RawBuilder<string> => sql<string>`
  left(${conversion}::text, 18) || '-8' || overlay(
    left(md5(${runId}::text || ${conversion} || interaction_id || coalesce(ordinal::text, '')), 13)
    placing '-' from 4 for 0)`;

/** Weights of conversions and, again, of their refunds: the same touches and weights, another amount and time. */
function refundedWeights({ runId }: FrozenRun): RawBuilder<unknown> {
  const kept = sql.join(
    [
      ...['interaction_id', 'started_at', 'customer_id', 'channel', 'vendor_id', 'touch_source_id', 'position'],
      ...[
        'model_code',
        'model_number',
        'is_primary',
        'agent_id',
        'team_id',
        'ordinal',
        'raw',
        'total',
        'agent_fraction',
        'exact',
      ],
      ...['unit', 'remainder', 'unit_sum', 'unit_rank', 'weight'],
    ].map((column) => sql.ref(`weighted.${column}`)),
  );
  return sql`
    select conversion_id, amount_minor, currency, occurred_at, id, ${kept} from weighted
    union all
    select refund.id, refund.amount_minor, refund.currency, refund.occurred_at,
           (${idStart(runId, sql`refund.id`)} || number)::uuid, ${kept}
    from weighted join refund on refund.refund_of = weighted.conversion_id`;
}

/** |amount| × weight, exact in 64 bits: h = w / 10^6 and l = w % 10^6 keep every product below 10^18. */
function rankedAmounts(source: string): RawBuilder<unknown> {
  return sql`
    select *,
           (sum(part) over split)::bigint as part_sum, row_number() over split as part_rank
    from (
      select *, scaled / 1000000 as part,
             (scaled % 1000000) * 1000000 + (abs(amount_minor) * (weight % 1000000)) % 1000000 as rest
      from (
        select *, abs(amount_minor) * (weight / 1000000) + abs(amount_minor) * (weight % 1000000) / 1000000 as scaled
        from (select * from ${sql.table(source)} offset 0) source offset 0
      ) product
    ) cut
    window split as (partition by conversion_id, model_number
                     order by rest desc, is_primary desc, position desc, agent_id, team_id, ordinal
                     rows between unbounded preceding and unbounded following)`;
}
