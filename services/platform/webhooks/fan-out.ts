import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import type { DomainEvent } from '../../core/events.ts';
import type { EventCatalogue } from '../../core/public-events.ts';
import { type Reaction, reactionToMany } from '../../core/relay.ts';
import { wakeQueues } from './queue.ts';
import { matchEvents, type Subscription, type WebhookFilters } from './subscription.ts';

/**
 * Every public event becomes one row per endpoint that wants it. One name for all types, so that the due events of an
 * organization are taken together in their order, whatever they are.
 */
export const webhookReactions = (catalogue: EventCatalogue): Reaction[] =>
  catalogue.events
    .filter((event) => event.available)
    .map(({ definition }) =>
      reactionToMany('platform.webhooks', definition, (ctx, events) =>
        fanOut(ctx, catalogue, events as readonly DomainEvent[]),
      ),
    );

async function fanOut(ctx: Ctx, catalogue: EventCatalogue, events: readonly DomainEvent[]): Promise<void> {
  const subscriptions = await readSubscriptions(ctx);
  if (subscriptions.length === 0) return;
  const pairs = await matchEvents(ctx, catalogue, subscriptions, events);
  await enqueue(ctx, pairs, 'new');
}

export async function readSubscriptions(ctx: Ctx): Promise<Subscription[]> {
  const rows = await ctx.tx
    .selectFrom('webhook_endpoints')
    .select(['id', 'events', 'filters'])
    .where('organization_id', '=', ctx.organizationId)
    .where('active', '=', true)
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ endpointId: row.id, events: row.events, filters: row.filters as WebhookFilters }));
}

/**
 * Queues events and wakes the processes. `new`: what an endpoint was told of, or is being told of, stays as it is;
 * `again`: it is told once more, under the same id. Answers how many rows are queued now.
 */
export async function enqueue(
  ctx: Ctx,
  pairs: readonly { endpointId: string; eventId: string }[],
  mode: 'new' | 'again',
): Promise<number> {
  if (pairs.length === 0) return 0;
  const onClash =
    mode === 'new'
      ? sql`do nothing`
      : sql`(organization_id, endpoint_id, event_id) do update
            set status = 'pending', step = 0, batch_id = null, next_attempt_at = excluded.next_attempt_at`;
  const { rows } = await sql<{ endpointId: string }>`
    insert into webhook_logs (organization_id, endpoint_id, kind, event_id, event_type, entity_type, entity_id,
                              event_position, occurred_at, next_attempt_at, created_at)
    select e.organization_id, w.endpoint_id, 'event', e.id, e.type, e.entity_type, e.entity_id, e.position,
           e.occurred_at, ${ctx.now}, ${ctx.now}
    from jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) as p("endpointId" uuid, "eventId" uuid)
    cross join lateral (select p."endpointId" as endpoint_id) w
    join domain_events e on e.organization_id = ${ctx.organizationId} and e.id = p."eventId"
    order by e.position
    on conflict ${onClash}
    returning endpoint_id as "endpointId"`.execute(ctx.tx);
  await wakeQueues(
    ctx,
    rows.map((row) => row.endpointId),
  );
  return rows.length;
}
