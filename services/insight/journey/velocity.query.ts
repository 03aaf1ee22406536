import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';

export interface IntentStep {
  interactionId: string;
  intent: string;
  purchaseProbability: number | null;
  at: Date;
}

export interface JourneyVelocity {
  /** From the first touch to the first conversion that follows it. */
  daysToFirstConversion: number | null;
  /** From the first touch to the last conversion. */
  daysToLastConversion: number | null;
  /** Touches at or before the last conversion ÷ conversions. */
  touchesPerConversion: number | null;
  /** Half of the gaps between two touches are shorter. */
  medianGapHours: number | null;
}

const MOST_STEPS = 200;

/** How the person's intent went on, in time order: the touches whose intent differs from the one before. */
export async function readIntents(ctx: Ctx, recordIds: string[]): Promise<IntentStep[]> {
  const { rows } = await sql<IntentStep>`
    select "interactionId", intent, "purchaseProbability", at
    from (
      select id as "interactionId", primary_intent as intent, purchase_probability as "purchaseProbability",
             started_at as at, external_id,
             lag(primary_intent) over (order by started_at, external_id, id) as previous
      from interactions
      where organization_id = ${ctx.organizationId} and customer_id = any(${sql.val(recordIds)}::uuid[])
        and voided_at is null and primary_intent is not null
    ) step
    where previous is distinct from intent
    order by at, external_id, "interactionId" limit ${MOST_STEPS}::integer`.execute(ctx.tx);
  return rows;
}

export async function readVelocity(ctx: Ctx, recordIds: string[]): Promise<JourneyVelocity> {
  const records = sql`${sql.val(recordIds)}::uuid[]`;
  const days = (from: string, to: string) => sql`
    round((extract(epoch from ${sql.ref(to)} - ${sql.ref(from)}) / 86400)::numeric, 3)::double precision`;
  const { rows } = await sql<JourneyVelocity>`
    with touch as (
      select started_at, started_at - lag(started_at) over (order by started_at) as gap from interactions
      where organization_id = ${ctx.organizationId} and customer_id = any(${records}) and voided_at is null
    ), first_touch as (
      select min(started_at) as at,
             percentile_cont(0.5) within group (order by extract(epoch from gap)::double precision) as median_gap
      from touch
    ), sale as (
      select min(occurred_at) filter (where occurred_at >= first_touch.at) as first_at, max(occurred_at) as last_at,
             count(*) as count
      from conversions, first_touch
      where organization_id = ${ctx.organizationId} and customer_id = any(${records}) and voided_at is null
        and refund_of is null
    )
    select ${days('first_touch.at', 'sale.first_at')} as "daysToFirstConversion",
           case when sale.last_at >= first_touch.at
             then ${days('first_touch.at', 'sale.last_at')} end as "daysToLastConversion",
           round((select count(*) from touch where started_at <= sale.last_at)::numeric / nullif(sale.count, 0), 3)
             ::double precision as "touchesPerConversion",
           round((first_touch.median_gap / 3600)::numeric, 3)::double precision as "medianGapHours"
    from first_touch, sale`.execute(ctx.tx);
  return rows[0]!;
}
