import { sql } from 'kysely';
import { notFound } from '../../../domain/core/errors.ts';
import type { Filter } from '../../../domain/core/filter.rules.ts';
import type { SortKey } from '../../../domain/core/sort.rules.ts';
import { healthOf, type WebhookHealth } from '../../../domain/platform/webhook.rules.ts';
import { WEBHOOK_ENDPOINT_FIELDS } from '../../../domain/platform/webhook-fields.rules.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { defineFilter, filterCondition, orderOf, searchCondition } from '../../core/filter.ts';
import { readPage } from '../../core/page.ts';

export interface WebhookEndpointView {
  id: string;
  url: string;
  description: string | null;
  events: string[];
  filters: Record<string, unknown>;
  active: boolean;
  disabledReason: 'manual' | 'failing' | 'gone' | null;
  disabledAt: Date | null;
  ordered: boolean;
  batch: { maxEvents: number; maxWaitSeconds: number } | null;
  /** Until then deliveries carry a signature by the secret from before the last rotation as well. */
  previousSecretExpiresAt: Date | null;
  health: WebhookHealth;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

export interface WebhookEndpointDetail extends WebhookEndpointView {
  healthDetails: {
    consecutiveFailures: number;
    failingSince: Date | null;
    blockedUntil: Date | null;
    lastSuccessAt: Date | null;
    lastFailureAt: Date | null;
    pending: number;
    dead: number;
    last24Hours: { attempts: number; succeeded: number; successRate: number | null; averageLatencyMs: number | null };
  };
}

const columnsAt = (now: Date) => sql`
  e.id, e.url, e.description, e.events, e.filters, e.active, e.disabled_reason as "disabledReason",
  e.disabled_at as "disabledAt", e.ordered,
  case when e.batch_max_events is null then null else jsonb_build_object(
    'maxEvents', e.batch_max_events, 'maxWaitSeconds', e.batch_max_wait_seconds) end as batch,
  case when e.previous_secret_expires_at > ${now} then e.previous_secret_expires_at end as "previousSecretExpiresAt",
  q.consecutive_failures as "consecutiveFailures", e.created_at as "createdAt", e.updated_at as "updatedAt", e.version`;

const FROM = sql`
  webhook_endpoints e join webhook_queues q on q.organization_id = e.organization_id and q.endpoint_id = e.id`;

type Row = Omit<WebhookEndpointView, 'health'> & { consecutiveFailures: number };

const toView = ({ consecutiveFailures, ...row }: Row): WebhookEndpointView => ({
  ...row,
  health: healthOf({ active: row.active, consecutiveFailures }),
});

/** @throws AppError not_found. */
export async function readEndpoint(ctx: Ctx, id: string): Promise<WebhookEndpointView> {
  const { rows } = await sql<Row>`
    select ${columnsAt(ctx.now)} from ${FROM}
    where e.organization_id = ${ctx.organizationId} and e.id = ${id}`.execute(ctx.tx);
  if (!rows[0]) throw notFound('The webhook endpoint');
  return toView(rows[0]);
}

/** @throws AppError not_found. */
export const getWebhookEndpoint = verb(
  { permission: 'webhooks.view' },
  async (ctx, { id }: { id: string }): Promise<WebhookEndpointDetail> => {
    const view = await readEndpoint(ctx, id);
    const { rows } = await sql<
      Omit<WebhookEndpointDetail['healthDetails'], 'last24Hours'> & {
        attempts: number;
        succeeded: number;
        averageLatencyMs: number | null;
      }
    >`
      select q.consecutive_failures as "consecutiveFailures", q.failing_since as "failingSince",
             case when q.blocked_until > ${ctx.now} then q.blocked_until end as "blockedUntil",
             q.last_success_at as "lastSuccessAt", q.last_failure_at as "lastFailureAt",
             (select count(*)::integer from webhook_logs l
              where l.organization_id = q.organization_id and l.endpoint_id = q.endpoint_id and l.status = 'pending') as pending,
             (select count(*)::integer from webhook_logs l
              where l.organization_id = q.organization_id and l.endpoint_id = q.endpoint_id and l.status = 'dead') as dead,
             recent.attempts, recent.succeeded, recent."averageLatencyMs"
      from webhook_queues q
      cross join lateral (
        select count(*)::integer as attempts, count(*) filter (where a.error is null)::integer as succeeded,
               round(avg(a.latency_ms))::integer as "averageLatencyMs"
        from webhook_attempts a
        where a.organization_id = q.organization_id and a.endpoint_id = q.endpoint_id
          and a.attempted_at > ${new Date(ctx.now.getTime() - 86_400_000)}
      ) recent
      where q.organization_id = ${ctx.organizationId} and q.endpoint_id = ${id}`.execute(ctx.tx);
    const { attempts, succeeded, averageLatencyMs, ...state } = rows[0]!;
    const successRate = attempts === 0 ? null : succeeded / attempts;
    return {
      ...view,
      healthDetails: { ...state, last24Hours: { attempts, succeeded, successRate, averageLatencyMs } },
    };
  },
);

const e = (column: string) => sql.ref(`e.${column}`);

const FILTER = defineFilter(WEBHOOK_ENDPOINT_FIELDS, {
  id: e('id'),
  url: e('url'),
  description: e('description'),
  events: e('events'),
  active: e('active'),
  disabledReason: e('disabled_reason'),
  createdAt: e('created_at'),
  updatedAt: e('updated_at'),
});

export interface ListWebhookEndpointsInput {
  page: number;
  limit: number;
  sort: readonly SortKey[];
  filter?: Filter | undefined;
  active?: boolean | undefined;
  q?: string | undefined;
}

export const listWebhookEndpoints = verb(
  { permission: 'webhooks.view' },
  async (ctx, input: ListWebhookEndpointsInput): Promise<{ items: WebhookEndpointView[]; total: number }> => {
    const condition = await filterCondition(ctx, FILTER, input.filter);
    const active = input.active === undefined ? sql`true` : sql`e.active = ${input.active}`;
    const { rows, total } = await readPage(input, async (limit, offset) => {
      const page = await sql<Row & { total: number }>`
        select ${columnsAt(ctx.now)}, count(*) over ()::integer as total from ${FROM}
        where e.organization_id = ${ctx.organizationId} and ${active} and ${condition}
          and ${searchCondition(FILTER, input.q)}
        order by ${orderOf(FILTER, input.sort, sql`e.id`)}
        limit ${limit}::integer offset ${offset}::bigint`.execute(ctx.tx);
      return page.rows;
    });
    return { items: rows.map(({ total: _, ...row }) => toView(row)), total };
  },
);
