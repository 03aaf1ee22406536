import { sql } from 'kysely';
import { conflict, notFound } from '../../../domain/core/errors.ts';
import type { Filter } from '../../../domain/core/filter.rules.ts';
import type { SortKey } from '../../../domain/core/sort.rules.ts';
import { WEBHOOK_LOG_FIELDS } from '../../../domain/platform/webhook-fields.rules.ts';
import { audit } from '../../core/audit.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { defineFilter, filterCondition, orderOf, searchCondition } from '../../core/filter.ts';
import { readPage } from '../../core/page.ts';
import { lockEndpoint } from './change-endpoint.ts';
import { wakeQueues } from './queue.ts';
import { messageIdOf } from './signing.ts';

export interface WebhookAttemptView {
  number: number;
  attemptedAt: Date;
  /** Null when there was no answer. */
  statusCode: number | null;
  latencyMs: number;
  error: string | null;
  /** The beginning of the answer. */
  responseExcerpt: string | null;
}

export interface WebhookLogView {
  id: string;
  endpointId: string;
  /** The `webhook-id` header, the same at every attempt. */
  webhookId: string;
  kind: 'event' | 'test';
  eventId: string | null;
  eventType: string;
  entityType: string;
  entityId: string | null;
  occurredAt: Date;
  batchId: string | null;
  /** `dead`: given up; it can be retried by hand. */
  status: 'pending' | 'delivered' | 'dead';
  attemptCount: number;
  nextAttemptAt: Date | null;
  statusCode: number | null;
  latencyMs: number | null;
  error: string | null;
  deliveredAt: Date | null;
  createdAt: Date;
  /** The newest last; twenty at most. */
  attempts: WebhookAttemptView[];
}

const COLUMNS = sql`
  l.id, l.endpoint_id as "endpointId", l.kind, l.event_id as "eventId", l.event_type as "eventType",
  l.entity_type as "entityType", l.entity_id as "entityId", l.occurred_at as "occurredAt", l.batch_id as "batchId",
  l.status, l.attempts as "attemptCount", l.next_attempt_at as "nextAttemptAt", l.status_code as "statusCode",
  l.latency_ms as "latencyMs", l.error, l.delivered_at as "deliveredAt", l.created_at as "createdAt"`;

const l = (column: string) => sql.ref(`l.${column}`);

const FILTER = defineFilter(WEBHOOK_LOG_FIELDS, {
  id: l('id'),
  eventId: l('event_id'),
  eventType: l('event_type'),
  entityType: l('entity_type'),
  entityId: l('entity_id'),
  kind: l('kind'),
  status: l('status'),
  attempts: l('attempts'),
  statusCode: l('status_code'),
  latencyMs: l('latency_ms'),
  createdAt: l('created_at'),
  occurredAt: l('occurred_at'),
  deliveredAt: l('delivered_at'),
  nextAttemptAt: l('next_attempt_at'),
});

export interface ListWebhookLogsInput {
  id: string;
  page: number;
  limit: number;
  sort: readonly SortKey[];
  filter?: Filter | undefined;
  status?: WebhookLogView['status'] | undefined;
  eventType?: string | undefined;
  q?: string | undefined;
}

type Row = Omit<WebhookLogView, 'attempts' | 'webhookId'>;

/** @throws AppError not_found. */
export const listWebhookLogs = verb(
  { permission: 'webhooks.view' },
  async (ctx, input: ListWebhookLogsInput): Promise<{ items: WebhookLogView[]; total: number }> => {
    await requireEndpoint(ctx, input.id);
    const condition = await filterCondition(ctx, FILTER, input.filter);
    const conditions = sql`
      l.organization_id = ${ctx.organizationId} and l.endpoint_id = ${input.id}
      and ${input.status === undefined ? sql`true` : sql`l.status = ${input.status}`}
      and ${input.eventType === undefined ? sql`true` : sql`l.event_type = ${input.eventType}`}
      and ${condition} and ${searchCondition(FILTER, input.q)}`;
    const { rows, total } = await readPage(input, async (limit, offset) => {
      const page = await sql<Row & { total: number }>`
        select ${COLUMNS}, (select count(*) from webhook_logs l where ${conditions})::integer as total
        from webhook_logs l where ${conditions}
        order by ${orderOf(FILTER, input.sort, sql`l.id`)}
        limit ${limit}::integer offset ${offset}::bigint`.execute(ctx.tx);
      return page.rows;
    });
    return {
      items: await withAttempts(
        ctx,
        rows.map(({ total: _, ...row }) => row),
      ),
      total,
    };
  },
);

