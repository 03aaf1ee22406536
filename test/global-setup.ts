import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startTemporal } from '../dev/temporal.ts';
import { type Stop, startTestPostgres } from '../dev/test-postgres.ts';
import { prepareTimeSkippingServer } from '../dev/time-skipping.ts';
import { SEARCH_ATTRIBUTES } from '../temporal/search-attributes.ts';
import { forgetOldCompiled } from './processes/environment.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Owner login of this run's server, on its database `revloop`; `revloop_template` beside it is migrated and empty. */
    postgresUrl: string;
    temporalAddress: string;
    /** null: no Java or Maven here; tests that need it are skipped. */
    timeSkippingServerPath: string | null;
  }
}

const say = (line: string) => process.stderr.write(`${line}\n`);

interface Servers {
  users: number;
  postgres: ReturnType<typeof startTestPostgres>;
  temporal?: Promise<{ address: string; timeSkipping: string | null }>;
  stops: Stop[];
}

/** Each project loads this module for itself; the servers of one run are shared through the process. */
const shared = globalThis as { revloopTestServers?: Servers };

async function prepareTemporal(stops: Stop[], folder: string) {
  forgetOldCompiled();
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
    shared.revloopTestServers = { users: 0, stops, postgres: startTestPostgres(stops) };
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
