import { createHash } from 'node:crypto';
import { globSync, readFileSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import { migrate } from '../schema/migrate.ts';
import { cacheDir, folderId, holdLock, ROOT, StartError } from './host.ts';
import { startPostgres, urlFor } from './postgres.ts';

export const TEMPLATE = 'revloop_template';
const OWN_DATABASES = ['postgres', 'template0', 'template1', 'revloop', TEMPLATE];
const MOST_RUNS = 16;
export type Stop = () => Promise<void> | void;
const say = (line: string) => process.stderr.write(`${line}\n`);

/** One folder per run of a kind that goes on at the same time; kept, so that initdb is paid once. */
export function holdFolder(stops: Stop[], kind = 'test', marker: string | RegExp = /vitest|schema-types/): string {
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
    if (type !== TMPFS || Math.min(bavail * bsize, process.availableMemory()) < ENOUGH_MEMORY) return folder;
  } catch {
    return folder;
  }
  return join(MEMORY, `revloop-${folderId(folder)}`);
}

/** A server of this run's own, with the template; `stops` ends it, the folder's release being first in the list. */
export async function startTestPostgres(stops: Stop[]): Promise<{ url: string; port: number; folder: string }> {
  const folder = holdFolder(stops);
  const dataDir = join(quickPlace(folder), 'postgres');
  const server = await startPostgres({ dataDir, throwaway: true, report: say });
  stops.push(() => server.stop());
  await prepareTemplate(server.port);
  return { url: server.url, port: server.port, folder };
}

/** Everything that shapes the schema; a changed byte makes a new template. */
function schemaHash(): string {
  const hash = createHash('sha256');
  const exclude = ['**/*.test.ts', '**/*.gen.ts'];
  for (const file of globSync('schema/**/*.{ts,sql}', { cwd: ROOT, exclude }).sort()) {
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
