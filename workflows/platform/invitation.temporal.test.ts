import { afterAll, afterEach, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { activityClock } from '../../activities/core/clock.ts';
import { createInvitationActivities } from '../../activities/platform/invitations.activities.ts';
import { noFaults } from '../../services/core/fault-points.ts';
import { inviteMember, resendInvitation, revokeInvitation } from '../../services/platform/invitations/index.ts';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../test/database.ts';
import { testMailing } from '../../test/http/harness.ts';
import { dispatcherOf } from '../../test/temporal/dispatcher.ts';
import { failAfterCommit } from '../../test/temporal/fail-after-commit.ts';
import type { TestWorker, TestWorkerOptions } from '../../test/temporal/harness.ts';
import { productWorkers } from '../../test/temporal/product-worker.ts';
import { startTimeSkipping, TIME_SKIPPING_REASON, type TimeSkipping } from '../../test/temporal/time-skipping.ts';
import { testWorkers } from '../../test/temporal/workers.ts';
import { MAIN_QUEUE } from '../queues.contract.ts';

let database: TestDatabase;
let tenant: TestTenant;
const openWorker = testWorkers();
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

async function startWorker(options: Partial<TestWorkerOptions> = {}): Promise<TestWorker> {
  const activities = createInvitationActivities({
    db: database.app,
    clock: activityClock,
    mailing: testMailing,
    lifeHours: 72,
    faultPoint: noFaults,
  });
  return openWorker({ taskQueue: MAIN_QUEUE, activities, ...options });
}

const dispatch = (worker: TestWorker) => dispatcherOf(database, worker).dispatch();

async function invite(now: Date): Promise<string> {
  tenant = await createTenant(database);
  const input = { email: 'grace@acme.example', role: 'user' as const, mailing: testMailing, lifeHours: 72 };
  return (await tenant.run((ctx) => inviteMember(ctx, input), now)).id;
}
const resend = (invitationId: string, now: Date) =>
  tenant.run((ctx) => resendInvitation(ctx, { invitationId, mailing: testMailing, lifeHours: 72 }), now);
const workflowId = (id: string, generation = 1) => `invitation:${tenant.organizationId}:${id}:${generation}`;

const mails = async () =>
  (
    await database.owner<{ key: string }[]>`
      select split_part(dedupe_key, ':', 1) || ' ' || split_part(dedupe_key, ':', 3) as key from sends
      where organization_id = ${tenant.organizationId} order by id`
  ).map((row) => row.key);
const row = async (id: string) =>
  (
    await database.owner`
      select status, generation, reminded_at, expires_at from team_invitations where id = ${id}`
  )[0]!;

describe('the process of an invitation', () => {
  it('ends once the invitation is revoked', async () => {
    const worker = await startWorker();
    const id = await invite(new Date());
    await dispatch(worker);
    const handle = worker.client.workflow.getHandle(workflowId(id));
    expect(await (await handle.describe()).staticSummary()).toBe(`Invitation ${id}, generation 1`);
    await tenant.run((ctx) => revokeInvitation(ctx, { invitationId: id }));
    await dispatch(worker);
    expect(await handle.result()).toEqual({ status: 'revoked' });
  });

  it('gives way to the process of a resend', async () => {
    const worker = await startWorker();
    const id = await invite(new Date());
    await dispatch(worker);
    await resend(id, new Date());
    await dispatch(worker);
    expect(await worker.client.workflow.getHandle(workflowId(id)).result()).toEqual({ status: 'replaced' });
    expect((await worker.client.workflow.getHandle(workflowId(id, 2)).describe()).status.name).toBe('RUNNING');
    expect(await mails()).toEqual(['invitation 1', 'invitation 2']);
  });

  it('has the same outcome when every activity is run twice and every task is replayed from the start', async () => {
    const tool = failAfterCommit();
    const now = new Date('2026-06-30T12:00:00Z');
    let hours = 60;
    const worker = await startWorker({
      activityInterceptors: [tool.interceptor],
      maxCachedWorkflows: 0,
      readNow: () => new Date(now.getTime() + hours * 3_600_000),
    });
    const id = await invite(now);
    await dispatch(worker);
    const handle = worker.client.workflow.getHandle(workflowId(id));
    await vi.waitFor(async () => expect((await row(id)).reminded_at).not.toBeNull(), { timeout: 20_000 });
    hours = 73;
    await handle.signal('invitationChanged');
    expect(await handle.result()).toEqual({ status: 'expired' });
    expect(tool.struck.get('invitationsAttend')).toBeGreaterThan(0);
    expect(await mails()).toEqual(['invitation 1', 'reminder 1']);
    expect((await row(id)).status).toBe('expired');
  });
});

const executable = inject('timeSkippingServerPath');

describe.skipIf(executable === null)(`three days of an invitation (${TIME_SKIPPING_REASON})`, () => {
  let time: TimeSkipping;
  beforeAll(async () => {
    time = await startTimeSkipping(executable!);
  });
  afterAll(() => time?.close());

  const travellingWorker = () => startWorker({ address: time.address, namespace: 'default', readNow: time.readNow });
  const resultOf = (id: string, generation = 1) =>
    time.environment.client.workflow.getHandle(workflowId(id, generation)).result();

  it('bring one reminder a day before the end, then the expiry, and a resend begins them anew', async () => {
    const worker = await travellingWorker();
    const start = await time.readNow();
    const id = await invite(start);
    await dispatch(worker);
    expect(await resultOf(id)).toEqual({ status: 'expired' });
    const expired = await row(id);
    const hoursAfter = (date: Date) => (date.getTime() - start.getTime()) / 3_600_000;
    expect(hoursAfter(expired.reminded_at)).toBeCloseTo(48, 1);
    expect(hoursAfter(expired.expires_at)).toBeCloseTo(72, 1);
    expect(hoursAfter(await time.readNow())).toBeGreaterThanOrEqual(72);
    expect(await mails()).toEqual(['invitation 1', 'reminder 1']);

    const again = await time.readNow();
    expect((await resend(id, again)).status).toBe('pending');
    await dispatch(worker);
    expect(await resultOf(id, 2)).toEqual({ status: 'expired' });
    expect(await mails()).toEqual(['invitation 1', 'reminder 1', 'invitation 2', 'reminder 2']);
  });
});

describe('a worker process that is killed', () => {
  const workers = productWorkers();
  afterEach(() => workers.killAll());

  it('before and after a look leaves one reminder', async () => {
    const id = await invite(new Date(Date.now() - 60 * 3_600_000));
    for (const point of ['invitation.before-attend', 'invitation.after-attend']) {
      const { signal } = await workers.start(database.url, `${point}=kill`);
      expect(signal, point).toBe('SIGKILL');
    }
    void workers.start(database.url);
    await vi.waitFor(
      async () => {
        const delivered = await database.owner`
          select count(*)::int as n from outbox_messages where organization_id = ${tenant.organizationId}`;
        expect(delivered[0]!.n).toBe(2);
      },
      { timeout: 90_000, interval: 200 },
    );
    expect(await mails()).toEqual(['invitation 1', 'reminder 1']);
    expect((await row(id)).status).toBe('pending');
  }, 240_000);
});
