import { loadConfig } from '../config.ts';
import { createWorkerDeps } from './deps.ts';
import { runWorkerProcess } from './run.ts';

const config = loadConfig();
const deps = await createWorkerDeps(config);
const { temporal, worker } = config;

const stop = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    // Whoever asks a second time does not want to wait; unfinished attempts are repeated by another worker.
    if (stop.signal.aborted) process.exit(130);
    deps.logger.info({ signal }, 'draining');
    stop.abort();
  });
}

try {
  await runWorkerProcess(
    {
      temporal,
      deployment:
        temporal.deploymentName !== undefined && temporal.buildId !== undefined
          ? { deploymentName: temporal.deploymentName, buildId: temporal.buildId }
          : undefined,
      build: temporal.buildId ?? config.version,
      health: { host: config.http.host, port: worker.healthPort },
      metricsAddress: worker.metricsPort === undefined ? undefined : `${config.http.host}:${worker.metricsPort}`,
      shutdownGraceMs: worker.shutdownGraceSeconds * 1_000,
    },
    deps,
    stop.signal,
  );
} catch (error) {
  deps.logger.fatal({ err: error }, 'the worker process failed');
  process.exitCode = 1;
}
// A handle that somebody forgot must not keep a drained process alive until its supervisor kills it.
setTimeout(() => process.exit(), 3_000).unref();
