import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { activityClock } from '../../activities/core/clock.ts';
import { createPrivacyActivities } from '../../activities/data/privacy.activities.ts';
import { createBlobStore } from '../../services/core/blobs.ts';
import { noFaults } from '../../services/core/fault-points.ts';
import { CRM_REACTIONS } from '../../services/crm/reactions.ts';
import {
  eraseCustomer,
  exportCustomer,
  findCustomers,
  getPrivacyRequest,
  readExport,
} from '../../services/data/index.ts';
import { computePartition, createRun, executeRun, planRun, publishRun } from '../../services/insight/index.ts';
import { createTestDatabase, type TestDatabase, type TestTenant } from '../../test/database.ts';
import { type ArrangedPerson, arrangePerson, placesOf } from '../../test/privacy/arrange.ts';
import { runAllReactions } from '../../test/reactions.ts';
import { dispatcherOf } from '../../test/temporal/dispatcher.ts';
import { failAfterCommit } from '../../test/temporal/fail-after-commit.ts';
import { readableHistory, type TestWorker, type TestWorkerOptions } from '../../test/temporal/harness.ts';
import { productWorkers } from '../../test/temporal/product-worker.ts';
import { testWorkers } from '../../test/temporal/workers.ts';
import { PERSON_RECORDS } from '../../workers/person-records.ts';
import { MAIN_QUEUE } from '../queues.contract.ts';

let database: TestDatabase;
const openWorker = testWorkers();
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

async function startWorker(options: Partial<TestWorkerOptions> = {}): Promise<TestWorker> {
  const activities = createPrivacyActivities({
    db: database.app,
    platformDb: database.platform,
    clock: activityClock,
    blobs: createBlobStore(database.app),
    people: PERSON_RECORDS,
    faultPoint: noFaults,
  });
  return openWorker({ taskQueue: MAIN_QUEUE, activities, ...options });
}

const dispatch = (worker: TestWorker) => dispatcherOf(database, worker).dispatch();

/** Credits without ids that differ by run. */
async function credits(tenant: TestTenant, runId?: string): Promise<{ runId: string; rows: string[] }> {
  const config = { timeWindowHours: 72, models: ['LINEAR' as const] };
  const id = runId ?? (await tenant.run((ctx) => createRun(ctx, { modelCode: 'TIME_DECAY', name: 'x', config }))).id;
  const { generation } = await tenant.run((ctx) => executeRun(ctx, { runId: id }));
  const step = { runId: id, generation };
  await tenant.run((ctx) => planRun(ctx, step));
  await tenant.run((ctx) => computePartition(ctx, { ...step, ordinal: 0 }));
  await tenant.run((ctx) => publishRun(ctx, step));
  const rows = await database.owner<{ row: string }[]>`
    select (to_jsonb(r) - 'run_id' - 'generation' - 'id')::text as row from attribution_results r
    where run_id = ${id} and generation = ${generation} order by 1`;
  return { runId: id, rows: rows.map(({ row }) => row) };
}

const read = (tenant: TestTenant, requestId: string) => tenant.run((ctx) => getPrivacyRequest(ctx, { requestId }));
const workflowId = (tenant: TestTenant, requestId: string) => `privacy:${tenant.organizationId}:${requestId}`;

describe('the erasure of a person', () => {
  it('leaves none of its values in any column of any table or in the history of the process, and credit unchanged', async () => {
    const { tenant, customerId, canaries } = await arrangePerson(database, 'erase');
    const before = await credits(tenant);
    expect(before.rows).toHaveLength(4);
    const tool = failAfterCommit();
    const worker = await startWorker({ activityInterceptors: [tool.interceptor], maxCachedWorkflows: 0 });
    const exported = await tenant.run((ctx) => exportCustomer(ctx, { customerId }));
    await dispatch(worker);
    await worker.client.workflow.getHandle(workflowId(tenant, exported.id)).result();
    expect((await placesOf(database, canaries)).length).toBeGreaterThan(15);

    const request = await tenant.run((ctx) => eraseCustomer(ctx, { customerId }));
    expect(await tenant.run((ctx) => eraseCustomer(ctx, { customerId }))).toMatchObject({ id: request.id });
    await dispatch(worker);
    const handle = worker.client.workflow.getHandle(workflowId(tenant, request.id));
    expect(await handle.result()).toEqual({ status: 'completed' });
    expect(tool.struck.has('privacyErase')).toBe(true);

    expect(await placesOf(database, canaries)).toEqual([]);
    for (const id of [request.id, exported.id]) {
      const history = await readableHistory(worker.client, workflowId(tenant, id));
      for (const canary of canaries) expect(history).not.toContain(canary);
    }
    expect((await credits(tenant)).rows).toEqual(before.rows);
    expect((await credits(tenant, before.runId)).rows).toEqual(before.rows);

    const done = await read(tenant, request.id);
    expect(done).toMatchObject({
      status: 'completed',
      certificate: {
        records: 3,
        counts: {
          interactions: 2,
          interactions_history: 1,
          conversions: 1,
          events: 1,
          page_views: 1,
          idempotency_answers: 1,
          files: 2,
          exports: 1,
          prospects: 2,
          merges: 1,
          activities: 6,
          call_logs: 1,
          intent_signals: 1,
          linkedin_engagements: 1,
          predictions: 1,
          meetings: 2,
          tasks: 1,
          mails: 1,
          notifications: 1,
          identifiers: 3,
          agent_model_calls: 1,
          agent_messages: 1,
          agent_replies: 1,
          agent_memory: 1,
          agent_handoffs: 1,
          agent_decisions: 1,
          agent_activities: 1,
          integration_quarantine: 1,
          integration_syncs: 1,
        },
      },
    });
    const again = await tenant.run((ctx) => eraseCustomer(ctx, { customerId }));
    expect([again.id, again.certificate]).toEqual([request.id, done.certificate]);
    await expect(tenant.run((ctx) => readExport(ctx, { requestId: exported.id, after: null }))).rejects.toMatchObject({
      kind: 'not_found',
    });
    const found = await tenant.run((ctx) => findCustomers(ctx, { email: 'neighbour@example.com', page: 1, limit: 5 }));
    expect(found.items).toMatchObject([{ interactions: 1 }]);
    const [neighbour] = await database.owner`
      select metadata from interactions where organization_id = ${tenant.organizationId} and external_id = 'neighbour'`;
    expect(neighbour).toEqual({ metadata: { note: 'stays' } });
  });
});

