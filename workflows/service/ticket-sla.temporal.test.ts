import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { activityClock } from '../../activities/core/clock.ts';
import { createTicketActivities } from '../../activities/service/tickets.activities.ts';
import { noFaults } from '../../services/core/fault-points.ts';
import { createSla, createTicket, updateTicket } from '../../services/service/index.ts';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../test/database.ts';
import { tryTickets } from '../../test/service/ticket-trial.ts';
import { dispatcherOf } from '../../test/temporal/dispatcher.ts';
import { failAfterCommit } from '../../test/temporal/fail-after-commit.ts';
import type { TestWorker, TestWorkerOptions } from '../../test/temporal/harness.ts';
import { startTimeSkipping, TIME_SKIPPING_REASON, type TimeSkipping } from '../../test/temporal/time-skipping.ts';
import { testWorkers } from '../../test/temporal/workers.ts';
import { MAIN_QUEUE } from '../queues.contract.ts';

/** `npm run faults -- service` takes 5,000. */
const TICKETS = 40;
const MINUTE = 60_000;

let database: TestDatabase;
let tenant: TestTenant;
const openWorker = testWorkers();
beforeAll(async () => {
  database = await createTestDatabase();
  tenant = await createTenant(database);
});
afterAll(() => database?.drop());

async function startWorker(options: Partial<TestWorkerOptions> = {}): Promise<TestWorker> {
  const activities = createTicketActivities({ db: database.app, clock: activityClock, faultPoint: noFaults });
  return openWorker({ taskQueue: MAIN_QUEUE, activities, ...options });
}
const workflowId = (id: string) => `ticketSla:${tenant.organizationId}:${id}:1`;
const told = (id: string) =>
  database.owner<{ key: string; due_at: Date }[]>`
    select metric || ':' || wait || ':' || kind || ':' || step as key, due_at from ticket_sla_events
    where ticket_id = ${id} order by due_at, key`;

const TERMS = { targets: { normal: { firstResponseMinutes: 60, resolutionMinutes: 240 } } };

describe('the clocks of a ticket', () => {
  it('tell once when every activity is run twice and every task is replayed from the start', async () => {
    const tool = failAfterCommit();
    const start = new Date('2026-06-30T12:00:00Z');
    let minutes = 0;
    const worker = await startWorker({
      activityInterceptors: [tool.interceptor],
      maxCachedWorkflows: 0,
      readNow: () => new Date(start.getTime() + minutes * MINUTE),
    });
    await tenant.run((ctx) => createSla(ctx, { name: 'Once', isDefault: true, ...TERMS }), start);
    const { id } = await tenant.run((ctx) => createTicket(ctx, { subject: 'Help' }), start);
    const dispatcher = dispatcherOf(database, worker);
    await dispatcher.dispatch();
    const handle = worker.client.workflow.getHandle(workflowId(id));
    const looks = () => tool.struck.get('ticketsAttend');
    // A look is over, its second run too, before the next signal: otherwise one look would serve both.
    const isIdle = async () => expect((await handle.describe()).raw.pendingActivities ?? []).toEqual([]);
    const rests = (after: () => unknown) =>
      vi.waitFor(
        async () => {
          await after();
          await isIdle();
        },
        { timeout: 20_000 },
      );
    await rests(() => expect(looks()).toBe(1));
    for (const [at, count] of [
      [50, 1],
      [70, 2],
      [250, 4],
    ] as const) {
      minutes = at;
      await handle.signal('ticketChanged');
      await rests(async () => expect(await told(id)).toHaveLength(count));
    }
    const later = new Date(start.getTime() + 260 * MINUTE);
    minutes = 261;
    await tenant.run((ctx) => updateTicket(ctx, { id, changes: { status: 'closed' } }), later);
    await dispatcher.dispatch();
    expect(await handle.result()).toEqual({ status: 'closed' });
    // At its beginning, for each of the three signals, and for the end; each of them was run twice.
    expect(looks()).toBe(5);
    expect((await told(id)).map(({ key, due_at }) => [key, (due_at.getTime() - start.getTime()) / MINUTE])).toEqual([
      ['first_response:0:warning:0', 48],
      ['first_response:0:breach:0', 60],
      ['resolution:0:warning:0', 192],
      ['resolution:0:breach:0', 240],
    ]);
    const events = await database.owner<{ type: string }[]>`
      select type from domain_events where entity_id = ${id} and type like 'ticket.sla%' order by occurred_at, id`;
    expect(events).toHaveLength(4);
  });
});

const executable = inject('timeSkippingServerPath');

describe.skipIf(executable === null)(`the clocks of many tickets (${TIME_SKIPPING_REASON})`, () => {
  let time: TimeSkipping;
  beforeAll(async () => {
    time = await startTimeSkipping(executable!);
  });
  afterAll(() => time?.close());

  it('warn and breach exactly when counting every minute says so, through random changes over a change of clocks', async () => {
    const { notices, ...found } = await tryTickets(database, time, { tickets: TICKETS, seed: 7 });
    expect(found).toEqual({
      tickets: TICKETS,
      missing: 0,
      doubled: 0,
      early: 0,
      late: 0,
      unexpected: 0,
      notAtTheirTime: 0,
      example: undefined,
    });
    expect(notices).toBeGreaterThan(TICKETS);
  }, 300_000);
});
