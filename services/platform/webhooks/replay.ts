import { sql } from 'kysely';
import { invalid } from '../../../domain/core/errors.ts';
import { matchesEvent } from '../../../domain/platform/webhook.rules.ts';
import { audit } from '../../core/audit.ts';
import { verb } from '../../core/context.ts';
import type { DomainEvent } from '../../core/events.ts';
import { requireActive } from './deliveries.ts';
import { enqueue } from './fan-out.ts';
import { checkEvents, matchEvents, type WebhookFilters } from './subscription.ts';
import type { WebhookTools } from './tools.ts';

export interface ReplayInput {
  tools: WebhookTools;
  id: string;
  /** By the time of the events, both included. */
  from: Date;
  to: Date;
  /** Names or patterns, within the subscription; absent: the whole subscription. */
  events?: readonly string[] | undefined;
}

export interface ReplayResult {
  id: string;
  from: Date;
  to: Date;
  /** Events that are on their way now. */
  queued: number;
}

/** Events of one replay; more are asked for in smaller ranges. */
const MOST_EVENTS = 10_000;
/** How far the clocks of the product and of its database may be apart. */
const CLOCK_SLACK_MS = 86_400_000;

/**
 * Tells an endpoint again, or for the first time, of what happened in a range of time. What it was told of before keeps
 * its `webhook-id`. @throws AppError validation; not_found; conflict `ENDPOINT_INACTIVE`.
 */
export const replayWebhooks = verb(
  { permission: 'webhooks.manage' },
  async (ctx, { tools, id, from, to, events }: ReplayInput): Promise<ReplayResult> => {
    if (to < from) throw invalid('to', 'must not lie before from', to.toISOString());
    const endpoint = await requireActive(ctx, id);
    const asked = events ? checkEvents(tools.catalogue, events) : ['*'];
    const types = tools.catalogue.events
      .map(({ definition }) => definition.type)
      .filter((type) => matchesEvent(endpoint.events, type) && matchesEvent(asked, type));
    const { rows } = await sql<DomainEvent>`
      select e.id, e.type, e.organization_id as "organizationId", e.entity_type as "entityType",
             e.entity_id as "entityId", e.occurred_at as "occurredAt", e.data
      from domain_events e
      where e.organization_id = ${ctx.organizationId} and e.type = any(${sql.val(types)}::text[])
        and e.occurred_at between ${from} and ${to} and e.position is not null
        and e.id >= ${lowestIdAt(new Date(from.getTime() - CLOCK_SLACK_MS))}::uuid
      order by e.position limit ${MOST_EVENTS + 1}::integer`.execute(ctx.tx);
    if (rows.length > MOST_EVENTS) {
      throw invalid(
        'to',
        `covers more than ${MOST_EVENTS} events`,
        to.toISOString(),
        'Replay a shorter range, or fewer events, and go on from there.',
      );
    }
    const filters = endpoint.filters as WebhookFilters;
    const subscription = { endpointId: id, events: endpoint.events, filters };
    const pairs = await matchEvents(ctx, tools.catalogue, [subscription], rows);
    const queued = await enqueue(ctx, pairs, 'again');
    await audit(ctx, 'webhook.replay', {
      entityType: 'webhook_endpoint',
      entityId: id,
      after: { from: from.toISOString(), to: to.toISOString(), events: asked, queued },
    });
    return { id, from, to, queued };
  },
);

/** Ids begin with the time at which they were made: the key of the table leads to recent events without an index of its own. */
function lowestIdAt(at: Date): string {
  const hex = Math.max(at.getTime(), 0).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7000-8000-000000000000`;
}
