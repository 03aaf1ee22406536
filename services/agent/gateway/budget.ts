import { sql } from 'kysely';
import { conflict } from '../../../domain/core/errors.ts';
import type { Ctx } from '../../core/context.ts';

/** Of an organization that has set no limit of its own: a hundred dollars a month. */
export const DEFAULT_LIMIT_MICROS = 100_000_000;

export const monthOf = (now: Date): string => `${now.toISOString().slice(0, 7)}-01`;

/**
 * Takes the most that a call can cost out of the month's budget, or refuses it. One guarded statement: however many
 * calls begin at once, what is reserved and spent together stays within the limit.
 * @throws AppError conflict `AI_BUDGET_EXHAUSTED`.
 */
export async function reserve(ctx: Ctx, micros: number): Promise<void> {
  const month = monthOf(ctx.now);
  const guarded = () =>
    sql<{ month: string }>`
    update ai_budgets set reserved_micros = reserved_micros + ${micros}
    where organization_id = ${ctx.organizationId} and month = ${month}::date
      and spent_micros + reserved_micros + ${micros} <= limit_micros
    returning month`.execute(ctx.tx);
  if ((await guarded()).rows.length > 0) return;
  await sql`
    insert into ai_budgets (month, limit_micros)
    select ${month}::date, coalesce((
      select monthly_limit_micros from ai_settings where organization_id = ${ctx.organizationId}), ${DEFAULT_LIMIT_MICROS})
    on conflict do nothing`.execute(ctx.tx);
  if ((await guarded()).rows.length > 0) return;
  throw conflict('AI_BUDGET_EXHAUSTED', 'The budget for models is used up for this month.', {
    hint: 'Raise monthlyModelBudgetUsd with PUT /api/v1/bdr/config, or wait for the next month.',
  });
}

/** Gives the reservation back and counts what the call did cost. */
export async function settle(ctx: Ctx, month: string, reserved: number, counted: number): Promise<void> {
  await sql`
    update ai_budgets
    set reserved_micros = reserved_micros - ${reserved}, spent_micros = spent_micros + ${counted}
    where organization_id = ${ctx.organizationId} and month = ${month}::date`.execute(ctx.tx);
}

/** From now on, and for the month that is going on. */
export async function setMonthlyLimit(ctx: Ctx, micros: number): Promise<void> {
  await sql`
    insert into ai_settings (monthly_limit_micros) values (${micros})
    on conflict (organization_id) do update set monthly_limit_micros = excluded.monthly_limit_micros
    where ai_settings.monthly_limit_micros <> excluded.monthly_limit_micros`.execute(ctx.tx);
  await sql`
    update ai_budgets set limit_micros = ${micros}
    where organization_id = ${ctx.organizationId} and month = ${monthOf(ctx.now)}::date
      and limit_micros <> ${micros}`.execute(ctx.tx);
}

export interface Budget {
  readonly month: string;
  readonly limitMicros: number;
  readonly reservedMicros: number;
  readonly spentMicros: number;
}

/** One row: the budget of this month, also where nothing has been asked yet. */
export const budgetRow = (ctx: Ctx) => {
  const month = monthOf(ctx.now);
  return sql<Budget>`
    select ${month}::text as month,
           coalesce(b.limit_micros, s.monthly_limit_micros, ${DEFAULT_LIMIT_MICROS})::bigint as "limitMicros",
           coalesce(b.reserved_micros, 0)::bigint as "reservedMicros", coalesce(b.spent_micros, 0)::bigint as "spentMicros"
    from (select 1) one
    left join ai_settings s on s.organization_id = ${ctx.organizationId}
    left join ai_budgets b on b.organization_id = ${ctx.organizationId} and b.month = ${month}::date`;
};

export const readBudget = async (ctx: Ctx): Promise<Budget> => (await budgetRow(ctx).execute(ctx.tx)).rows[0]!;
