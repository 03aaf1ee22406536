import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir } from 'node:os';
import { dirname, join, parse } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * For every process of the product. Node lets the young part of its heap grow by 100 MB before it collects; collecting at
 * 4 MB costs nothing that could be measured, and files and mailings of any size stay within 150 MB.
 */
export const NODE_FLAGS = ['--max-semi-space-size=4'];

/** A line of progress for a person. */
export type Report = (line: string) => void;

/** What a user can act on: shown without a stack. */
export class StartError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StartError';
  }
}

/** Kept between clones: big binaries and test clusters. */
export function cacheDir(...parts: string[]): string {
  const base =
    process.env.XDG_CACHE_HOME ||
    (process.platform === 'win32' && process.env.LOCALAPPDATA) ||
    (process.platform === 'darwin' ? join(homedir(), 'Library', 'Caches') : join(homedir(), '.cache'));
  const dir = join(base, 'revloop', ...parts);
  mkdirSync(dir, { recursive: true });
  return dir;
}

/** A short stable name for a folder, for places that several clones share. */
export const folderId = (dir: string): string => createHash('sha256').update(dir).digest('hex').slice(0, 12);

function listens(port: number, host: string): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', () => done(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => done(true)));
  });
}

export const portIsFree = (port: number, host = '127.0.0.1'): Promise<boolean> => listens(port, host);

/** Two that start at once both find a port free: the first to ask has it for as long as it lives. */
function reserve(port: number): boolean {
  try {
    holdLock(join(cacheDir('run', 'ports'), String(port)), '', () => 'reserved');
    return true;
  } catch (error) {
    if (error instanceof StartError) return false;
    throw error;
  }
}

/** `preferred` when nobody has it or has asked for it, else any free port of the loopback. */
export async function freePort(preferred?: number): Promise<number> {
  if (preferred !== undefined && (await portIsFree(preferred)) && reserve(preferred)) return preferred;
  return new Promise((done, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => done(port));
    });
  });
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function isZombie(pid: number): boolean {
  try {
    return /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** The command line of a process, '' when it is gone or unreadable. A recycled pid is told apart by it. */
export function commandOf(pid: number): string {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    if (process.platform === 'win32') return '';
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}

export async function waitUntil(test: () => boolean | Promise<boolean>, ms: number, everyMs = 50): Promise<boolean> {
  const end = performance.now() + ms;
  for (;;) {
    if (await test()) return true;
    if (performance.now() > end) return false;
    await sleep(everyMs);
  }
}

/** Sends one signal after the other, each with its patience, until the process is gone. */
export async function endProcess(pid: number, steps: [NodeJS.Signals, number][]): Promise<boolean> {
  for (const [signal, ms] of steps) {
    try {
      process.kill(pid, signal);
    } catch {
      return !isAlive(pid);
    }
    if (await waitUntil(() => !isAlive(pid), ms)) return true;
  }
  return !isAlive(pid);
}

function existingParent(path: string): string {
  let at = path;
  while (!existsSync(at) && at !== parse(at).root) at = dirname(at);
  return at;
}

export function requireSpace(path: string, megabytes: number): void {
  const { bavail, bsize } = statfsSync(existingParent(path));
  const free = Math.floor((bavail * bsize) / 1_048_576);
  if (free < megabytes)
    throw new StartError(
      `The disk of ${path} is full: ${free} MB free, ${megabytes} MB needed. Free some space or set REVLOOP_DATA_DIR to another disk.`,
    );
}

/** True when another user may walk down to `path`: every parent must grant `x`. */
export function traversableBy(path: string, who: { uid: number; gid: number }): boolean {
  for (let at = existingParent(path); ; at = dirname(at)) {
    const { mode, uid, gid } = statSync(at);
    const bit = uid === who.uid ? 0o100 : gid === who.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (at === parse(at).root) return true;
  }
}

export function tail(file: string, lines = 20): string {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  } catch {
    return '';
  }
}

/** The commands that work on the servers of a data folder, one at a time. */
export const LOCK_MARKER = /\b(?:start|demo-reset)\.ts/;

/**
 * Makes sure that one process at a time holds `file`. @returns a function that gives it back.
 * `marker` must be part of the holder's command line, so that a recycled pid does not block.
 */
export function holdLock(file: string, marker: string | RegExp, taken: (pid: number) => string): () => void {
  mkdirSync(dirname(file), { recursive: true });
  for (let attempt = 0; ; attempt++) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempt > 2) throw error;
      const pid = Number(readFileSync(file, 'utf8')) || 0;
      if (pid !== process.pid && pid > 0 && isAlive(pid) && commandOf(pid).search(marker) >= 0)
        throw new StartError(taken(pid));
      rmSync(file, { force: true });
    }
  }
}
