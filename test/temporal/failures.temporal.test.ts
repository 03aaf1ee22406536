import { randomUUID } from 'node:crypto';
import { WorkflowFailedError } from '@temporalio/client';
import { ActivityFailure, ApplicationFailure } from '@temporalio/common';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestWorker } from './harness.ts';
import { PROBE_BUNDLE, readableHistory, startTestWorker, uniqueQueue } from './harness.ts';
import { PERSON, probeActivities } from './probes.activities.ts';

describe.concurrent('failures in histories', () => {
  const taskQueue = uniqueQueue('failures');
  const log: string[] = [];
  const logger = pino({ level: 'info' }, { write: (line: string) => log.push(line) });
  let worker: TestWorker;

  beforeAll(async () => {
    worker = await startTestWorker({ taskQueue, activities: probeActivities, bundle: PROBE_BUNDLE, logger });
  });
  afterAll(() => worker.stop());

  async function fail(kind: string): Promise<{ history: string; failure: ApplicationFailure }> {
    const workflowId = `failures-${randomUUID()}`;
    const run = worker.client.workflow.execute('probeDoomed', { taskQueue, workflowId, args: [{ value: kind }] });
    const error = await run.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(WorkflowFailedError);
    const activityFailure = (error as WorkflowFailedError).cause;
    expect(activityFailure).toBeInstanceOf(ActivityFailure);
    const failure = (activityFailure as ActivityFailure).cause;
    expect(failure).toBeInstanceOf(ApplicationFailure);
    return { history: await readableHistory(worker.client, workflowId), failure: failure as ApplicationFailure };
  }

  it.each(['plain', 'cause', 'app', 'postgres', 'invalidText'])('keep no trace of a person (%s)', async (kind) => {
    const { history } = await fail(kind);
    expect(history).toContain('EVENT_TYPE_ACTIVITY_TASK_FAILED');
    for (const trace of ['jane', 'roe', 'customer.example', '2345678']) {
      expect(history.toLowerCase()).not.toContain(trace);
    }
  });

  it('keep the code of a deliberate error and do not repeat it', async () => {
    const { history, failure } = await fail('app');
    expect(failure.type).toBe('EMAIL_INVALID');
    expect(failure.nonRetryable).toBe(true);
    expect(history).toMatch(/"attempt": 1\b/);
    expect(history).not.toMatch(/"attempt": [23]\b/);
  });

  it('repeat what may heal by itself', async () => {
    const { history, failure } = await fail('unavailable');
    expect(failure.type).toBe('MODEL_AWAY');
    expect(history).toMatch(/"attempt": 3\b/);
  });

  it('name table and constraint of a database error', async () => {
    const { failure } = await fail('postgres');
    expect(failure.type).toBe('Postgres23505');
    expect(failure.message).toBe('Postgres error 23505 (users, users_email_key)');
  });

  it('are whole in the worker’s log, with the workflow, the activity and its attempt', async () => {
    const workflowId = `probe:organization-7:${randomUUID()}`;
    const args = [{ value: 'postgres' }];
    const run = worker.client.workflow.execute('probeDoomed', { taskQueue, workflowId, args });
    await expect(run).rejects.toThrow();
    const lines = log.map((line) => JSON.parse(line)).filter((line) => line.workflowId === workflowId);
    const failed = lines.find((line) => line.msg === 'Activity failed');
    expect(failed).toMatchObject({ organizationId: 'organization-7', activity: 'probeThrow', attempt: 1 });
    expect(failed.err).toMatchObject({ code: '23505', constraint_name: 'users_email_key' });
    expect(failed.err.detail).toContain(PERSON.email);
    expect(failed).not.toHaveProperty('taskToken');
  });

  it('refuse a payload above 256 KiB for good', async () => {
    const workflowId = `failures-${randomUUID()}`;
    const args = [{ value: 'x'.repeat(300_000) }];
    const run = worker.client.workflow.execute('probeActivity', { taskQueue, workflowId, args });
    const error = (await run.catch((thrown: unknown) => thrown)) as WorkflowFailedError;
    const failure = (error.cause as ActivityFailure).cause as ApplicationFailure;
    expect(failure.type).toBe('PayloadTooLarge');
    expect(failure.nonRetryable).toBe(true);
  });
});
