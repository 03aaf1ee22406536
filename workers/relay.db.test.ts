import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../services/core/clock.ts';
import { createDispatcher } from '../services/core/dispatcher.ts';
import { defineEvent, emit } from '../services/core/events.ts';
import { noFaults } from '../services/core/fault-points.ts';
import { reaction } from '../services/core/relay.ts';
import { createRelayWakeUp } from '../services/core/relay-wakeup.ts';
import { createRun, executeRun } from '../services/insight/index.ts';
import { createTenant, createTestDatabase, type TestDatabase } from '../test/database.ts';
import { createRelay } from './relay.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

const happened = defineEvent<{ number: number }>('test.happened', 'thing');
const stuck = defineEvent<{ number: number }>('test.stuck', 'thing');

function relayWith(seen: number[], pollMs: number) {
  const gateway = { dispatch: async () => 'done' as const };
  const failed = (error: unknown) => {
    throw error;
  };
  return createRelay({
    appDb: database.app,
    platformDb: database.platform,
    listen: database.notifications,
    reactions: [reaction('see', happened, async (_, event) => void seen.push(event.data.number))],
    clock: systemClock,
    faultPoint: noFaults,
    dispatcher: createDispatcher({ platformDb: database.platform, gateway, faultPoint: noFaults, onError: failed }),
    afterCommit: () => {},
    onError: failed,
    onOutage: failed,
    pollMs,
  });
}

describe('the relay', () => {
  it('carries an event to its reaction by polling alone', async () => {
    const tenant = await createTenant(database);
    const seen: number[] = [];
    const relay = relayWith(seen, 50);
    await relay.start();
    await tenant.run((ctx) => emit(ctx, happened, { entityId: null, data: { number: 1 } }));
    await vi.waitFor(() => expect(seen).toEqual([1]), { timeout: 5_000 });
    await relay.stop();
  });

  it('delivers commands while a reaction is blocked', async () => {
    const tenant = await createTenant(database);
    const gate = Promise.withResolvers<void>();
    const sent: string[] = [];
    const failed = (error: unknown) => {
      throw error;
    };
    const gateway = {
      dispatch: async ({ entityId }: { entityId: string }) => {
        sent.push(entityId);
        return 'done' as const;
      },
    };
    let blocked = false;
    const relay = createRelay({
      appDb: database.app,
      platformDb: database.platform,
      reactions: [
        reaction('block', stuck, async () => {
          blocked = true;
          await gate.promise;
        }),
      ],
      clock: systemClock,
      faultPoint: noFaults,
      dispatcher: createDispatcher({ platformDb: database.platform, gateway, faultPoint: noFaults, onError: failed }),
      afterCommit: () => {},
      onError: failed,
      onOutage: failed,
      pollMs: 50,
    });
    await relay.start();
    await tenant.run((ctx) => emit(ctx, stuck, { entityId: null, data: { number: 1 } }));
    await vi.waitFor(() => expect(blocked).toBe(true), { timeout: 10_000 });
    const { id: runId } = await tenant.run((ctx) => createRun(ctx, { modelCode: 'LINEAR', name: 'r', config: {} }));
    await tenant.run((ctx) => executeRun(ctx, { runId }));
    await vi.waitFor(() => expect(sent).toContain(runId), { timeout: 10_000 });
    gate.resolve();
    await relay.stop();
  });

  it('is woken by a commit long before its next poll', async () => {
    const tenant = await createTenant(database);
    const seen: number[] = [];
    const relay = relayWith(seen, 3_600_000);
    await relay.start();
    const wake = createRelayWakeUp(database.platform, () => {});
    await vi.waitFor(
      async () => {
        // Until it listens, a wake-up goes unheard; the poll that would make up for it is an hour away.
        await tenant.run((ctx) => emit(ctx, happened, { entityId: null, data: { number: 2 } }));
        wake();
        await vi.waitFor(() => expect(seen).toContain(2), { timeout: 500 });
      },
      { timeout: 10_000 },
    );
    await relay.stop();
  });
});
