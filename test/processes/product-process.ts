import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { processEnvironment } from './environment.ts';

export interface ProductProcess {
  readonly name: string;
  /** How often it was killed from outside. */
  readonly kills: number;
  /** How often it was started: one more than it ended, by whatever cause. */
  readonly starts: number;
  /** Of the one that runs. */
  readonly pid: number;
  /** Whether the process that runs now answers its `/ready` or, asked for that, its `/live`. */
  isUp(path?: '/ready' | '/live'): Promise<boolean>;
  /** Resolves when the one that runs answers. */
  up(path?: '/ready' | '/live'): Promise<void>;
  /** SIGKILL; another one is started at once on the same port. */
  kill(): void;
  /** Ends it for good. */
  stop(): Promise<void>;
}

/** A machine that is busy with other things starts one slowly; more than that is an error of its own. */
const UP_MS = 180_000;

/** Makes it end when this process is killed. */
const GUARD = new URL('../../dev/with-parent.ts', import.meta.url).href;

/** A real process of the product that is started again whenever it ends, as a supervisor would. */
export function superviseProcess(
  name: 'api' | 'workers',
  port: number,
  /** What it starts with; asked anew with the number of each start, the first being 1. */
  env: Readonly<Record<string, string>> | ((start: number) => Readonly<Record<string, string>>),
): ProductProcess {
  const script = fileURLToPath(new URL(`../../${name}/main.ts`, import.meta.url));
  let child: ChildProcess;
  let stopped = false;
  let kills = 0;
  let starts = 0;
  const start = () => {
    starts += 1;
    child = spawn(process.execPath, ['--import', GUARD, script], {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      env: processEnvironment(typeof env === 'function' ? env(starts) : env),
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
    get starts() {
      return starts;
    },
    get pid() {
      return child.pid ?? 0;
    },
    isUp,
    async up(path) {
      const end = performance.now() + UP_MS;
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