async function withAttempts(ctx: Ctx, rows: readonly Row[]): Promise<WebhookLogView[]> {
  if (rows.length === 0) return [];
  const ids = [...new Set(rows.flatMap((row) => (row.batchId ? [row.id, row.batchId] : [row.id])))];
  const found = await sql<WebhookAttemptView & { messageId: string }>`
    select a.* from unnest(${sql.val(ids)}::uuid[]) m(id)
    cross join lateral (
      select message_id as "messageId", number, attempted_at as "attemptedAt", status_code as "statusCode",
             latency_ms as "latencyMs", error, response_excerpt as "responseExcerpt"
      from webhook_attempts
      where organization_id = ${ctx.organizationId} and message_id = m.id
      order by number desc limit 20
    ) a`.execute(ctx.tx);
  const byMessage = Map.groupBy(found.rows, (attempt) => attempt.messageId);
  return rows.map((row) => ({
    ...row,
    webhookId: messageIdOf(row.batchId ?? row.id),
    attempts: [...(byMessage.get(row.id) ?? []), ...(row.batchId ? (byMessage.get(row.batchId) ?? []) : [])]
      .map(({ messageId: _, ...attempt }) => attempt)
      .sort((a, b) => a.number - b.number)
      .slice(-20),
  }));
}

async function readLog(ctx: Ctx, id: string): Promise<WebhookLogView> {
  const { rows } = await sql<Row>`
    select ${COLUMNS} from webhook_logs l
    where l.organization_id = ${ctx.organizationId} and l.id = ${id}`.execute(ctx.tx);
  const [view] = await withAttempts(ctx, rows);
  if (!view) throw notFound('The delivery');
  return view;
}

/**
 * Sends a delivery once more, whatever became of it: same `webhook-id`, schedule from its start. One that went out in a
 * batch goes out with its batch. @throws AppError not_found; conflict `ENDPOINT_INACTIVE`.
 */
export const retryWebhookLog = verb(
  { permission: 'webhooks.manage' },
  async (ctx, { logId }: { logId: string }): Promise<WebhookLogView> => {
    const { endpointId, batchId } = await readLog(ctx, logId);
    await requireActive(ctx, endpointId);
    await sql`
      update webhook_logs set status = 'pending', step = 0, next_attempt_at = ${ctx.now}
      where organization_id = ${ctx.organizationId} and endpoint_id = ${endpointId}
        and ${batchId === null ? sql`id = ${logId}` : sql`batch_id = ${batchId}`}`.execute(ctx.tx);
    await wakeQueues(ctx, [endpointId]);
    await audit(ctx, 'webhook.retry', { entityType: 'webhook_log', entityId: logId, after: { endpointId } });
    return readLog(ctx, logId);
  },
);

/** Queues a test, which is tried once, also at an endpoint that is disabled. @throws AppError not_found. */
export const testWebhookEndpoint = verb(
  { permission: 'webhooks.manage' },
  async (ctx, { id }: { id: string }): Promise<WebhookLogView> => {
    await lockEndpoint(ctx, id);
    const log = await ctx.tx
      .insertInto('webhook_logs')
      .values({
        endpoint_id: id,
        kind: 'test',
        event_type: 'webhook.test',
        entity_type: 'webhook_endpoint',
        entity_id: id,
        occurred_at: ctx.now,
        next_attempt_at: ctx.now,
        created_at: ctx.now,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await wakeQueues(ctx, [id]);
    await audit(ctx, 'webhook.test', { entityType: 'webhook_endpoint', entityId: id });
    return readLog(ctx, log.id);
  },
);

async function requireEndpoint(ctx: Ctx, id: string): Promise<void> {
  const row = await ctx.tx
    .selectFrom('webhook_endpoints')
    .select('id')
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw notFound('The webhook endpoint');
}

/** @throws AppError not_found; conflict `ENDPOINT_INACTIVE`. */
export async function requireActive(ctx: Ctx, id: string) {
  const endpoint = await lockEndpoint(ctx, id);
  if (endpoint.active) return endpoint;
  throw conflict('ENDPOINT_INACTIVE', 'The webhook endpoint is disabled.', {
    hint: 'Enable it with PUT {"active": true} first; what is pending is then sent by itself.',
  });
}
