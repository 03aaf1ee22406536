import { type RawBuilder, sql } from 'kysely';
import { notFound } from '../../../domain/core/errors.ts';
import { DEAL_STAGES, type DealStage, type ForecastCategory } from '../../../domain/crm/deal.rules.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { containing } from '../../core/filter.ts';
import { type PageInput, readPage } from '../../core/page.ts';
import { dealsAsOf, endOfDay } from '../pipeline/as-of.ts';

export interface DealView {
  id: string;
  name: string;
  /** Decimal text in `currency`. */
  amount: string | null;
  currency: string;
  probability: number;
  stage: DealStage;
  /** Null when lost. */
  forecastCategory: ForecastCategory | null;
  /** `YYYY-MM-DD`. */
  closeDate: string | null;
  riskScore: number | null;
  aiAnalysis: Record<string, unknown>;
  metadata: Record<string, unknown>;
  accountId: string | null;
  ownerId: string | null;
  teamId: string | null;
  winLossReason: string | null;
  winLossNotes: string | null;
  stageChangedAt: Date;
  closedAt: Date | null;
  /** How often it was won; a reopened deal can be won again. */
  wins: number;
  custom: Record<string, unknown>;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

export interface DealContact {
  prospectId: string;
  role: string | null;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  linkedAt: Date;
}

export interface DealDetail extends DealView {
  contacts: DealContact[];
}

export const DEAL_COLUMNS: RawBuilder<unknown> = sql.raw(`
  d.id, d.name, trim_scale(d.amount)::text as amount, d.currency, d.probability, d.stage,
  d.forecast_category as "forecastCategory", to_char(d.close_date, 'YYYY-MM-DD') as "closeDate",
  d.risk_score as "riskScore", d.ai_analysis as "aiAnalysis", d.metadata, d.account_id as "accountId",
  d.owner_id as "ownerId", d.team_id as "teamId", d.win_loss_reason as "winLossReason",
  d.win_loss_notes as "winLossNotes", d.stage_changed_at as "stageChangedAt", d.closed_at as "closedAt", d.wins,
  d.custom, d.created_at as "createdAt", d.updated_at as "updatedAt", d.version`);

/** @throws AppError not_found, also for a deleted one. */
export async function readDeal(ctx: Ctx, id: string): Promise<DealDetail> {
  const { rows } = await sql<DealView>`
    select ${DEAL_COLUMNS} from deals d
    where d.organization_id = ${ctx.organizationId} and d.id = ${id} and d.deleted_at is null`.execute(ctx.tx);
  if (!rows[0]) throw notFound('The deal');
  return { ...rows[0], contacts: await readContacts(ctx, id) };
}

/** Decision makers first, then in the order in which they were linked. */
export async function readContacts(ctx: Ctx, dealId: string): Promise<DealContact[]> {
  const { rows } = await sql<DealContact>`
    select c.prospect_id as "prospectId", c.role, p.first_name as "firstName", p.last_name as "lastName", p.email,
           c.created_at as "linkedAt"
    from deal_contacts c
    join prospects p on p.organization_id = c.organization_id and p.id = c.prospect_id and p.deleted_at is null
    where c.organization_id = ${ctx.organizationId} and c.deal_id = ${dealId}
    order by c.role = 'decision_maker' desc nulls last, c.created_at, c.prospect_id`.execute(ctx.tx);
  return rows;
}

/** @throws AppError not_found. */
export const getDeal = verb(
  { permission: 'deals.view' },
  (ctx, input: { id: string }): Promise<DealDetail> => readDeal(ctx, input.id),
);

export interface DealFilter {
  stage?: DealStage | undefined;
  forecastCategory?: ForecastCategory | undefined;
  ownerId?: string | undefined;
  teamId?: string | undefined;
  accountId?: string | undefined;
  /** Close date from and until, both included. */
  closeFrom?: string | undefined;
  closeUntil?: string | undefined;
  q?: string | undefined;
  /** The pipeline as it was when this day ended, in the organization's time zone. */
  asOf?: string | undefined;
}

const dealsOf = (ctx: Ctx, { asOf }: DealFilter): RawBuilder<unknown> =>
  asOf === undefined ? sql`deals` : dealsAsOf(ctx, endOfDay(ctx, asOf));

/** Conditions on `deals d`, deleted ones left out. */
export function dealConditions(ctx: Ctx, filter: DealFilter): RawBuilder<unknown> {
  const equal = (column: string, value: string | undefined) =>
    value === undefined ? [] : [sql`d.${sql.raw(column)} = ${value}`];
  return sql.join(
    [
      sql`d.organization_id = ${ctx.organizationId}`,
      sql`d.deleted_at is null`,
      ...equal('stage', filter.stage),
      ...equal('forecast_category', filter.forecastCategory),
      ...equal('owner_id', filter.ownerId),
      ...equal('team_id', filter.teamId),
      ...equal('account_id', filter.accountId),
      ...(filter.closeFrom === undefined ? [] : [sql`d.close_date >= ${filter.closeFrom}::date`]),
      ...(filter.closeUntil === undefined ? [] : [sql`d.close_date <= ${filter.closeUntil}::date`]),
      ...(filter.q === undefined ? [] : [sql`d.name ilike ${containing(filter.q)}`]),
    ],
    sql` and `,
  );
}

/** Next to close first. */
export const listDeals = verb(
  { permission: 'deals.view' },
  async (ctx, input: DealFilter & PageInput): Promise<{ items: DealView[]; total: number }> => {
    const conditions = dealConditions(ctx, input);
    const { rows, total } = await readPage(input, async (limit, offset) => {
      const page = await sql<DealView & { total: number }>`
        select ${DEAL_COLUMNS}, (select count(*) from ${dealsOf(ctx, input)} d where ${conditions})::integer as total
        from ${dealsOf(ctx, input)} d where ${conditions}
        order by d.close_date nulls last, d.id limit ${limit}::integer offset ${offset}::bigint`.execute(ctx.tx);
      return page.rows;
    });
    return { items: rows.map(({ total: _, ...row }) => row), total };
  },
);

export interface BoardColumn {
  stage: DealStage;
  count: number;
  /** Per currency: sums of different currencies are never added. */
  totals: { currency: string; amount: string; weighted: string }[];
  /** The first of the column, in its order. */
  deals: DealView[];
}

/** The board: one statement, at most `perStage` cards a column. */
export const readBoard = verb(
  { permission: 'deals.view' },
  async (ctx, input: DealFilter & { perStage: number }): Promise<{ stages: BoardColumn[] }> => {
    const { rows } = await sql<{ stage: DealStage; count: number; totals: BoardColumn['totals']; deals: DealView[] }>`
      with matching as materialized (
        select d.*, row_number() over (partition by d.stage order by d.position, d.id) as place
        from ${dealsOf(ctx, input)} d where ${dealConditions(ctx, input)}),
      sums as (
        select stage, currency, trim_scale(sum(amount))::text as amount,
               trim_scale(sum(round(amount * probability / 100, 2)))::text as weighted
        from matching where amount is not null group by stage, currency)
      select stage, count(*)::integer as count,
             (select coalesce(jsonb_agg(jsonb_build_object('currency', s.currency, 'amount', s.amount,
                        'weighted', s.weighted) order by s.currency), '[]') from sums s where s.stage = m.stage) as totals,
             (select coalesce(jsonb_agg(to_jsonb(card) - 'place' order by card.place), '[]')
              from (select ${DEAL_COLUMNS}, d.place from matching d
                    where d.stage = m.stage and d.place <= ${input.perStage}::integer) card) as deals
      from matching m group by stage`.execute(ctx.tx);
    const byStage = new Map(rows.map((row) => [row.stage, row]));
    return {
      stages: DEAL_STAGES.map((stage) => {
        const column = byStage.get(stage) ?? { stage, count: 0, totals: [], deals: [] };
        return { ...column, deals: column.deals.map(withDates) };
      }),
    };
  },
);

/** Cards come as JSON, in which times are texts. */
const withDates = (deal: DealView): DealView => ({
  ...deal,
  stageChangedAt: new Date(deal.stageChangedAt),
  closedAt: deal.closedAt && new Date(deal.closedAt),
  createdAt: new Date(deal.createdAt),
  updatedAt: new Date(deal.updatedAt),
});
