import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { endProcess, type Report } from '../../dev/host.ts';
import { type RunningPostgres, startPostgres } from '../../dev/postgres.ts';
import { type RunningTemporal, startTemporal } from '../../dev/temporal.ts';
import { SEARCH_ATTRIBUTES } from '../../temporal/search-attributes.ts';

export const NAMESPACE = 'revloop';

/** A server on a port that it keeps, whatever happens to it. */
export interface FaultyServer {
  /** Ends it without a chance to tidy up. */
  kill(): Promise<void>;
  /** Starts it on the same port and data; resolves when it answers. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface PostgresServer extends FaultyServer {
  readonly url: string;
  readonly port: number;
}

export interface TemporalServer extends FaultyServer {
  readonly address: string;
}

/** `kill` is `pg_ctl stop -m immediate`: no checkpoint, recovery from the log at the next start. */
export async function openPostgres(folder: string, report: Report): Promise<PostgresServer> {
  const dataDir = join(folder, 'postgres');
  let running: RunningPostgres = await startPostgres({ dataDir, report });
  const { url, port } = running;
  return {
    url,
    port,
    async kill() {
      await endProcess(running.pid, [
        ['SIGQUIT', 10_000],
        ['SIGKILL', 2_000],
      ]);
    },
    async start() {
      running = await startPostgres({ dataDir, port, report });
    },
    stop: () => running.stop(),
  };
}

/** Everything it knows is in a file, so what it had acknowledged is there after `kill`. */
export async function openTemporal(folder: string, report: Report): Promise<TemporalServer> {
  const dbFile = join(folder, 'temporal', 'temporal.db');
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${dbFile}${suffix}`, { force: true });
  const options = {
    dbFile,
    namespace: NAMESPACE,
    searchAttributes: { ...SEARCH_ATTRIBUTES },
    headless: true,
    report,
  };
  let running: RunningTemporal = await startTemporal(options);
  const { address } = running;
  return {
    address,
    async kill() {
      await endProcess(running.pid, [['SIGKILL', 5_000]]);
    },
    async start() {
      running = await startTemporal({ ...options, port: Number(address.split(':')[1]) });
    },
    stop: () => running.stop(),
  };
}
