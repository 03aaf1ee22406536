import { fromMinorUnits } from '../../../domain/data/money.rules.ts';
import { MODEL_CODES, type ModelCode, WEIGHT_UNITS } from '../../../domain/insight/attribution.rules.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { type PageInput, readPage } from '../../core/page.ts';
import { findRun } from './run-view.ts';

export interface CreditView {
  id: string;
  runId: string;
  modelCode: ModelCode;
  conversionId: string;
  externalEventId: string;
  interactionId: string;
  externalInteractionId: string;
  customerId: string;
  agentId: string | null;
  teamId: string | null;
  vendorId: string | null;
  channel: string;
  /** Decimal with 12 places; those of one conversion and model add up to exactly 1. */
  weight: string;
  attributedAmount: string;
  currency: string;
  isPrimaryTouch: boolean;
  touchedAt: Date;
  convertedAt: Date;
}

export interface ListResultsInput extends PageInput {
  runId: string;
  modelCode?: ModelCode | undefined;
  conversionId?: string | undefined;
  interactionId?: string | undefined;
  customerId?: string | undefined;
  agentId?: string | undefined;
  teamId?: string | undefined;
  vendorId?: string | undefined;
  channel?: string | undefined;
}

/** Rows of a run's published generation; none before the run has completed once. @throws AppError not_found. */
export const listResults = verb(
  { permission: 'attribution.view' },
  async (ctx, input: ListResultsInput): Promise<{ items: CreditView[]; total: number }> => {
    await findRun(ctx, input.runId);
    let query = selectCredits(ctx)
      .where('r.run_id', '=', input.runId)
      .select((eb) => eb.fn.countAll<number>().over().as('total'));
    if (input.modelCode) query = query.where('r.model_code', '=', input.modelCode);
    if (input.conversionId) query = query.where('r.conversion_id', '=', input.conversionId);
    if (input.interactionId) query = query.where('r.interaction_id', '=', input.interactionId);
    if (input.customerId) query = query.where('r.customer_id', '=', input.customerId);
    if (input.agentId) query = query.where('r.agent_id', '=', input.agentId);
    if (input.teamId) query = query.where('r.team_id', '=', input.teamId);
    if (input.vendorId) query = query.where('r.vendor_id', '=', input.vendorId);
    if (input.channel) query = query.where('r.channel', '=', input.channel);
    const ordered = query.orderBy('r.id');
    const { rows, total } = await readPage(input, (limit, offset) => ordered.limit(limit).offset(offset).execute());
    return { items: rows.map(toCreditView), total };
  },
);

/** Credits of published generations, with the external ids of what they connect. */
export const selectCredits = (ctx: Ctx) =>
  ctx.tx
    .selectFrom('attribution_results as r')
    .innerJoin('attribution_runs as run', (join) =>
      join
        .onRef('run.organization_id', '=', 'r.organization_id')
        .onRef('run.id', '=', 'r.run_id')
        .onRef('run.published_generation', '=', 'r.generation'),
    )
    .innerJoin('conversions as c', (join) =>
      join.onRef('c.organization_id', '=', 'r.organization_id').onRef('c.id', '=', 'r.conversion_id'),
    )
    .innerJoin('interactions as i', (join) =>
      join.onRef('i.organization_id', '=', 'r.organization_id').onRef('i.id', '=', 'r.interaction_id'),
    )
    .selectAll('r')
    .select(['c.external_id as external_event_id', 'i.external_id as external_interaction_id']);

type CreditRow = Awaited<ReturnType<ReturnType<typeof selectCredits>['execute']>>[number];

export function toCreditView(row: CreditRow): CreditView {
  return {
    id: row.id,
    runId: row.run_id,
    modelCode: MODEL_CODES.find((code) => code === row.model_code)!,
    conversionId: row.conversion_id,
    externalEventId: row.external_event_id,
    interactionId: row.interaction_id,
    externalInteractionId: row.external_interaction_id,
    customerId: row.customer_id,
    agentId: row.agent_id,
    teamId: row.team_id,
    vendorId: row.vendor_id,
    channel: row.channel,
    weight: weightText(row.weight),
    attributedAmount: fromMinorUnits(row.amount_minor, row.currency),
    currency: row.currency,
    isPrimaryTouch: row.is_primary_touch,
    touchedAt: row.touched_at,
    convertedAt: row.converted_at,
  };
}

/** 333333333334 → `"0.333333333334"`. */
function weightText(units: number): string {
  const digits = String(units).padStart(String(WEIGHT_UNITS).length, '0');
  return `${digits.slice(0, 1)}.${digits.slice(1)}`;
}
