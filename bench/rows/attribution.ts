import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../dev/host.ts';
import { MODEL_CODES, type ModelCode } from '../../domain/insight/attribution.rules.ts';
import type { Databases } from '../../schema/db.ts';
import type { Dispatcher } from '../../services/core/dispatcher.ts';
import { createRun, executeRun } from '../../services/insight/index.ts';
import { PROCESSES } from '../../temporal/processes/index.ts';
import { type BenchDatabase, journeysDatabase, ORGANIZATION } from '../data/journeys.ts';
import type { BenchContext } from '../lib/context.ts';
import { memoryOf, startProcess, untilReady, watchMemory } from '../lib/processes.ts';
import { commit, openGateway, openProduct, productEnv } from '../lib/product.ts';
import { alone, compared, median, type Result } from '../lib/results.ts';

const CONVERSIONS = 500_000;
const FIVE: readonly ModelCode[] = ['TIME_DECAY', 'FIRST_TOUCH', 'LAST_TOUCH', 'LINEAR', 'AI_WEIGHTED'];
const LONGEST_RUN_MS = 300_000;
const FLOOR_RUN = '0195be00-0000-7000-8000-00000000000f';
const FLOOR = readFileSync(fileURLToPath(new URL('../floors/attribution.sql', import.meta.url)), 'utf8')
  .replaceAll(':organization', ORGANIZATION)
  .replaceAll(':run', FLOOR_RUN);

/** A whole durable run on a worker process of its own, against one bare statement that writes the same rows. */
export async function attribution(context: BenchContext): Promise<Result[]> {
  const { report, rounds } = context;
  const conversions = Math.max(1000, Math.round(CONVERSIONS * context.scale));
  const database = await journeysDatabase(context.postgresUrl, conversions, report);
  context.cleanUp(() => database.owner.end({ timeout: 1 }));
  const product = await startProduct(database, context);

  const floors: number[] = [];
  const runs: number[] = [];
  let above = 0;
  for (let round = 1; round <= rounds; round++) {
    floors.push(await measureFloor(database));
    report(`attribution, round ${round} of ${rounds}: floor ${seconds(floors.at(-1)!)}`);
    const run = await product.measure(['TIME_DECAY']);
    runs.push(run.seconds);
    above = Math.max(above, run.memoryAboveIdle);
    report(`attribution, round ${round} of ${rounds}: product ${seconds(run.seconds)}`);
    await requireSameRows(database, run.runId);
  }
  const all = await product.measure([...FIVE]);
  report(`attribution, ${FIVE.length} models in one run: ${seconds(all.seconds)}`);
  const twelve = await product.measure([...MODEL_CODES]);
  report(`attribution, ${MODEL_CODES.length} models in one run: ${seconds(twelve.seconds)}`);
  const floor = median(floors);
  const size = context.scale === 1 ? '' : ` (${conversions} conversions)`;
  return [
    compared(`attribution TIME_DECAY${size}`, 's', { value: median(runs), floor }, { target: 1.15, better: 'lower' }),
    compared(`attribution 5 models${size}`, 's', { value: all.seconds, floor }, { target: 2, better: 'lower' }),
    compared(`attribution 12 models${size}`, 's', { value: twelve.seconds, floor }, { target: 4, better: 'lower' }),
    alone(
      `attribution worker memory above idle${size}`,
      'MB',
      Math.max(above, all.memoryAboveIdle, twelve.memoryAboveIdle),
      100,
    ),
  ];
}

/** Both sides begin with an empty table, written-back pages and fresh statistics. */
async function settle({ owner }: BenchDatabase): Promise<void> {
  await owner.unsafe('truncate attribution_credits, attribution_runs cascade');
  await owner.unsafe('drop table if exists bench_floor');
  await owner.unsafe('create table bench_floor (like attribution_credits including all)');
  await owner.unsafe('checkpoint');
}

