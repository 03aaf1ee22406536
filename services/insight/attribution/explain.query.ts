import { type RawBuilder, sql } from 'kysely';
import type { ModelCode } from '../../../domain/insight/attribution.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { touchNames } from './behavior-touches.query.ts';
import { ALL_CONVERSIONS, conversionsOf, type FrozenRun } from './conversions.query.ts';
import { creditSteps, ofModel, resultId } from './credits.query.ts';
import { needsMilestones } from './journeys.query.ts';
import { modelColumns } from './weights.query.ts';

/** A touch of the journey with what its weight was computed from. */
export interface ExplainedTouch {
  interactionId: string;
  externalInteractionId: string;
  touchType: string;
  position: number;
  channel: string;
  startedAt: Date;
  /** Whole number; weights are these divided by their sum. */
  undividedWeight: number;
  isPrimaryTouch: boolean;
  secondsBeforeNewestTouch: number | null;
  purchaseProbability: number | null;
  /** The mean of the touches that have one. */
  meanProbability: number | null;
  primaryIntent: string | null;
  intentWeight: number | null;
  isDirect: boolean | null;
  /** What MARKOV and SHAPLEY tell touches apart by, and how many touches of the journey have the same. */
  value: string | null;
  touchesOfValue: number | null;
}

/** One row of results on its way to units of weight and minor units of money. */
export interface ExplainedShare {
  resultId: string;
  interactionId: string;
  agentId: string | null;
  teamId: string | null;
  /** Part of the touch that is this agent's. */
  agentShare: number;
  /** undivided weight / sum × agent's share × 10^12. */
  exactUnits: number;
  /** Order in which units left over by cutting are given out. */
  unitsRank: number;
  weightUnits: number;
  /** |amount| × weight in minor units, cut, and what was cut off in units of 10^-12. */
  cutMinor: number;
  restMinor: number;
  minorRank: number;
  amountMinor: number;
}

export interface ExplainedJourney {
  touches: ExplainedTouch[];
  undividedSum: number;
  leadAt: Date | null;
  opportunityAt: Date | null;
  shares: ExplainedShare[];
}

const NOTHING = sql`null`;

/** Columns that only the model's own statement has. */
function inputsOf(model: ModelCode, { inputs }: FrozenRun): Record<string, RawBuilder<unknown>> {
  const isAi = model === 'AI_WEIGHTED';
  const isDataDriven = model === 'MARKOV' || model === 'SHAPLEY';
  return {
    secondsBeforeNewestTouch:
      model === 'TIME_DECAY' ? sql`extract(epoch from newest_at - started_at)::double precision` : NOTHING,
    purchaseProbability: isAi ? sql`purchase_probability` : NOTHING,
    meanProbability: isAi ? sql`mean_probability` : NOTHING,
    primaryIntent: isAi ? sql`primary_intent` : NOTHING,
    intentWeight: isAi
      ? sql`coalesce(((select weights from intent) ->> primary_intent)::double precision, 1)`
      : NOTHING,
    isDirect:
      model === 'LAST_NON_DIRECT' ? sql`lower(channel) = any(${sql.val(inputs.directChannels)}::text[])` : NOTHING,
    value: isDataDriven ? sql`value` : NOTHING,
    touchesOfValue: isDataDriven ? sql`value_touches` : NOTHING,
  };
}

/**
 * The run's own statement for one conversion and one model, stopped before it stores anything.
 * @param credited the conversion itself or one of its refunds.
 */
export async function explainJourney(
  ctx: Ctx,
  run: FrozenRun,
  conversionId: string,
  credited: string,
): Promise<ExplainedJourney> {
  const model = run.config.models[0]!;
  const steps = creditSteps(run, conversionsOf(run, ALL_CONVERSIONS, conversionId));
  const { raw, total, primary } = modelColumns(run, model);
  const inputs = Object.entries(inputsOf(model, run)).map(([name, value]) => sql`${value} as ${sql.ref(name)}`);
  const milestones = needsMilestones(run) ? sql`lead_at, opportunity_at` : sql`null as lead_at, null as opportunity_at`;
  const touches = await sql<ExplainedTouch & { sum: number; lead_at: Date | null; opportunity_at: Date | null }>`
    with ${steps}
    select touch.*, coalesce(named.external_id, touch."interactionId"::text) as "externalInteractionId",
           coalesce(named.touch_type, 'event') as "touchType"
    from (
      select interaction_id as "interactionId", position, channel, started_at as "startedAt",
             (${raw})::bigint as "undividedWeight", (${total})::bigint as sum, ${primary} as "isPrimaryTouch",
             ${milestones}, ${sql.join(inputs)}
      from scored
    ) touch
    left join lateral ${touchNames(ctx.organizationId, sql`touch."interactionId"`)} named on true
    order by position`.execute(ctx.tx);
  const shares = await sql<ExplainedShare>`
    with ${steps}
    select ${resultId(model)} as "resultId", interaction_id as "interactionId", agent_id as "agentId", team_id as "teamId",
           agent_fraction as "agentShare", ${ofModel('unit', model)} + ${ofModel('remainder', model)} as "exactUnits", ${ofModel('unit_rank', model)} as "unitsRank",
           ${ofModel('weight', model)} as "weightUnits", ${ofModel('part', model)} as "cutMinor", ${ofModel('rest', model)} as "restMinor",
           ${ofModel('part_rank', model)} as "minorRank", ${ofModel('amount', model)} as "amountMinor"
    from credited where conversion_id = ${credited}
    order by position, ordinal`.execute(ctx.tx);
  const [first] = touches.rows;
  return {
    touches: touches.rows.map(({ sum: _, lead_at: __, opportunity_at: ___, ...touch }) => touch),
    undividedSum: first?.sum ?? 0,
    leadAt: first?.lead_at ?? null,
    opportunityAt: first?.opportunity_at ?? null,
    shares: shares.rows,
  };
}
