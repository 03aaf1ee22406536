import { setTimeout as wait } from 'node:timers/promises';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { describe, expect, it } from 'vitest';
import { activityNow, attemptTimeInterceptor } from './clock.ts';
import type { Heartbeat } from './heartbeat.ts';
import { idempotencyKey, withHeartbeat } from './heartbeat.ts';

type Cursor = { lastId: number };

describe('withHeartbeat', () => {
  it('beats in the background with the newest position, and stops with the work', async () => {
    const environment = new MockActivityEnvironment();
    const beats: unknown[] = [];
    environment.on('heartbeat', (details: unknown) => beats.push(details));
    const result = await environment.run(() =>
      withHeartbeat(async (beat: Heartbeat<Cursor>) => {
        beat.progress({ lastId: 7 });
        while (beats.length <= 3) await wait(5);
        return 'done';
      }, 25),
    );
    expect(result).toBe('done');
    expect(beats.at(-1)).toEqual({ lastId: 7 });
    const count = beats.length;
    await wait(80);
    expect(beats).toHaveLength(count);
  });

  it('goes on where the previous attempt reported, and does not forget it before its own first report', async () => {
    const environment = new MockActivityEnvironment({ attempt: 2, heartbeatDetails: { lastId: 41 } });
    const beats: unknown[] = [];
    environment.on('heartbeat', (details: unknown) => beats.push(details));
    const resumed = await environment.run(() => withHeartbeat(async (beat: Heartbeat<Cursor>) => beat.resumeFrom));
    expect(resumed).toEqual({ lastId: 41 });
    expect(beats).toEqual([{ lastId: 41 }]);
  });

  it('hands a cancellation to the work', async () => {
    const environment = new MockActivityEnvironment();
    const run = environment.run(() =>
      withHeartbeat(async ({ signal }) => {
        await wait(10_000, undefined, { signal });
      }),
    );
    environment.cancel('CANCELLED');
    await expect(run).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('idempotencyKey', () => {
  it('is made of the workflow and the step, whatever the attempt', async () => {
    const workflowExecution = { workflowId: 'attribution:o:r', runId: 'any' };
    const keys = await Promise.all(
      [1, 2].map((attempt) =>
        new MockActivityEnvironment({ attempt, workflowExecution }).run(async () => idempotencyKey('publish')),
      ),
    );
    expect(keys).toEqual(['attribution:o:r:publish', 'attribution:o:r:publish']);
  });
});

describe('activityNow', () => {
  it('is read once per attempt', async () => {
    let reads = 0;
    const interceptor = attemptTimeInterceptor(() => new Date(Date.UTC(2030, 0, 1 + reads++)));
    const environment = new MockActivityEnvironment({}, { interceptors: [interceptor] });
    const times = (await environment.run(async () => [activityNow(), activityNow()])) as Date[];
    expect(times.map((time) => time.toISOString())).toEqual(['2030-01-01T00:00:00.000Z', '2030-01-01T00:00:00.000Z']);
  });

  it('refuses to guess when the worker has no attempt clock', async () => {
    const environment = new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR') });
    await expect(environment.run(async () => activityNow())).rejects.toThrow(/attemptTimeInterceptor/);
  });
});
