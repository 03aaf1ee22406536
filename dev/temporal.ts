import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import {
  cacheDir,
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
import { findTemporal } from './temporal-cli.ts';

export { findTemporal } from './temporal-cli.ts';

export interface TemporalOptions {
  namespace: string;
  /** Name → type as the CLI spells it (`Keyword`, `Int`, `Datetime` …). */
  searchAttributes: Record<string, string>;
  /** Kept between runs; absent: everything is forgotten at the end. */
  dbFile?: string;
  /** Asked for: taken is an error. Absent: 7233 and 8233 when free, else any. */
  port?: number;
  uiPort?: number;
  headless?: boolean;
  report?: Report;
}

export interface RunningTemporal {
  address: string;
  uiUrl?: string;
  pid: number;
  /** Resolves when the server ends, wanted or not. */
  exited: Promise<void>;
  stop(): Promise<void>;
}

const RETENTION_DAYS = 30;
const READY_MS = 60_000;

/** Measured: fairness, one partition per queue, eager starts and fast queue polling on one machine. */
const DYNAMIC_CONFIG = {
  'matching.useNewMatcher': true,
  'matching.enableFairness': true,
  'matching.numTaskqueueReadPartitions': 1,
  'matching.numTaskqueueWritePartitions': 1,
  'limit.maxIDLength': 255,
  'worker.schedulerNamespaceStartWorkflowRPS': 100,
  'system.enableEagerWorkflowStart': true,
  'system.enableActivityEagerExecution': true,
  'history.transferProcessorMaxPollRPS': 1000,
  'history.timerProcessorMaxPollRPS': 1000,
};

interface Ports {
  port: number;
  uiPort?: number;
  metricsPort: number;
}

/** The one command line for development, tests and benchmarks. */
export function serverArguments(options: TemporalOptions, ports: Ports): string[] {
  const args = ['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(ports.port)];
  if (ports.uiPort === undefined) args.push('--headless');
  else args.push('--ui-port', String(ports.uiPort));
  args.push('--metrics-port', String(ports.metricsPort), '--namespace', options.namespace, '--log-level', 'warn');
  if (options.dbFile) args.push('--db-filename', options.dbFile);
  args.push('--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=NORMAL');
  for (const [name, type] of Object.entries(options.searchAttributes))
    args.push('--search-attribute', `${name}=${type}`);
  for (const [key, value] of Object.entries(DYNAMIC_CONFIG)) args.push('--dynamic-config-value', `${key}=${value}`);
  return args;
}

/** Starts a Temporal server of one process. @throws StartError with the end of its log */
export async function startTemporal(options: TemporalOptions): Promise<RunningTemporal> {
  const report = options.report ?? (() => undefined);
  const command = await findTemporal(report);
  const base = options.dbFile ?? join(cacheDir('run'), `temporal-${process.pid}`);
  const [pidFile, logFile] = [`${base}.pid`, `${base}.log`];
  mkdirSync(dirname(base), { recursive: true });
  requireSpace(dirname(base), 200);
  await stopOrphan(pidFile, options.dbFile, report);
  const ports = await choosePorts(options);
  const log = openSync(logFile, 'w');
  // A group of its own: Ctrl-C must reach the workers first, so that they can drain.
  const child = spawn(command, serverArguments(options, ports), { stdio: ['ignore', log, log], detached: true });
  let ended = false;
  const exited = new Promise<void>((done) => {
    const end = () => {
      ended = true;
      done();
    };
    child.once('exit', end);
    child.once('error', end);
  });
  const pid = child.pid ?? 0;
  writeFileSync(pidFile, String(pid));
  const address = `127.0.0.1:${ports.port}`;
  const stop = async () => {
    const gone = await endProcess(pid, [
      ['SIGTERM', 10_000],
      ['SIGKILL', 2_000],
    ]);
    if (gone) await exited;
    rmSync(pidFile, { force: true });
    if (!options.dbFile) rmSync(logFile, { force: true });
  };
  try {
    await prepareNamespace(address, options, () => ended);
  } catch (error) {
    if (!ended) await stop();
    rmSync(pidFile, { force: true });
    const reset = options.dbFile ? ` If its history may go, delete ${options.dbFile}* and start again.` : '';
    throw new StartError(`The Temporal server did not start.${reset} Its last words:\n${tail(logFile)}`, {
      cause: error,
    });
  }
  child.unref();
  const uiUrl = ports.uiPort === undefined ? {} : { uiUrl: `http://127.0.0.1:${ports.uiPort}` };
  return { address, ...uiUrl, pid, exited, stop };
}

async function choosePorts(options: TemporalOptions): Promise<Ports> {
  for (const [name, port] of [
    ['Temporal', options.port],
    ['the Temporal UI', options.uiPort],
  ] as const)
    if (port !== undefined && !(await portIsFree(port)))
      throw new StartError(`Port ${port} for ${name} is taken. Stop what uses it or choose another port.`);
  const port = options.port ?? (await freePort(7233));
  const metricsPort = await freePort(7234);
  return options.headless
    ? { port, metricsPort }
    : { port, metricsPort, uiPort: options.uiPort ?? (await freePort(8233)) };
}

async function stopOrphan(pidFile: string, dbFile: string | undefined, report: Report): Promise<void> {
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, 'utf8')) || 0;
  const command = pid > 0 && isAlive(pid) ? commandOf(pid) : '';
  if (command.includes('start-dev') && (!dbFile || command.includes(dbFile))) {
    report(`Stopping the Temporal server of an earlier run (pid ${pid})`);
    const gone = await endProcess(pid, [
      ['SIGTERM', 10_000],
      ['SIGKILL', 2_000],
    ]);
    if (!gone) throw new StartError(`An earlier Temporal server (pid ${pid}) does not stop. End it.`);
  }
  rmSync(pidFile, { force: true });
}

/** Waits for the frontend and sets retention, which the development server fixes at a day. */
async function prepareNamespace(address: string, options: TemporalOptions, ended: () => boolean): Promise<void> {
  // Knocked at first: gRPC waits a full second after a refused connection.
  await untilItAnswers(() => knock(address), ended);
  const connection = await untilItAnswers(() => Connection.connect({ address, connectTimeout: 1_000 }), ended);
  try {
    const { namespace } = options;
    await untilItAnswers(() => connection.workflowService.describeNamespace({ namespace }), ended);
    const seconds = RETENTION_DAYS * 86_400;
    await connection.workflowService.updateNamespace({
      namespace,
      config: { workflowExecutionRetentionTtl: { seconds: seconds as never } },
    });
  } finally {
    await connection.close();
  }
}

function knock(address: string): Promise<void> {
  const [host, port] = address.split(':');
  return new Promise((done, fail) => {
    const socket = connect({ host, port: Number(port) }, () => {
      socket.destroy();
      done();
    });
    socket.once('error', fail);
  });
}

async function untilItAnswers<T>(call: () => Promise<T>, ended: () => boolean): Promise<T> {
  const end = performance.now() + READY_MS;
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (ended() || performance.now() > end) throw error;
      await sleep(50);
    }
  }
}
