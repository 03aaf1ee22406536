import { type RawBuilder, sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';

/**
 * The pipeline as it was: a relation with the columns of `deals` whose stage, amount, dates and owners are those of the
 * last change before `at`. Deals that did not exist yet, or were deleted, are not in it. Names and accounts are today's.
 */
export function dealsAsOf(ctx: Ctx, at: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(
    select d.organization_id, d.id, d.name, h.amount, h.currency, h.probability, h.stage,
           case when h.stage = 'closed_won' then 'closed' when h.stage = 'closed_lost' then null
                when h.probability < 25 then 'pipeline' when h.probability < 75 then 'best_case'
                when h.probability < 90 then 'commit' else 'closed' end as forecast_category,
           d.position, h.close_date, null::integer as risk_score, '{}'::jsonb as ai_analysis, d.metadata, d.account_id,
           h.owner_id, h.team_id, null::text as win_loss_reason, null::text as win_loss_notes,
           h.changed_at as stage_changed_at,
           case when h.stage in ('closed_won', 'closed_lost') then h.decided_at end as closed_at, 0 as wins, d.custom,
           d.created_at, h.changed_at as updated_at, d.version, null::timestamptz as deleted_at
    from (
      select distinct on (deal_id) *,
             max(changed_at) filter (where from_stage is distinct from stage)
               over (partition by deal_id order by changed_at, id) as decided_at
      from deal_stage_history
      where organization_id = ${ctx.organizationId} and changed_at < ${at}
      order by deal_id, changed_at desc, id desc) h
    join deals d on d.organization_id = ${ctx.organizationId} and d.id = h.deal_id
    where not h.deleted)`;
}

/** The end of a day of the organization, as an instant: what happened on the day belongs to it. */
export const endOfDay = (ctx: Ctx, day: string): RawBuilder<unknown> => sql`(
  select ((${day}::date + 1)::timestamp at time zone o.time_zone) from organizations o where o.id = ${ctx.organizationId})`;

export const startOfDay = (ctx: Ctx, day: string): RawBuilder<unknown> => sql`(
  select (${day}::date::timestamp at time zone o.time_zone) from organizations o where o.id = ${ctx.organizationId})`;
