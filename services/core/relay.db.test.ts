import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../test/database.ts';
import { listParkedWork, retryParkedWork } from '../platform/parked/index.ts';
import { audit } from './audit.ts';
import { systemClock } from './clock.ts';
import { startProcess } from './commands.ts';
import { defineEvent, emit } from './events.ts';
import { noFaults } from './fault-points.ts';
import { positionEvents, type Reaction, type RelayDeps, reaction, reactionToMany, runReactions } from './relay.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());
// Reactions are planned for every new event: none may be left for the next test.
afterEach(() => database.owner`delete from reaction_runs`);

const thingHappened = defineEvent<{ number: number }>('test.thing_happened', 'thing');

function relayWith(reactions: readonly Reaction[], faults: RelayDeps['faultPoint'] = noFaults): RelayDeps {
  return {
    appDb: database.app,
    platformDb: database.platform,
    reactions,
    clock: systemClock,
    faultPoint: faults,
    afterCommit: () => {},
    onError: () => {},
  };
}

const happen = (tenant: TestTenant, number: number) =>
  tenant.run((ctx) => emit(ctx, thingHappened, { entityId: null, data: { number } }));

/** Leaves a trace that can be counted, in the reaction's own transaction. */
const tracing = reaction('leave-a-trace', thingHappened, (ctx, event) =>
  audit(ctx, 'test.trace', { entityType: 'thing', entityId: null, after: { number: event.data.number } }),
);

const traces = async (tenant: TestTenant) =>
  (
    await database.owner<{ after: { number: number } }[]>`
      select after from audit_logs where action = 'test.trace' and organization_id = ${tenant.organizationId}`
  ).map((row) => row.after.number);

