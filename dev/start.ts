import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { enableCompileCache, flushCompileCache } from 'node:module';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Config, ConfigError, loadConfig } from '../config.ts';
import { banner } from './banner.ts';
import {
  cacheDir,
  commandOf,
  endProcess,
  freePort,
  holdLock,
  isAlive,
  LOCK_MARKER,
  portIsFree,
  ROOT,
  StartError,
} from './host.ts';
import { startPostgres } from './postgres.ts';
import { developmentSecrets } from './secrets.ts';
import { type Running, startEntry, supervise } from './supervise.ts';
import { startTemporal } from './temporal.ts';

const READY_MS = 90_000;
const DRAIN_MS = 30_000;
/** One Ctrl-C arrives up to three times: from the terminal, from npm, from the bootstrap. */
const SAME_SIGNAL_MS = 1_000;

const report = (line: string) =>
  process.stderr.write(`[${(performance.now() / 1000).toFixed(1).padStart(5)} s] ${line}\n`);

/** What must be undone, and when: services drain first, then Temporal, then the database, the lock last. */
const ORDER = ['services', 'Temporal', 'PostgreSQL', 'lock'] as const;
const undo: { name: (typeof ORDER)[number]; stop: () => Promise<void> | void }[] = [];
let startup: Promise<void> = Promise.resolve();
let stopping: Promise<never> | undefined;
let firstSignalAt = 0;

function shutDown(code: number): Promise<never> {
  stopping ??= (async () => {
    // A server that is just coming up is worth a moment: stopped now, it is no orphan at the next start.
    await Promise.race([startup.catch(() => undefined), sleep(5_000)]);
    for (const step of undo.sort((a, b) => ORDER.indexOf(a.name) - ORDER.indexOf(b.name))) {
      try {
        await step.stop();
      } catch (error) {
        report(`${step.name} did not stop cleanly: ${(error as Error).message}`);
      }
    }
    if (undo.length > 1) report('Stopped.');
    process.exit(code);
  })();
  return stopping;
}

function onSignal(signal: NodeJS.Signals): void {
  const now = performance.now();
  if (firstSignalAt === 0) {
    firstSignalAt = now;
    report(`${signal}: stopping; once more to force it`);
    void shutDown(0);
  } else if (now - firstSignalAt > SAME_SIGNAL_MS) {
    report('Forced.');
    for (const pid of servicePids()) kill(pid);
    process.exit(130);
  }
}

const services = new Map<string, number>();
const servicePids = () => [...services.values()];
const kill = (pid: number) => {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Gone already.
  }
};

const giveUp = (why: string) => {
  report(`${why}. Stopping. The log file says more: ${join(ROOT, 'logs', 'app.log')}`);
  void shutDown(1);
};

async function keep<R extends Running>(name: 'Temporal' | 'PostgreSQL', start: () => Promise<R>): Promise<R> {
  const supervised = await supervise(name, start, { report, giveUp });
  undo.push({ name, stop: () => supervised.stop() });
  return supervised.first;
}

/** Checked before anything starts; what this command brings itself stands in as a placeholder. */
function checkConfig(): Config {
  if (process.env.NODE_ENV === 'production') return loadConfig();
  return loadConfig({ ...process.env, DATABASE_URL: process.env.DATABASE_URL || 'postgres://127.0.0.1:1/revloop' });
}

/** A killed supervisor leaves services that are still draining; they hold ports and locks. */
async function endEarlierServices(file: string): Promise<void> {
  const earlier = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as number[]) : [];
  for (const pid of earlier.filter((p) => isAlive(p) && commandOf(p).includes('with-parent.ts'))) {
    report(`Stopping a service of an earlier run (pid ${pid})`);
    await endProcess(pid, [
      ['SIGTERM', DRAIN_MS],
      ['SIGKILL', 2_000],
    ]);
  }
  rmSync(file, { force: true });
}

async function requirePort(key: string, port: number, host: string): Promise<void> {
  if (await portIsFree(port, host)) return;
  throw new StartError(
    `Port ${port} is taken. Stop what uses it, or choose another one: ${key}=${port + 10} npm start`,
  );
}

async function startServers(config: Config, dataDir: string): Promise<void> {
  const { SEARCH_ATTRIBUTES } = await import('../temporal/search-attributes.ts');
  const database = async () => {
    if (process.env.DATABASE_URL) return;
    let port: number | undefined;
    const pg = await keep('PostgreSQL', async () => {
      const running = await startPostgres({ dataDir: join(dataDir, 'postgres'), report, ...(port ? { port } : {}) });
      port = running.port;
      return running;
    });
    process.env.DATABASE_URL = pg.url;
    report(`PostgreSQL is ready on port ${pg.port}`);
  };
  const temporal = async () => {
    if (process.env.TEMPORAL_ADDRESS) return;
    let ports: { port: number; uiPort: number } | undefined;
    const server = await keep('Temporal', async () => {
      const running = await startTemporal({
        dbFile: join(dataDir, 'temporal', 'temporal.db'),
        namespace: config.temporal.namespace,
        searchAttributes: { ...SEARCH_ATTRIBUTES },
        report,
        ...ports,
      });
      ports = { port: Number(running.address.split(':')[1]), uiPort: Number(running.uiUrl?.split(':').at(-1)) };
      return running;
    });
    process.env.TEMPORAL_ADDRESS = server.address;
    process.env.TEMPORAL_UI_URL ||= server.uiUrl ?? '';
    report(`Temporal is ready on ${server.address}`);
  };
  const results = await Promise.allSettled([database(), temporal()]);
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}

