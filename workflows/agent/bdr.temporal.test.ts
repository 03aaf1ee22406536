import { afterAll, beforeAll, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { createBdrActivities } from '../../activities/agent/bdr.activities.ts';
import { activityClock } from '../../activities/core/clock.ts';
import {
  acceptHandoff,
  approveMessage,
  configureAgent,
  listApprovals,
  listHandoffs,
  pauseAgent,
  receiveReply,
} from '../../services/agent/bdr/index.ts';
import { createProspect } from '../../services/crm/index.ts';
import { createBdrWorld } from '../../test/bdr.ts';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../test/database.ts';
import { dispatcherOf } from '../../test/temporal/dispatcher.ts';
import { failAfterCommit } from '../../test/temporal/fail-after-commit.ts';
import { historyJson, type TestWorker, type TestWorkerOptions } from '../../test/temporal/harness.ts';
import { startTimeSkipping, TIME_SKIPPING_REASON, type TimeSkipping } from '../../test/temporal/time-skipping.ts';
import { testWorkers } from '../../test/temporal/workers.ts';
import { MAIN_QUEUE, OUTBOUND_QUEUE } from '../queues.contract.ts';

let database: TestDatabase;
let tenant: TestTenant;
let world: Awaited<ReturnType<typeof createBdrWorld>>;
const openWorker = testWorkers();
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  tenant = await createTenant(database);
});
afterAll(() => database?.drop());

async function startWorker(options: Partial<TestWorkerOptions> = {}): Promise<TestWorker> {
  const { bdrAdvance, bdrTick } = createBdrActivities({ ...world.deps, clock: activityClock });
  return openWorker({
    taskQueue: MAIN_QUEUE,
    activities: { bdrTick },
    queues: { [OUTBOUND_QUEUE]: { workflows: false, activities: { bdrAdvance } } },
    ...options,
  });
}
const dispatch = (worker: TestWorker) => dispatcherOf(database, worker).dispatch();
const page = { page: 1, limit: 200 };
const pending = async () => (await tenant.run((ctx) => listApprovals(ctx, { ...page, status: 'pending' }))).items;
const sent = async () =>
  (
    await database.owner<{ n: number }[]>`
      select count(*)::int as n from sends where organization_id = ${tenant.organizationId} and purpose = 'sequence'`
  )[0]!.n;
const processOf = (prospectId: string) => `bdrProspect:${tenant.organizationId}:${prospectId}:1`;
const soon = { timeout: 30_000, interval: 100 };

describe('the process of a prospect', () => {
  it('goes to the handoff and its end when every activity runs twice and every task is replayed from the start', async () => {
    world = await createBdrWorld(database, tenant, { handoffThreshold: 75 });
    const tool = failAfterCommit();
    const worker = await startWorker({ activityInterceptors: [tool.interceptor], maxCachedWorkflows: 0 });
    const { prospectId } = await world.start();
    await dispatch(worker);
    await vi.waitFor(async () => expect(await pending()).toHaveLength(1), soon);
    await tenant.run(async (ctx) => approveMessage(ctx, { id: (await pending())[0]!.id }), new Date());
    await dispatch(worker);
    await vi.waitFor(async () => expect(await sent()).toBe(1), soon);
    const text = 'We need this. Budget is approved and I decide.';
    await tenant.run(
      (ctx) => receiveReply(ctx, { prospectId, externalId: 'r', text, receivedAt: ctx.now }),
      new Date(),
    );
    await dispatch(worker);
    await vi.waitFor(async () => expect((await tenant.run((ctx) => listHandoffs(ctx, page))).total).toBe(1), soon);
    const [handoff] = (await tenant.run((ctx) => listHandoffs(ctx, page))).items;
    await tenant.run((ctx) => acceptHandoff(ctx, { id: handoff!.id }), new Date());
    await dispatch(worker);
    const handle = worker.client.workflow.getHandle(processOf(prospectId));
    expect(await handle.result()).toEqual({ outcome: 'handed_off' });
    expect(tool.struck.get('bdrAdvance')).toBeGreaterThan(0);
    expect(await sent()).toBe(1);
    const drafts = await database.owner`
      select count(*)::int as n from bdr_approval_queue where organization_id = ${tenant.organizationId}`;
    expect(drafts[0]!.n).toBe(1);
  });

  it('keeps names and words out of its history, and needs few events for a message', async () => {
    world = await createBdrWorld(database, tenant);
    const worker = await startWorker();
    const { prospectId, email } = await world.start();
    await dispatch(worker);
    await vi.waitFor(async () => expect(await pending()).toHaveLength(1), soon);
    await tenant.run(async (ctx) => approveMessage(ctx, { id: (await pending())[0]!.id }), new Date());
    await dispatch(worker);
    await vi.waitFor(async () => expect(await sent()).toBe(1), soon);
    const handle = worker.client.workflow.getHandle(processOf(prospectId));
    await vi.waitFor(async () => {
      const { pendingActivities } = (await handle.describe()).raw;
      expect(pendingActivities ?? []).toEqual([]);
    }, soon);
    const history = await historyJson(worker.client, processOf(prospectId));
    const texts = Buffer.from(
      history.replaceAll(/"data":\s*"([A-Za-z0-9+/=]*)"/g, (_, data: string) => Buffer.from(data, 'base64').toString()),
    ).toString();
    expect(texts).not.toContain(email);
    expect(texts).not.toContain('Ada');
    expect((JSON.parse(history) as { events: unknown[] }).events.length).toBeLessThanOrEqual(27);
  });
});

