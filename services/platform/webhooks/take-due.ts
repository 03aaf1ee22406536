import { sql } from 'kysely';
import { BREAKER_FAILURES } from '../../../domain/platform/webhook.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { type BodyRow, bodiesOf } from './bodies.ts';
import { secretPlace, type WebhookTools } from './tools.ts';

/** One POST that is to be made. */
export interface DueMessage {
  /** Id of a row of the log, or of a batch. */
  readonly id: string;
  readonly body: string;
  /** Attempts that came before, over all rows of the message. */
  readonly attempts: number;
  /** Place in the schedule before this attempt. */
  readonly step: number;
  /** A test is tried once. */
  readonly isTest: boolean;
}

export type DueWork =
  /** The endpoint is gone, or another process has taken its place. */
  | { readonly state: 'gone' }
  /** Nothing to send before this time; null: before something new comes. */
  | { readonly state: 'none'; readonly wakeAt: Date | null }
  | {
      readonly state: 'due';
      readonly url: string;
      readonly secrets: readonly string[];
      readonly messages: readonly DueMessage[];
    };

export interface QueueTarget {
  readonly endpointId: string;
  readonly generation: number;
}

const MOST_MESSAGES = 200;
const MOST_BATCHES = 4;

interface QueueRow {
  url: string;
  active: boolean;
  ordered: boolean;
  batchMax: number | null;
  batchWaitSeconds: number | null;
  secret: Uint8Array;
  previousSecret: Uint8Array | null;
  previousExpiresAt: Date | null;
  blockedUntil: Date | null;
  consecutiveFailures: number;
}

/**
 * What is to be sent now. Nothing is marked as taken: only one process works on an endpoint, and one that dies after
 * sending sends again, under the same id. @param settle fall asleep when there is nothing: whoever adds something then
 * wakes the process by a signal
 */
export async function takeDue(
  ctx: Ctx,
  tools: WebhookTools,
  { endpointId, generation }: QueueTarget,
  settle: boolean,
): Promise<DueWork> {
  const queue = await lockQueue(ctx, endpointId, generation, settle);
  if (!queue) return { state: 'gone' };
  const isBlocked = queue.blockedUntil !== null && queue.blockedUntil > ctx.now;
  const onlyTests = !queue.active || isBlocked;
  if (!onlyTests && queue.batchMax !== null) await formBatches(ctx, endpointId, queue);
  const rows = await readDue(ctx, endpointId, queue, onlyTests);
  if (rows.length === 0) {
    const wakeAt = queue.active ? await nextDue(ctx, endpointId, queue) : null;
    if (settle) {
      await ctx.tx
        .updateTable('webhook_queues')
        .set({ idle: true })
        .where('organization_id', '=', ctx.organizationId)
        .where('endpoint_id', '=', endpointId)
        .execute();
    }
    return { state: 'none', wakeAt };
  }
  const box = await tools.secrets.openBox(ctx);
  const secrets = [box.open(secretPlace(endpointId, 'secret'), queue.secret)];
  if (queue.previousSecret && queue.previousExpiresAt && queue.previousExpiresAt > ctx.now) {
    secrets.push(box.open(secretPlace(endpointId, 'previous_secret'), queue.previousSecret));
  }
  const bodies = await bodiesOf(ctx, tools.catalogue, rows);
  const messages = bodies.map(({ id, body, rows: parts }) => ({
    id,
    body,
    attempts: Math.max(...parts.map((row) => row.attempts)),
    step: Math.max(...parts.map((row) => row.step)),
    isTest: parts[0]!.kind === 'test',
  }));
  return { state: 'due', url: queue.url, secrets, messages };
}

async function lockQueue(ctx: Ctx, endpointId: string, generation: number, settle: boolean) {
  const lock = settle ? sql`for update of q` : sql``;
  const { rows } = await sql<QueueRow>`
    select e.url, e.active, e.ordered, e.batch_max_events as "batchMax", e.batch_max_wait_seconds as "batchWaitSeconds",
           e.secret, e.previous_secret as "previousSecret", e.previous_secret_expires_at as "previousExpiresAt",
           q.blocked_until as "blockedUntil", q.consecutive_failures as "consecutiveFailures"
    from webhook_queues q
    join webhook_endpoints e on e.organization_id = q.organization_id and e.id = q.endpoint_id
    where q.organization_id = ${ctx.organizationId} and q.endpoint_id = ${endpointId}
      and q.generation = ${generation} ${lock}`.execute(ctx.tx);
  return rows[0];
}

