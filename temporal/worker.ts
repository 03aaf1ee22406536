import type { DataConverter } from '@temporalio/client';
import type {
  ActivityInterceptorsFactory,
  InjectedSinks,
  NativeConnection,
  WorkerOptions,
  WorkerStatus,
} from '@temporalio/worker';
import { Worker } from '@temporalio/worker';
import { createDataConverter } from './data-converter.ts';
import { activityInterceptors } from './interceptors/activity.ts';

export interface QueueOptions {
  /** Activity type → function. */
  readonly activities?: object;
  /** Whether this queue also runs workflow code (and so needs the bundle). */
  readonly workflows: boolean;
  readonly maxConcurrentActivities?: number;
  readonly maxConcurrentWorkflowTasks?: number;
}

/** Present only when versioned: such a worker gets nothing until its version is made the current one. */
export interface Deployment {
  readonly deploymentName: string;
  readonly buildId: string;
}

export interface WorkersOptions {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly identity: string;
  readonly bundlePath: string;
  readonly queues: Readonly<Record<string, QueueOptions>>;
  readonly deployment?: Deployment | undefined;
  readonly dataConverter?: DataConverter;
  /** Run outside the built-in one, in this order, e.g. the attempt clock. */
  readonly activityInterceptors?: readonly ActivityInterceptorsFactory[];
  /** Ways out of the workflow sandbox, for interceptors of the bundle. */
  // biome-ignore lint/suspicious/noExplicitAny: each sink has calls of its own
  readonly sinks?: InjectedSinks<any> | undefined;
  /** At drain, how long activities may finish before they are cancelled, and before they are given up. */
  readonly shutdownGraceMs?: number;
  readonly shutdownForceMs?: number;
  /** After a worker died, its workflows move on after this time at the latest. */
  readonly stickyTimeoutMs?: number;
  /** A running activity learns at its next heartbeat to the server that it is cancelled: after this time at most. */
  readonly heartbeatThrottleMs?: number;
  /** About 41 kB each; 0 replays from the start at every task, which proves determinism in tests. */
  readonly maxCachedWorkflows?: number;
}

export interface Workers {
  /** Polls until drained. Rejects when any worker fails; the process must then end, its supervisor restarts it. */
  runAll(): Promise<void>;
  /** Stops polling, lets activities finish or cancels them; `runAll` ends when all are done. */
  drain(): void;
  status(): Record<string, WorkerStatus>;
}

const DEFAULTS = {
  graceMs: 25_000,
  forceMs: 40_000,
  stickyMs: 10_000,
  heartbeatThrottleMs: 5_000,
  cachedWorkflows: 1_000,
} as const;

export async function createWorkers(options: WorkersOptions): Promise<Workers> {
  const workers = new Map<string, Worker>();
  for (const [taskQueue, queue] of Object.entries(options.queues)) {
    workers.set(taskQueue, await Worker.create(workerOptions(options, taskQueue, queue)));
  }
  const drain = () => {
    for (const worker of workers.values()) if (worker.getState() === 'RUNNING') worker.shutdown();
  };
  return {
    drain,
    async runAll() {
      const runs = [...workers.values()].map((worker) => worker.run());
      try {
        await Promise.all(runs);
      } catch (error) {
        // One failed worker takes the others along in order: half a process that looks alive is worse than none.
        drain();
        await Promise.allSettled(runs);
        throw error;
      }
    },
    status: () => Object.fromEntries([...workers].map(([taskQueue, worker]) => [taskQueue, worker.getStatus()])),
  };
}

function workerOptions(options: WorkersOptions, taskQueue: string, queue: QueueOptions): WorkerOptions {
  const { deployment } = options;
  return {
    connection: options.connection,
    namespace: options.namespace,
    identity: options.identity,
    taskQueue,
    dataConverter: options.dataConverter ?? createDataConverter(),
    interceptors: { activity: [...(options.activityInterceptors ?? []), activityInterceptors] },
    ...(options.sinks ? { sinks: options.sinks } : {}),
    ...(queue.activities ? { activities: queue.activities } : {}),
    ...(queue.workflows ? { workflowBundle: { codePath: options.bundlePath } } : {}),
    maxConcurrentActivityTaskExecutions: queue.maxConcurrentActivities ?? 20,
    ...(queue.workflows ? { maxConcurrentWorkflowTaskExecutions: queue.maxConcurrentWorkflowTasks ?? 20 } : {}),
    maxCachedWorkflows: options.maxCachedWorkflows ?? DEFAULTS.cachedWorkflows,
    stickyQueueScheduleToStartTimeout: options.stickyTimeoutMs ?? DEFAULTS.stickyMs,
    maxHeartbeatThrottleInterval: options.heartbeatThrottleMs ?? DEFAULTS.heartbeatThrottleMs,
    shutdownGraceTime: options.shutdownGraceMs ?? DEFAULTS.graceMs,
    shutdownForceTime: options.shutdownForceMs ?? DEFAULTS.forceMs,
    ...(deployment
      ? {
          workerDeploymentOptions: {
            version: deployment,
            useWorkerVersioning: true,
            defaultVersioningBehavior: 'AUTO_UPGRADE',
          },
        }
      : {}),
  };
}
