import { sql } from 'kysely';
import { verb } from '../../core/context.ts';
import { getAccount } from '../../crm/index.ts';
import { majorUnits } from '../../data/index.ts';

export interface RevenueLine {
  currency: string;
  won: number;
  wonDeals: number;
  open: number;
  openDeals: number;
  /** Open amounts by their probability. */
  weighted: number;
  lost: number;
  lostDeals: number;
  /** What touches were credited with by the run below; null where no run has completed. */
  attributed: number | null;
}

export interface AccountRevenue {
  accountId: string;
  /** One line per currency: sums of different currencies are never added. */
  byCurrency: RevenueLine[];
  /** The newest completed run, by its own model. */
  run: { id: string; modelCode: string } | null;
}

/** Deals of the account, and the credits of what its deals and people have brought. @throws AppError not_found. */
export const readAccountRevenue = verb(
  { permission: 'accounts.view' },
  async (ctx, { id }: { id: string }): Promise<AccountRevenue> => {
    await getAccount(ctx, { id });
    const { rows: runs } = await sql<{ id: string; modelCode: string; generation: number }>`
      select id, model_code as "modelCode", published_generation as generation from attribution_runs
      where organization_id = ${ctx.organizationId} and published_generation is not null
      order by created_at desc, id desc limit 1`.execute(ctx.tx);
    const run = runs[0];
    const { rows } = await sql<RevenueLine>`
      with own as materialized (
        select d.id, d.currency, d.stage, d.amount, d.probability, d.wins from deals d
        where d.organization_id = ${ctx.organizationId} and d.account_id = ${id} and d.deleted_at is null),
      people as (
        select customer_id from prospects
        where organization_id = ${ctx.organizationId} and account_id = ${id} and deleted_at is null
          and customer_id is not null
        union
        select customer_id from accounts
        where organization_id = ${ctx.organizationId} and id = ${id} and customer_id is not null),
      brought as (
        select c.id from conversions c join people on people.customer_id = c.customer_id
        where c.organization_id = ${ctx.organizationId}
        union
        select c.id from own cross join generate_series(1, own.wins) win
        join conversions c on c.organization_id = ${ctx.organizationId}
          and c.external_id = 'b:deals:' || own.id || case when win > 1 then ':' || win else '' end),
      credit as (
        select r.currency, sum(${majorUnits(sql.ref('r.amount_minor'), sql.ref('r.currency'))}) as attributed
        from brought join attribution_results r on r.organization_id = ${ctx.organizationId}
          and r.conversion_id = brought.id and r.run_id = ${run?.id ?? null}::uuid
          and r.generation = ${run?.generation ?? null}::integer and r.model_code = ${run?.modelCode ?? null}::text
        group by r.currency),
      sums as (
        select currency,
               sum(amount) filter (where stage = 'closed_won') as won,
               count(*) filter (where stage = 'closed_won') as won_deals,
               sum(amount) filter (where stage not in ('closed_won', 'closed_lost')) as open,
               count(*) filter (where stage not in ('closed_won', 'closed_lost')) as open_deals,
               sum(round(amount * probability / 100, 2)) filter (where stage not in ('closed_won', 'closed_lost')) as weighted,
               sum(amount) filter (where stage = 'closed_lost') as lost,
               count(*) filter (where stage = 'closed_lost') as lost_deals
        from own group by currency)
      select coalesce(s.currency, credit.currency) as currency,
             coalesce(s.won, 0)::double precision as won, coalesce(s.won_deals, 0)::integer as "wonDeals",
             coalesce(s.open, 0)::double precision as open, coalesce(s.open_deals, 0)::integer as "openDeals",
             coalesce(s.weighted, 0)::double precision as weighted,
             coalesce(s.lost, 0)::double precision as lost, coalesce(s.lost_deals, 0)::integer as "lostDeals",
             case when ${run !== undefined}::boolean then coalesce(credit.attributed, 0)::double precision end as attributed
      from sums s full join credit on credit.currency = s.currency
      order by 1`.execute(ctx.tx);
    return { accountId: id, byCurrency: rows, run: run ? { id: run.id, modelCode: run.modelCode } : null };
  },
);
