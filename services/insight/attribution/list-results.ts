import { type Selectable, type SelectQueryBuilder, sql } from 'kysely';
import { fromMinorUnits } from '../../../domain/data/money.rules.ts';
import type { WorkSource } from '../../../domain/data/touch-source.rules.ts';
import { MODEL_CODES, type ModelCode, weightText } from '../../../domain/insight/attribution.rules.ts';
import type { AttributionResults, DB } from '../../../schema/database.gen.ts';
import { type Ctx, verb } from '../../core/context.ts';
import type { PageInput } from '../../core/page.ts';
import { withTeamIds } from '../../platform/roles/index.ts';
import { touchNames } from './behavior-touches.query.ts';
import { findRun } from './run-view.ts';

export interface CreditView {
  id: string;
  runId: string;
  modelCode: ModelCode;
  conversionId: string;
  externalEventId: string;
  interactionId: string;
  externalInteractionId: string;
  campaign: string | null;
  /** What was at work, by name; empty for touches that the product did not send. */
  work: WorkSource;
  /** `interaction`, `page_view`, or the type of the event. */
  touchType: string;
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
  campaign?: string | undefined;
  /** By what was at work, as its touch source names it. */
  work?: WorkSource | undefined;
}

/** Rows of a run's published generation; none before the run has completed once. @throws AppError not_found. */
export const listResults = verb(
  { permission: 'attribution.view' },
  async (ctx, given: ListResultsInput): Promise<{ items: CreditView[]; total: number }> => {
    const input = await withTeamIds(ctx, given);
    const { publishedGeneration } = await findRun(ctx, input.runId);
    if (publishedGeneration === null) return { items: [], total: 0 };
    let credits = ctx.tx
      .selectFrom('attribution_results')
      .where('run_id', '=', input.runId)
      .where('generation', '=', publishedGeneration);
    if (input.modelCode) credits = credits.where('model_code', '=', input.modelCode);
    if (input.conversionId) credits = credits.where('conversion_id', '=', input.conversionId);
    if (input.interactionId) credits = credits.where('interaction_id', '=', input.interactionId);
    if (input.customerId) credits = credits.where('customer_id', '=', input.customerId);
    if (input.agentId) credits = credits.where('agent_id', '=', input.agentId);
    if (input.teamId) credits = credits.where('team_id', '=', input.teamId);
    if (input.vendorId) credits = credits.where('vendor_id', '=', input.vendorId);
    if (input.channel) credits = credits.where('channel', '=', input.channel);
    const { campaign, work = {} } = input;
    if (campaign || Object.keys(work).length > 0) {
      credits = credits.where('touch_source_id', 'in', (eb) =>
        eb
          .selectFrom('touch_sources')
          .select('id')
          .where('organization_id', '=', ctx.organizationId)
          .where(sql<boolean>`(${campaign ?? null}::text is null or campaign = ${campaign ?? null})
            and coalesce(outreach, '{}') @> ${JSON.stringify(work)}::jsonb`),
      );
    }
    const page = credits
      .selectAll()
      .orderBy('conversion_id')
      .orderBy('id')
      .limit(input.limit)
      .offset((input.page - 1) * input.limit);
    // Counted apart: beside the page, the count would join all of the run's rows with what they connect.
    const [rows, counted] = await Promise.all([
      withExternalIds(ctx, page).orderBy('r.conversion_id').orderBy('r.id').execute(),
      credits.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow(),
    ]);
    return { items: rows.map(toCreditView), total: counted.total };
  },
);

type CreditRows = SelectQueryBuilder<DB, 'attribution_results', Selectable<AttributionResults>>;

const withExternalIds = (ctx: Ctx, credits: CreditRows) =>
  ctx.tx
    .selectFrom(credits.as('r'))
    .innerJoin('conversions as c', (join) =>
      join.onRef('c.organization_id', '=', 'r.organization_id').onRef('c.id', '=', 'r.conversion_id'),
    )
    .leftJoin('touch_sources as ts', (join) =>
      join.onRef('ts.organization_id', '=', 'r.organization_id').onRef('ts.id', '=', 'r.touch_source_id'),
    )
    .leftJoinLateral(touchNames(ctx.organizationId, sql`r.interaction_id`).as('touch'), (join) => join.onTrue())
    .selectAll('r')
    .select(['ts.campaign', 'ts.outreach as work'])
    .select(['c.external_id as external_event_id', 'touch.external_id as external_interaction_id', 'touch.touch_type']);

/** Credits of the run's published generation for these conversions, with the external ids of what they connect. */
export const selectCreditsOf = (ctx: Ctx, runId: string, conversionIds: readonly string[]) =>
  withExternalIds(
    ctx,
    ctx.tx
      .selectFrom('attribution_results')
      .selectAll()
      .where('conversion_id', 'in', conversionIds)
      .where('run_id', '=', runId)
      .where('generation', '=', (eb) =>
        eb
          .selectFrom('attribution_runs')
          .select((run) => run.fn.coalesce('published_generation', sql<number>`-1`).as('generation'))
          .where('id', '=', runId),
      ),
  );

type CreditRow = Awaited<ReturnType<ReturnType<typeof withExternalIds>['execute']>>[number];

export function toCreditView(row: CreditRow): CreditView {
  return {
    id: row.id,
    runId: row.run_id,
    modelCode: MODEL_CODES.find((code) => code === row.model_code)!,
    conversionId: row.conversion_id,
    externalEventId: row.external_event_id,
    interactionId: row.interaction_id,
    externalInteractionId: row.external_interaction_id ?? row.interaction_id,
    // An event that was not kept: visitors who never said who they are are deleted in time.
    touchType: row.touch_type ?? 'event',
    campaign: row.campaign,
    work: (row.work ?? {}) as WorkSource,
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