describe('the agent of a team', () => {
  it('looks for people as long as it is switched on', async () => {
    world = await createBdrWorld(database, tenant, { discoveryEnabled: true, minIntentScore: 50 });
    const fields = { firstName: 'Ada', email: 'found@globex.example', title: 'CTO', company: 'Globex' };
    const { id } = await tenant.run((ctx) => createProspect(ctx, fields));
    await database.owner`update prospects set intent_score = 80, intent_tier = 'hot' where id = ${id}`;
    const worker = await startWorker();
    await dispatch(worker);
    await vi.waitFor(async () => {
      await dispatch(worker);
      expect(await pending()).toHaveLength(1);
    }, soon);
    await tenant.run((ctx) => configureAgent(ctx, { changes: { isActive: false } }), new Date());
    await dispatch(worker);
    const team = await database.owner<{ id: string }[]>`
      select team_id as id from bdr_agent_configs where organization_id = ${tenant.organizationId}`;
    const handle = worker.client.workflow.getHandle(`bdrAgent:${tenant.organizationId}:${team[0]!.id}:1`);
    expect(await handle.result()).toEqual({ status: 'ended' });
  });
});

const executable = inject('timeSkippingServerPath');

describe.skipIf(executable === null)(`a week of the agent (${TIME_SKIPPING_REASON})`, () => {
  let time: TimeSkipping;
  beforeAll(async () => {
    time = await startTimeSkipping(executable!);
  });
  afterAll(() => time?.close());

  it('finds people by their intent, keeps its limits by day and person, rests outside its hours, and ends when switched off', async () => {
    const start = await time.readNow();
    world = await createBdrWorld(database, tenant, {
      isActive: false,
      discoveryEnabled: true,
      discoveryIntervalMinutes: 60,
      minIntentScore: 50,
      maxNewProspectsPerDay: 3,
      maxDailyTouches: 4,
      maxTouchesPerProspect: 2,
      autoApproveMessages: true,
      requireHumanReview: false,
      workingHours: { timezone: 'America/New_York', startHour: 9, endHour: 17, days: [1, 2, 3, 4, 5] },
    });
    for (let n = 0; n < 12; n++) {
      const fields = {
        firstName: 'Ada',
        lastName: `L${n}`,
        email: `w${n}@globex.example`,
        title: 'CTO',
        company: 'Globex',
      };
      const { id } = await tenant.run((ctx) => createProspect(ctx, fields), start);
      await database.owner`update prospects set intent_score = ${40 + 4 * n}, intent_tier = 'hot' where id = ${id}`;
    }
    const worker = await startWorker({ address: time.address, namespace: 'default', readNow: time.readNow });
    await tenant.run((ctx) => configureAgent(ctx, { changes: { isActive: true } }), start);
    // Commands are dispatched as the relay would, while the days go by.
    for (let hour = 0; hour < 24 * 7; hour += 6) {
      await dispatch(worker);
      await time.environment.sleep('6h');
    }
    const team = await database.owner<{ id: string }[]>`
      select team_id as id from bdr_agent_configs where organization_id = ${tenant.organizationId}`;
    const end = await time.readNow();
    await tenant.run((ctx) => pauseAgent(ctx, {}), end);
    await tenant.run((ctx) => configureAgent(ctx, { changes: { isActive: false } }), end);
    await dispatch(worker);
    const agent = time.environment.client.workflow.getHandle(`bdrAgent:${tenant.organizationId}:${team[0]!.id}:1`);
    expect(await agent.result()).toEqual({ status: 'ended' });

    const days = await database.owner<{ touches: number; new_prospects: number }[]>`
      select touches, new_prospects from bdr_daily_counters where organization_id = ${tenant.organizationId}`;
    expect(days.length).toBeGreaterThanOrEqual(4);
    expect(Math.max(...days.map(({ touches }) => touches))).toBeLessThanOrEqual(4);
    expect(Math.max(...days.map((row) => row.new_prospects))).toBe(3);
    const messages = await database.owner<{ hour: number; day: number }[]>`
      select extract(hour from sent_at at time zone 'America/New_York')::int as hour,
             extract(isodow from sent_at at time zone 'America/New_York')::int as day
      from bdr_approval_queue where organization_id = ${tenant.organizationId} and status = 'sent'`;
    expect(messages.length).toBeGreaterThan(8);
    expect(messages.every(({ hour, day }) => hour >= 9 && hour < 17 && day <= 5)).toBe(true);
    const touches = await database.owner<{ most: number; people: number }[]>`
      select max(touches)::int as most, count(*)::int as people from bdr_workflow_executions
      where organization_id = ${tenant.organizationId}`;
    // Of twelve people the three with less intent are left alone.
    expect(touches[0]).toMatchObject({ most: 2, people: 9 });
  });
});
