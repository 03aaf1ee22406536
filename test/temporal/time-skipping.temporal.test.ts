import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { TestWorker } from './harness.ts';
import { PROBE_BUNDLE, startTestWorker, uniqueQueue } from './harness.ts';
import { probeActivities } from './probes.activities.ts';
import type { TimeSkipping } from './time-skipping.ts';
import { startTimeSkipping, TIME_SKIPPING_REASON } from './time-skipping.ts';

const executable = inject('timeSkippingServerPath');

describe.skipIf(executable === null)(`time skipping (${TIME_SKIPPING_REASON})`, () => {
  const taskQueue = uniqueQueue('time');
  let time: TimeSkipping;
  let worker: TestWorker;

  beforeAll(async () => {
    time = await startTimeSkipping(executable!);
    worker = await startTestWorker({
      taskQueue,
      activities: probeActivities,
      bundle: PROBE_BUNDLE,
      address: time.address,
      namespace: 'default',
      readNow: time.readNow,
    });
  });
  afterAll(async () => {
    await worker?.stop();
    await time?.close();
  });

  it('passes a year in seconds, and activities see the year pass', async () => {
    const startedAt = performance.now();
    const options = { taskQueue, workflowId: `time-${randomUUID()}`, args: [{ days: 365 }] };
    const { before, after } = (await time.environment.client.workflow.execute('probeNap', options)) as {
      before: string;
      after: string;
    };
    const days = (Date.parse(after) - Date.parse(before)) / 86_400_000;
    expect(days).toBeGreaterThan(364.9);
    expect(days).toBeLessThan(365.1);
    expect(performance.now() - startedAt).toBeLessThan(15_000);
  });
});
