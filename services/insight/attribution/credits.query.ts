import { type RawBuilder, sql } from 'kysely';
import { MODEL_CODES, type ModelCode, WEIGHT_UNITS } from '../../../domain/insight/attribution.rules.ts';
import type { Db } from '../../../schema/db.ts';
import { type ConversionRange, conversionsOf, type FrozenRun, refundsOf } from './conversions.query.ts';
import { bitOf, type Division, divisionsOf, ofSingle, windowsOf } from './divisions.query.ts';
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
 * One row per touch and agent carries every model, so that twelve models write hardly more than one.
 */
export async function insertCredits(
  db: Db,
  run: FrozenRun,
  range: ConversionRange,
  signal?: AbortSignal,
): Promise<CreditCounts> {
  const key = sql`${run.organizationId}, ${run.runId}, ${run.generation}::integer`;
  const { models } = run.config;
  const { rows } = await sql<CreditCounts>`
    with ${creditSteps(run, conversionsOf(run, range))},
    stored as (
      insert into attribution_credits (
        organization_id, run_id, generation, conversion_id, interaction_id, agent_id, team_id, vendor_id,
        touch_source_id, customer_id, touched_at, converted_at, channel, currency, id, primary_models,
        ${each(models, 'weight')}, ${each(models, 'amount')})
      select ${key}, conversion_id, interaction_id, agent_id, team_id, vendor_id, touch_source_id, customer_id,
        started_at, occurred_at, channel, currency, id, primary_models,
        ${each(models, 'weight')}, ${each(models, 'amount')}
      from credited
    ),
    missed as (
      insert into attribution_unattributed
        (organization_id, run_id, generation, conversion_id, customer_id, amount_minor, currency, occurred_at)
      select ${key}, id, customer_id, amount_minor, currency, occurred_at from conv
      where not exists (select from scored where scored.conversion_id = conv.id)
    )
    select count(*)::integer as attributed,
           ${models.includes('AI_WEIGHTED') ? sql`count(*) filter (where ai_total = 0)::integer` : sql`0`} as "aiFallbacks",
           ${
             run.hasRefunds
               ? sql`(select count(*)::integer from refund where exists (
             select from scored where scored.conversion_id = refund.refund_of))`
               : sql`0`
           } as refunds
    from scored where position = 1`.execute(db, { signal, inflightQueryAbortStrategy: 'cancel query' });
  return rows[0]!;
}

/** A model's own column in the steps of a credit and in `attribution_credits`, e.g. `weight_linear`. */
export const ofModel = (name: string, model: ModelCode): RawBuilder<unknown> =>
  sql.ref(`${name}_${model.toLowerCase()}`);

const each = (models: readonly ModelCode[], ...names: string[]): RawBuilder<unknown> =>
  sql.join(models.flatMap((model) => names.map((name) => ofModel(name, model))));

/** The common table expressions from `conv` (given) to `credited`: a row per touch and agent, with every step on the way. */
export function creditSteps(run: FrozenRun, conversions: RawBuilder<unknown>): RawBuilder<unknown> {
  const steps = [
    sql`conv as materialized (${conversions})`,
    sql`record as (${recordsOf(run)})`,
    ...(needsMilestones(run) ? [sql`milestone as (${milestonesOf(run)})`] : []),
    sql`placed as (${placedTouches(run)})`,
    ...(run.config.models.includes('AI_WEIGHTED') ? [sql`intent as materialized (${intentWeights(run)})`] : []),
    sql`scored as materialized (${scoredTouches(run)})`,
    sql`weighted as (${weights(run)})`,
    ...(run.hasRefunds
      ? [sql`refund as materialized (${refundsOf(run)})`, sql`refunded as (${refundedWeights(run)})`]
      : []),
    sql`credited as (${amounts(run, run.hasRefunds ? 'refunded' : 'weighted')})`,
  ];
  return sql.join(steps);
}