async function waitForReady(name: string, url: string): Promise<void> {
  const end = performance.now() + READY_MS;
  while (!stopping && !(await answers(url))) {
    if (performance.now() > end) throw new StartError(`${name} did not become ready (${url}). See logs/app.log.`);
    await sleep(50);
  }
  if (!stopping) report(`${name} is ready`);
}

/** What one process has compiled the others need not, nor the next start. */
function shareCompiled(): void {
  process.env.NODE_COMPILE_CACHE ||= cacheDir('compiled');
  enableCompileCache(process.env.NODE_COMPILE_CACHE);
}

/** While the servers start there is time for it; the worker takes it from the cache, or says what is wrong with it. */
async function bundleWorkflows(): Promise<void> {
  const { workflowBundle } = await import('../temporal/bundle.ts');
  await workflowBundle().catch(() => {});
}

async function main(): Promise<void> {
  shareCompiled();
  const envFile = join(ROOT, '.env');
  if (existsSync(envFile)) process.loadEnvFile(envFile);
  const wanted = checkConfig();
  const dataDir = resolve(ROOT, wanted.development.dataDir ?? '.data');
  mkdirSync(dataDir, { recursive: true });
  const release = holdLock(
    join(dataDir, 'start.lock'),
    LOCK_MARKER,
    (pid) => `Revloop already runs on ${dataDir} (pid ${pid}). Stop that one first, or set REVLOOP_DATA_DIR and PORT.`,
  );
  undo.push({ name: 'lock', stop: release });
  const servicesFile = join(dataDir, 'services.json');
  await endEarlierServices(servicesFile);
  await requirePort('PORT', wanted.http.port, wanted.http.host);
  if (process.env.WORKER_HEALTH_PORT)
    await requirePort('WORKER_HEALTH_PORT', wanted.worker.healthPort, wanted.http.host);
  process.env.WORKER_HEALTH_PORT ||= String(await freePort(wanted.worker.healthPort));

  if (wanted.env !== 'production') {
    for (const [name, secret] of Object.entries(developmentSecrets(dataDir))) process.env[name] ||= secret;
  }
  void bundleWorkflows();
  await startServers(wanted, dataDir);
  if (stopping) return;
  const config = loadConfig();
  const { migrate } = await import('../schema/migrate.ts');
  await migrate(config.database.ownerUrl);
  report('The schema is up to date');
  const { buildDemo } = await import('../demo/build.ts');
  const [demo, ...others] = await buildDemo(config, report);
  report(`The demo organizations are there (${[demo!, ...others].map((one) => one.organizationName).join(', ')})`);
  if (stopping) return;
  flushCompileCache();

  const running = await Promise.all(
    (['api', 'workers'] as const).map(async (name) => {
      const start = async () => {
        const child = startEntry(name, `${name}/main.ts`, { ...process.env }, DRAIN_MS);
        services.set(name, child.pid);
        writeFileSync(servicesFile, JSON.stringify(servicePids()));
        return child;
      };
      return { supervised: await supervise(name, start, { report, giveUp }) };
    }),
  );
  const stopServices = async () => {
    await Promise.all(running.map(({ supervised }) => supervised.stop()));
    rmSync(servicesFile, { force: true });
  };
  undo.push({ name: 'services', stop: stopServices });
  const apiUrl = `http://127.0.0.1:${config.http.port}`;
  await Promise.all([
    waitForReady('The API', `${apiUrl}/ready`),
    waitForReady('The worker', `http://127.0.0.1:${config.worker.healthPort}/ready`),
  ]);
  if (stopping) return;
  const facts = {
    ...demo!,
    others,
    apiUrl,
    temporalUiUrl: config.temporal.uiUrl,
    databaseUrl: config.database.ownerUrl,
  };
  const readySeconds = performance.now() / 1000;
  process.stdout.write(`${banner({ ...facts, readySeconds, logFile: config.log.file })}\n`);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => onSignal(signal));
process.on('disconnect', () => onSignal('SIGTERM'));
// The servers and services run on their own; this keeps the supervisor alive while it waits for them.
const heartbeat = setInterval(() => {}, 60_000);
try {
  startup = main();
  await startup;
} catch (error) {
  clearInterval(heartbeat);
  if (!stopping) {
    const known = error instanceof StartError || error instanceof ConfigError;
    report(known ? error.message : ((error as Error).stack ?? String(error)));
    await shutDown(1);
  }
}
