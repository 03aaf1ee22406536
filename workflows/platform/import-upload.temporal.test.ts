import { once } from 'node:events';
import { Context } from '@temporalio/activity';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { activityClock } from '../../activities/core/clock.ts';
import { createImportActivities } from '../../activities/platform/imports.activities.ts';
import type { UploadKind } from '../../domain/platform/upload.rules.ts';
import { createBlobStore } from '../../services/core/blobs.ts';
import { type FaultPoint, noFaults } from '../../services/core/fault-points.ts';
import { IMPORT_KINDS } from '../../services/data/imports/index.ts';
import { cancelUpload, createUpload, getUpload, undoUpload } from '../../services/platform/imports/index.ts';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../test/database.ts';
import { dispatcherOf } from '../../test/temporal/dispatcher.ts';
import { failAfterCommit } from '../../test/temporal/fail-after-commit.ts';
import type { TestWorker, TestWorkerOptions } from '../../test/temporal/harness.ts';
import { productWorkers } from '../../test/temporal/product-worker.ts';
import { testWorkers } from '../../test/temporal/workers.ts';
import { BULK_QUEUE, MAIN_QUEUE } from '../queues.contract.ts';

const ROWS = 2_500;

let database: TestDatabase;
let tenant: TestTenant;
const openWorker = testWorkers();
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

/** Rows of people of their own, one in a hundred of them without a channel. */
function csv(rows = ROWS): Buffer {
  const lines = Array.from({ length: rows }, (_, i) => {
    const channel = i % 100 === 99 ? '' : 'call';
    return `call-${i},${channel},2026-06-01T10:00:00Z,person${i % 500}@example.com`;
  });
  return Buffer.from(['external_interaction_id,channel,started_at,email', ...lines, ''].join('\n'));
}

async function upload(content = csv()): Promise<string> {
  tenant = await createTenant(database);
  async function* whole() {
    yield content;
  }
  const owner = { organizationId: tenant.organizationId, now: tenant.scope.now };
  const blobs = createBlobStore(database.app);
  const { id: blobId } = await blobs.put(owner, whole(), { mediaType: 'text/csv', limitBytes: 10_000_000 });
  const kind: UploadKind = 'interactions';
  const input = { blobId, fileName: 'calls.csv', mediaType: 'text/csv', kind, mapping: null, dryRun: false };
  return (await tenant.run((ctx) => createUpload(ctx, input))).id;
}
const read = (uploadId: string) => tenant.run((ctx) => getUpload(ctx, { uploadId }));
const workflowId = (uploadId: string, generation = 1) => `import:${tenant.organizationId}:${uploadId}:${generation}`;
const complete = { status: 'completed', created: ROWS - 25, failed: 25, skipped: 0 };

async function storedRows(): Promise<{ rows: number; records: number; errors: number; events: number }> {
  const [counts] = await database.owner<{ rows: number; records: number; errors: number; events: number }[]>`
    select (select count(*)::int from interactions where organization_id = ${tenant.organizationId}) as rows,
           (select count(*)::int from upload_records where organization_id = ${tenant.organizationId}) as records,
           (select count(*)::int from upload_errors where organization_id = ${tenant.organizationId}) as errors,
           (select count(*)::int from domain_events where organization_id = ${tenant.organizationId}) as events`;
  return counts!;
}

async function startWorker(options: Partial<TestWorkerOptions> = {}, faultPoint: FaultPoint = noFaults) {
  const activities = createImportActivities({
    db: database.app,
    clock: activityClock,
    blobs: createBlobStore(database.app),
    kinds: IMPORT_KINDS,
    faultPoint,
    batchRows: 500,
  });
  return openWorker({
    taskQueue: MAIN_QUEUE,
    activities,
    queues: { [BULK_QUEUE]: { workflows: false, activities } },
    ...options,
  });
}

const dispatch = (worker: TestWorker) => dispatcherOf(database, worker).dispatch();

