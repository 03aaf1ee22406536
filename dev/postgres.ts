import { spawn } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { freemem, totalmem } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { DEVELOPMENT_DATABASE_PASSWORD as PASSWORD } from '../config.ts';
import {
  commandOf,
  endProcess,
  freePort,
  isAlive,
  portIsFree,
  type Report,
  requireSpace,
  StartError,
  tail,
} from './host.ts';
import { findBinaries, initdb, type Login, loginFor, MAJOR, usablePlace } from './postgres-files.ts';

export interface PostgresOptions {
  /** Kept between runs. When the server's login cannot reach it (running as root), a reachable place is used instead. */
  dataDir: string;
  /** Asked for: taken is an error. Absent: any free port. */
  port?: number;
  /** Nothing in it has to outlive the machine: commits do not wait for the disk. */
  throwaway?: boolean;
  report?: Report;
}

export interface RunningPostgres {
  /** Owner login on database `revloop`. */
  url: string;
  port: number;
  pid: number;
  dataDir: string;
  /** Resolves when the server ends, wanted or not. */
  exited: Promise<void>;
  stop(): Promise<void>;
}

const OWNER = 'revloop';
const DATABASE = 'revloop';
const PREFERRED_PORT = 54_329;
const FIRST_START_MB = 600;
const LATER_START_MB = 200;

export const urlFor = (port: number, database = DATABASE): string =>
  `postgres://${OWNER}:${PASSWORD}@127.0.0.1:${port}/${database}`;

const THROWAWAY = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/** A quarter of the memory as buffers, long checkpoints, no JIT. fsync stays on, unless the data may be lost. */
function serverFlags(port: number, throwaway: boolean): string[] {
  const buffersMb = Math.max(128, Math.min(2048, Math.floor(Math.min(totalmem() / 4, freemem() / 2) / 1_048_576)));
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: 200,
    shared_buffers: `${buffersMb}MB`,
    effective_cache_size: `${Math.floor(totalmem() / 2 / 1_048_576)}MB`,
    max_wal_size: '4GB',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    password_encryption: 'scram-sha-256',
    ...(throwaway ? THROWAWAY : {}),
  };
  return Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
}

/** Starts PostgreSQL on `dataDir`, creating or repairing it first. @throws StartError with what to do. */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const report = options.report ?? (() => undefined);
  const login = loginFor(report);
  const dataDir = usablePlace(resolve(options.dataDir), login, report);
  const bin = findBinaries(login, report);
  requireSpace(dataDir, existsSync(join(dataDir, 'PG_VERSION')) ? LATER_START_MB : FIRST_START_MB);
  await stopOrphan(dataDir, report);
  await prepareDataDir(dataDir, bin, login, report);
  if (options.port !== undefined && !(await portIsFree(options.port)))
    throw new StartError(`Port ${options.port} for PostgreSQL is taken. Stop what uses it or choose another port.`);
  for (let attempt = 1; ; attempt++) {
    const port = options.port ?? (await freePort(PREFERRED_PORT + attempt - 1));
    const result = await launch(dataDir, port, bin.postgres, login, options.throwaway === true);
    if ('server' in result) {
      await createDatabase(port);
      return result.server;
    }
    const portLost = /could not bind|Address already in use/i.test(result.log) && options.port === undefined;
    // Backends of a killed postmaster need a moment to notice and let go of the shared memory.
    const stillInUse = /pre-existing shared memory block/.test(result.log);
    if (attempt >= 10 || !(portLost || stillInUse)) throw startFailure(dataDir, result.log);
    await sleep(portLost ? 100 : 1000);
  }
}

function startFailure(dataDir: string, log: string): StartError {
  if (/No space left on device/i.test(log))
    return new StartError(`PostgreSQL stopped because the disk of ${dataDir} is full. Free some space.\n${log}`);
  if (/could not create shared memory|Cannot allocate memory/i.test(log))
    return new StartError(`PostgreSQL got too little memory. Close other programs.\n${log}`);
  return new StartError(
    `PostgreSQL did not start on ${dataDir}. If its data may go, move that folder away and start again. Its last words:\n${log}`,
  );
}

interface PidFile {
  pid: number;
}

function readPidFile(dataDir: string): PidFile | undefined {
  try {
    return { pid: Number(readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split('\n')[0]) };
  } catch {
    return undefined;
  }
}

