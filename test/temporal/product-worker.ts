import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { inject } from 'vitest';
import { freePort } from '../../dev/host.ts';
import { processEnvironment } from '../processes/environment.ts';
import { TEST_NAMESPACE } from './namespace.ts';

const WORKER = fileURLToPath(new URL('../../workers/main.ts', import.meta.url));

export interface ProductWorkers {
  /** Starts the product's own worker process; resolves when it has ended. @param faults `point=kill` */
  start(databaseUrl: string, faults?: string): Promise<{ signal: NodeJS.Signals | null }>;
  /** For `afterEach`: none outlives its test. */
  killAll(): void;
}

/** Real worker processes for tests to kill. They poll the product's queues in this file's namespace. */
export function productWorkers(): ProductWorkers {
  const children = new Set<ChildProcess>();
  return {
    async start(databaseUrl, faults) {
      const child = spawn(process.execPath, [WORKER], {
        stdio: 'ignore',
        env: processEnvironment({
          DATABASE_URL: databaseUrl,
          TEMPORAL_ADDRESS: inject('temporalAddress'),
          WEBHOOK_ALLOW_LOOPBACK: 'true',
          TEMPORAL_NAMESPACE: TEST_NAMESPACE,
          WORKER_HEALTH_PORT: String(await freePort()),
          ...(faults ? { REVLOOP_FAULTS: faults } : {}),
        }),
      });
      children.add(child);
      const [, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
      children.delete(child);
      return { signal };
    },
    killAll() {
      for (const child of children) child.kill('SIGKILL');
    },
  };
}