describe('the import process', () => {
  it('imports a file and takes it back, each with one event', async () => {
    const worker = await startWorker();
    const uploadId = await upload();
    await dispatch(worker);
    const handle = worker.client.workflow.getHandle(workflowId(uploadId));
    expect(await handle.result()).toEqual({ status: 'done', rows: ROWS });
    expect(await read(uploadId)).toMatchObject(complete);
    expect(await storedRows()).toEqual({ rows: ROWS - 25, records: ROWS - 25, errors: 25, events: 1 });
    expect(await (await handle.describe()).staticSummary()).toBe(`Import of upload ${uploadId}, generation 1`);

    await tenant.run((ctx) => undoUpload(ctx, { uploadId }));
    await dispatch(worker);
    await worker.client.workflow.getHandle(workflowId(uploadId, 2)).result();
    expect(await read(uploadId)).toMatchObject({ status: 'undone', keptAfterUndo: 0 });
    expect(await storedRows()).toEqual({ rows: ROWS - 25, records: 0, errors: 25, events: 2 });
    const [left] = await database.owner`
      select count(*)::int as count from interactions
      where organization_id = ${tenant.organizationId} and voided_at is null`;
    expect(left!.count).toBe(0);
  });

  it('has the same outcome when every activity is run twice and every task is replayed from the start', async () => {
    const tool = failAfterCommit();
    const worker = await startWorker({ activityInterceptors: [tool.interceptor], maxCachedWorkflows: 0 });
    const uploadId = await upload();
    await dispatch(worker);
    const result = await worker.client.workflow.getHandle(workflowId(uploadId)).result();
    expect(result).toEqual({ status: 'done', rows: ROWS });
    expect([...tool.struck]).toEqual([['importsWork', 1]]);
    expect(await storedRows()).toEqual({ rows: ROWS - 25, records: ROWS - 25, errors: 25, events: 1 });
  });

  it('stops between two batches when it is cancelled', async () => {
    let release = () => {};
    const cancelled = new Promise<void>((resolve) => {
      release = resolve;
    });
    const worker = await startWorker({}, async (point) => {
      if (point === 'import.after-batch') await cancelled;
    });
    const uploadId = await upload();
    await dispatch(worker);
    await vi.waitFor(async () => expect((await read(uploadId)).progress.processed).toBe(500), { timeout: 20_000 });
    await tenant.run((ctx) => cancelUpload(ctx, { uploadId }));
    await dispatch(worker);
    release();
    expect(await worker.client.workflow.getHandle(workflowId(uploadId)).result()).toMatchObject({ status: 'ended' });
    expect(await read(uploadId)).toMatchObject({ status: 'cancelled', progress: { processed: 500, total: ROWS } });
    expect((await storedRows()).rows).toBe(495);
  });

  it('ends the row, too, when an operator cancels the workflow', async () => {
    const worker = await startWorker({}, async (point) => {
      const { cancellationSignal } = Context.current();
      if (point === 'import.before-batch') await once(cancellationSignal, 'abort');
    });
    const uploadId = await upload();
    await dispatch(worker);
    await vi.waitFor(async () => expect((await read(uploadId)).progress.total).toBe(ROWS), { timeout: 20_000 });
    const handle = worker.client.workflow.getHandle(workflowId(uploadId));
    await handle.cancel();
    expect(await handle.result()).toMatchObject({ status: 'ended' });
    expect(await read(uploadId)).toMatchObject({ status: 'failed', failure: { code: 'CANCELLED' } });
    expect((await storedRows()).rows).toBe(0);
  });
});

describe('a worker process that is killed', () => {
  const workers = productWorkers();
  afterEach(() => workers.killAll());

  it('after and before a batch: another one goes on at the next row', async () => {
    const left: { of: TestTenant; uploadId: string }[] = [];
    // Each dies at a file of its own, while the one before it waits for its next attempt.
    for (const [point, processed] of [
      ['import.after-batch', 1_000],
      ['import.before-batch', 0],
    ] as const) {
      const uploadId = await upload();
      const { signal } = await workers.start(database.url, `${point}=kill`);
      expect([point, signal]).toEqual([point, 'SIGKILL']);
      expect((await read(uploadId)).progress.processed).toBe(processed);
      left.push({ of: tenant, uploadId });
    }
    void workers.start(database.url);
    for (const { of, uploadId } of left) {
      tenant = of;
      const done = async () => expect((await read(uploadId)).status).toBe('completed');
      await vi.waitFor(done, { timeout: 90_000, interval: 200 });
      expect(await read(uploadId)).toMatchObject(complete);
      expect(await storedRows()).toEqual({ rows: ROWS - 25, records: ROWS - 25, errors: 25, events: 1 });
    }
  }, 240_000);
});
