import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { BenchContext } from './context.ts';

export interface Load {
  url: string;
  connections: number;
  seconds: number;
  headers: Record<string, string>;
  /** POST of interactions, or of events of calls, that do not exist yet; absent: GET. */
  body?: 'interaction' | 'call';
  /** Each request with an Idempotency-Key of its own. */
  idempotent?: boolean;
}

export interface LoadOutcome {
  succeeded: number;
  failed: number;
  perSecond: number;
  p50: number;
  p99: number;
}

const SCRIPT = fileURLToPath(new URL('./load-process.ts', import.meta.url));

/** @throws Error when the generator failed or any answer was not a success. */
export async function load(options: Load, context: BenchContext): Promise<LoadOutcome> {
  const child = fork(SCRIPT, [JSON.stringify(options)], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const end = context.cleanUp(async () => child.kill('SIGKILL'));
  const outcome = await new Promise<LoadOutcome>((resolve, reject) => {
    child.once('message', (message) => resolve(message as LoadOutcome));
    child.once('error', reject);
    child.once('exit', () => reject(new Error('The load generator ended without an answer.')));
  });
  await end();
  if (outcome.failed > 0 || outcome.succeeded === 0)
    throw new Error(`${outcome.failed} of ${outcome.succeeded + outcome.failed} requests to ${options.url} failed.`);
  return outcome;
}
