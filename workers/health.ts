import type { Server } from 'node:http';
import { createServer } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** The part of Temporal's `WorkerStatus` that health looks at. */
export interface WorkerHealth {
  readonly runState: string;
  readonly workflowPollerState: string;
  readonly activityPollerState: string;
}

export type Phase = 'starting' | 'running' | 'draining';

export interface HealthOptions {
  readonly host: string;
  readonly port: number;
  readonly phase: () => Phase;
  readonly workers: () => Readonly<Record<string, WorkerHealth>>;
  /** Each resolves when its dependency answers, e.g. `postgres`, `temporal`. */
  readonly checks: Readonly<Record<string, () => Promise<unknown>>>;
  readonly checkTimeoutMs?: number;
  readonly metrics?: { readonly contentType: string; text(): Promise<string> } | undefined;
}

export interface HealthServer {
  readonly port: number;
  close(): Promise<void>;
}

/** A loop blocked this long at p99 starves heartbeats; a restart helps more than waiting. */
const MAX_LOOP_DELAY_MS = 5_000;

/**
 * `/live`: should this process be restarted? `/ready`: does it work right now? Waiting for a server that is away is
 * alive and not ready, so a supervisor does not restart workers because of an outage elsewhere.
 */
export async function startHealthServer(options: HealthOptions): Promise<HealthServer> {
  const loop = monitorEventLoopDelay({ resolution: 50 });
  loop.enable();
  const reset = setInterval(() => loop.reset(), 30_000);
  reset.unref();

  const server = createServer((request, response) => {
    const answer = async () => {
      if (request.method !== 'GET' && request.method !== 'HEAD') return { status: 405, body: { status: 'error' } };
      if (request.url === '/live') return live(options, loop.percentile(99) / 1e6);
      if (request.url === '/ready') return ready(options);
      if (request.url === '/metrics' && options.metrics) return metricsOf(options.metrics);
      return { status: 404, body: { status: 'error', hint: 'Ask /live, /ready or /metrics.' } };
    };
    answer()
      .catch(() => ({ status: 500, body: { status: 'error' } }))
      .then(({ status, body }) => {
        const isText = typeof body === 'string';
        const type = isText ? options.metrics!.contentType : 'application/json';
        response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
        response.end(request.method === 'HEAD' ? undefined : isText ? body : JSON.stringify(body));
      });
  });
  await listen(server, options);
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : options.port,
    close: () => {
      clearInterval(reset);
      loop.disable();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

const metricsOf = async (metrics: NonNullable<HealthOptions['metrics']>) => ({
  status: 200,
  body: await metrics.text(),
});

function live(options: HealthOptions, loopDelayMs: number) {
  const workers = Object.values(options.workers());
  const failed = workers.some((worker) => worker.runState === 'FAILED' || worker.runState === 'STOPPED');
  const dead = (options.phase() === 'running' && failed) || loopDelayMs > MAX_LOOP_DELAY_MS;
  const body = { status: dead ? 'dead' : 'live', phase: options.phase(), loopDelayMs: Math.round(loopDelayMs) };
  return { status: dead ? 503 : 200, body };
}

async function ready(options: HealthOptions) {
  const phase = options.phase();
  const workers = Object.fromEntries(
    Object.entries(options.workers()).map(([queue, worker]) => [
      queue,
      isPolling(worker) ? 'polling' : worker.runState,
    ]),
  );
  const checks = Object.fromEntries(
    await Promise.all(
      Object.entries(options.checks).map(async ([name, check]) => [
        name,
        (await answers(check, options.checkTimeoutMs ?? 2_000)) ? 'ok' : 'failing',
      ]),
    ),
  ) as Record<string, string>;
  const polling = Object.values(workers).every((state) => state === 'polling') && Object.keys(workers).length > 0;
  const isReady = phase === 'running' && polling && Object.values(checks).every((state) => state === 'ok');
  return { status: isReady ? 200 : 503, body: { status: isReady ? 'ready' : 'not ready', phase, workers, checks } };
}

// A queue without workflows (or without activities) has no such poller; the SDK then reports it as SHUTDOWN.
const isPolling = (worker: WorkerHealth): boolean =>
  worker.runState === 'RUNNING' &&
  (worker.workflowPollerState === 'POLLING' || worker.activityPollerState === 'POLLING') &&
  worker.workflowPollerState !== 'FAILED' &&
  worker.activityPollerState !== 'FAILED';

async function answers(check: () => Promise<unknown>, timeoutMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), timeoutMs);
  });
  try {
    return await Promise.race([check().then(() => true), timeout]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}

const listen = (server: Server, options: Pick<HealthOptions, 'host' | 'port'>): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, () => resolve());
  });
