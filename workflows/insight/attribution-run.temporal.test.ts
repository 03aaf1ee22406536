import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { activityClock } from '../../activities/core/clock.ts';
import { createAttributionActivities } from '../../activities/insight/attribution.activities.ts';
import { noFaults } from '../../services/core/fault-points.ts';
import { cancelRun, createRun, executeRun, getRun } from '../../services/insight/index.ts';
import { arrangeJourneys, publishedCredits, storedRows } from '../../test/attribution/arrange.ts';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../test/database.ts';
import { dispatcherOf } from '../../test/temporal/dispatcher.ts';
import { failAfterCommit } from '../../test/temporal/fail-after-commit.ts';
import type { TestWorker, TestWorkerOptions } from '../../test/temporal/harness.ts';
import { productWorkers } from '../../test/temporal/product-worker.ts';
import { testWorkers } from '../../test/temporal/workers.ts';
import { BULK_QUEUE, MAIN_QUEUE } from '../queues.contract.ts';

/** Three partitions. */
const VOLUME = { customers: 20_100, touches: 2 };

let database: TestDatabase;
let tenant: TestTenant;
/** The credits of an undisturbed run. */
let reference: string[];
const openWorker = testWorkers();

beforeAll(async () => {
  database = await createTestDatabase();
  tenant = await createTenant(database);
  await arrangeJourneys(database, tenant, VOLUME);
});
afterAll(() => database?.drop());

async function startWorker(options: Partial<TestWorkerOptions> = {}): Promise<TestWorker> {
  const activities = createAttributionActivities({ db: database.app, clock: activityClock, faultPoint: noFaults });
  return openWorker({
    taskQueue: MAIN_QUEUE,
    activities,
    queues: { [BULK_QUEUE]: { workflows: false, activities } },
    ...options,
  });
}

const dispatch = (worker: TestWorker) => dispatcherOf(database, worker).dispatch();

async function newRun(of = tenant): Promise<string> {
  const input = {
    modelCode: 'TIME_DECAY' as const,
    name: 'x',
    config: { models: ['LINEAR' as const, 'SHAPLEY' as const] },
  };
  return (await of.run((ctx) => createRun(ctx, input))).id;
}
const execute = (runId: string, of = tenant) => of.run((ctx) => executeRun(ctx, { runId }));
const read = (runId: string, of = tenant) => of.run((ctx) => getRun(ctx, { runId }));
const ended = (runId: string, timeout = 60_000) =>
  vi.waitFor(async () => expect((await read(runId)).completedAt).not.toBeNull(), { timeout, interval: 100 });
const workflowId = (runId: string, generation = 1, of = tenant) =>
  `attribution:${of.organizationId}:${runId}:${generation}`;

