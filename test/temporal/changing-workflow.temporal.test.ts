import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BundleOptions } from '../../temporal/bundle.ts';
import { startTestWorker, type TestWorker, uniqueQueue } from './harness.ts';

/** Inside the project, because the workflows must find its node_modules. */
const CACHE = fileURLToPath(new URL('../../.cache', import.meta.url));

const HEAD = `import { condition, defineSignal, patched, proxyActivities, setHandler } from '@temporalio/workflow';
const { draft, write, send } = proxyActivities<Record<'draft' | 'write' | 'send', () => Promise<string>>>({
  startToCloseTimeout: '5s',
});
const go = defineSignal('go');
export async function letter(): Promise<string[]> {
  let gone = false;
  setHandler(go, () => { gone = true; });
`;
const TAIL = `
  done.push(await write());
  await condition(() => gone);
  return [...done, await send()];
}`;
/** A letter is written, then waits to be sent. From now on it is to be drafted first. */
const BEFORE = `${HEAD} const done: string[] = []; ${TAIL}`;
const NAIVE = `${HEAD} const done = [await draft()]; ${TAIL}`;
const GUARDED = `${HEAD} const done = patched('draft-first') ? [await draft()] : []; ${TAIL}`;

describe('a workflow that is changed while it runs', () => {
  let folder: string;
  let before: BundleOptions;
  const workers: TestWorker[] = [];
  beforeAll(async () => {
    await mkdir(CACHE, { recursive: true });
    folder = await mkdtemp(join(CACHE, 'changing-'));
    before = await bundleOf('before', BEFORE);
  });
  afterAll(async () => {
    await Promise.allSettled(workers.map((worker) => worker.stop()));
    await rm(folder, { recursive: true, force: true });
  });

  async function bundleOf(name: string, source: string): Promise<BundleOptions> {
    const root = join(folder, name);
    await mkdir(root);
    await writeFile(join(root, 'index.ts'), source);
    return { workflowsPath: join(root, 'index.ts'), sourceRoots: [root], cacheDir: join(folder, 'bundles') };
  }
  const activities = { draft: async () => 'draft', write: async () => 'write', send: async () => 'send' };
  async function workerOf(taskQueue: string, bundle: BundleOptions): Promise<TestWorker> {
    const worker = await startTestWorker({ taskQueue, bundle, activities });
    workers.push(worker);
    return worker;
  }
  /** One execution of the old code that has come to its wait, and then loses its worker. */
  async function begun(taskQueue: string): Promise<string> {
    const worker = await workerOf(taskQueue, before);
    const workflowId = randomUUID();
    const handle = await worker.client.workflow.start('letter', { taskQueue, workflowId });
    await expect.poll(async () => (await handle.fetchHistory()).events?.length, { timeout: 20_000 }).toBe(10);
    await worker.stop();
    workers.pop();
    return workflowId;
  }

  it('goes on by the old way, and new executions take the new one, when the change is guarded by patched()', async () => {
    const taskQueue = uniqueQueue('guarded');
    const workflowId = await begun(taskQueue);
    const { client } = await workerOf(taskQueue, await bundleOf('guarded', GUARDED));
    const old = client.workflow.getHandle(workflowId);
    await old.signal('go');
    expect(await old.result()).toEqual(['write', 'send']);
    const fresh = await client.workflow.start('letter', { taskQueue, workflowId: randomUUID() });
    await fresh.signal('go');
    expect(await fresh.result()).toEqual(['draft', 'write', 'send']);
  });

  it('stands still, and loses nothing, when it is not; the old code or a guard makes it go on', async () => {
    const taskQueue = uniqueQueue('naive');
    const workflowId = await begun(taskQueue);
    const naive = await workerOf(taskQueue, await bundleOf('naive', NAIVE));
    const handle = naive.client.workflow.getHandle(workflowId);
    await handle.signal('go');
    const failure = async () => {
      const { events = [] } = await handle.fetchHistory();
      return events?.find((event) => event.workflowTaskFailedEventAttributes)?.workflowTaskFailedEventAttributes;
    };
    while (!(await failure())) await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await failure())?.failure?.message).toMatch(/nondeterminism/i);
    expect((await handle.describe()).status.name).toBe('RUNNING');
    await naive.stop();
    workers.pop();
    const { client } = await workerOf(taskQueue, before);
    expect(await client.workflow.getHandle(workflowId).result()).toEqual(['write', 'send']);
  });
});
