import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { activityClock } from '../../activities/core/clock.ts';
import { createSurveyActivities } from '../../activities/service/surveys.activities.ts';
import { DEVELOPMENT_ENCRYPTION_KEY } from '../../config.ts';
import { createDispatcher } from '../../services/core/dispatcher.ts';
import { noFaults } from '../../services/core/fault-points.ts';
import { createMailing } from '../../services/platform/sends/index.ts';
import { createTicket, updateTicket } from '../../services/service/index.ts';
import { SERVICE_REACTIONS } from '../../services/service/reactions.ts';
import { createProcessGateway } from '../../temporal/processes/gateway.ts';
import { PROCESSES } from '../../temporal/processes/index.ts';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../test/database.ts';
import { runAllReactions } from '../../test/reactions.ts';
import { failAfterCommit } from '../../test/temporal/fail-after-commit.ts';
import type { TestWorker, TestWorkerOptions } from '../../test/temporal/harness.ts';
import { startTimeSkipping, TIME_SKIPPING_REASON, type TimeSkipping } from '../../test/temporal/time-skipping.ts';
import { testWorkers } from '../../test/temporal/workers.ts';
import { MAIN_QUEUE } from '../queues.contract.ts';

const HOUR = 3_600_000;

let database: TestDatabase;
let tenant: TestTenant;
const openWorker = testWorkers();
beforeAll(async () => {
  database = await createTestDatabase();
  tenant = await createTenant(database);
});
afterAll(() => database?.drop());

const mailing = createMailing({
  from: 'product@example.com',
  publicUrl: 'https://app.example.com',
  transport: 'outbox',
  encryption: { key: DEVELOPMENT_ENCRYPTION_KEY, previousKey: undefined },
});

async function startWorker(options: Partial<TestWorkerOptions> = {}): Promise<TestWorker> {
  const activities = createSurveyActivities({ db: database.app, clock: activityClock, mailing });
  return openWorker({ taskQueue: MAIN_QUEUE, activities, ...options });
}

/** A ticket that was just resolved, and the survey about it. */
async function resolved(worker: TestWorker, now: Date): Promise<{ ticketId: string; surveyId: string }> {
  const fields = { subject: 'It stops', requesterEmail: 'ann@globex.example' };
  const { id } = await tenant.run((ctx) => createTicket(ctx, fields), now);
  await tenant.run((ctx) => updateTicket(ctx, { id, changes: { status: 'resolved' } }), now);
  await runAllReactions(database, SERVICE_REACTIONS);
  // A reaction lives in the time of the test's machine; the survey is about the ticket's.
  const [survey] = await database.owner<{ id: string }[]>`
    update ticket_surveys set send_at = ${new Date(now.getTime() + HOUR)}, remind_at = ${new Date(now.getTime() + 73 * HOUR)},
      expires_at = ${new Date(now.getTime() + 337 * HOUR)} where ticket_id = ${id} returning id`;
  await createDispatcher({
    platformDb: database.platform,
    gateway: createProcessGateway(
      worker.client,
      PROCESSES.filter(({ name }) => name === 'satisfactionSurvey'),
    ),
    faultPoint: noFaults,
    onError: () => {},
  }).dispatch();
  return { ticketId: id, surveyId: survey!.id };
}
const mails = async (surveyId: string) =>
  (
    await database.owner<
      { key: string }[]
    >`select dedupe_key as key from sends where subject_id = ${surveyId} order by key`
  ).map(({ key }) => key.split(':').at(-1));
const handleOf = (worker: TestWorker, surveyId: string) =>
  worker.client.workflow.getHandle(`satisfactionSurvey:${tenant.organizationId}:${surveyId}`);

describe('the survey of a ticket', () => {
  it('asks and reminds once when every activity is run twice and every task is replayed from the start', async () => {
    const tool = failAfterCommit();
    const start = new Date('2026-06-30T12:00:00Z');
    let hours = 0;
    const worker = await startWorker({
      activityInterceptors: [tool.interceptor],
      maxCachedWorkflows: 0,
      readNow: () => new Date(start.getTime() + hours * HOUR),
    });
    const { surveyId } = await resolved(worker, start);
    const handle = handleOf(worker, surveyId);
    for (const [at, sent] of [
      [2, ['first']],
      [80, ['first', 'reminder']],
    ] as const) {
      hours = at;
      await vi.waitFor(
        async () => {
          await handle.signal('surveyChanged');
          expect(await mails(surveyId)).toEqual(sent);
        },
        { timeout: 20_000, interval: 500 },
      );
    }
    hours = 400;
    await handle.signal('surveyChanged');
    expect(await handle.result()).toEqual({ status: 'expired' });
    expect(await mails(surveyId)).toEqual(['first', 'reminder']);
    expect(tool.struck.get('surveysAttend')).toBeGreaterThan(1);
  });
});

const executable = inject('timeSkippingServerPath');

describe.skipIf(executable === null)(`the fortnight of a survey (${TIME_SKIPPING_REASON})`, () => {
  let time: TimeSkipping;
  beforeAll(async () => {
    time = await startTimeSkipping(executable!);
  });
  afterAll(() => time?.close());

  it('goes by without an answer, and asks nobody whose ticket has come back', async () => {
    const worker = await startWorker({ address: time.address, namespace: 'default', readNow: time.readNow });
    const now = await time.readNow();
    const { surveyId } = await resolved(worker, now);
    const back = await resolved(worker, now);
    await tenant.run((ctx) => updateTicket(ctx, { id: back.ticketId, changes: { status: 'open' } }), now);
    const result = (id: string) =>
      time.environment.client.workflow.getHandle(`satisfactionSurvey:${tenant.organizationId}:${id}`).result();
    expect(await result(back.surveyId)).toEqual({ status: 'cancelled' });
    expect(await mails(back.surveyId)).toEqual([]);
    expect(await result(surveyId)).toEqual({ status: 'expired' });
    expect(await mails(surveyId)).toEqual(['first', 'reminder']);
  });
});