const TOUCH = [
  ...['amount_minor', 'currency', 'occurred_at', 'started_at', 'interaction_id', 'customer_id', 'channel'],
  ...['vendor_id', 'touch_source_id', 'position', 'agent_id', 'team_id', 'ordinal', 'agent_fraction', 'primary_models'],
];
const touchColumns = sql.join(TOUCH.map((column) => sql.ref(column)));
const columnsOf = (divisions: readonly Division[], ...names: string[]) =>
  sql.join(divisions.flatMap(({ of }) => names.map((name) => of(name))));

/** A row per touch and agent with each division's share of 1e12 units; null where the touch has no credit in it. */
function weights(run: FrozenRun): RawBuilder<unknown> {
  const divisions = divisionsOf(run);
  const each = (column: (division: Division) => RawBuilder<unknown>) => sql.join(divisions.map(column));
  const unitsOf = ({ of, raw }: Division) => sql`
    ${raw ? sql`${of('raw')}::double precision / ${of('total')}::double precision * ` : sql``}
    coalesce(agent.fraction, 1) * ${WEIGHT_UNITS}::double precision`;
  const primaries = run.config.models.map(
    (model) => sql`case when ${modelColumns(run, model).primary} then ${bitOf(model)} else 0 end`,
  );
  // Fenced by "offset 0": every use of a column would compute it again. Sums are exact: whole numbers below 2^53.
  return sql`
    select conversion_id, id, ${touchColumns}, ${columnsOf(divisions, 'unit', 'remainder', 'unit_rank', 'is_primary')}, ${each(
      ({ of }) => sql`(${of('unit')} + (${of('unit_rank')}
        <= ${WEIGHT_UNITS}::double precision - ${of('unit_sum')})::integer)::bigint as ${of('weight')}`,
    )}
    from (
      select *, ${each((one) => {
        const { sum, rank } = windowsOf(one, 'remainder', divisions.length === 1);
        return sql`sum(${one.of('unit')}) over ${sum} as ${one.of('unit_sum')},
            row_number() over ${rank} as ${one.of('unit_rank')}`;
      })}
      from (
        select *, ${each(
          ({ of }) => sql`floor(${of('exact')}) as ${of('unit')},
            ${of('exact')} - floor(${of('exact')}) as ${of('remainder')}`,
        )}
        from (
          select touch.*, agent.agent_id, agent.team_id, agent.ordinal, agent.id,
                 coalesce(agent.fraction, 1) as agent_fraction, ${each(
                   (one) => sql`case when ${one.credits} then ${unitsOf(one)} end as ${one.of('exact')},
                     ${one.isPrimary} as ${one.of('is_primary')}`,
                 )}
          from (
            select conversion_id, amount_minor, currency, occurred_at, started_at, interaction_id, version, customer_id,
                   channel, vendor_id, touch_source_id, position, ${sql.join(primaries, sql` + `)} as primary_models
                   ${sql.join(
                     divisions.map(({ of, raw, total }) =>
                       raw ? sql`, (${raw})::bigint as ${of('raw')}, (${total})::bigint as ${of('total')}` : sql``,
                     ),
                     sql``,
                   )}
            from scored offset 0
          ) touch
          cross join lateral (${agentsOf(run)}) agent
          where ${sql.join(
            divisions.map(({ credits }) => credits),
            sql` or `,
          )}
          offset 0
        ) credit
        offset 0
      ) cut
    ) ranked`;
}

/** Who shares the credit of a touch: its agents by their shares, else its teams, else nobody (one row without agent). */
function agentsOf({ organizationId, runId }: FrozenRun): RawBuilder<unknown> {
  return sql`
    select taken_by.*, ${creditId(runId, sql`touch.conversion_id`)} as id
    from (select 1) one
    left join (
      select p.ordinal, p.agent_id, p.team_id, coalesce(p.share, 1)
        / sum(coalesce(p.share, 1)) over (order by p.ordinal rows between unbounded preceding and unbounded following) as fraction
      from interaction_participants p
      where p.organization_id = ${organizationId} and p.interaction_id = touch.interaction_id
        and p.interaction_version = touch.version
        and (p.role = 'agent' or (p.role = 'team' and not exists (
          select from interaction_participants a
          where a.organization_id = p.organization_id and a.interaction_id = p.interaction_id
            and a.interaction_version = p.interaction_version and a.role = 'agent')))
    ) taken_by on true`;
}

