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
  /** Takes the due events of one organization together: for what follows floods and works set-based. */
  readonly many: boolean;
  run(ctx: Ctx, events: readonly DomainEvent[]): Promise<void>;
}

export function reaction<Data extends object>(
  name: string,
  on: EventDefinition<Data>,
  run: (ctx: Ctx, event: DomainEvent<Data>) => Promise<void>,
): Reaction {
  const one = run as (ctx: Ctx, event: DomainEvent) => Promise<void>;
  return { name, eventType: on.type, many: false, run: (ctx, events) => one(ctx, events[0]!) };
}

/** Events that come by the hundred cost one transaction together; one that fails makes each be tried alone. */
export function reactionToMany<Data extends object>(
  name: string,
  on: EventDefinition<Data>,
  run: (ctx: Ctx, events: readonly DomainEvent<Data>[]) => Promise<void>,
): Reaction {
  return { name, eventType: on.type, many: true, run: run as Reaction['run'] };
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

const BATCH = 1_000;
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

/** Events of one organization that one reaction is due for. */
interface DueRun {
  organizationId: string;
  eventIds: string[];
  reaction: string;
}

/** Runs reactions that are due. Answers how many it finished. */
export async function runReactions(deps: RelayDeps): Promise<number> {
  const byName = new Map(deps.reactions.map((entry) => [entry.name, entry]));
  // Others were planned by a newer version of the product; they wait for it without standing in the way.
  const { rows } = await sql<{ organizationId: string; eventId: string; reaction: string }>`
    select organization_id as "organizationId", event_id as "eventId", reaction
    from reaction_runs
    where status = 'pending' and next_attempt_at <= now() and reaction = any(${sql.val([...byName.keys()])}::text[])
    order by next_attempt_at, event_id
    limit ${BATCH}`.execute(deps.platformDb);
  const runs = new Map<string, DueRun>();
  for (const { organizationId, eventId, reaction: name } of rows) {
    const key = byName.get(name)!.many ? `${organizationId} ${name}` : `${eventId} ${name}`;
    const run = runs.get(key) ?? { organizationId, eventIds: [], reaction: name };
    run.eventIds.push(eventId);
    runs.set(key, run);
  }
  let finished = 0;
  for (const due of runs.values()) finished += await runReaction(deps, byName.get(due.reaction)!, due);
  return finished;
}

async function runReaction(deps: RelayDeps, definition: Reaction, due: DueRun): Promise<number> {
  const scope = {
    organizationId: due.organizationId,
    principal: SYSTEM_PRINCIPAL,
    now: deps.clock.now(),
    ...(due.eventIds.length === 1 ? { causationId: due.eventIds[0]! } : {}),
  };
  try {
    const done = await inTransaction(deps.appDb, scope, async (ctx) => {
      const events = await lockEvents(ctx, due);
      if (events.length === 0) return null;
      await definition.run(ctx, events);
      await ctx.tx
        .updateTable('reaction_runs')
        .set({ status: 'done', attempts: sql`attempts + 1`, last_error: null })
        .where('organization_id', '=', due.organizationId)
        .where(
          'event_id',
          'in',
          events.map((event) => event.id),
        )
        .where('reaction', '=', due.reaction)
        .execute();
      return { commandIds: ctx.commandIds, count: events.length };
    });
    if (!done) return 0;
    await deps.faultPoint('relay.after-reaction');
    deps.afterCommit(done.commandIds);
    return done.count;
  } catch (error) {
    if (due.eventIds.length > 1) return runOneByOne(deps, definition, due);
    await recordFailure(deps, scope, due, error);
    return 0;
  }
}

/** The failing event among many must not hold up the others. */
async function runOneByOne(deps: RelayDeps, definition: Reaction, due: DueRun): Promise<number> {
  let finished = 0;
  for (const eventId of due.eventIds) finished += await runReaction(deps, definition, { ...due, eventIds: [eventId] });
  return finished;
}

/** Those events whose reaction is still to be run and nobody else is at, in the order of their positions. */
async function lockEvents(ctx: Ctx, due: DueRun): Promise<DomainEvent[]> {
  const { rows } = await sql<DomainEvent>`
    select e.id, e.type, e.organization_id as "organizationId", e.entity_type as "entityType",
           e.entity_id as "entityId", e.occurred_at as "occurredAt", e.data
    from reaction_runs r
    join domain_events e on e.organization_id = r.organization_id and e.id = r.event_id
    where r.organization_id = ${due.organizationId} and r.event_id = any(${sql.val(due.eventIds)}::uuid[])
      and r.reaction = ${due.reaction} and r.status = 'pending'
    order by e.position
    for update of r skip locked`.execute(ctx.tx);
  return rows;
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
      .where('organization_id', '=', due.organizationId)
      .where('event_id', '=', due.eventIds[0]!)
      .where('reaction', '=', due.reaction)
      .where('status', '=', 'pending')
      .returning('status')
      .executeTakeFirst();
    return row?.status === 'parked';
  });
  deps.onError(error, { eventId: due.eventIds[0]!, reaction: due.reaction, parked });
}
