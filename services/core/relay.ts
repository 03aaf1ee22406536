import { sql } from 'kysely';
import type { Db } from '../../schema/db.ts';
import type { Clock } from './clock.ts';
import { type Ctx, SYSTEM_PRINCIPAL } from './context.ts';
import type { DomainEvent, EventDefinition } from './events.ts';
import type { FaultPoint } from './fault-points.ts';
import { inTransaction } from './transaction.ts';

/** What one area does because of another: executed exactly once per (event, reaction), in one transaction. */
export interface Reaction {
  /** Unique and stable: it is half of the key that makes the reaction happen once. */
  readonly name: string;
  readonly eventType: string;
  run(ctx: Ctx, event: DomainEvent): Promise<void>;
}

export function reaction<Data extends object>(
  name: string,
  on: EventDefinition<Data>,
  run: (ctx: Ctx, event: DomainEvent<Data>) => Promise<void>,
): Reaction {
  return { name, eventType: on.type, run: run as Reaction['run'] };
}

export interface RelayDeps {
  appDb: Db;
  platformDb: Db;
  reactions: readonly Reaction[];
  clock: Clock;
  faultPoint: FaultPoint;
  /** Commands written by reactions; sent after their transaction has committed. */
  afterCommit(commandIds: readonly string[]): void;
  onError(error: unknown, run: { eventId: string; reaction: string; parked: boolean }): void;
}

const BATCH = 200;
const MAX_ATTEMPTS = 8;
/** Key of the advisory lock of the positioning batch; its only job is to save work, correctness rests on uniques. */
const POSITION_LOCK = 718_281_828;

/** Gives committed events their position and plans their reactions. Answers how many it took. */
export async function positionEvents(deps: Pick<RelayDeps, 'platformDb' | 'reactions'>): Promise<number> {
  const table = deps.reactions.map(({ name, eventType }) => ({ name, event_type: eventType }));
  return deps.platformDb.transaction().execute(async (tx) => {
    const lock = await sql<{ held: boolean }>`select pg_try_advisory_xact_lock(${POSITION_LOCK}) as held`.execute(tx);
    if (!lock.rows[0]?.held) return 0;
    const { rows } = await sql<{ count: number }>`
      with batch as materialized (
        select organization_id, id, nextval('domain_event_position') as position
        from (select organization_id, id from domain_events where position is null order by id limit ${BATCH}) oldest
      ), positioned as (
        update domain_events e set position = batch.position
        from batch where e.organization_id = batch.organization_id and e.id = batch.id and e.position is null
        returning e.organization_id, e.id, e.type
      ), planned as (
        insert into reaction_runs (organization_id, event_id, reaction)
        select p.organization_id, p.id, r.name
        from positioned p
        join jsonb_to_recordset(${JSON.stringify(table)}::jsonb) as r(name text, event_type text) on r.event_type = p.type
        on conflict do nothing
      )
      select count(*)::int as count from positioned`.execute(tx);
    return rows[0]?.count ?? 0;
  });
}

interface DueRun {
  organizationId: string;
  eventId: string;
  reaction: string;
}

/** Runs reactions that are due. Answers how many it finished. */
export async function runReactions(deps: RelayDeps): Promise<number> {
  const byName = new Map(deps.reactions.map((entry) => [entry.name, entry]));
  // Others were planned by a newer version of the product; they wait for it without standing in the way.
  const { rows } = await sql<DueRun>`
    select organization_id as "organizationId", event_id as "eventId", reaction
    from reaction_runs
    where status = 'pending' and next_attempt_at <= now() and reaction = any(${sql.val([...byName.keys()])}::text[])
    order by next_attempt_at, event_id
    limit ${BATCH}`.execute(deps.platformDb);
  let finished = 0;
  for (const due of rows) if (await runReaction(deps, byName.get(due.reaction)!, due)) finished += 1;
  return finished;
}

async function runReaction(deps: RelayDeps, definition: Reaction, due: DueRun): Promise<boolean> {
  const scope = {
    organizationId: due.organizationId,
    principal: SYSTEM_PRINCIPAL,
    now: deps.clock.now(),
    causationId: due.eventId,
  };
  try {
    const commandIds = await inTransaction(deps.appDb, scope, async (ctx) => {
      const event = await lockEvent(ctx, due);
      if (!event) return null;
      await definition.run(ctx, event);
      await ctx.tx
        .updateTable('reaction_runs')
        .set({ status: 'done', attempts: sql`attempts + 1`, last_error: null })
        .where('event_id', '=', due.eventId)
        .where('reaction', '=', due.reaction)
        .execute();
      return ctx.commandIds;
    });
    if (!commandIds) return false;
    await deps.faultPoint('relay.after-reaction');
    deps.afterCommit(commandIds);
    return true;
  } catch (error) {
    await recordFailure(deps, scope, due, error);
    return false;
  }
}

/** The event, when its reaction is still to be run and nobody else is at it. */
async function lockEvent(ctx: Ctx, due: DueRun): Promise<DomainEvent | undefined> {
  const { rows } = await sql<DomainEvent>`
    select e.id, e.type, e.organization_id as "organizationId", e.entity_type as "entityType",
           e.entity_id as "entityId", e.occurred_at as "occurredAt", e.data
    from reaction_runs r
    join domain_events e on e.organization_id = r.organization_id and e.id = r.event_id
    where r.event_id = ${due.eventId} and r.reaction = ${due.reaction} and r.status = 'pending'
    for update of r skip locked`.execute(ctx.tx);
  return rows[0];
}

async function recordFailure(
  deps: RelayDeps,
  scope: Parameters<typeof inTransaction>[1],
  due: DueRun,
  error: unknown,
): Promise<void> {
  const message = error instanceof Error ? error.message.slice(0, 500) : 'unknown error';
  const parked = await inTransaction(deps.appDb, scope, async (ctx) => {
    const row = await ctx.tx
      .updateTable('reaction_runs')
      .set({
        attempts: sql`attempts + 1`,
        status: sql`case when attempts + 1 >= ${MAX_ATTEMPTS} then 'parked' else 'pending' end`,
        next_attempt_at: sql`now() + make_interval(secs => least(0.5 * power(2, attempts), 300))`,
        last_error: message,
      })
      .where('event_id', '=', due.eventId)
      .where('reaction', '=', due.reaction)
      .where('status', '=', 'pending')
      .returning('status')
      .executeTakeFirst();
    return row?.status === 'parked';
  });
  deps.onError(error, { eventId: due.eventId, reaction: due.reaction, parked });
}
