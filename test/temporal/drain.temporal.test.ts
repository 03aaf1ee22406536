import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { freePort } from '../../dev/host.ts';
import type { TemporalClient } from '../../temporal/connection.ts';
import { createClient } from '../../temporal/connection.ts';
import { TEST_NAMESPACE, uniqueQueue } from './harness.ts';

const SCRIPT = fileURLToPath(new URL('./worker-process.ts', import.meta.url));

describe('a worker process', () => {
  const address = inject('temporalAddress');
  const children = new Set<ChildProcess>();
  let temporal: TemporalClient;
  let folder: string;

  beforeAll(async () => {
    temporal = createClient({ address, namespace: TEST_NAMESPACE, identity: 'test' });
    folder = await mkdtemp(join(tmpdir(), 'revloop-drain-'));
  });
  afterEach(() => {
    for (const child of children) child.kill('SIGKILL');
    children.clear();
  });
  afterAll(async () => {
    await temporal.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function startProcess(taskQueue: string, graceMs: number, server = address) {
    const healthPort = await freePort();
    const child = spawn(
      process.execPath,
      [SCRIPT, server, TEST_NAMESPACE, taskQueue, String(graceMs), String(healthPort)],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    children.add(child);
    const exit = once(child, 'exit').then(([code]) => code as number | null);
    const health = (path: string) =>
      fetch(`http://127.0.0.1:${healthPort}${path}`).then(
        async (response) => ({ status: response.status, body: (await response.json()) as Record<string, unknown> }),
        () => ({ status: 0, body: {} as Record<string, unknown> }),
      );
    return { child, exit, health };
  }

  async function startSlow(taskQueue: string, ms: number) {
    const file = join(folder, randomUUID());
    const options = { taskQueue, workflowId: `drain-${randomUUID()}`, args: [{ value: `${ms}|${file}` }] };
    const handle = await temporal.client.workflow.start('probeBeat', options);
    const lines = () =>
      readFile(file, 'utf8').then(
        (text) => text.trim().split('\n'),
        () => [] as string[],
      );
    await expect.poll(lines, { timeout: 20_000 }).toHaveLength(1);
    return { handle, lines };
  }

  it('finishes what is in flight when it is told to end, and exits', async () => {
    const taskQueue = uniqueQueue('drain');
    const { child, exit, health } = await startProcess(taskQueue, 10_000);
    const { handle, lines } = await startSlow(taskQueue, 1_500);
    expect((await health('/live')).status).toBe(200);
    expect(await health('/ready')).toMatchObject({
      status: 200,
      body: { phase: 'running', checks: { temporal: 'ok' } },
    });
    child.kill('SIGTERM');
    await expect.poll(async () => (await health('/ready')).status).toBe(503);
    expect(await exit).toBe(0);
    expect(await lines()).toEqual(['start 1 from the beginning', 'end 1']);
    await startProcess(taskQueue, 1_000);
    expect(await handle.result()).toBe('attempt 1');
  }, 60_000);

  it('hands back what outlasts the grace time, and the next process goes on from its heartbeat', async () => {
    const taskQueue = uniqueQueue('drain');
    const { child, exit } = await startProcess(taskQueue, 500);
    const { handle, lines } = await startSlow(taskQueue, 120_000);
    child.kill('SIGTERM');
    expect(await exit).toBe(0);
    await startProcess(taskQueue, 1_000);
    expect(await handle.result()).toBe('attempt 2');
    expect(await lines()).toEqual(['start 1 from the beginning', 'start 2 from half-way', 'end 2']);
  }, 60_000);

  it('may be killed at any moment: another one repeats the attempt', async () => {
    const taskQueue = uniqueQueue('drain');
    const { child, exit } = await startProcess(taskQueue, 500);
    const { handle } = await startSlow(taskQueue, 120_000);
    child.kill('SIGKILL');
    await exit;
    await startProcess(taskQueue, 1_000);
    expect(await handle.result()).toBe('attempt 2');
  }, 60_000);

  it('waits for a server that is away, alive and not ready, and still ends when told to', async () => {
    const { child, exit, health } = await startProcess(uniqueQueue('drain'), 500, '127.0.0.1:9');
    await expect.poll(async () => (await health('/live')).status, { timeout: 20_000 }).toBe(200);
    expect(await health('/ready')).toMatchObject({
      status: 503,
      body: { phase: 'starting', checks: { temporal: 'failing' } },
    });
    child.kill('SIGTERM');
    expect(await exit).toBe(0);
  }, 60_000);
});