/** A server that a killed run left behind is ended; a pid that now belongs to someone else is only forgotten. */
async function stopOrphan(dataDir: string, report: Report): Promise<void> {
  const file = readPidFile(dataDir);
  if (!file || !(file.pid > 0) || !isAlive(file.pid)) return;
  if (!commandOf(file.pid).includes(dataDir) && process.platform !== 'win32') {
    report('Removing the pid file of an earlier PostgreSQL whose number another program has now');
    rmSync(join(dataDir, 'postmaster.pid'), { force: true });
    return;
  }
  report(`Stopping the PostgreSQL of an earlier run (pid ${file.pid})`);
  const gone = await endProcess(file.pid, [
    ['SIGINT', 20_000],
    ['SIGQUIT', 5_000],
  ]);
  if (!gone)
    throw new StartError(`An earlier PostgreSQL (pid ${file.pid}) holds ${dataDir} and does not stop. End it.`);
}

async function prepareDataDir(dataDir: string, bin: { initdb: string }, login: Login, report: Report): Promise<void> {
  const unfinished = `${dataDir}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  const versionFile = join(dataDir, 'PG_VERSION');
  const complete = existsSync(versionFile) && existsSync(join(dataDir, 'global', 'pg_control'));
  if (complete) {
    const version = readFileSync(versionFile, 'utf8').trim();
    if (version !== MAJOR)
      throw new StartError(
        `${dataDir} was written by PostgreSQL ${version}, this is PostgreSQL ${MAJOR}. Move the folder away, or set REVLOOP_DATA_DIR to another one.`,
      );
    return;
  }
  if (existsSync(dataDir) && readdirSync(dataDir).length > 0) {
    const aside = freeName(`${dataDir}.broken`);
    renameSync(dataDir, aside);
    report(`The data folder was incomplete; it is now ${aside}, and a new one is made`);
  }
  report(`Creating a new PostgreSQL ${MAJOR} cluster in ${dataDir}`);
  mkdirSync(unfinished, { recursive: true, mode: 0o700 });
  if (login.uid !== undefined) chownSync(unfinished, login.uid, login.gid!);
  await initdb(bin.initdb, unfinished, OWNER, PASSWORD, login);
  // Renamed only when complete: an initdb that is killed never looks like a cluster.
  rmSync(dataDir, { recursive: true, force: true });
  renameSync(unfinished, dataDir);
}

function freeName(base: string): string {
  for (let n = 1; ; n++) if (!existsSync(`${base}-${n}`)) return `${base}-${n}`;
}

async function launch(
  dataDir: string,
  port: number,
  command: string,
  login: Login,
  throwaway: boolean,
): Promise<{ server: RunningPostgres } | { log: string }> {
  const logFile = join(dirname(dataDir), 'postgres.log');
  const log = openSync(logFile, 'w');
  // A group of its own: Ctrl-C must reach the API and the workers first, the database last.
  const child = spawn(command, ['-D', dataDir, ...serverFlags(port, throwaway)], {
    stdio: ['ignore', log, log],
    detached: true,
    ...login,
  });
  let ended = false;
  const exited = new Promise<void>((done) => {
    const end = () => {
      ended = true;
      done();
    };
    child.once('exit', end);
    child.once('error', end);
  });
  const sql = postgres(urlFor(port, 'postgres'), { max: 1, connect_timeout: 2, idle_timeout: 1, onnotice: () => {} });
  try {
    // Recovery after a kill may take minutes; only the end of the process is a failure.
    while (!ended) {
      try {
        await sql`select 1`;
        break;
      } catch {
        await sleep(40);
      }
    }
  } finally {
    await sql.end({ timeout: 1 });
  }
  if (ended) return { log: tail(logFile) };
  const pid = child.pid!;
  child.unref();
  return { server: { url: urlFor(port), port, pid, dataDir, exited, stop: () => stop(pid, exited) } };
}

async function stop(pid: number, exited: Promise<void>): Promise<void> {
  const gone = await endProcess(pid, [
    ['SIGINT', 20_000],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 2_000],
  ]);
  if (gone) await exited;
}

async function createDatabase(port: number): Promise<void> {
  const sql = postgres(urlFor(port, 'postgres'), { max: 1, onnotice: () => {} });
  try {
    const [found] = await sql`select 1 from pg_database where datname = ${DATABASE}`;
    if (!found) await sql.unsafe(`create database ${DATABASE}`);
  } finally {
    await sql.end();
  }
}