async function measureFloor(database: BenchDatabase): Promise<number> {
  await settle(database);
  const connection = await database.owner.reserve();
  try {
    // What helps it most, found by trying: no spilling to disk, and no join that the planner misjudges.
    await connection.unsafe(`set work_mem = '512MB'; set enable_mergejoin = off; set enable_memoize = off`);
    const start = performance.now();
    await connection.unsafe(FLOOR);
    return (performance.now() - start) / 1000;
  } finally {
    await connection.unsafe('reset all');
    connection.release();
  }
}

interface MeasuredRun {
  runId: string;
  seconds: number;
  memoryAboveIdle: number;
}

async function startProduct(database: BenchDatabase, context: BenchContext) {
  const temporal = await context.temporalAddress();
  const port = await freePort();
  const env = productEnv(database.url, { TEMPORAL_ADDRESS: temporal, WORKER_HEALTH_PORT: String(port) });
  const worker = startProcess('workers/main.ts', { env });
  context.cleanUp(worker.stop);
  const databases = openProduct(database.url, context);
  const { dispatcher } = openGateway(temporal, databases, PROCESSES, context);
  await untilReady(`http://127.0.0.1:${port}/ready`);
  await sleep(1_000);
  return {
    async measure(models: ModelCode[]): Promise<MeasuredRun> {
      // The floor's rows stay: they are compared with the run's.
      await database.owner.unsafe('truncate attribution_credits, attribution_runs cascade');
      await database.owner.unsafe('checkpoint');
      const idle = memoryOf(worker.pid);
      const memory = watchMemory(worker.pid);
      const start = performance.now();
      const runId = await execute(databases, dispatcher, models);
      await completed(database, runId, worker.isRunning);
      const seconds = (performance.now() - start) / 1000;
      return { runId, seconds, memoryAboveIdle: (await memory.stop()) - idle };
    },
  };
}

async function execute(databases: Databases, dispatcher: Dispatcher, models: ModelCode[]): Promise<string> {
  const custom = models.includes('CUSTOM')
    ? { customWeights: { first: 2, middle: 1, last: 3, channels: { call: 2 } } }
    : {};
  const created = await commit(databases, (ctx) =>
    createRun(ctx, { modelCode: 'TIME_DECAY', name: 'Benchmark', config: { timeWindowHours: 72, models, ...custom } }),
  );
  const runId = created.value.id;
  const { commandIds } = await commit(databases, (ctx) => executeRun(ctx, { runId }));
  await dispatcher.dispatch(commandIds);
  return runId;
}

async function completed({ owner }: BenchDatabase, runId: string, isRunning: () => boolean): Promise<void> {
  const end = performance.now() + LONGEST_RUN_MS;
  for (;;) {
    const [run] = await owner`select status, failure_message from attribution_runs where id = ${runId}`;
    if (run?.status === 'completed') return;
    if (run?.status === 'failed') throw new Error(`The run failed: ${run.failure_message}`);
    if (!isRunning()) throw new Error('The worker process has ended in the middle of the run.');
    if (performance.now() > end) throw new Error('The run took too long.');
    await sleep(10);
  }
}

const COMPARED = `conversion_id, interaction_id, agent_id, team_id, vendor_id, touch_source_id, customer_id,
  weight_time_decay, amount_time_decay, touched_at, converted_at, primary_models, channel, currency`;

/** Counts, sums and a digest of every column but the ids of run and row. @throws Error when anything differs. */
async function requireSameRows({ owner }: BenchDatabase, runId: string): Promise<void> {
  const digest = (table: string, run: string) =>
    owner.unsafe(
      `select count(*)::text as rows, sum(weight_time_decay)::text as weights, sum(amount_time_decay)::text as amounts,
              sum(hashtextextended(row(${COMPARED})::text, 0)::numeric)::text as digest
       from ${table} where organization_id = $1 and run_id = $2`,
      [ORGANIZATION, run],
    );
  const [[floor], [product]] = await Promise.all([
    digest('bench_floor', FLOOR_RUN),
    digest('attribution_credits', runId),
  ]);
  if (JSON.stringify(floor) === JSON.stringify(product)) return;
  throw new Error(
    `The floor wrote other rows:\n  floor   ${JSON.stringify(floor)}\n  product ${JSON.stringify(product)}`,
  );
}

const seconds = (value: number): string => `${value.toFixed(2)} s`;
