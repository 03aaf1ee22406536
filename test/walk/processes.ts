import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../dev/host.ts';
import { startTemporal } from '../../dev/temporal.ts';
import { SEARCH_ATTRIBUTES } from '../../temporal/search-attributes.ts';
import { processEnvironment } from '../processes/environment.ts';

const WORKER = fileURLToPath(new URL('../../workers/main.ts', import.meta.url));
const NAMESPACE = 'revloop';

/** A Temporal server and the product's own worker on this database, for examples that wait for a process. */
export async function startProcesses(databaseUrl: string): Promise<{ stop(): Promise<void> }> {
  const temporal = await startTemporal({
    namespace: NAMESPACE,
    searchAttributes: { ...SEARCH_ATTRIBUTES },
    headless: true,
  });
  let worker: ChildProcess | undefined;
  try {
    worker = spawn(process.execPath, [WORKER], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: processEnvironment({
        LOG_LEVEL: 'error',
        DATABASE_URL: databaseUrl,
        TEMPORAL_ADDRESS: temporal.address,
        TEMPORAL_NAMESPACE: NAMESPACE,
        WORKER_HEALTH_PORT: String(await freePort()),
        WEBHOOK_ALLOW_LOOPBACK: 'true',
      }),
    });
  } catch (error) {
    await temporal.stop();
    throw error;
  }
  const child = worker;
  return {
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        const ended = once(child, 'exit');
        child.kill('SIGKILL');
        await ended;
      }
      await temporal.stop();
    },
  };
}
