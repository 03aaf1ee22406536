import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activityClock } from '../../activities/core/clock.ts';
import { createEnrichmentActivities } from '../../activities/crm/enrichment.activities.ts';
import type { EnrichmentAnswer, EnrichmentProvider, EnrichmentSubject } from '../../domain/crm/enrichment.port.ts';
import type { EnrichmentProviderCode } from '../../domain/crm/enrichment.rules.ts';
import { noFaults } from '../../services/core/fault-points.ts';
import {
  configureEnrichmentProvider,
  createAccount,
  createProspect,
  enrichProspect,
  getAccount,
  getEnrichmentRequest,
  getProspect,
  listEnrichmentProviders,
  listEnrichmentRequests,
  requestEnrichment,
} from '../../services/crm/index.ts';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../test/database.ts';
import { testSecrets } from '../../test/secrets.ts';
import { dispatcherOf } from '../../test/temporal/dispatcher.ts';
import { failAfterCommit } from '../../test/temporal/fail-after-commit.ts';
import type { TestWorker, TestWorkerOptions } from '../../test/temporal/harness.ts';
import { testWorkers } from '../../test/temporal/workers.ts';
import { MAIN_QUEUE, OUTBOUND_QUEUE } from '../queues.contract.ts';

const NOW = new Date('2026-06-30T12:00:00Z');
const secrets = testSecrets();

let database: TestDatabase;
let tenant: TestTenant;
const openWorker = testWorkers();
beforeAll(async () => {
  database = await createTestDatabase();
  tenant = await createTenant(database);
});
afterAll(() => database?.drop());

/** A provider that answers from a script, and notes with what it was asked. */
function provider(
  code: EnrichmentProviderCode,
  answer: (subject: EnrichmentSubject, call: number) => EnrichmentAnswer,
  subjects: EnrichmentProvider['subjects'] = ['prospect', 'account'],
) {
  const asked: { apiKey: string; subject: EnrichmentSubject }[] = [];
  const itself: EnrichmentProvider = {
    code,
    subjects,
    lookUp: async (apiKey, subject) => {
      asked.push({ apiKey, subject });
      return answer(subject, asked.length);
    },
  };
  return { itself, asked };
}

async function startWorker(providers: readonly EnrichmentProvider[], options: Partial<TestWorkerOptions> = {}) {
  const activities = createEnrichmentActivities({
    db: database.app,
    clock: activityClock,
    secrets,
    providers,
    faultPoint: noFaults,
  });
  return openWorker({
    taskQueue: MAIN_QUEUE,
    activities,
    queues: { [OUTBOUND_QUEUE]: { workflows: false, activities } },
    readNow: () => NOW,
    ...options,
  });
}

async function result(worker: TestWorker, requestId: string) {
  await dispatcherOf(database, worker).dispatch();
  return worker.client.workflow.getHandle(`enrichment:${tenant.organizationId}:${requestId}`).result();
}
const configure = (id: EnrichmentProviderCode, changes: { priority?: number; monthlyCap?: number; apiKey?: string }) =>
  tenant.run((ctx) => configureEnrichmentProvider(ctx, { id, secrets, changes: { apiKey: `${id}-key`, ...changes } }));
const read = (id: string) => tenant.run((ctx) => getEnrichmentRequest(ctx, { id }));

describe('the enrichment of a new prospect', () => {
  it('ends as skipped where there is no provider, and leaves the version of the prospect alone', async () => {
    const worker = await startWorker([]);
    const prospect = await tenant.run((ctx) =>
      createProspect(ctx, { email: 'john@acme.com', enrichmentEnabled: true }),
    );
    expect(prospect).toMatchObject({ enrichmentStatus: 'pending', version: 1 });
    const { items } = await tenant.run((ctx) =>
      listEnrichmentRequests(ctx, { page: 1, limit: 10, prospectId: prospect.id }),
    );
    expect(items).toMatchObject([{ status: 'pending', source: 'prospect_created', targets: { total: 1 } }]);
    expect(await result(worker, items[0]!.id)).toEqual({ status: 'skipped' });
    expect(await tenant.run((ctx) => getProspect(ctx, { id: prospect.id }))).toMatchObject({
      enrichmentStatus: 'skipped',
      enrichmentReason: 'no provider',
      version: 1,
    });
    expect(await read(items[0]!.id)).toMatchObject({
      status: 'skipped',
      reason: 'no provider',
      calls: 0,
      endedAt: NOW,
    });
  });
});

