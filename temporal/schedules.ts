import { createHash } from 'node:crypto';
import type { Client, ScheduleOptions } from '@temporalio/client';
import { ScheduleAlreadyRunning, ScheduleNotFoundError } from '@temporalio/client';

/** Only ids with this prefix are ours to change or delete; people's schedules (reports, syncs) have others. */
const PREFIX = 'job:';

/** One per job over all organizations. */
export interface JobSchedule {
  /** Without prefix, e.g. `seal-audit`. */
  readonly name: string;
  readonly workflowType: string;
  readonly taskQueue: string;
  readonly args?: readonly unknown[];
  readonly everySeconds: number;
  readonly offsetSeconds?: number;
  readonly jitterSeconds?: number;
  /** Missed firings older than this are skipped, e.g. after an outage. */
  readonly catchupSeconds?: number;
  readonly summary: string;
}

export interface ScheduleChanges {
  readonly created: string[];
  readonly updated: string[];
  readonly deleted: string[];
}

/** The state's note holds the definition's fingerprint: unlike a memo it can be updated, and operators see it. */
const noteOf = (job: JobSchedule): string =>
  `definition ${createHash('sha256').update(JSON.stringify(job)).digest('hex').slice(0, 16)}`;

function optionsOf(job: JobSchedule) {
  return {
    scheduleId: PREFIX + job.name,
    spec: {
      intervals: [{ every: job.everySeconds * 1_000, offset: (job.offsetSeconds ?? 0) * 1_000 }],
      jitter: (job.jitterSeconds ?? 0) * 1_000,
    },
    action: {
      type: 'startWorkflow' as const,
      workflowType: job.workflowType,
      taskQueue: job.taskQueue,
      args: [...(job.args ?? [])],
      workflowId: PREFIX + job.name,
      staticSummary: job.summary,
    },
    policies: { overlap: 'SKIP', catchupWindow: (job.catchupSeconds ?? 600) * 1_000 },
    state: { note: noteOf(job) },
  } satisfies ScheduleOptions;
}

/**
 * Makes the server's job schedules equal to the definitions. Safe to run in several processes at once, and leaves
 * alone whether an operator paused one.
 */
export async function ensureSchedules(client: Client, jobs: readonly JobSchedule[]): Promise<ScheduleChanges> {
  const changes: ScheduleChanges = { created: [], updated: [], deleted: [] };
  for (const job of jobs) {
    const options = optionsOf(job);
    try {
      await client.schedule.create(options);
      changes.created.push(job.name);
    } catch (error) {
      if (!(error instanceof ScheduleAlreadyRunning)) throw error;
      if (await updateIfChanged(client, options)) changes.updated.push(job.name);
    }
  }
  const wanted = new Set(jobs.map((job) => PREFIX + job.name));
  for await (const { scheduleId } of client.schedule.list()) {
    if (!scheduleId.startsWith(PREFIX) || wanted.has(scheduleId)) continue;
    await deleteIfPresent(client, scheduleId);
    changes.deleted.push(scheduleId.slice(PREFIX.length));
  }
  return changes;
}

async function updateIfChanged(client: Client, options: ReturnType<typeof optionsOf>): Promise<boolean> {
  const handle = client.schedule.getHandle(options.scheduleId);
  if ((await handle.describe()).state.note === options.state.note) return false;
  const { spec, action, policies, state } = options;
  await handle.update((previous) => ({ spec, action, policies, state: { ...state, paused: previous.state.paused } }));
  return true;
}

async function deleteIfPresent(client: Client, scheduleId: string): Promise<void> {
  try {
    await client.schedule.getHandle(scheduleId).delete();
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error;
  }
}