describe('a reaction', () => {
  it('happens exactly once per event, however often and by however many relays it is tried', async () => {
    const tenant = await createTenant(database);
    for (let number = 0; number < 20; number++) await happen(tenant, number);
    const relay = relayWith([tracing]);
    await Promise.all([positionEvents(relay), positionEvents(relay), positionEvents(relay)]);
    await positionEvents(relay);
    await Promise.all([runReactions(relay), runReactions(relay), runReactions(relay)]);
    await runReactions(relay);
    expect((await traces(tenant)).sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, number) => number));
  });

  it('runs in the organization of its event and sees no other', async () => {
    const [one, other] = [await createTenant(database, 'One'), await createTenant(database, 'Other')];
    const seen: string[] = [];
    const looking = reaction('look', thingHappened, async (ctx) => {
      const rows = await ctx.tx.selectFrom('organizations').select('name').execute();
      seen.push(...rows.map((row) => row.name));
    });
    await happen(one, 1);
    await happen(other, 2);
    const relay = relayWith([looking]);
    await positionEvents(relay);
    await runReactions(relay);
    expect(seen.sort()).toEqual(['One', 'Other']);
  });

  it('is tried again after a failure, with nothing of the failed attempt left', async () => {
    const tenant = await createTenant(database);
    let failing = true;
    const shaky = reaction('shaky', thingHappened, async (ctx, event) => {
      await tracing.run(ctx, [event]);
      if (failing) throw new Error('not yet');
    });
    await happen(tenant, 7);
    const relay = relayWith([shaky]);
    await positionEvents(relay);
    expect(await runReactions(relay)).toBe(0);
    expect(await traces(tenant)).toEqual([]);
    failing = false;
    await database.owner`update reaction_runs set next_attempt_at = now()`;
    expect(await runReactions(relay)).toBe(1);
    expect(await traces(tenant)).toEqual([7]);
  });

  it('is not held up by hundreds of reactions that only a newer version of the product knows', async () => {
    const tenant = await createTenant(database);
    const unknown = Array.from({ length: 201 }, (_, n) => reaction(`newer-${n}`, thingHappened, async () => {}));
    await happen(tenant, 1);
    await positionEvents(relayWith(unknown));
    await happen(tenant, 2);
    const relay = relayWith([tracing]);
    await positionEvents(relay);
    expect(await runReactions(relay)).toBe(1);
    expect(await traces(tenant)).toEqual([2]);
  });

  it('to many takes the events of one organization together, and tries each alone when one of them fails', async () => {
    const [one, other] = [await createTenant(database), await createTenant(database)];
    const batches: number[][] = [];
    let poison = -1;
    const many = reactionToMany('many', thingHappened, async (ctx, events) => {
      for (const event of events) await tracing.run(ctx, [event]);
      if (events.some((event) => event.data.number === poison)) throw new Error('poison');
      batches.push(events.map((event) => event.data.number));
    });
    for (const number of [1, 2, 3]) await happen(one, number);
    await happen(other, 4);
    const relay = relayWith([many]);
    await positionEvents(relay);
    expect(await runReactions(relay)).toBe(4);
    expect(batches.sort((a, b) => b.length - a.length)).toEqual([[1, 2, 3], [4]]);
    poison = 6;
    for (const number of [5, 6, 7]) await happen(one, number);
    await positionEvents(relay);
    expect(await runReactions(relay)).toBe(2);
    expect((await traces(one)).sort()).toEqual([1, 2, 3, 5, 7]);
  });

  it('leaves its commands to the dispatcher, and is not repeated, when the process ends right after its commit', async () => {
    const tenant = await createTenant(database);
    const runId = crypto.randomUUID();
    const input = { organizationId: tenant.organizationId, runId, generation: 1 };
    const starting = reaction('start', thingHappened, (ctx) =>
      startProcess(ctx, 'attribution', { entityId: runId, generation: 1 }, input),
    );
    await happen(tenant, 1);
    const dying = relayWith([starting], async () => {
      throw new Error('the process is gone');
    });
    await positionEvents(dying);
    await runReactions(dying);
    await runReactions(relayWith([starting]));
    const rows = await database.owner`select status from process_commands where entity_id = ${runId}`;
    expect(rows.map((row) => row.status)).toEqual(['pending']);
  });

  it('is parked after eight failures, holds nobody else up, and is tried again once somebody has mended it', async () => {
    const tenant = await createTenant(database);
    let broken = true;
    const poison = reaction('poison', thingHappened, async () => {
      if (broken) throw new Error('always');
    });
    await happen(tenant, 1);
    const relay = relayWith([poison, tracing]);
    await positionEvents(relay);
    for (let attempt = 0; attempt < 9; attempt++) {
      await runReactions(relay);
      await database.owner`update reaction_runs set next_attempt_at = now()`;
    }
    const [row] =
      await database.owner`select status, attempts, last_error from reaction_runs where reaction = 'poison'`;
    expect(row).toMatchObject({ status: 'parked', attempts: 8, last_error: 'always' });
    expect(await traces(tenant)).toEqual([1]);

    const page = { page: 1, limit: 10 };
    const parked = await tenant.run((ctx) => listParkedWork(ctx, page));
    expect(parked).toMatchObject({ total: 1, items: [{ kind: 'reaction', name: 'poison', lastError: 'always' }] });
    const other = await createTenant(database);
    const ids = parked.items.map(({ id }) => id);
    expect(await other.run((ctx) => retryParkedWork(ctx, { ids }))).toEqual({ retried: 0 });
    broken = false;
    expect(await tenant.run((ctx) => retryParkedWork(ctx, { ids }))).toEqual({ retried: 1 });
    await runReactions(relay);
    expect(await tenant.run((ctx) => listParkedWork(ctx, page))).toEqual({ total: 0, items: [] });
    expect(await traces(tenant)).toEqual([1]);
  });
});

describe('the order of events', () => {
  it('follows the commit as the relay sees it, so a slow transaction holds nobody up and is not lost', async () => {
    const tenant = await createTenant(database);
    let letGo = () => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const slow = tenant.run(async (ctx) => {
      await emit(ctx, thingHappened, { entityId: null, data: { number: 1 } });
      await held;
    });
    await happen(tenant, 2);
    const relay = relayWith([]);
    await positionEvents(relay);
    letGo();
    await slow;
    await positionEvents(relay);
    const rows = await database.owner<{ data: { number: number } }[]>`
      select data from domain_events where organization_id = ${tenant.organizationId} and position is not null
      order by position`;
    expect(rows.map((row) => row.data.number)).toEqual([2, 1]);
  });
});
