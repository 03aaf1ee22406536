import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { failAfterCommit } from './fail-after-commit.ts';
import { historyJson, PROBE_BUNDLE, startTestWorker, uniqueQueue } from './harness.ts';
import { probeActivities } from './probes.activities.ts';

describe('failAfterCommit', () => {
  it('lets every activity run twice and the workflow still end', async () => {
    const taskQueue = uniqueQueue('idempotency');
    const tool = failAfterCommit();
    let runs = 0;
    const activities = {
      ...probeActivities,
      probeEcho: async (value: string) => {
        runs += 1;
        return value;
      },
    };
    const worker = await startTestWorker({
      taskQueue,
      activities,
      bundle: PROBE_BUNDLE,
      activityInterceptors: [tool.interceptor],
      maxCachedWorkflows: 0,
    });
    const workflowId = `idempotency-${randomUUID()}`;
    const options = { taskQueue, workflowId, args: [{ value: 'kept' }] };
    expect(await worker.client.workflow.execute('probeActivity', options)).toBe('kept');
    expect(runs).toBe(2);
    expect([...tool.struck]).toEqual([['probeEcho', 1]]);
    expect(await historyJson(worker.client, workflowId)).toContain('LostAnswer');
    await worker.stop();
  });
});