/**
 * The id of a row; the view `attribution_results` puts the model's number in the place of its last two digits. It
 * begins with the first eight bytes of the conversion's, so that the table's key, which has the conversion before the
 * id, finds a result by its id alone.
 */
const creditId = (runId: string, conversion: RawBuilder<unknown>): RawBuilder<string> => sql<string>`
  (left(${conversion}::text, 18) || '-8' || overlay(
    left(md5(${runId}::text || ${conversion} || interaction_id || coalesce(ordinal::text, '')), 13)
    placing '-' from 4 for 0) || '00')::uuid`;

/** The id under which the view shows a row of credits for one model. */
export const resultId = (model: ModelCode): RawBuilder<string> =>
  sql<string>`(left(id::text, 34) || ${MODEL_CODES.indexOf(model).toString(16).padStart(2, '0')})::uuid`;

/** Weights of conversions and, again, of their refunds: the same touches and weights, another amount and time. */
function refundedWeights(run: FrozenRun): RawBuilder<unknown> {
  const given = ['amount_minor', 'currency', 'occurred_at'];
  const kept = sql.join([
    ...TOUCH.filter((column) => !given.includes(column)).map((column) => sql.ref(column)),
    columnsOf(divisionsOf(run), 'unit', 'remainder', 'unit_rank', 'is_primary', 'weight'),
  ]);
  return sql`
    select conversion_id, id, amount_minor, currency, occurred_at, ${kept} from weighted
    union all
    select refund.id, ${creditId(run.runId, sql`refund.id`)}, refund.amount_minor, refund.currency, refund.occurred_at, ${kept}
    from (select conversion_id as original_id, ${kept} from weighted) original
    join refund on refund.refund_of = original.original_id`;
}

/** |amount| × weight, exact in 64 bits: h = w / 10^6 and l = w % 10^6 keep every product below 10^18. */
function amounts(run: FrozenRun, source: string): RawBuilder<unknown> {
  const divisions = divisionsOf(run);
  const each = (column: (division: Division) => RawBuilder<unknown>) => sql.join(divisions.map(column));
  return sql`
    select *${modelsOfOneTouch(run)}
    from (
      select *, ${each(
        ({ of }) => sql`sign(amount_minor)::bigint * (${of('part')}
          + (${of('part_rank')} <= abs(amount_minor) - ${of('part_sum')})::integer) as ${of('amount')}`,
      )}
      from (
        select *, ${each((one) => {
          const { sum, rank } = windowsOf(one, 'rest', divisions.length === 1);
          return sql`sum(${one.of('part')}::double precision) over ${sum} as ${one.of('part_sum')},
            row_number() over ${rank} as ${one.of('part_rank')}`;
        })}
        from (
          select *, ${each(
            ({ of }) => sql`${of('scaled')} / 1000000 as ${of('part')},
              (${of('scaled')} % 1000000) * 1000000
                + (abs(amount_minor) * (${of('weight')} % 1000000)) % 1000000 as ${of('rest')}`,
          )}
          from (
            select *, ${each(
              ({ of }) => sql`abs(amount_minor) * (${of('weight')} / 1000000)
                + abs(amount_minor) * (${of('weight')} % 1000000) / 1000000 as ${of('scaled')}`,
            )}
            from (select * from ${sql.table(source)} offset 0) source offset 0
          ) product
          offset 0
        ) cut
      ) ranked
      offset 0
    ) divided`;
}

/** What models that give all to one touch take from the division that they share. */
function modelsOfOneTouch(run: FrozenRun): RawBuilder<unknown> {
  const names = ['unit', 'remainder', 'unit_rank', 'weight', 'part', 'rest', 'part_rank', 'amount'];
  const columns = run.config.models
    .filter((model) => modelColumns(run, model).isSingle)
    .flatMap((model) =>
      names.map(
        (name) =>
          sql`, case when primary_models & ${bitOf(model)} <> 0 then ${ofSingle(name)} end as ${ofModel(name, model)}`,
      ),
    );
  return sql.join(columns, sql``);
}
