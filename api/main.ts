import { setTimeout as sleep } from 'node:timers/promises';
import { loadConfig } from '../config.ts';
import { serveMetrics } from '../telemetry/index.ts';
import { createApp } from './app.ts';
import { createApiDeps } from './deps.ts';
import { startServer } from './server.ts';

/** How long load balancers may go on sending before they have seen `/ready` say no. */
const NOTICE_MS = 500;
const GRACE_MS = 20_000;

const config = loadConfig();
const deps = await createApiDeps(config);
const { logger } = deps;
const server = await startServer(createApp(deps.app), config.http);
const { metricsPort } = config.telemetry;
const metrics =
  metricsPort === undefined
    ? undefined
    : await serveMetrics(deps.metrics, { host: config.http.host, port: metricsPort });
logger.info({ host: config.http.host, port: server.port }, 'the API listens');

let draining = false;
async function shutDown(signal: string): Promise<void> {
  // Whoever asks a second time does not want to wait.
  if (draining) process.exit(130);
  draining = true;
  logger.info({ signal }, 'draining');
  deps.app.health.drain();
  deps.app.streams?.close();
  await sleep(config.env === 'production' ? NOTICE_MS : 0);
  await server.drain(GRACE_MS);
  await metrics?.close();
  await deps.close();
  logger.info('the API has stopped');
  logger.flush(() => process.exit(0));
}
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void shutDown(signal));
