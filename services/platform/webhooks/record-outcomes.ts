import { sql } from 'kysely';
import {
  blockSeconds,
  DISABLE_AFTER_HOURS,
  isThrottling,
  nextDelaySeconds,
} from '../../../domain/platform/webhook.rules.ts';
import { audit } from '../../core/audit.ts';
import type { Ctx } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { webhookEndpointDisabled } from '../events.ts';
import { notify, peopleWhoMay } from '../notifications/index.ts';
import type { DueMessage } from './take-due.ts';

/** How one attempt went. */
export interface Outcome {
  readonly message: Pick<DueMessage, 'id' | 'attempts' | 'step' | 'isTest'>;
  readonly attemptedAt: Date;
  /** Null when there was no answer. */
  readonly statusCode: number | null;
  readonly latencyMs: number;
  /** Code of what went wrong; null after a 2xx. */
  readonly error: string | null;
  readonly excerpt: string | null;
  readonly retryAfterSeconds: number | null;
  /** 0 to 1, drawn by whoever sent. */
  readonly jitter: number;
}

/**
 * Writes attempts down, all in one transaction. An attempt that was written before (by a process that was taken for
 * dead) changes nothing.
 */
export async function recordOutcomes(ctx: Ctx, endpointId: string, outcomes: readonly Outcome[]): Promise<void> {
  if (outcomes.length === 0) return;
  await insertAttempts(ctx, endpointId, outcomes);
  await updateLogs(ctx, endpointId, outcomes);
  const queue = await updateQueue(ctx, endpointId, outcomes);
  const isGone = outcomes.some(({ statusCode }) => statusCode === 410);
  const failingSince = queue?.failing_since ?? null;
  const failedLong =
    failingSince !== null && ctx.now.getTime() - failingSince.getTime() >= DISABLE_AFTER_HOURS * 3_600_000;
  if (isGone || failedLong) await disable(ctx, endpointId, isGone ? 'gone' : 'failing', failingSince);
}

async function insertAttempts(ctx: Ctx, endpointId: string, outcomes: readonly Outcome[]): Promise<void> {
  await ctx.tx
    .insertInto('webhook_attempts')
    .values(
      outcomes.map(({ message, attemptedAt, statusCode, latencyMs, error, excerpt }) => ({
        endpoint_id: endpointId,
        message_id: message.id,
        number: message.attempts + 1,
        attempted_at: attemptedAt,
        status_code: statusCode,
        latency_ms: Math.round(latencyMs),
        error,
        response_excerpt: excerpt,
      })),
    )
    .onConflict((clash) => clash.doNothing())
    .execute();
}

async function updateLogs(ctx: Ctx, endpointId: string, outcomes: readonly Outcome[]): Promise<void> {
  const facts = outcomes.map(({ message, attemptedAt, statusCode, latencyMs, error, retryAfterSeconds, jitter }) => {
    const step = message.step + 1;
    const isFinal = statusCode === 410 || message.isTest;
    const delay = error === null || isFinal ? null : nextDelaySeconds(step, retryAfterSeconds, jitter);
    return {
      id: message.id,
      attempts: message.attempts,
      step,
      status: error === null ? 'delivered' : delay === null ? 'dead' : 'pending',
      next_attempt_at: delay === null ? null : new Date(attemptedAt.getTime() + delay * 1_000),
      delivered_at: error === null ? new Date(attemptedAt.getTime() + latencyMs) : null,
      status_code: statusCode,
      latency_ms: Math.round(latencyMs),
      error,
    };
  });
  await sql`
    update webhook_logs l
    set status = f.status, attempts = f.attempts + 1, step = f.step, next_attempt_at = f.next_attempt_at,
        delivered_at = coalesce(l.delivered_at, f.delivered_at), status_code = f.status_code,
        latency_ms = f.latency_ms, error = f.error
    from jsonb_to_recordset(${JSON.stringify(facts)}::jsonb)
      as f(id uuid, attempts integer, step integer, status text, next_attempt_at timestamptz,
           delivered_at timestamptz, status_code integer, latency_ms integer, error text)
    where l.organization_id = ${ctx.organizationId} and l.endpoint_id = ${endpointId}
      and (l.batch_id = f.id or (l.batch_id is null and l.id = f.id))
      and l.status = 'pending' and l.attempts <= f.attempts`.execute(ctx.tx);
}

/** Failures since the last success, in the order of the answers; tests say nothing about the endpoint's health. */
async function updateQueue(ctx: Ctx, endpointId: string, outcomes: readonly Outcome[]) {
  const real = outcomes
    .filter(({ message }) => !message.isTest)
    .toSorted((a, b) => a.attemptedAt.getTime() + a.latencyMs - b.attemptedAt.getTime() - b.latencyMs);
  const queue = await ctx.tx
    .selectFrom('webhook_queues')
    .selectAll()
    .where('organization_id', '=', ctx.organizationId)
    .where('endpoint_id', '=', endpointId)
    .forUpdate()
    .executeTakeFirst();
  if (!queue || real.length === 0) return queue;
  let {
    consecutive_failures: failures,
    failing_since: since,
    last_success_at: success,
    last_failure_at: failure,
  } = queue;
  let blockedUntil: number = 0;
  for (const { error, attemptedAt, latencyMs, statusCode, retryAfterSeconds } of real) {
    const at = new Date(attemptedAt.getTime() + latencyMs);
    if (error === null) {
      [failures, since, success, blockedUntil] = [0, null, at, 0];
      continue;
    }
    [failures, since, failure] = [failures + 1, since ?? at, at];
    const wait = Math.max(blockSeconds(failures), isThrottling(statusCode) ? (retryAfterSeconds ?? 0) : 0);
    if (wait > 0) blockedUntil = Math.max(blockedUntil, at.getTime() + wait * 1_000);
  }
  const next = {
    consecutive_failures: failures,
    failing_since: since,
    last_success_at: success,
    last_failure_at: failure,
    blocked_until: blockedUntil === 0 ? null : new Date(blockedUntil),
  };
  await ctx.tx
    .updateTable('webhook_queues')
    .set(next)
    .where('organization_id', '=', ctx.organizationId)
    .where('endpoint_id', '=', endpointId)
    .execute();
  return next;
}

/** What is pending stays: it goes out when somebody has enabled the endpoint again. */
async function disable(
  ctx: Ctx,
  endpointId: string,
  reason: 'failing' | 'gone',
  failingSince: Date | null,
): Promise<void> {
  const endpoint = await ctx.tx
    .updateTable('webhook_endpoints')
    .set({ active: false, disabled_reason: reason, disabled_at: ctx.now })
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', endpointId)
    .where('active', '=', true)
    .returning(['url', 'description'])
    .executeTakeFirst();
  if (!endpoint) return;
  await audit(ctx, 'webhook.disable', { entityType: 'webhook_endpoint', entityId: endpointId, after: { reason } });
  await emit(ctx, webhookEndpointDisabled, {
    entityId: endpointId,
    data: { endpointId, reason, failingSince: failingSince?.toISOString() ?? null },
  });
  // The path of an address may be a secret; its host says enough.
  const name = endpoint.description ?? new URL(endpoint.url).host;
  await notify(ctx, await peopleWhoMay(ctx, 'webhooks.manage'), 'webhook.endpoint_disabled', {
    title: `Webhook disabled: ${name}`,
    body: reason === 'gone' ? 'Its server says that it is gone for good (410).' : 'It has failed for five days.',
    entity: { type: 'webhook_endpoint', id: endpointId },
    dedupeKey: `webhook.endpoint_disabled:${endpointId}:${ctx.now.toISOString()}`,
  });
}
