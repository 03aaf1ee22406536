// npm run faults [-- suites or trials… --n 2000]: breaks the product on purpose and counts what must not have happened.
import { parseArgs } from 'node:util';
import { StartError } from '../dev/host.ts';
import { holdFolder, prepareTemplate } from '../dev/test-postgres.ts';
import { SUITES } from './index.ts';
import { type Finished, table, verdictOf, writeReport } from './lib/report.ts';
import { openPostgres } from './lib/servers.ts';
import type { Trial } from './lib/trial.ts';
import { openWorld } from './lib/world.ts';

const NORMAL_N = 2_000;

const report = (line: string) =>
  process.stderr.write(`[${(performance.now() / 1000).toFixed(1).padStart(6)} s] ${line}\n`);

const undo: (() => Promise<unknown> | unknown)[] = [];
async function cleanUp(): Promise<void> {
  for (let one = undo.pop(); one; one = undo.pop()) {
    try {
      await one();
    } catch (error) {
      report(`Cleaning up: ${(error as Error).message}`);
    }
  }
}

let interrupted = false;
function interrupt(): void {
  if (interrupted) return;
  interrupted = true;
  report('Stopping');
  void cleanUp().then(() => process.exit(130));
}

function chosen(words: readonly string[]): { suite: string; trial: Trial }[] {
  const all = Object.entries(SUITES).flatMap(([suite, trials]) => trials.map((trial) => ({ suite, trial })));
  const known = new Set([...Object.keys(SUITES), ...all.map(({ trial }) => trial.id)]);
  const unknown = words.filter((word) => !known.has(word));
  if (unknown.length > 0)
    throw new StartError(`There is no suite or trial ${unknown.join(', ')}. There are: ${[...known].join(', ')}`);
  if (words.length === 0) return all.filter(({ suite }) => suite !== 'abuse');
  return all.filter(({ suite, trial }) => words.includes(suite) || words.includes(trial.id));
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { n: { type: 'string', default: String(NORMAL_N) } },
  });
  const n = Number(values.n);
  if (!Number.isInteger(n) || n < 10 || n > 100_000) throw new StartError('--n: a number from 10 to 100000.');
  const trials = chosen(positionals);
  const folder = holdFolder(undo as (() => void)[], 'faults', 'faults');
  const postgres = await openPostgres(folder, report);
  undo.push(() => postgres.stop());
  await prepareTemplate(postgres.port);
  const finished: Finished[] = [];
  for (const { suite, trial } of trials) {
    report(`${trial.id} ${trial.title}`);
    finished.push({ suite, trial: told(trial), ...(await carryOut(trial, { folder, postgres, n })) });
    const one = finished.at(-1)!;
    report(`${trial.id} ${verdictOf(one)} ${JSON.stringify(one.outcome)}`);
  }
  process.stdout.write(`\n${table(finished)}\n`);
  const name = trials.every(({ suite }) => suite === 'abuse') ? 'abuse' : 'faults';
  report(`Written to ${writeReport(name, { n, node: process.version }, finished)}`);
  if (finished.some((one) => ['BROKEN', 'FAILED'].includes(verdictOf(one)))) process.exitCode = 1;
}

const told = ({ id, title, guarantee }: Trial) => ({ id, title, guarantee });

async function carryOut(
  trial: Trial,
  { n, ...shared }: { folder: string; postgres: Awaited<ReturnType<typeof openPostgres>>; n: number },
): Promise<Pick<Finished, 'seconds' | 'outcome'>> {
  const begun = performance.now();
  const seconds = () => Math.round((performance.now() - begun) / 100) / 10;
  const world = await openWorld(trial.id, { ...shared, report });
  undo.push(() => world.close());
  try {
    return { outcome: await trial.run(world, { n }), seconds: seconds() };
  } catch (error) {
    report((error as Error).stack ?? String(error));
    return { outcome: { error: (error as Error).message }, seconds: seconds() };
  } finally {
    await undo.pop()!();
  }
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt);
// Sockets at rest keep no process alive, so a trial that waits for one to close would end the run in the middle.
setInterval(() => {}, 60_000);
try {
  await main();
} catch (error) {
  report(error instanceof StartError ? error.message : ((error as Error).stack ?? String(error)));
  process.exitCode = 2;
} finally {
  if (!interrupted) await cleanUp();
}
// A handle that a trial forgot must not keep the run alive.
if (!interrupted) process.exit();
