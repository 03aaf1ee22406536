import { sql } from 'kysely';
import type { RateLimit } from '../../../domain/integrations/provider.rules.ts';
import type { Ctx } from '../../core/context.ts';

/** How far ahead calls may be promised; whoever would wait longer is sent away without taking one. */
const MOST_AHEAD_SECONDS = 5;

/**
 * Takes one call out of the bucket that all workers share, in one statement. The bucket may go below zero: then a call
 * is promised for later, and the caller waits that long.
 */
export async function takeBudget(
  ctx: Ctx,
  { integrationId, limit }: { integrationId: string; limit: RateLimit },
): Promise<{ waitMs: number }> {
  const { burst, perSecond } = limit;
  const { rows } = await sql<{ waitSeconds: number }>`
    with bucket as (
      insert into integration_budgets (organization_id, integration_id, tokens, counted_at)
      values (${ctx.organizationId}, ${integrationId}, ${burst}::double precision, ${ctx.now})
      on conflict (organization_id, integration_id) do update set counted_at = integration_budgets.counted_at
      returning tokens, counted_at, blocked_until),
    filled as (
      select greatest(extract(epoch from blocked_until - ${ctx.now}::timestamptz), 0) as blocked,
             least(${burst}::double precision,
                   tokens + greatest(extract(epoch from ${ctx.now}::timestamptz - counted_at), 0) * ${perSecond}::double precision)
               as tokens
      from bucket),
    due as (
      select tokens, greatest(coalesce(blocked, 0), greatest(1 - tokens, 0) / ${perSecond}::double precision) as wait
      from filled)
    select wait::double precision as "waitSeconds" from due`.execute(ctx.tx);
  const wait = rows[0]!.waitSeconds;
  if (wait > MOST_AHEAD_SECONDS) return { waitMs: Math.ceil(wait * 1_000) };
  await sql`
    update integration_budgets
    set tokens = least(${burst}::double precision,
                       tokens + greatest(extract(epoch from ${ctx.now}::timestamptz - counted_at), 0) * ${perSecond}::double precision) - 1,
        counted_at = greatest(counted_at, ${ctx.now}::timestamptz)
    where organization_id = ${ctx.organizationId} and integration_id = ${integrationId}`.execute(ctx.tx);
  return { waitMs: Math.ceil(wait * 1_000) };
}

/** The provider has said when it wants to be called again: that holds for every worker. */
export async function blockBudget(
  ctx: Ctx,
  { integrationId, seconds }: { integrationId: string; seconds: number },
): Promise<void> {
  const until = new Date(ctx.now.getTime() + seconds * 1_000);
  await sql`
    insert into integration_budgets (organization_id, integration_id, tokens, counted_at, blocked_until)
    values (${ctx.organizationId}, ${integrationId}, 0, ${ctx.now}, ${until})
    on conflict (organization_id, integration_id) do update
      set blocked_until = greatest(integration_budgets.blocked_until, excluded.blocked_until)`.execute(ctx.tx);
}

/** One call more in the usage of the day. */
export async function trackCall(
  ctx: Ctx,
  call: { integrationId: string; success: boolean; latencyMs: number; costUsd: number; errorCode: string | null },
): Promise<void> {
  await sql`
    select track_api_call(
      p_team_id := null, p_integration_id := ${call.integrationId}::uuid, p_success := ${call.success}::boolean,
      p_latency_ms := ${Math.round(call.latencyMs)}::integer, p_cost_usd := ${call.costUsd}::numeric,
      p_error_code := ${call.errorCode}::text, p_at := ${ctx.now}::timestamptz)`.execute(ctx.tx);
}
