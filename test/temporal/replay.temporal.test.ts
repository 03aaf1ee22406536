import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workflowBundle } from '../../temporal/bundle.ts';
import { historyJson, PROBE_BUNDLE, startTestWorker, uniqueQueue } from './harness.ts';
import { readHistories, replayHistories } from './histories.ts';
import { probeActivities } from './probes.activities.ts';

const CACHE = fileURLToPath(new URL('../../.cache', import.meta.url));

describe('replay of recorded histories', () => {
  let folder: string;

  beforeAll(async () => {
    await mkdir(CACHE, { recursive: true });
    folder = await mkdtemp(join(CACHE, 'replay-test-'));
    const taskQueue = uniqueQueue('replay');
    const worker = await startTestWorker({ taskQueue, activities: probeActivities, bundle: PROBE_BUNDLE });
    const workflowId = `replay-${randomUUID()}`;
    await worker.client.workflow.execute('probeActivity', { taskQueue, workflowId, args: [{ value: 'x' }] });
    await mkdir(join(folder, 'wing/histories'), { recursive: true });
    await writeFile(join(folder, 'wing/histories/probe.completed.json'), await historyJson(worker.client, workflowId));
    await worker.stop();
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('passes with the code that made them', async () => {
    const { codePath } = await workflowBundle(PROBE_BUNDLE);
    const histories = readHistories(folder);
    expect(histories.map(({ workflowType }) => workflowType)).toEqual(['probeActivity']);
    expect(await replayHistories(codePath, histories)).toEqual({});
  });

  it('names the file whose commands the code no longer makes', async () => {
    await mkdir(join(folder, 'changed'));
    await writeFile(
      join(folder, 'changed/index.ts'),
      `import { sleep } from '@temporalio/workflow';
       export async function probeActivity(): Promise<void> { await sleep(1000); }\n`,
    );
    const { codePath } = await workflowBundle({
      workflowsPath: join(folder, 'changed/index.ts'),
      sourceRoots: [join(folder, 'changed')],
      cacheDir: join(folder, 'bundles'),
    });
    const misfits = await replayHistories(codePath, readHistories(folder));
    expect(Object.keys(misfits)).toEqual(['wing/histories/probe.completed.json']);
    expect(Object.values(misfits)[0]).toMatch(/nondeterminism/i);
  });
});
