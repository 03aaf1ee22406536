import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { activityClock } from '../../activities/core/clock.ts';
import { createCallActivities } from '../../activities/crm/calls.activities.ts';
import type { CallEvent } from '../../domain/crm/live-call.rules.ts';
import { noFaults } from '../../services/core/fault-points.ts';
import { applyCallEvents } from '../../services/crm/index.ts';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../test/database.ts';
import { dispatcherOf } from '../../test/temporal/dispatcher.ts';
import { failAfterCommit } from '../../test/temporal/fail-after-commit.ts';
import { startTestWorker, type TestWorker } from '../../test/temporal/harness.ts';
import { MAIN_QUEUE } from '../queues.contract.ts';

const START = new Date('2026-06-30T12:00:00Z');
const minute = (number: number) => new Date(START.getTime() + number * 60_000);

let database: TestDatabase;
let tenant: TestTenant;
let worker: TestWorker;
let now = START;
const tool = failAfterCommit();
beforeAll(async () => {
  database = await createTestDatabase();
  tenant = await createTenant(database);
  worker = await startTestWorker({
    taskQueue: MAIN_QUEUE,
    activities: createCallActivities({ db: database.app, clock: activityClock, faultPoint: noFaults }),
    activityInterceptors: [tool.interceptor],
    maxCachedWorkflows: 0,
    readNow: () => now,
  });
});
afterAll(async () => {
  await worker?.stop();
  await database?.drop();
});

const dispatch = () => dispatcherOf(database, worker).dispatch();

async function hear(callId: string, ...events: [type: CallEvent['type'], at: number, says?: CallEvent['says']][]) {
  const told = events.map(([type, at, says = {}]) => ({
    source: 'convin',
    callId,
    event: { key: `${type} ${at}`, type, occurredAt: minute(at), says },
  }));
  await tenant.run((ctx) => applyCallEvents(ctx, told), now);
  await dispatch();
  return read(callId);
}
const read = async (callId: string) => {
  const [row] = await database.owner`
    select c.id, c.status, c.end_reason, c.closed_at, c.interaction_id, i.started_at, i.ended_at from live_calls c
    left join interactions i on i.organization_id = c.organization_id and i.id = c.interaction_id
    where c.organization_id = ${tenant.organizationId} and c.call_id = ${callId}`;
  return row!;
};
const processOf = (id: string) => worker.client.workflow.getHandle(`call:${tenant.organizationId}:${id}`);

describe('the process of a call, with every activity run twice and every task replayed from the start', () => {
  it('keeps an ended call open for late events and then closes it', async () => {
    now = START;
    const { id } = await hear('ended', ['call.started', 0, { from: '+14155550134' }]);
    const handle = processOf(id);
    expect(await (await handle.describe()).staticSummary()).toBe(`Call ${id}`);
    now = minute(5);
    await hear('ended', ['call.ended', 5]);
    now = minute(10);
    const late = await hear('ended', ['call.ended', 6]);
    expect([late.status, late.closed_at, late.ended_at]).toEqual(['ended', null, minute(6)]);
    now = minute(26);
    await handle.signal('callChanged');
    expect(await handle.result()).toEqual({ status: 'closed' });
    expect(await read('ended')).toMatchObject({ end_reason: 'reported', closed_at: minute(26), ended_at: minute(6) });
    expect(tool.struck.get('callsAttend')).toBeGreaterThan(0);
  });

  it('ends a call that nobody ended, counts somebody without a name as one, and takes a late end all the same', async () => {
    now = START;
    const { id } = await hear('silent', ['call.started', 0, { from: 'anonymous' }], ['call.intent.detected', 7]);
    expect((await read('silent')).interaction_id).toBeNull();
    now = minute(4 * 60 + 8);
    await processOf(id).signal('callChanged');
    await vi.waitFor(async () => expect(await read('silent')).toMatchObject({ end_reason: 'silence' }), 20_000);
    now = minute(5 * 60);
    await processOf(id).signal('callChanged');
    expect(await processOf(id).result()).toEqual({ status: 'closed' });
    expect(await read('silent')).toMatchObject({ status: 'ended', started_at: START, ended_at: minute(7) });
    await hear('silent', ['call.ended', 20]);
    expect(await read('silent')).toMatchObject({ end_reason: 'reported', ended_at: minute(20) });
    const ended = await database.owner`
      select id from domain_events where entity_id = ${id} and type = 'call.ended'`;
    expect(ended).toHaveLength(1);
  });
});
