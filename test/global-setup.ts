import { createHash } from 'node:crypto';
import { globSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { freemem } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import type { TestProject } from 'vitest/node';
import { cacheDir, folderId, holdLock, ROOT, StartError } from '../dev/host.ts';
import { startPostgres, urlFor } from '../dev/postgres.ts';
import { startTemporal } from '../dev/temporal.ts';
import { prepareTimeSkippingServer } from '../dev/time-skipping.ts';
import { migrate } from '../schema/migrate.ts';
import { SEARCH_ATTRIBUTES } from '../temporal/search-attributes.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Owner login of this run's server, on its database `revloop`; `revloop_template` beside it is migrated and empty. */
    postgresUrl: string;
    temporalAddress: string;
    /** null: no Java or Maven here; tests that need it are skipped. */
    timeSkippingServerPath: string | null;
  }
}

export const TEMPLATE = 'revloop_template';
const OWN_DATABASES = ['postgres', 'template0', 'template1', 'revloop', TEMPLATE];
const MOST_RUNS = 16;
const say = (line: string) => process.stderr.write(`${line}\n`);

type Stop = () => Promise<void> | void;
interface Servers {
  users: number;
  postgres: Promise<{ url: string; folder: string }>;
  temporal?: Promise<{ address: string; timeSkipping: string | null }>;
  stops: Stop[];
}

/** Each project loads this module for itself; the servers of one run are shared through the process. */
const shared = globalThis as { revloopTestServers?: Servers };

/** One folder per run of a kind that goes on at the same time; kept, so that initdb is paid once. */
export function holdFolder(stops: Stop[], kind = 'test', marker = 'vitest'): string {
  for (let n = 1; n <= MOST_RUNS; n++) {
    const folder = cacheDir(kind, `run-${n}`);
    try {
      stops.push(holdLock(join(folder, 'lock'), marker, () => 'taken'));
      return folder;
    } catch (error) {
      if (!(error instanceof StartError)) throw error;
    }
  }
  throw new StartError(`${MOST_RUNS} ${kind} runs are going on; stop some. Their locks: ${cacheDir(kind)}/*/lock`);
}

const MEMORY = '/dev/shm';
const TMPFS = 0x01021994;
const ENOUGH_MEMORY = 6 * 2 ** 30;

/**
 * In memory where there is plenty: some 200 databases of 1,000 files each come and go in a run, which costs a file
 * system on disk half of the run's time. Kept until the machine starts again, as the folder is.
 */
function quickPlace(folder: string): string {
  try {
    const { type, bavail, bsize } = statfsSync(MEMORY);
    if (type !== TMPFS || Math.min(bavail * bsize, freemem()) < ENOUGH_MEMORY) return folder;
  } catch {
    return folder;
  }
  return join(MEMORY, `revloop-${folderId(folder)}`);
}

async function preparePostgres(stops: Stop[]): Promise<{ url: string; folder: string }> {
  const folder = holdFolder(stops);
  const server = await startPostgres({ dataDir: join(quickPlace(folder), 'postgres'), report: say });
  stops.push(() => server.stop());
  await prepareTemplate(server.port);
  return { url: server.url, folder };
}

/** Everything that shapes the schema; a changed byte makes a new template. */
function schemaHash(): string {
  const hash = createHash('sha256');
  for (const file of globSync('schema/**/*.{ts,sql}', { cwd: ROOT }).sort()) {
    hash.update(file).update(readFileSync(join(ROOT, file)));
  }
  return hash.digest('hex');
}

/** The migrated, empty database that all others are cloned from; what killed runs left on the server goes. */
export async function prepareTemplate(port: number): Promise<void> {
  const sql = postgres(urlFor(port, 'postgres'), { max: 1, onnotice: () => {} });
  try {
    const kept = await sql<{ datname: string; note: string | null }[]>`
      select datname, shobj_description(oid, 'pg_database') as note from pg_database`;
    // Databases of killed runs.
    for (const { datname } of kept.filter((row) => !OWN_DATABASES.includes(row.datname)))
      await sql`drop database ${sql(datname)} with (force)`;
    const wanted = schemaHash();
    if (kept.find((row) => row.datname === TEMPLATE)?.note === wanted) return;
    await sql.unsafe(`drop database if exists ${TEMPLATE} with (force)`);
    await sql.unsafe(`create database ${TEMPLATE}`);
    await migrate(urlFor(port, TEMPLATE));
    // Written last: a run that is killed while migrating leaves no template that looks finished.
    await sql.unsafe(`comment on database ${TEMPLATE} is '${wanted}'`);
  } finally {
    await sql.end();
  }
}

async function prepareTemporal(stops: Stop[], folder: string) {
  const home = join(folder, 'temporal');
  const dbFile = join(home, 'temporal.db');
  // An empty file each time; the pid file beside it stays, so that a killed run's server is found.
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${dbFile}${suffix}`, { force: true });
  const [server, timeSkipping] = await Promise.all([
    startTemporal({
      dbFile,
      namespace: 'revloop',
      searchAttributes: { ...SEARCH_ATTRIBUTES },
      headless: true,
      report: say,
    }),
    prepareTimeSkippingServer(),
  ]);
  stops.push(() => server.stop());
  if ('skipped' in timeSkipping) say(`Tests under skipped time are left out: ${timeSkipping.skipped}`);
  return { address: server.address, timeSkipping: 'path' in timeSkipping ? timeSkipping.path : null };
}

/** The servers at once, because a failing run may be given little time; the folder (first in the list) last. */
async function stopAll({ stops: [leaveFolder, ...servers] }: Servers): Promise<void> {
  await Promise.all(servers.map((stop) => stop()));
  await leaveFolder?.();
}

/** Starts only what the project needs: `db` PostgreSQL, `temporal` a Temporal server too. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (!shared.revloopTestServers) {
    const stops: Stop[] = [];
    shared.revloopTestServers = { users: 0, stops, postgres: preparePostgres(stops) };
  }
  const servers = shared.revloopTestServers;
  servers.users++;
  const release = async () => {
    if (--servers.users > 0) return;
    delete shared.revloopTestServers;
    await stopAll(servers);
  };
  try {
    const { url, folder } = await servers.postgres;
    project.provide('postgresUrl', url);
    if (project.name === 'temporal') {
      servers.temporal ??= prepareTemporal(servers.stops, folder);
      const { address, timeSkipping } = await servers.temporal;
      project.provide('temporalAddress', address);
      project.provide('timeSkippingServerPath', timeSkipping);
    }
    return release;
  } catch (error) {
    await release();
    throw error;
  }
}
