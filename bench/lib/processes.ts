import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { endProcess, isAlive, NODE_FLAGS, ROOT, waitUntil } from '../../dev/host.ts';

export interface Started {
  readonly pid: number;
  /** False once it has ended, wanted or not. */
  isRunning(): boolean;
  stop(): Promise<void>;
}

/** Makes the child end when this process is killed. */
const GUARD = pathToFileURL(join(ROOT, 'dev', 'with-parent.ts')).href;
const READY_MS = 60_000;
const DRAIN_MS = 30_000;

export interface StartOptions {
  args?: string[];
  env?: Record<string, string>;
  nodeOptions?: string[];
}

/** One Node process of this project; its own output is thrown away but for errors. */
export function startProcess(entry: string, { args = [], env = {}, nodeOptions = [] }: StartOptions): Started {
  const child = spawn(
    process.execPath,
    [...NODE_FLAGS, ...nodeOptions, '--import', GUARD, join(ROOT, entry), ...args],
    {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      detached: process.platform !== 'win32',
    },
  );
  const isRunning = () => child.pid !== undefined && child.exitCode === null && child.signalCode === null;
  return { pid: child.pid ?? 0, isRunning, stop: () => stop(child) };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  await endProcess(child.pid, [
    ['SIGTERM', DRAIN_MS],
    ['SIGKILL', 2_000],
  ]);
}

export async function untilReady(url: string): Promise<void> {
  const answers = async () => {
    try {
      return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok;
    } catch {
      return false;
    }
  };
  if (!(await waitUntil(answers, READY_MS))) throw new Error(`${url} did not become ready.`);
}

/** Resident memory in MB. */
export function memoryOf(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  } catch {
    if (!isAlive(pid)) return 0;
    return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;
  }
}

/** Milliseconds of processor time that a process has used so far; Linux alone tells. */
export function cpuOf(pid: number): number {
  // The name in brackets may hold spaces; user and system time are the 14th and 15th field, in hundredths of a second.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Samples a process until stopped; `stop` answers the highest value. */
export function watchMemory(pid: number): { stop(): Promise<number> } {
  let watching = true;
  let highest = 0;
  const loop = (async () => {
    while (watching) {
      highest = Math.max(highest, memoryOf(pid));
      await sleep(100);
    }
  })();
  return {
    async stop() {
      watching = false;
      await loop;
      return highest;
    },
  };
}
