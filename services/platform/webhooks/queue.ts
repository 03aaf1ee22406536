import { sql } from 'kysely';
import { signalProcess, startProcess } from '../../core/commands.ts';
import type { Ctx } from '../../core/context.ts';

/** The process of a new endpoint; it lives as long as the endpoint does. */
export async function openQueue(ctx: Ctx, endpointId: string): Promise<void> {
  await ctx.tx.insertInto('webhook_queues').values({ endpoint_id: endpointId }).execute();
  await startDelivery(ctx, endpointId, 1);
}

/**
 * Tells processes that there is something to deliver, those alone that are asleep: in a flood one that is at work finds
 * the new rows by itself. The lock makes this and falling asleep (`settleQueue`) exclude each other.
 */
export async function wakeQueues(ctx: Ctx, endpointIds: readonly string[]): Promise<void> {
  if (endpointIds.length === 0) return;
  const { rows } = await sql<{ endpointId: string; idle: boolean; generation: number }>`
    select endpoint_id as "endpointId", idle, generation from webhook_queues
    where organization_id = ${ctx.organizationId} and endpoint_id = any(${sql.val([...new Set(endpointIds)])}::uuid[])
    order by endpoint_id for update`.execute(ctx.tx);
  const asleep = rows.filter(({ idle }) => idle);
  if (asleep.length === 0) return;
  await ctx.tx
    .updateTable('webhook_queues')
    .set({ idle: false })
    .where('organization_id', '=', ctx.organizationId)
    .where(
      'endpoint_id',
      'in',
      asleep.map(({ endpointId }) => endpointId),
    )
    .execute();
  for (const { endpointId, generation } of asleep) await signalDelivery(ctx, endpointId, generation);
}

/** Before an endpoint's rows are gone: its process finds nothing and ends. */
export async function closeQueue(ctx: Ctx, endpointId: string): Promise<void> {
  const queue = await ctx.tx
    .selectFrom('webhook_queues')
    .select('generation')
    .where('organization_id', '=', ctx.organizationId)
    .where('endpoint_id', '=', endpointId)
    .executeTakeFirst();
  if (queue) await signalDelivery(ctx, endpointId, queue.generation);
}

export interface UnattendedQueue {
  endpointId: string;
  generation: number;
}

/** How long something may be due, or a queue be called busy, before anybody asks whether its process is there. */
const GRACE_MS = 5 * 60_000;

/** Queues with something due that nobody has touched for minutes and no command explains. */
export async function listUnattendedQueues(ctx: Ctx): Promise<UnattendedQueue[]> {
  const { rows } = await sql<UnattendedQueue>`
    select q.endpoint_id as "endpointId", q.generation
    from webhook_queues q
    join webhook_endpoints e on e.organization_id = q.organization_id and e.id = q.endpoint_id and e.active
    where q.organization_id = ${ctx.organizationId}
      and exists (
        select from webhook_logs l
        where l.organization_id = q.organization_id and l.endpoint_id = q.endpoint_id and l.status = 'pending'
          and l.next_attempt_at < ${new Date(ctx.now.getTime() - GRACE_MS)})
      and not exists (
        select from process_commands c
        where c.organization_id = q.organization_id and c.entity_id = q.endpoint_id and c.process = 'webhookDelivery'
          and c.status = 'pending')
    order by q.endpoint_id limit 100`.execute(ctx.tx);
  return rows;
}

/** A new process for a queue whose own is gone; false when somebody was faster. */
export async function restartQueue(ctx: Ctx, { endpointId, generation }: UnattendedQueue): Promise<boolean> {
  const { numUpdatedRows } = await ctx.tx
    .updateTable('webhook_queues')
    .set({ generation: generation + 1, idle: false })
    .where('organization_id', '=', ctx.organizationId)
    .where('endpoint_id', '=', endpointId)
    .where('generation', '=', generation)
    .executeTakeFirst();
  if (Number(numUpdatedRows) === 0) return false;
  await startDelivery(ctx, endpointId, generation + 1);
  return true;
}

const startDelivery = (ctx: Ctx, endpointId: string, generation: number): Promise<void> =>
  startProcess(
    ctx,
    'webhookDelivery',
    { entityId: endpointId, generation },
    { organizationId: ctx.organizationId, endpointId, generation },
  );

const signalDelivery = (ctx: Ctx, endpointId: string, generation: number): Promise<void> =>
  signalProcess(ctx, 'webhookDelivery', { entityId: endpointId, generation }, 'deliveriesChanged');
