import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { TemporalClient } from '../../temporal/connection.ts';
import { createClient } from '../../temporal/connection.ts';
import type { JobSchedule } from '../../temporal/schedules.ts';
import { ensureSchedules } from '../../temporal/schedules.ts';
import type { TestWorker } from './harness.ts';
import { PROBE_BUNDLE, startTestWorker, TEST_NAMESPACE, uniqueQueue } from './harness.ts';
import { probeActivities } from './probes.activities.ts';

describe('job schedules', () => {
  const taskQueue = uniqueQueue('schedules');
  let temporal: TemporalClient;
  let worker: TestWorker;

  const job = (changes: Partial<JobSchedule> = {}): JobSchedule => ({
    name: 'sweep',
    workflowType: 'probeActivity',
    taskQueue,
    args: [{ value: 'swept' }],
    everySeconds: 3_600,
    summary: 'sweeps',
    ...changes,
  });
  const listed = async () => {
    const ids: string[] = [];
    for await (const { scheduleId } of temporal.client.schedule.list()) ids.push(scheduleId);
    return ids.sort();
  };

  beforeAll(async () => {
    temporal = createClient({ address: inject('temporalAddress'), namespace: TEST_NAMESPACE, identity: 'test' });
    worker = await startTestWorker({ taskQueue, activities: probeActivities, bundle: PROBE_BUNDLE });
  });
  afterAll(async () => {
    await worker?.stop();
    await temporal.close();
  });

  it('are created once, changed when their definition changes, and keep an operator’s pause', async () => {
    expect(await ensureSchedules(temporal.client, [job()])).toEqual({ created: ['sweep'], updated: [], deleted: [] });
    expect(await ensureSchedules(temporal.client, [job()])).toEqual({ created: [], updated: [], deleted: [] });
    const handle = temporal.client.schedule.getHandle('job:sweep');
    await handle.pause('operator');
    const changes = await ensureSchedules(temporal.client, [job({ everySeconds: 60 })]);
    expect(changes.updated).toEqual(['sweep']);
    const { spec, state } = await handle.describe();
    expect(spec.intervals?.[0]?.every).toBe(60_000);
    expect(state.paused).toBe(true);
  });

  it('start their workflow', async () => {
    await ensureSchedules(temporal.client, [job()]);
    const handle = temporal.client.schedule.getHandle('job:sweep');
    await handle.unpause();
    await handle.trigger();
    await expect
      .poll(async () => (await handle.describe()).info.recentActions.length, { timeout: 15_000 })
      .toBeGreaterThan(0);
    const [action] = (await handle.describe()).info.recentActions;
    const { workflowId } = action!.action.workflow;
    expect(await temporal.client.workflow.getHandle(workflowId).result()).toBe('swept');
  });

  it('are deleted with their definition, and other people’s schedules are left alone', async () => {
    await ensureSchedules(temporal.client, [job()]);
    await temporal.client.schedule.create({
      scheduleId: 'report:of-a-person',
      spec: { intervals: [{ every: '1 day' }] },
      action: { type: 'startWorkflow', workflowType: 'probeActivity', taskQueue, args: [{ value: 'x' }] },
    });
    await expect.poll(listed, { timeout: 15_000 }).toEqual(['job:sweep', 'report:of-a-person']);
    expect((await ensureSchedules(temporal.client, [])).deleted).toEqual(['sweep']);
    await expect.poll(listed, { timeout: 15_000 }).toEqual(['report:of-a-person']);
  });
});
