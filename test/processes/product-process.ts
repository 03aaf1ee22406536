import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { cacheDir } from '../../dev/host.ts';

export interface ProductProcess {
  readonly name: string;
  /** How often it was killed from outside. */
  readonly kills: number;
  /** Whether the process that runs now answers its `/ready` or, asked for that, its `/live`. */
  isUp(path?: '/ready' | '/live'): Promise<boolean>;
  /** Resolves when the one that runs answers. */
  up(path?: '/ready' | '/live'): Promise<void>;
  /** SIGKILL; another one is started at once on the same port. */
  kill(): void;
  /** Ends it for good. */
  stop(): Promise<void>;
}

/** A real process of the product that is started again whenever it ends, as a supervisor would. */
export function superviseProcess(
  name: 'api' | 'workers',
  port: number,
  env: Readonly<Record<string, string>>,
): ProductProcess {
  const script = fileURLToPath(new URL(`../../${name}/main.ts`, import.meta.url));
  let child: ChildProcess;
  let stopped = false;
  let kills = 0;
  // It starts often: what was compiled once is compiled.
  const compiled = { NODE_COMPILE_CACHE: cacheDir('test', 'compiled') };
  const start = () => {
    child = spawn(process.execPath, [script], {
      stdio: 'ignore',
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        NODE_ENV: 'test',
        LOG_LEVEL: 'silent',
        ...compiled,
        ...env,
      },
    });
    child.once('exit', () => {
      if (!stopped) start();
    });
  };
  start();
  const isUp = (path = '/ready') =>
    fetch(`http://127.0.0.1:${port}${path}`, { signal: AbortSignal.timeout(2_000) }).then(
      async (response) => {
        await response.arrayBuffer();
        return response.ok;
      },
      () => false,
    );
  return {
    name,
    get kills() {
      return kills;
    },
    isUp,
    async up(path) {
      const end = performance.now() + 60_000;
      while (!(await isUp(path))) {
        if (performance.now() > end) throw new Error(`${name} did not come up`);
        await sleep(50);
      }
    },
    kill() {
      kills += 1;
      child.kill('SIGKILL');
    },
    async stop() {
      stopped = true;
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}
