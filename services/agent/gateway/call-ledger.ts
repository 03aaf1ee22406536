import { sql } from 'kysely';
import type { CallPurpose, ModelUsage } from '../../../domain/agent/model.port.ts';
import type { ModelEntry } from '../../../domain/agent/model-catalogue.rules.ts';
import { type Prompt, promptId } from '../../../domain/agent/prompt.input.ts';
import type { Ctx } from '../../core/context.ts';
import { uuidv7 } from '../../core/ids.ts';
import { monthOf, reserve, settle } from './budget.ts';

export interface OpenCall {
  readonly id: string;
  readonly month: string;
  readonly reservedMicros: number;
}

interface CallStart {
  readonly prompt: Pick<Prompt<never, unknown>, 'name' | 'version' | 'system'> & { readonly purpose: CallPurpose };
  readonly entry: Pick<ModelEntry, 'provider' | 'wireName'>;
  readonly price: { readonly id: string } | null;
  readonly mostMicros: number;
  readonly user: string;
  readonly prospectId: string | null;
  readonly executionId: string | null;
}

/** Commits the reservation and the trace before anything is asked. @throws AppError conflict `AI_BUDGET_EXHAUSTED`. */
export async function openCall(ctx: Ctx, call: CallStart): Promise<OpenCall> {
  const { prompt, entry } = call;
  if (call.mostMicros > 0) await reserve(ctx, call.mostMicros);
  await sql`
    insert into ai_prompts (name, prompt_version, purpose, system_text)
    values (${prompt.name}, ${prompt.version}, ${prompt.purpose}, ${prompt.system})
    on conflict (organization_id, name, prompt_version) do nothing`.execute(ctx.tx);
  const id = uuidv7();
  const month = monthOf(ctx.now);
  await sql`
    insert into ai_calls (id, purpose, prompt, provider, model, user_id, prospect_id, execution_id, month, reserved_micros, price_id,
                          request, asked_at)
    values (${id}, ${prompt.purpose}, ${promptId(prompt)}, ${entry.provider}, ${entry.wireName},
            ${ctx.principal.userId ?? null}, ${call.prospectId}, ${call.executionId}, ${month}::date, ${call.mostMicros},
            ${call.price?.id ?? null}, ${JSON.stringify({ user: call.user })}::jsonb, ${ctx.now})`.execute(ctx.tx);
  return { id, month, reservedMicros: call.mostMicros };
}

export interface CallEnd {
  readonly failure: string | null;
  readonly usage: ModelUsage | null;
  /** What counts against the budget. */
  readonly countedMicros: number;
  /** Null: the price is not known. */
  readonly costMicros: number | null;
  readonly answer: string | null;
  readonly latencyMs: number;
}

/** Guarded by the state, so that settling twice counts once. What was redacted while the model wrote stays redacted. */
export async function closeCall(ctx: Ctx, call: OpenCall, end: CallEnd): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    update ai_calls set
      status = ${end.failure === null ? 'succeeded' : 'failed'}, failure = ${end.failure},
      counted_micros = ${end.countedMicros}, cost_micros = ${end.costMicros},
      input_tokens = ${end.usage?.inputTokens ?? null}, output_tokens = ${end.usage?.outputTokens ?? null},
      cached_tokens = ${end.usage?.cachedTokens ?? null}, latency_ms = ${end.latencyMs},
      answer = case when redacted_at is null then ${end.answer}::text end,
      settled_at = ${ctx.now}
    where organization_id = ${ctx.organizationId} and id = ${call.id} and status = 'pending'
    returning id`.execute(ctx.tx);
  if (rows.length > 0 && call.reservedMicros > 0) await settle(ctx, call.month, call.reservedMicros, end.countedMicros);
}

/** Takes what was asked and answered out of the traces; the figures stay. */
export async function redactCalls(ctx: Ctx, prospectIds: readonly string[]): Promise<number> {
  if (prospectIds.length === 0) return 0;
  const { numAffectedRows } = await sql`
    update ai_calls set request = null, answer = null, redacted_at = ${ctx.now}
    where organization_id = ${ctx.organizationId} and prospect_id = any(${sql.val(prospectIds)}::uuid[])
      and redacted_at is null`.execute(ctx.tx);
  return Number(numAffectedRows ?? 0n);
}

export interface ChargedCost {
  readonly micros: number;
  /** Calls whose price is not known; their cost is none of `micros`. */
  readonly unpriced: number;
}

/** The message did not leave after all: the next one bears what was charged to it. */
export async function unchargeCalls(ctx: Ctx, approvalId: string): Promise<void> {
  await sql`
    update ai_calls set approval_id = null
    where organization_id = ${ctx.organizationId} and approval_id = ${approvalId}`.execute(ctx.tx);
}

/** Charges everything that was asked about somebody since their last message to this one: each call once. */
export async function chargeCalls(ctx: Ctx, executionId: string, approvalId: string): Promise<ChargedCost> {
  const { rows } = await sql<ChargedCost>`
    with charged as (
      update ai_calls set approval_id = ${approvalId}
      where organization_id = ${ctx.organizationId} and execution_id = ${executionId} and approval_id is null
        and status <> 'pending'
      returning cost_micros)
    select coalesce(sum(cost_micros), 0)::bigint as micros,
           count(*) filter (where cost_micros is null)::integer as unpriced
    from charged`.execute(ctx.tx);
  return rows[0]!;
}