describe('the export of a person', () => {
  it('holds everything about all of its records as JSON, once', async () => {
    const { tenant, customerId } = await arrangePerson(database, 'exporté');
    const worker = await startWorker();
    const request = await tenant.run((ctx) => exportCustomer(ctx, { customerId }));
    await dispatch(worker);
    await worker.client.workflow.getHandle(workflowId(tenant, request.id)).result();
    let text = '';
    for (let after: string | null = null, first = true; first || after !== null; first = false) {
      const page: { text: string; next: string | null } = await tenant.run((ctx) =>
        readExport(ctx, { requestId: request.id, after }),
      );
      text += page.text;
      after = page.next;
    }
    const data = JSON.parse(text);
    expect(Object.fromEntries(Object.entries(data).map(([key, rows]) => [key, (rows as unknown[]).length]))).toEqual({
      identifiers: 3,
      interactions: 2,
      interactions_history: 1,
      conversions: 1,
      conversions_history: 0,
      events: 1,
      page_views: 1,
      prospects: 2,
      activities: 6,
      calls: 1,
      meetings: 1,
      tasks: 1,
      intent_signals: 2,
      linkedin_engagements: 1,
      predictions: 1,
      live_calls: 0,
      call_transcripts: 0,
      conversations: 0,
      conversation_transcripts: 0,
      emails: 0,
      inbound_messages: 0,
      inbound_attachments: 0,
      tickets: 0,
      ticket_replies: 0,
      agent_messages: 1,
      agent_replies: 1,
      agent_memory: 1,
      agent_handoffs: 1,
    });
    expect(data.conversions[0].metadata).toEqual({ address: 'canary-exporté-address' });
    expect(await read(tenant, request.id)).toMatchObject({ status: 'completed', certificate: { records: 3 } });
  });
});

describe('a worker that is killed while it erases', () => {
  const workers = productWorkers();
  afterEach(() => workers.killAll());

  it('leaves the rest to another one, which counts nothing twice', async () => {
    const left: (ArrangedPerson & { requestId: string })[] = [];
    // Each dies at a person of its own, while the one before it waits for its next attempt.
    for (const point of ['privacy.before-complete', 'privacy.inside-erase']) {
      const person = await arrangePerson(database, point);
      const { tenant, customerId } = person;
      // The logged call is a touch by now, whoever comes first afterwards.
      await runAllReactions(database, CRM_REACTIONS);
      const { id: requestId } = await tenant.run((ctx) => eraseCustomer(ctx, { customerId }));
      const { signal } = await workers.start(database.url, `${point}=kill`);
      expect([point, signal]).toEqual([point, 'SIGKILL']);
      expect((await read(tenant, requestId)).status).toBe('running');
      left.push({ ...person, requestId });
    }
    void workers.start(database.url);
    for (const { tenant, requestId, canaries } of left) {
      const done = async () => expect((await read(tenant, requestId)).status).toBe('completed');
      await vi.waitFor(done, { timeout: 90_000, interval: 200 });
      const { certificate } = await read(tenant, requestId);
      expect(certificate!.counts).toMatchObject({ interactions: 3, conversions: 1, identifiers: 4, files: 2 });
      expect(await placesOf(database, canaries)).toEqual([]);
    }
  }, 240_000);
});
