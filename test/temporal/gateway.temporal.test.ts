import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import type { ProcessCommand, ProcessGateway } from '../../domain/core/process.port.ts';
import { createClient } from '../../temporal/connection.ts';
import { createProcessGateway, PermanentDispatchError } from '../../temporal/processes/gateway.ts';
import { defineProcess } from '../../temporal/processes/process.ts';
import type { TestWorker } from './harness.ts';
import { PROBE_BUNDLE, readableHistory, startTestWorker, TEST_NAMESPACE, uniqueQueue } from './harness.ts';
import { probeActivities } from './probes.activities.ts';
import type { ProbeInput } from './workflows/probes.contract.ts';
import { probeReleased } from './workflows/probes.contract.ts';

const taskQueue = uniqueQueue('gateway');
const waitProcess = defineProcess<ProbeInput>({
  name: 'probeWait',
  workflowType: 'probeWait',
  taskQueue,
  signals: [probeReleased],
  entityType: 'probe',
  summary: (input) => `waits with ${input.value}`,
  priority: 1,
});

const command = (changes: Partial<ProcessCommand> = {}): ProcessCommand => ({
  organizationId: randomUUID(),
  process: 'probeWait',
  entityId: randomUUID(),
  generation: null,
  kind: 'start',
  input: { value: 'x' },
  ...changes,
});

describe('process gateway', () => {
  let worker: TestWorker;
  let gateway: ProcessGateway;

  beforeAll(async () => {
    worker = await startTestWorker({ taskQueue, activities: probeActivities, bundle: PROBE_BUNDLE });
    gateway = createProcessGateway(worker.client, [waitProcess]);
  });
  afterAll(() => worker.stop());

  it('starts a process once, however often the command is sent', async () => {
    const start = command({ generation: 2 });
    expect(await gateway.dispatch(start)).toBe('done');
    expect(await gateway.dispatch(start)).toBe('already');
    const id = `probeWait:${start.organizationId}:${start.entityId}:2`;
    const description = await worker.client.workflow.getHandle(id).describe();
    expect(description.type).toBe('probeWait');
    expect(await description.staticSummary()).toBe('waits with x');
    expect(description.priority).toMatchObject({ priorityKey: 1, fairnessKey: start.organizationId });
    const attributes = description.typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value]);
    expect(Object.fromEntries(attributes)).toMatchObject({
      OrganizationId: start.organizationId,
      EntityId: start.entityId,
      EntityType: 'probe',
    });
    const lean = createProcessGateway(worker.client, [{ ...waitProcess, foundById: true }]);
    const other = command({ organizationId: start.organizationId });
    await lean.dispatch(other);
    const found = worker.client.workflow.getHandle(`probeWait:${start.organizationId}:${other.entityId}`);
    expect((await found.describe()).typedSearchAttributes.getAll()).toEqual([]);
    const query = `WorkflowId STARTS_WITH "probeWait:${start.organizationId}:"`;
    await vi.waitFor(async () => expect((await worker.client.workflow.count(query)).count).toBe(2), { timeout: 5_000 });
    await gateway.dispatch({ ...other, kind: 'signal', signal: 'probeReleased', input: { by: 'cleanup' } });
    await gateway.dispatch({ ...start, kind: 'signal', signal: 'probeReleased', input: { by: 'cleanup' } });
  });

  it('does not start a process again after it has closed', async () => {
    const start = command();
    await gateway.dispatch(start);
    await gateway.dispatch({ ...start, kind: 'signal', signal: 'probeReleased', input: { by: 'first' } });
    await worker.client.workflow.getHandle(`probeWait:${start.organizationId}:${start.entityId}`).result();
    expect(await gateway.dispatch(start)).toBe('already');
  });

  it('delivers a signal with its input, and calls one to a closed or unknown process finished', async () => {
    const start = command();
    await gateway.dispatch(start);
    const signal: ProcessCommand = { ...start, kind: 'signal', signal: 'probeReleased', input: { by: 'a person' } };
    expect(await gateway.dispatch(signal)).toBe('done');
    const handle = worker.client.workflow.getHandle(`probeWait:${start.organizationId}:${start.entityId}`);
    expect(await handle.result()).toBe('a person');
    expect(await gateway.dispatch(signal)).toBe('gone');
    expect(await gateway.dispatch({ ...signal, entityId: randomUUID() })).toBe('gone');
  });

  it('cancels a running process, and calls the cancellation of an unknown one finished', async () => {
    const start = command();
    await gateway.dispatch(start);
    expect(await gateway.dispatch({ ...start, kind: 'cancel', input: null })).toBe('done');
    const handle = worker.client.workflow.getHandle(`probeWait:${start.organizationId}:${start.entityId}`);
    await expect(handle.result()).rejects.toThrow();
    expect((await handle.describe()).status.name).toBe('CANCELLED');
    expect(await gateway.dispatch({ ...start, kind: 'cancel', entityId: randomUUID(), input: null })).toBe('gone');
  });

  it.each([
    ['an unknown process', { process: 'nothing' }],
    ['an unknown signal', { kind: 'signal', signal: 'probeUnknown' }],
    ['a missing signal name', { kind: 'signal', signal: null }],
    ['an id part with a colon', { entityId: 'a:b' }],
    ['an id above 255 bytes', { entityId: 'é'.repeat(120) }],
    ['an input above 256 KiB', { input: { value: 'x'.repeat(300_000) } }],
  ] as [string, Partial<ProcessCommand>][])('refuses %s for good', async (_what, changes) => {
    await expect(gateway.dispatch(command(changes))).rejects.toThrow(PermanentDispatchError);
  });

  it('says that the server is available', async () => {
    expect(await gateway.isAvailable()).toBe(true);
  });

  it('uses no id or payload beyond what the command named', async () => {
    const start = command({ input: { value: 'only-this' } });
    await gateway.dispatch(start);
    const id = `probeWait:${start.organizationId}:${start.entityId}`;
    expect(await readableHistory(worker.client, id)).toContain('only-this');
    await gateway.dispatch({ ...start, kind: 'cancel' });
  });
});