describe('the attribution process', () => {
  it('completes a run in partitions, with rows for every conversion and readable progress', async () => {
    const worker = await startWorker();
    const runId = await newRun();
    await execute(runId);
    await dispatch(worker);
    await ended(runId);
    const run = await read(runId);
    expect(run).toMatchObject({
      status: 'completed',
      conversionsProcessed: VOLUME.customers,
      conversionsAttributed: VOLUME.customers,
      conversionsUnattributed: 0,
      progress: { processed: VOLUME.customers, total: VOLUME.customers },
    });
    const handle = worker.client.workflow.getHandle(workflowId(runId));
    expect(await handle.result()).toEqual({
      status: 'completed',
      conversions: VOLUME.customers,
      attributed: VOLUME.customers,
    });
    const described = await handle.describe();
    expect(await described.staticSummary()).toBe(`Attribution run ${runId}, generation 1`);
    reference = await publishedCredits(database, runId);
    expect(reference).toHaveLength(VOLUME.customers * VOLUME.touches * 3);
  });

  it('gives the same rows when every activity is run twice and every task is replayed from the start', async () => {
    const tool = failAfterCommit();
    const worker = await startWorker({ activityInterceptors: [tool.interceptor], maxCachedWorkflows: 0 });
    const runId = await newRun();
    await execute(runId);
    await dispatch(worker);
    await worker.client.workflow.getHandle(workflowId(runId)).result();
    expect([...tool.struck.keys()].sort()).toEqual([
      'attributionComputePartition',
      'attributionLearn',
      'attributionPlan',
      'attributionPublish',
      'attributionPurge',
      'attributionSummarize',
    ]);
    expect(await publishedCredits(database, runId)).toEqual(reference);
    const [sums] = await database.owner`
      select (select sum(amount_minor) from attribution_summaries where run_id = ${runId} and dimension = 'total') as summed,
             (select sum(amount_minor) from attribution_summaries where run_id = ${runId} and dimension = 'channel') as by_channel,
             (select sum(amount_minor) from attribution_results where run_id = ${runId}) as stored`;
    expect([sums!.summed, sums!.by_channel]).toEqual([sums!.stored, sums!.stored]);
    expect(await storedRows(database, runId)).toBe(reference.length);
  });

  it('fails with the reason when the journeys cannot be learned from, and leaves no row', async () => {
    const worker = await startWorker();
    const other = await createTenant(database);
    await arrangeJourneys(database, other, { customers: 1_200, touches: 1 });
    await database.owner`
      update interactions set channel = 'x' || external_id where organization_id = ${other.organizationId}`;
    const { id } = await other.run((ctx) => createRun(ctx, { modelCode: 'MARKOV', name: 'x', config: {} }));
    await other.run((ctx) => executeRun(ctx, { runId: id }));
    await dispatch(worker);
    const handle = worker.client.workflow.getHandle(`attribution:${other.organizationId}:${id}:1`);
    expect(await handle.result()).toMatchObject({ status: 'failed' });
    const run = await other.run((ctx) => getRun(ctx, { runId: id }));
    expect(run).toMatchObject({ status: 'failed', failure: { code: 'MARKOV_TOO_MANY_STATES' } });
    expect(await storedRows(database, id)).toBe(0);
  });

  it('replaces its generation when it is executed again', async () => {
    const worker = await startWorker();
    const small = await createTenant(database);
    await arrangeJourneys(database, small, { customers: 200, touches: 2 });
    const runId = await newRun(small);
    const published: string[][] = [];
    for (const generation of [1, 2]) {
      await execute(runId, small);
      await dispatch(worker);
      await worker.client.workflow.getHandle(workflowId(runId, generation, small)).result();
      published.push(await publishedCredits(database, runId));
    }
    expect(await read(runId, small)).toMatchObject({ generation: 2, publishedGeneration: 2, status: 'completed' });
    expect(published[0]).toHaveLength(200 * 2 * 3);
    expect(published[1]).toEqual(published[0]);
    expect(await storedRows(database, runId)).toBe(published[0]!.length);
  });

  it('stops a statement that is running when the run is cancelled, and leaves no row', async () => {
    const worker = await startWorker();
    const runId = await newRun();
    const result = await database.owner.begin(async (sql) => {
      // Every insert waits behind this lock for as long as the test likes.
      await sql`lock table attribution_results in share mode`;
      await execute(runId);
      await dispatch(worker);
      await vi.waitFor(
        async () => {
          const [row] = await database.owner`
            select count(*)::integer as waiting from pg_stat_activity
            where wait_event_type = 'Lock' and query like '%with conv as materialized%' and datname = current_database()`;
          expect(row?.waiting).toBeGreaterThan(0);
        },
        { timeout: 20_000, interval: 100 },
      );
      await tenant.run((ctx) => cancelRun(ctx, { runId }));
      await dispatch(worker);
      await vi.waitFor(
        async () => {
          const [row] = await database.owner`
            select count(*)::integer as waiting from pg_stat_activity
            where state = 'active' and query like '%with conv as materialized%' and datname = current_database()
              and pid <> pg_backend_pid()`;
          expect(row?.waiting).toBe(0);
        },
        { timeout: 20_000, interval: 100 },
      );
      return 'cancelled under the lock';
    });
    expect(result).toBe('cancelled under the lock');
    const outcome = await worker.client.workflow.getHandle(workflowId(runId)).result();
    expect(outcome).toMatchObject({ status: 'cancelled' });
    expect(await read(runId)).toMatchObject({ status: 'failed', failure: { code: 'CANCELLED' } });
    expect(await storedRows(database, runId)).toBe(0);
  });

  it('ends the row, too, when an operator cancels the workflow', async () => {
    const worker = await startWorker();
    const runId = await newRun();
    await database.owner.begin(async (sql) => {
      await sql`lock table attribution_results in share mode`;
      await execute(runId);
      await dispatch(worker);
      await worker.client.workflow.getHandle(workflowId(runId)).cancel();
      await ended(runId);
    });
    expect(await read(runId)).toMatchObject({ status: 'failed', failure: { code: 'CANCELLED' } });
  });
});

describe('a worker process that is killed', () => {
  const workers = productWorkers();
  afterEach(() => workers.killAll());

  it('before, inside and between partitions and before publication: others finish with the same rows', async () => {
    const runId = await newRun();
    await execute(runId);
    // Two at once: what each leaves behind waits for the same time-out.
    const ways = [['attribution.before-partition', 'attribution.inside-partition'], ['attribution.before-publish']];
    for (const points of ways) {
      const ends = await Promise.all(points.map((point) => workers.start(database.url, `${point}=kill`)));
      expect(ends.map(({ signal }) => signal)).toEqual(points.map(() => 'SIGKILL'));
      expect((await read(runId)).status).toBe('running');
      expect(await publishedCredits(database, runId)).toEqual([]);
    }
    void workers.start(database.url);
    await ended(runId, 90_000);
    expect(await read(runId)).toMatchObject({ status: 'completed', conversionsAttributed: VOLUME.customers });
    expect(await publishedCredits(database, runId)).toEqual(reference);
    expect(await storedRows(database, runId)).toBe(reference.length);
  }, 240_000);
});