/** Full batches at once, and the rest when its oldest row has waited long enough. */
async function formBatches(ctx: Ctx, endpointId: string, { batchMax, batchWaitSeconds }: QueueRow): Promise<void> {
  const waitedSince = new Date(ctx.now.getTime() - batchWaitSeconds! * 1_000);
  await sql`
    with waiting as (
      select l.id, l.next_attempt_at,
             (row_number() over (order by l.event_position, l.id) - 1) / ${batchMax}::integer as batch
      from webhook_logs l
      where l.organization_id = ${ctx.organizationId} and l.endpoint_id = ${endpointId} and l.status = 'pending'
        and l.kind = 'event' and l.batch_id is null and l.next_attempt_at <= ${ctx.now}
      order by l.event_position, l.id limit ${batchMax! * MOST_BATCHES}::integer
    ), ready as (
      select batch, uuidv7() as batch_id from waiting group by batch
      having count(*) = ${batchMax} or min(next_attempt_at) <= ${waitedSince}
    )
    update webhook_logs l set batch_id = ready.batch_id
    from waiting join ready on ready.batch = waiting.batch
    where l.organization_id = ${ctx.organizationId} and l.id = waiting.id and l.status = 'pending'`.execute(ctx.tx);
}

/** Rows of the messages that are due, those of one message together. */
async function readDue(ctx: Ctx, endpointId: string, queue: QueueRow, onlyTests: boolean): Promise<BodyRow[]> {
  const isBatching = queue.batchMax !== null;
  // A queue that only fails is probed with one message; a success opens it again.
  const limit =
    queue.consecutiveFailures >= BREAKER_FAILURES || (queue.ordered && isBatching)
      ? 1
      : isBatching
        ? MOST_BATCHES
        : MOST_MESSAGES;
  const pending = sql`
    l.organization_id = ${ctx.organizationId} and l.endpoint_id = ${endpointId} and l.status = 'pending'`;
  const kinds = onlyTests ? sql`l.kind = 'test'` : sql`true`;
  const batched = isBatching ? sql`(l.batch_id is not null or l.kind = 'test')` : sql`true`;
  // Of one record, the earlier event first: a later one waits until it was delivered or given up.
  const heads = queue.ordered
    ? sql`not exists (
        select from webhook_logs o
        where o.organization_id = l.organization_id and o.endpoint_id = l.endpoint_id and o.status = 'pending'
          and ${isBatching ? sql`o.kind = 'event' and l.kind = 'event'` : sql`o.entity_id = l.entity_id and o.entity_type = l.entity_type`}
          and (o.event_position, o.id) < (l.event_position, l.id)
          and (l.batch_id is null or o.batch_id is distinct from l.batch_id))`
    : sql`true`;
  const { rows } = await sql<BodyRow>`
    with head as (
      select coalesce(l.batch_id, l.id) as message_id, l.next_attempt_at
      from webhook_logs l
      where ${pending} and ${kinds} and ${batched} and l.next_attempt_at <= ${ctx.now} and ${heads}
      order by l.next_attempt_at, l.id limit ${limit * (queue.batchMax ?? 1)}::integer
    ), chosen as (
      select message_id, min(next_attempt_at) as at from head group by message_id
      order by 2, 1 limit ${limit}::integer
    )
    select chosen.message_id as "messageId", l.id, l.kind, l.event_id as "eventId", l.event_type as "eventType",
           l.entity_type as "entityType", l.entity_id as "entityId", l.occurred_at as "occurredAt", l.attempts, l.step,
           l.batch_id as "batchId", e.data
    from chosen
    join webhook_logs l on ${pending} and (l.batch_id = chosen.message_id or (l.id = chosen.message_id and l.batch_id is null))
    left join domain_events e on e.organization_id = l.organization_id and e.id = l.event_id
    order by chosen.at, chosen.message_id, l.event_position, l.id`.execute(ctx.tx);
  return rows;
}

async function nextDue(ctx: Ctx, endpointId: string, queue: QueueRow): Promise<Date | null> {
  const wait = queue.batchWaitSeconds ?? 0;
  const { rows } = await sql<{ at: Date | null }>`
    select min(case when l.batch_id is null and l.kind = 'event'
                    then l.next_attempt_at + make_interval(secs => ${wait}::integer) else l.next_attempt_at end) as at
    from webhook_logs l
    where l.organization_id = ${ctx.organizationId} and l.endpoint_id = ${endpointId} and l.status = 'pending'
      and (l.next_attempt_at > ${ctx.now} or ${wait}::integer > 0 or ${queue.blockedUntil}::timestamptz > ${ctx.now})`.execute(
    ctx.tx,
  );
  const at = rows[0]?.at ?? null;
  if (at === null) return null;
  return queue.blockedUntil && queue.blockedUntil > at ? queue.blockedUntil : at;
}