describe('process gateway without a server', () => {
  /** A server that takes the connection and never answers, and a port where nobody listens. */
  const blackHole = createServer(() => {});
  let silentAddress: string;

  beforeAll(async () => {
    await new Promise<void>((resolve) => blackHole.listen(0, '127.0.0.1', resolve));
    silentAddress = `127.0.0.1:${(blackHole.address() as { port: number }).port}`;
  });
  afterAll(() => blackHole.close());

  it.each([
    ['refuses connections', () => '127.0.0.1:9'],
    ['never answers', () => silentAddress],
  ])('throws for a retry within the deadline when the server %s', async (_what, address) => {
    const temporal = createClient({ address: address(), namespace: TEST_NAMESPACE, identity: 'test' });
    const gateway = createProcessGateway(temporal.client, [waitProcess]);
    const startedAt = performance.now();
    const error = await gateway.dispatch(command()).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBeInstanceOf(PermanentDispatchError);
    // A deadline of 3 s, on a machine that may be busy.
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    expect(await gateway.isAvailable()).toBe(false);
    await temporal.close();
  });

  it('works again once the server is there, with the same client', async () => {
    const target = inject('temporalAddress').split(':');
    const free = createServer();
    await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve));
    const { port } = free.address() as { port: number };
    await new Promise((resolve) => free.close(resolve));
    const temporal = createClient({ address: `127.0.0.1:${port}`, namespace: TEST_NAMESPACE, identity: 'test' });
    const gateway = createProcessGateway(temporal.client, [waitProcess]);
    expect(await gateway.isAvailable()).toBe(false);
    const { connect } = await import('node:net');
    const proxy = createServer((socket) => {
      const upstream = connect(Number(target[1]), target[0]);
      socket.pipe(upstream).pipe(socket);
      socket.on('error', () => upstream.destroy());
      upstream.on('error', () => socket.destroy());
    });
    await new Promise<void>((resolve) => proxy.listen(port, '127.0.0.1', resolve));
    const start = command();
    await expect.poll(() => gateway.isAvailable(), { timeout: 8_000 }).toBe(true);
    expect(await gateway.dispatch(start)).toBe('done');
    expect(await gateway.dispatch({ ...start, kind: 'cancel' })).toBe('done');
    await temporal.close();
    proxy.close();
  });
});
