import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { endProcess, NODE_FLAGS, type Report, ROOT } from './host.ts';

export interface Running {
  /** Resolves when it ends, wanted or not. */
  exited: Promise<void>;
  stop(): Promise<void>;
}

export interface Supervised {
  stop(): Promise<void>;
}

export interface SupervisorOptions {
  report: Report;
  /** Called once, when restarting has no sense any more. */
  giveUp: (why: string) => void;
}

const WINDOW_MS = 60_000;
const MOST_DEATHS = 5;

/** Milliseconds to wait before the next start; undefined when it died too often within a minute. */
export function restartDelay(deaths: readonly number[], now: number): number | undefined {
  const recent = deaths.filter((at) => now - at < WINDOW_MS).length;
  return recent > MOST_DEATHS ? undefined : 200 * 2 ** Math.max(0, recent - 1);
}

/** Keeps one thing running. The first start's error is the caller's; later deaths are answered by a restart. */
export async function supervise<R extends Running>(
  name: string,
  start: () => Promise<R>,
  { report, giveUp }: SupervisorOptions,
): Promise<Supervised & { first: R }> {
  const first = await start();
  let running: Running | undefined = first;
  let wanted = true;
  const deaths: number[] = [];
  const watch = async () => {
    while (wanted) {
      await running?.exited;
      if (!wanted) return;
      deaths.push(performance.now());
      const delay = restartDelay(deaths, performance.now());
      if (delay === undefined) return giveUp(`${name} ended ${MOST_DEATHS + 1} times within a minute`);
      report(`${name} ended unexpectedly; starting it again`);
      await sleep(delay);
      if (!wanted) return;
      try {
        running = await start();
      } catch (error) {
        running = undefined;
        report(`${name} did not start: ${(error as Error).message}`);
      }
    }
  };
  const watching = watch();
  const stop = async () => {
    wanted = false;
    await running?.stop();
    await watching;
  };
  return { first, stop };
}

const LEVELS: Record<number, string> = { 40: 'WARN', 50: 'ERROR', 60: 'FATAL' };

/** What a person wants on the terminal of a service's output: no routine log lines, those are in the log file. */
export function terminalLine(name: string, line: string): string | undefined {
  if (line.trim() === '') return undefined;
  try {
    const { level, msg, err, code } = JSON.parse(line) as Record<string, unknown> & { err?: { message?: string } };
    if (typeof level !== 'number') return `[${name}] ${line}`;
    if (level < 40) return undefined;
    const detail = [code, err?.message].filter(Boolean).join(' ');
    return `[${name}] ${LEVELS[level] ?? level} ${msg ?? ''}${detail && ` (${detail})`}`;
  } catch {
    return `[${name}] ${line}`;
  }
}

const GUARD = pathToFileURL(join(ROOT, 'dev', 'with-parent.ts')).href;

/** One of the product's processes. It gets a group of its own, so that a terminal's Ctrl-C reaches only us. */
export function startEntry(
  name: string,
  entry: string,
  env: NodeJS.ProcessEnv,
  drainMs: number,
): Running & { pid: number } {
  const child = spawn(process.execPath, [...NODE_FLAGS, '--import', GUARD, join(ROOT, entry)], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: process.platform !== 'win32',
  });
  const show = (stream: Readable | null) => {
    if (!stream) return;
    createInterface({ input: stream }).on('line', (line) => {
      const text = terminalLine(name, line);
      if (text !== undefined) process.stderr.write(`${text}\n`);
    });
  };
  show(child.stdout);
  show(child.stderr);
  const exited = new Promise<void>((done) => {
    child.once('exit', () => done());
    child.once('error', () => done());
  });
  const pid = child.pid ?? 0;
  const stop = async () => {
    if (pid === 0 || child.exitCode !== null || child.signalCode !== null) return;
    const gone = await endProcess(pid, [
      ['SIGTERM', drainMs],
      ['SIGKILL', 2_000],
    ]);
    if (gone) await exited;
  };
  return { pid, exited, stop };
}
