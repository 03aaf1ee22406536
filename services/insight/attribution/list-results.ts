import { type Selectable, type SelectQueryBuilder, sql } from 'kysely';
import { fromMinorUnits } from '../../../domain/data/money.rules.ts';
import type { WorkSource } from '../../../domain/data/touch-source.rules.ts';
import { MODEL_CODES, type ModelCode, weightText } from '../../../domain/insight/attribution.rules.ts';
import { PAGE_VIEW_TYPE } from '../../../domain/insight/run-config.rules.ts';
import type { AttributionResults, DB } from '../../../schema/database.gen.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { type PageInput, readPage } from '../../core/page.ts';
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

const FILTERS = {
  conversionId: 'conversion_id',
  interactionId: 'interaction_id',
  customerId: 'customer_id',
  agentId: 'agent_id',
  teamId: 'team_id',
  vendorId: 'vendor_id',
  channel: 'channel',
} as const satisfies Partial<Record<keyof ListResultsInput, string>>;

/** Rows of a run's published generation; none before the run has completed once. @throws AppError not_found. */
export const listResults = verb(
  { permission: 'attribution.view' },
  async (ctx, given: ListResultsInput): Promise<{ items: CreditView[]; total: number }> => {
    const input = await withTeamIds(ctx, given);
    const { rows, total } = await readPage(input, (limit, offset) => readCredits(ctx, input, limit, offset));
    // Whether there is such a run is asked only where no row has told it.
    if (total === 0) await findRun(ctx, input.runId);
    return { items: rows.map(toCreditView), total };
  },
);

/** One statement: the page, what its rows connect, and the number of all. Touches are looked up once the page is known. */
async function readCredits(ctx: Ctx, input: ListResultsInput, limit: number, offset: number) {
  const conditions = sql.join(
    [
      sql`organization_id = ${ctx.organizationId} and run_id = ${input.runId}`,
      sql`generation = (
        select published_generation from attribution_runs
        where organization_id = ${ctx.organizationId} and id = ${input.runId})`,
      ...(Object.keys(FILTERS) as (keyof typeof FILTERS)[]).flatMap((field) =>
        input[field] === undefined ? [] : [sql`${sql.ref(FILTERS[field])} = ${input[field]}`],
      ),
      ...ofSource(ctx, input),
    ],
    sql` and `,
  );
  const ofModel = input.modelCode === undefined ? sql`` : sql` and model_code = ${input.modelCode}`;
  const weights = sql.raw(weightColumns(input.modelCode).join(', '));
  const { rows } = await sql<CreditRow & { total: number }>`
    with page as materialized (
      select * from attribution_results where ${conditions}${ofModel}
      order by conversion_id, id limit ${limit}::integer offset ${offset}::bigint)
    select r.*, c.external_id as external_event_id, ts.campaign, ts.outreach as work,
           coalesce(i.external_id, e.external_id, e.id::text, v.external_id, v.id::text) as external_interaction_id,
           case when i.id is not null then 'interaction' when e.id is not null then e.type
                when v.id is not null then ${PAGE_VIEW_TYPE}::text end as touch_type,
           -- A stored row carries the credits of all models.
           (select sum(num_nonnulls(${weights}))::integer from attribution_credits where ${conditions}) as total
    from page r
    join conversions c on c.organization_id = ${ctx.organizationId} and c.id = r.conversion_id
    left join touch_sources ts on ts.organization_id = ${ctx.organizationId} and ts.id = r.touch_source_id
    left join interactions i on i.organization_id = ${ctx.organizationId} and i.id = r.interaction_id
    left join events e on e.organization_id = ${ctx.organizationId} and e.id = r.interaction_id and i.id is null
    left join website_page_views v on v.organization_id = ${ctx.organizationId} and v.id = r.interaction_id
      and i.id is null and e.id is null
    order by r.conversion_id, r.id`.execute(ctx.tx);
  return rows;
}

/** Of the touches whose source has this campaign, and all of these at work. */
const ofSource = (ctx: Ctx, { campaign, work = {} }: ListResultsInput) =>
  campaign === undefined && Object.keys(work).length === 0
    ? []
    : [
        sql`touch_source_id in (
          select s.id from touch_sources s
          where s.organization_id = ${ctx.organizationId}
            and (${campaign ?? null}::text is null or s.campaign = ${campaign ?? null})
            and coalesce(s.outreach, '{}') @> ${JSON.stringify(work)}::jsonb)`,
      ];

const weightColumns = (modelCode: ModelCode | undefined): string[] =>
  (modelCode === undefined ? [...MODEL_CODES] : [modelCode]).map((code) => `weight_${code.toLowerCase()}`);

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
