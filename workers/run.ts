import type { Client } from '@temporalio/client';
import type { NativeConnection } from '@temporalio/worker';
import type { Logger } from 'pino';
import { attemptTimeInterceptor } from '../activities/core/clock.ts';
import type { Clock } from '../services/core/clock.ts';
import type { BundleOptions } from '../temporal/bundle.ts';
import { PRODUCT_BUNDLE, workflowBundle } from '../temporal/bundle.ts';
import type { TemporalAddress } from '../temporal/connection.ts';
import { identityOf, isTemporalAvailable } from '../temporal/connection.ts';
import { installRuntime } from '../temporal/runtime.ts';
import type { JobSchedule } from '../temporal/schedules.ts';
import { ensureSchedules } from '../temporal/schedules.ts';
import { ensureSearchAttributes } from '../temporal/search-attributes.ts';
import type { Deployment, QueueOptions, Workers, WorkersOptions } from '../temporal/worker.ts';
import { createWorkers } from '../temporal/worker.ts';
import { connectWorker, onceReachable } from '../temporal/worker-connection.ts';
import type { HealthOptions, Phase } from './health.ts';
import { startHealthServer } from './health.ts';

/** What the composition root hands over. */
export interface WorkerDeps {
  readonly logger: Logger;
  /** Lazy: also the one that the dispatcher sends commands with. */
  readonly client: Client;
  readonly clock: Clock;
  readonly queues: Readonly<Record<string, QueueOptions>>;
  readonly schedules: readonly JobSchedule[];
  /** Reactions and commands left behind; works on while Temporal is away. */
  readonly relay: { start(): void | Promise<void>; stop(): Promise<void> };
  readonly metrics?: HealthOptions['metrics'];
  /** What traces the work, where it is traced. */
  readonly tracing?: WorkTracing | undefined;
  /** Named health checks, e.g. `postgres`. */
  readonly checks: Readonly<Record<string, () => Promise<unknown>>>;
  /** Pools and files. Called last. */
  close(): Promise<void>;
}

export interface WorkTracing {
  readonly activityInterceptor: NonNullable<WorkersOptions['activityInterceptors']>[number];
  /** The module that traces workflows from within. */
  readonly workflowInterceptors: string;
  readonly sinks: WorkersOptions['sinks'];
}

export interface WorkerSettings {
  readonly temporal: TemporalAddress;
  readonly deployment?: Deployment | undefined;
  readonly build: string;
  readonly health: { readonly host: string; readonly port: number };
  readonly metricsAddress?: string | undefined;
  readonly shutdownGraceMs: number;
  /** Absent: the product's own workflows. */
  readonly bundle?: BundleOptions;
}

/**
 * The life of a worker process, from waiting for its servers to the end of its drain. Ends when `stop` aborts and
 * everything in flight is finished or handed back.
 * @throws when a worker fails; the process must then end with an error, its supervisor restarts it
 */
export async function runWorkerProcess(settings: WorkerSettings, deps: WorkerDeps, stop: AbortSignal): Promise<void> {
  const { logger } = deps;
  let workers: Workers | undefined;
  let phase: Phase = 'starting';
  stop.addEventListener('abort', () => {
    phase = 'draining';
  });

  installRuntime({ logger, service: 'revloop-worker', metricsAddress: settings.metricsAddress });
  const health = await startHealthServer({
    ...settings.health,
    phase: () => phase,
    workers: () => workers?.status() ?? {},
    metrics: deps.metrics,
    checks: { ...deps.checks, temporal: () => answerOf(deps.client) },
  });
  let connection: NativeConnection | undefined;
  try {
    await deps.relay.start();
    connection = await connectWorker(settings.temporal, { logger, signal: stop });
    workers = await prepare(settings, deps, connection, stop);
    if (stop.aborted) return;
    phase = 'running';
    logger.info({ queues: Object.keys(deps.queues) }, 'workers are polling');
    const drain = workers.drain;
    stop.addEventListener('abort', drain, { once: true });
    await workers.runAll();
    logger.info('workers are drained');
  } catch (error) {
    // Told to end while still waiting for a server: nothing was taken, so nothing is lost.
    if (!(stop.aborted && error === stop.reason)) throw error;
  } finally {
    await deps.relay.stop();
    await connection?.close().catch((error) => logger.warn({ err: error }, 'the worker connection did not close'));
    await health.close();
    await deps.close();
  }
}

async function prepare(
  settings: WorkerSettings,
  deps: WorkerDeps,
  connection: NativeConnection,
  signal: AbortSignal,
): Promise<Workers> {
  const { logger, client } = deps;
  const { namespace } = settings.temporal;
  const retry = { logger, signal };
  const { added } = await onceReachable(() => ensureSearchAttributes(connection, namespace), retry);
  if (added.length > 0) logger.info({ added }, 'search attributes added');
  const { tracing } = deps;
  const product = settings.bundle ?? PRODUCT_BUNDLE;
  const bundle = await workflowBundle(tracing ? { ...product, interceptors: [tracing.workflowInterceptors] } : product);
  if (bundle.built) logger.info({ path: bundle.codePath }, 'workflows bundled');
  const changes = await onceReachable(() => ensureSchedules(client, deps.schedules), retry);
  if (Object.values(changes).some((names) => names.length > 0)) logger.info(changes, 'schedules changed');
  return createWorkers({
    connection,
    namespace,
    identity: identityOf('revloop-worker', settings.build),
    bundlePath: bundle.codePath,
    queues: deps.queues,
    deployment: settings.deployment,
    activityInterceptors: [
      ...(tracing ? [tracing.activityInterceptor] : []),
      attemptTimeInterceptor(() => deps.clock.now()),
    ],
    sinks: tracing?.sinks,
    shutdownGraceMs: settings.shutdownGraceMs,
    shutdownForceMs: settings.shutdownGraceMs + 15_000,
  });
}

async function answerOf(client: Client): Promise<void> {
  if (!(await isTemporalAvailable(client))) throw new Error('Temporal does not answer.');
}
