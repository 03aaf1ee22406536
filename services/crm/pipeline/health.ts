import { sql } from 'kysely';
import { conflict } from '../../../domain/core/errors.ts';
import { AT_RISK, isOpen } from '../../../domain/crm/deal.rules.ts';
import { audit } from '../../core/audit.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { type PageInput, readPage } from '../../core/page.ts';
import { readDeal } from '../deals/deal-view.ts';
import { dealAtRisk } from '../events.ts';

export interface RiskFactor {
  factor: string;
  points: number;
  evidence: Record<string, unknown>;
}

export interface DealHealth {
  dealId: string;
  dealName: string;
  stage: string;
  /** 0 to 100; 30 is medium, 60 high. */
  riskScore: number;
  riskLevel: 'low' | 'medium' | 'high';
  riskFactors: RiskFactor[];
  recommendations: string[];
}

const COLUMNS = sql`deal_id as "dealId", deal_name as "dealName", stage, risk_score as "riskScore",
  risk_level as "riskLevel", risk_factors as "riskFactors", recommendations`;

/** The function looks at the pipeline at the time of the unit of work, not at the clock of the server. */
const atBusinessTime = (ctx: Ctx) => sql`select set_config('app.now', ${ctx.now.toISOString()}, true)`.execute(ctx.tx);

/** @throws AppError not_found; conflict `DEAL_CLOSED`: a decided deal has no risk any more. */
export const readDealHealth = verb(
  { permission: 'deals.view' },
  async (ctx, input: { id: string }): Promise<DealHealth> => {
    const deal = await readDeal(ctx, input.id);
    if (!isOpen(deal.stage)) {
      throw conflict('DEAL_CLOSED', 'The deal is decided; only open deals are judged.', {
        hint: 'GET /api/v1/deals/win-loss looks back at decided ones.',
      });
    }
    await atBusinessTime(ctx);
    const { rows } = await sql<DealHealth>`
    select ${COLUMNS} from analyze_pipeline_health(p_team_id := null, p_deal_id := ${input.id}::uuid)`.execute(ctx.tx);
    return rows[0]!;
  },
);

/** All open deals, of a team if one is named, riskiest first. */
export const listPipelineHealth = verb(
  { permission: 'deals.view' },
  async (
    ctx,
    input: PageInput & { teamId?: string | undefined; minRisk?: number | undefined },
  ): Promise<{ items: DealHealth[]; total: number }> => {
    await atBusinessTime(ctx);
    const { rows, total } = await readPage(input, async (limit, offset) => {
      const page = await sql<DealHealth & { total: number }>`
        select ${COLUMNS}, count(*) over ()::integer as total
        from analyze_pipeline_health(p_team_id := ${input.teamId ?? null}::uuid, p_deal_id := null)
        where risk_score >= ${input.minRisk ?? 0}
        order by risk_score desc, deal_id limit ${limit}::integer offset ${offset}::bigint`.execute(ctx.tx);
      return page.rows;
    });
    return { items: rows.map(({ total: _, ...row }) => row), total };
  },
);

/** Judges the deal now and keeps the judgement with it. By rules: what it says, it shows. @throws as `readDealHealth`. */
export const analyzeDeal = verb({ permission: 'deals.edit' }, async (ctx, input: { id: string }) => {
  const health = await readDealHealth(ctx, input);
  const analysis = {
    model: 'rules',
    analyzedAt: ctx.now.toISOString(),
    riskLevel: health.riskLevel,
    riskFactors: health.riskFactors,
    recommendations: health.recommendations,
  };
  await sql`
    update deals set risk_score = ${health.riskScore}, ai_analysis = ${JSON.stringify(analysis)}::jsonb
    where organization_id = ${ctx.organizationId} and id = ${input.id}`.execute(ctx.tx);
  await audit(ctx, 'deal.analyze', { entityType: 'deal', entityId: input.id, after: { riskScore: health.riskScore } });
  return readDeal(ctx, input.id);
});

/**
 * Judges every open deal and tells `deal.at_risk` of each that has become one, once until it has recovered. Set-based;
 * only deals whose judgement changed are written. For the job: no permission. Answers how many deals are newly at risk.
 */
export async function refreshPipelineHealth(ctx: Ctx): Promise<number> {
  await atBusinessTime(ctx);
  const { rows } = await sql<{ id: string; score: number; told: boolean }>`
    with judged as materialized (
      select deal_id, risk_score, risk_level, risk_factors, recommendations
      from analyze_pipeline_health(p_team_id := null, p_deal_id := null))
    update deals d
    set risk_score = judged.risk_score,
        ai_analysis = jsonb_build_object('model', 'rules', 'analyzedAt', ${ctx.now.toISOString()}::text, 'riskLevel',
          judged.risk_level, 'riskFactors', judged.risk_factors, 'recommendations', judged.recommendations),
        risk_told_at = case when judged.risk_score >= ${AT_RISK} then coalesce(d.risk_told_at, ${ctx.now}::timestamptz) end
    from judged
    where d.organization_id = ${ctx.organizationId} and d.id = judged.deal_id
      and (d.risk_score is distinct from judged.risk_score
           or (d.ai_analysis -> 'riskFactors') is distinct from judged.risk_factors)
    returning d.id, d.risk_score as score, d.risk_told_at = ${ctx.now}::timestamptz as told`.execute(ctx.tx);
  const fresh = rows.filter((row) => row.told);
  for (const { id, score } of fresh) {
    await emit(ctx, dealAtRisk, { entityId: id, data: { id, riskScore: score } });
  }
  return fresh.length;
}
