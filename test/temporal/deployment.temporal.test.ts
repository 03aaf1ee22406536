import { randomUUID } from 'node:crypto';
import { NativeConnection } from '@temporalio/worker';
import { describe, expect, inject, it, vi } from 'vitest';
import { workflowBundle } from '../../temporal/bundle.ts';
import { createClient } from '../../temporal/connection.ts';
import { installRuntime } from '../../temporal/runtime.ts';
import { createWorkers } from '../../temporal/worker.ts';
import { PROBE_BUNDLE, quietLogger, TEST_NAMESPACE, uniqueQueue } from './harness.ts';
import { probeActivities } from './probes.activities.ts';

describe('versioned workers', () => {
  it('take work only after the release step has made their version the current one', async () => {
    installRuntime({ logger: quietLogger, service: 'test' });
    const address = inject('temporalAddress');
    const temporal = createClient({ address, namespace: TEST_NAMESPACE, identity: 'test' });
    const connection = await NativeConnection.connect({ address });
    const taskQueue = uniqueQueue('deployment');
    const deployment = { deploymentName: `revloop-${randomUUID()}`, buildId: 'build-1' };
    const { codePath } = await workflowBundle(PROBE_BUNDLE);
    const workers = await createWorkers({
      connection,
      namespace: TEST_NAMESPACE,
      identity: 'test',
      bundlePath: codePath,
      queues: { [taskQueue]: { activities: probeActivities, workflows: true } },
      deployment,
      shutdownGraceMs: 1_000,
      shutdownForceMs: 3_000,
    });
    const run = workers.runAll();
    const options = { taskQueue, workflowId: `deployment-${randomUUID()}`, args: [{ value: 'released' }] };
    const handle = await temporal.client.workflow.start('probeActivity', options);

    const first = await Promise.race([handle.result(), new Promise((resolve) => setTimeout(resolve, 1_500, 'stuck'))]);
    expect(first).toBe('stuck');
    await vi.waitFor(
      () =>
        temporal.client.workflowService.setWorkerDeploymentCurrentVersion({
          namespace: TEST_NAMESPACE,
          deploymentName: deployment.deploymentName,
          buildId: deployment.buildId,
          version: `${deployment.deploymentName}.${deployment.buildId}`,
        }),
      { timeout: 20_000, interval: 500 },
    );
    expect(await handle.result()).toBe('released');

    workers.drain();
    await run;
    await connection.close();
    await temporal.close();
  });
});