describe('the waterfall', () => {
  it('asks in order for what is still missing, waits for limits, passes over failures and fills gaps alone, though every activity runs twice', async () => {
    const apollo = provider('apollo', (_, call) =>
      call <= 2
        ? { status: 'limited', retryAfterSeconds: 1 }
        : {
            status: 'found',
            fields: { title: 'Head of Support', phone: 'not a number', email: 'taken@acme.com', industry: 'Retail' },
            cost: { amountMinor: 12, currency: 'USD' },
          },
    );
    const hunter = provider('hunter', () => ({ status: 'refused', reason: 'the key is wrong' }), ['prospect']);
    const zoominfo = provider('zoominfo', (subject, call) => {
      if (call === 1) throw new Error('the line broke');
      const fields =
        subject.kind === 'prospect' ? { phone: '+1 415 555 2671', title: 'Other' } : { technologies: ['Go'] };
      return { status: 'found', fields, cost: { amountMinor: 30, currency: 'USD' } };
    });
    const clearbit = provider('clearbit', () => ({ status: 'not_found' }));
    await configure('apollo', { priority: 1 });
    await configure('hunter', { priority: 2 });
    await configure('zoominfo', { priority: 3 });
    const tool = failAfterCommit();
    const worker = await startWorker(
      [clearbit, zoominfo, hunter, apollo].map(({ itself }) => itself),
      {
        activityInterceptors: [tool.interceptor],
        maxCachedWorkflows: 0,
      },
    );
    const { prospect, account, request } = await tenant.run(async (ctx) => {
      await createProspect(ctx, { email: 'taken@acme.com' });
      const person = await createProspect(ctx, { firstName: 'Jane', company: 'Acme' });
      const company = await createAccount(ctx, { name: 'Acme' });
      return {
        prospect: person,
        account: company,
        request: await requestEnrichment(ctx, {
          prospectIds: [person.id],
          accountIds: [company.id],
          fields: ['title', 'phone', 'email', 'company', 'industry', 'technologies'],
        }),
      };
    });
    expect(await result(worker, request.id)).toEqual({ status: 'completed' });

    const after = await tenant.run((ctx) => getProspect(ctx, { id: prospect.id }));
    expect(after).toMatchObject({
      title: 'Head of Support',
      phone: '+1 415 555 2671',
      email: null,
      company: 'Acme',
      enrichmentStatus: 'completed',
      enrichmentData: { title: { value: 'Head of Support', provider: 'apollo' }, phone: { provider: 'zoominfo' } },
    });
    const company = await tenant.run((ctx) => getAccount(ctx, { id: account.id }));
    expect(company).toMatchObject({ industry: 'Retail', profile: { facts: { technologies: ['Go'] } } });

    // Without credentials Clearbit is not asked, a closed call is not repeated, and what is known is not asked for.
    expect(clearbit.asked).toHaveLength(0);
    expect(hunter.asked).toHaveLength(1);
    expect(apollo.asked[0]).toMatchObject({ apiKey: 'apollo-key', subject: { wanted: ['email', 'phone', 'title'] } });
    expect(zoominfo.asked.find(({ subject }) => subject.kind === 'prospect')!.subject.wanted).toEqual([
      'email',
      'phone',
    ]);
    const told = await read(request.id);
    expect(told).toMatchObject({
      status: 'completed',
      targets: { total: 2, completed: 2 },
      providersUsed: ['apollo', 'zoominfo'],
      costs: [{ amount: '0.84', currency: 'USD' }],
    });
    expect(
      told.records.flatMap((record) => record.lookups.map(({ provider: by, status }) => `${by} ${status}`)).sort(),
    ).toEqual(['apollo found', 'apollo found', 'hunter failed', 'zoominfo found', 'zoominfo found']);
    expect([...tool.struck.keys()].sort()).toEqual(['enrichmentFinish', 'enrichmentLookUp', 'enrichmentPlan']);
    const events =
      await database.owner`select data from domain_events where entity_id = ${request.id} and type = 'enrichment.ended'`;
    expect(events).toHaveLength(1);
  });

  it('makes no call beyond the cap of the month', async () => {
    const clearbit = provider('clearbit', () => ({ status: 'not_found' }));
    await configure('clearbit', { monthlyCap: 1 });
    const worker = await startWorker([clearbit.itself]);
    const ended = [];
    for (const firstName of ['One', 'Two']) {
      const { id } = await tenant.run(async (ctx) =>
        enrichProspect(ctx, { id: (await createProspect(ctx, { firstName })).id, fields: ['title'] }),
      );
      await result(worker, id);
      ended.push(await read(id));
    }
    expect(ended).toMatchObject([
      { status: 'completed', targets: { notFound: 1 }, calls: 1 },
      { status: 'skipped', reason: 'monthly cap reached', calls: 0 },
    ]);
    expect(clearbit.asked).toHaveLength(1);
    const { providers } = await tenant.run((ctx) => listEnrichmentProviders(ctx, {}));
    expect(providers.find(({ id }) => id === 'clearbit')).toMatchObject({ callsThisMonth: 1, monthlyCap: 1 });
  });
});
