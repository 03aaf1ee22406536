import { sql } from 'kysely';
import { conflict } from '../../../domain/core/errors.ts';
import type { Dimension } from '../../../domain/insight/comparison.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { findRun, type RunView } from '../attribution/run-view.ts';
import { type Cell, readCells } from '../compare/cells.query.ts';

/** What was at work, as far as a report shows it. */
export const WORK = ['cadence', 'template', 'sender', 'bdr_agent'] as const;
export type Work = (typeof WORK)[number];

/** A way of touches to a conversion; touches of one channel in a row are one step. */
export interface JourneyPath {
  steps: string[];
  conversions: number;
  amountMinor: number;
}

export interface ReportData {
  organization: { name: string; timeZone: string };
  run: RunView;
  /** The model of the charts that show one only. */
  model: string;
  /** The currency with the most conversions; others stand in the tables. */
  currency: string | null;
  cells: Record<'channel' | 'agent' | 'team' | 'vendor' | 'day' | 'campaign' | Work, Cell[]>;
  journeys: {
    paths: JourneyPath[];
    /** Conversions by number of touches. */
    lengths: { touches: number; conversions: number }[];
    averageTouches: number | null;
    /** Days from the first touch of the journey to the conversion. */
    medianDays: number | null;
    /** Journeys that were looked at; fewer than the run has when there are very many. */
    looked: number;
  };
}

/** Beyond this, journeys are a sample: the same conversions each time. */
const LOOKED_AT = 50_000;

/** Models that credit every touch, so that their rows hold whole journeys. */
const WHOLE_JOURNEYS = ['LINEAR', 'TIME_DECAY', 'AI_WEIGHTED', 'POSITION_BASED', 'SHAPLEY', 'MARKOV', 'FULL_PATH'];

/** @throws AppError not_found; conflict `RUN_NOT_COMPLETED`. */
export async function readReport(ctx: Ctx, runId: string): Promise<ReportData> {
  const run = await findRun(ctx, runId);
  if (run.publishedGeneration === null) {
    throw conflict('RUN_NOT_COMPLETED', 'The run has no results yet, so there is nothing to report.', {
      hint: 'Execute it and wait until its status is completed.',
      details: { status: run.status },
    });
  }
  const organization = await ctx.tx
    .selectFrom('organizations')
    .select(['name', 'time_zone as timeZone'])
    .where('id', '=', ctx.organizationId)
    .executeTakeFirstOrThrow();
  const model: string = run.modelCode;
  const cellsOf = (dimension: Dimension, models?: string[]) => readCells(ctx, { runIds: [runId], models, dimension });
  const [channel, agent, team, vendor, campaign, day] = [
    await cellsOf('channel'),
    await cellsOf('agent', [model]),
    await cellsOf('team', [model]),
    await cellsOf('vendor', [model]),
    await cellsOf('campaign', [model]),
    await cellsOf('day', [model]),
  ];
  const work = (await sendsItself(ctx))
    ? await Promise.all(WORK.map((dimension) => cellsOf(dimension, [model])))
    : WORK.map((): Cell[] => []);
  const ofWork = Object.fromEntries(WORK.map((dimension, index) => [dimension, work[index]!])) as Record<Work, Cell[]>;
  const cells = { channel, agent, team, vendor, campaign, day, ...ofWork };
  const currency = mainCurrency(channel.filter((cell) => cell.modelCode === model));
  return { organization, run, model, currency, cells, journeys: await readJourneys(ctx, run, currency) };
}

/** Whether any touch is known to be the product's own; spares the others the questions. */
async function sendsItself(ctx: Ctx): Promise<boolean> {
  const row = await ctx.tx
    .selectFrom('touch_sources')
    .select('id')
    .where('organization_id', '=', ctx.organizationId)
    .where('outreach', 'is not', null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

function mainCurrency(cells: readonly Cell[]): string | null {
  const credits = new Map<string, number>();
  for (const cell of cells) credits.set(cell.currency, (credits.get(cell.currency) ?? 0) + Number(cell.weight));
  return [...credits].sort(([, a], [, b]) => b - a)[0]?.[0] ?? null;
}

async function readJourneys(ctx: Ctx, run: RunView, currency: string | null): Promise<ReportData['journeys']> {
  const model = run.models.find((code) => WHOLE_JOURNEYS.includes(code)) ?? run.modelCode;
  const ofRun = (alias: string) => {
    const of = (column: string) => sql.ref(`${alias}.${column}`);
    return sql`${of('organization_id')} = ${ctx.organizationId} and ${of('run_id')} = ${run.id}
      and ${of('generation')} = ${run.publishedGeneration}::integer and ${of('model_code')} = ${model}
      and ${of('currency')} is not distinct from ${currency}`;
  };
  const { rows } = await sql<{ journeys: ReportData['journeys'] }>`
    with touch as materialized (
      select r.conversion_id, r.interaction_id, r.channel, r.touched_at, r.converted_at, sum(r.amount_minor) as amount_minor
      from attribution_results r
      where ${ofRun('r')} and r.conversion_id <= coalesce((
          select distinct l.conversion_id from attribution_results l where ${ofRun('l')}
          order by 1 offset ${LOOKED_AT}::integer limit 1), 'ffffffff-ffff-ffff-ffff-ffffffffffff')
      group by 1, 2, 3, 4, 5
    ), placed as (
      select *, lag(channel) over (partition by conversion_id order by touched_at, interaction_id) as before from touch
    ), journey as (
      select conversion_id, count(*) as touches, sum(amount_minor) as amount_minor,
             extract(epoch from max(converted_at) - min(touched_at)) / 86400 as days,
             (array_agg(channel order by touched_at, interaction_id) filter (where before is distinct from channel))[1:6] as steps
      from placed group by 1
    )
    select jsonb_build_object(
      'looked', (select count(*) from journey),
      'averageTouches', (select round(avg(touches), 2) from journey),
      'medianDays', (select round((percentile_cont(0.5) within group (order by days))::numeric, 1) from journey),
      'lengths', (select coalesce(jsonb_agg(jsonb_build_object('touches', touches, 'conversions', conversions) order by touches), '[]')
                  from (select least(touches, 12) as touches, count(*) as conversions from journey group by 1) l),
      'paths', (select coalesce(jsonb_agg(jsonb_build_object('steps', steps, 'conversions', conversions, 'amountMinor', amount_minor)
                                          order by conversions desc, steps), '[]')
                from (select steps, count(*) as conversions, sum(amount_minor) as amount_minor
                      from journey group by steps order by 2 desc, steps limit 40) p)) as journeys`.execute(ctx.tx);
  return rows[0]!.journeys;
}
