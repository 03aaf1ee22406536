import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProcessCommand, ProcessGateway } from '../../domain/core/process.port.ts';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../test/database.ts';
import { runScript } from '../../test/processes/dying.ts';
import { cancelRun, createRun, executeRun } from '../insight/index.ts';
import { createDispatcher } from './dispatcher.ts';
import { noFaults } from './fault-points.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

function dispatcherWith(dispatch: ProcessGateway['dispatch']) {
  return createDispatcher({
    platformDb: database.platform,
    gateway: { dispatch },
    faultPoint: noFaults,
    onError: () => {},
  });
}

const newRun = (tenant: TestTenant) =>
  tenant.run((ctx) => createRun(ctx, { modelCode: 'LINEAR', name: 'x', config: {} }));

const commandsOf = (entityId: string) => database.owner<{ kind: string; status: string; outcome: string | null }[]>`
  select kind, status, outcome from process_commands where entity_id = ${entityId} order by id`;

describe('a process command', () => {
  it('exists exactly when its transaction committed', async () => {
    const tenant = await createTenant(database);
    const run = await newRun(tenant);
    const failing = tenant.run(async (ctx) => {
      await executeRun(ctx, { runId: run.id });
      throw new Error('rolled back');
    });
    await expect(failing).rejects.toThrow('rolled back');
    expect(await commandsOf(run.id)).toEqual([]);
    await tenant.run((ctx) => executeRun(ctx, { runId: run.id }));
    expect(await commandsOf(run.id)).toEqual([{ kind: 'start', status: 'pending', outcome: null }]);
  });

  it.each(['commands.before-dispatch', 'commands.before-finish'])(
    'is delivered by another process when its own is killed at %s',
    async (point) => {
      const tenant = await createTenant(database);
      const run = await newRun(tenant);
      expect(await runScript('commit-and-die.ts', database.url, tenant.organizationId, run.id, point)).toBe('SIGKILL');
      const taken: ProcessCommand[] = [];
      const dispatcher = dispatcherWith(async (command) => {
        taken.push(command);
        return 'already';
      });
      // Its claim outlives the dead process for a while, so that two living ones never send side by side.
      await dispatcher.dispatch();
      const own = () => taken.filter((command) => command.entityId === run.id);
      expect(own()).toEqual([]);
      await database.owner`update process_commands set claimed_until = now() where entity_id = ${run.id}`;
      await dispatcher.dispatch();
      expect(own()).toMatchObject([
        {
          process: 'attribution',
          kind: 'start',
          entityId: run.id,
          generation: 1,
          organizationId: tenant.organizationId,
        },
      ]);
      expect(await commandsOf(run.id)).toEqual([{ kind: 'start', status: 'done', outcome: 'already' }]);
    },
  );

  it('waits for the earlier commands of its entity, also while those cannot be delivered', async () => {
    const tenant = await createTenant(database);
    const run = await newRun(tenant);
    await tenant.run((ctx) => executeRun(ctx, { runId: run.id }));
    await tenant.run((ctx) => cancelRun(ctx, { runId: run.id }));
    const seen: string[] = [];
    let away = true;
    const dispatcher = dispatcherWith(async (command) => {
      if (away) throw new Error('the engine is away');
      seen.push(command.kind);
      return 'done';
    });
    await dispatcher.dispatch();
    expect((await commandsOf(run.id)).map((row) => row.status)).toEqual(['pending', 'pending']);
    away = false;
    await database.owner`update process_commands set next_attempt_at = now() where entity_id = ${run.id}`;
    await dispatcher.dispatch();
    expect(seen).toEqual(['start', 'signal']);
  });

  it('is not held up by a whole batch of others that cannot be delivered', async () => {
    const tenant = await createTenant(database);
    const runs = await Promise.all(Array.from({ length: 61 }, () => newRun(tenant)));
    for (const run of runs) await tenant.run((ctx) => executeRun(ctx, { runId: run.id }));
    const last = runs.at(-1)!.id;
    const sent: string[] = [];
    const dispatcher = dispatcherWith(async (command) => {
      if (command.entityId !== last) throw new Error('not this one');
      sent.push(command.entityId);
      return 'done';
    });
    await dispatcher.dispatch();
    await dispatcher.dispatch();
    expect(sent).toEqual([last]);
  });

  it('is left to the relay while many others are under way, so that the engine can answer those in time', async () => {
    const tenant = await createTenant(database);
    const runs = await Promise.all(Array.from({ length: 60 }, () => newRun(tenant)));
    await Promise.all(runs.map((run) => tenant.run((ctx) => executeRun(ctx, { runId: run.id }))));
    const ids = await database.owner<{ id: string }[]>`
      select id from process_commands where entity_id in ${database.owner(runs.map((run) => run.id))}`;
    let answer = () => {};
    const answered = new Promise<void>((resolve) => (answer = resolve));
    let asked = 0;
    const own = new Set(runs.map((run) => run.id));
    const dispatcher = dispatcherWith(async ({ entityId }) => {
      if (own.has(entityId)) asked += 1;
      await answered;
      return 'done';
    });
    const each = ids.map(({ id }) => dispatcher.dispatch([id]));
    await expect.poll(() => asked).toBe(50);
    answer();
    expect((await Promise.all(each)).filter((sent) => sent === 0)).toHaveLength(10);
    await dispatcher.dispatch();
    expect(asked).toBe(60);
  });

  it('is sent once by many dispatchers at the same time', async () => {
    const tenant = await createTenant(database);
    const runs = await Promise.all(Array.from({ length: 30 }, () => newRun(tenant)));
    await Promise.all(runs.map((run) => tenant.run((ctx) => executeRun(ctx, { runId: run.id }))));
    const sent: string[] = [];
    const dispatchers = Array.from({ length: 6 }, () =>
      dispatcherWith(async (command) => {
        sent.push(command.entityId);
        return 'done';
      }),
    );
    await Promise.all(dispatchers.map((dispatcher) => dispatcher.dispatch()));
    const own = new Set(runs.map((run) => run.id));
    expect(sent.filter((id) => own.has(id)).sort()).toEqual([...own].sort());
  });

  it('is parked, with its reason, when repeating it cannot help', async () => {
    const tenant = await createTenant(database);
    const run = await newRun(tenant);
    await tenant.run((ctx) => executeRun(ctx, { runId: run.id }));
    const dispatcher = dispatcherWith(async () => {
      throw Object.assign(new Error('unknown process'), { permanent: true });
    });
    await dispatcher.dispatch();
    const [row] = await database.owner`select status, last_error from process_commands where entity_id = ${run.id}`;
    expect(row).toMatchObject({ status: 'parked', last_error: 'unknown process' });
  });
});
