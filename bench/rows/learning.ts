import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ModelCode } from '../../domain/insight/attribution.rules.ts';
import { createRun, executeRun, learnModels } from '../../services/insight/index.ts';
import { type BenchDatabase, journeysDatabase, ORGANIZATION } from '../data/journeys.ts';
import type { BenchContext } from '../lib/context.ts';
import { commit, openProduct } from '../lib/product.ts';
import { compared, median, type Result } from '../lib/results.ts';

/** With those who bought nothing about a million journeys. */
const CONVERSIONS = 750_000;
const FLOOR = readFileSync(fileURLToPath(new URL('../floors/paths.sql', import.meta.url)), 'utf8').replaceAll(
  ':organization',
  ORGANIZATION,
);

/** What a run's data-driven models learn from all journeys, against one bare statement that aggregates the paths. */
export async function learning(context: BenchContext): Promise<Result[]> {
  const { report, rounds, scale } = context;
  const conversions = Math.max(1000, Math.round(CONVERSIONS * scale));
  const database = await journeysDatabase(context.postgresUrl, conversions, report);
  context.cleanUp(() => database.owner.end({ timeout: 1 }));
  const databases = openProduct(database.url, context);
  const [markov, shapley, floors]: number[][] = [[], [], []];
  const learn = async (model: ModelCode) => {
    const run = await commit(databases, (ctx) =>
      createRun(ctx, { modelCode: model, name: 'Benchmark', config: { timeWindowHours: 72, markovOrder: 3 } }),
    );
    const runId = run.value.id;
    const { value } = await commit(databases, (ctx) => executeRun(ctx, { runId }));
    const start = performance.now();
    const { value: outcome } = await commit(databases, (ctx) =>
      learnModels(ctx, { runId, generation: value.generation }),
    );
    if (outcome !== 'learned') throw new Error(`${model}: ${outcome}`);
    return (performance.now() - start) / 1000;
  };
  for (let round = 1; round <= rounds; round++) {
    floors!.push(await measureFloor(database));
    markov!.push(await learn('MARKOV'));
    shapley!.push(await learn('SHAPLEY'));
    report(`learning, round ${round}: floor ${floors!.at(-1)}, markov ${markov!.at(-1)}, shapley ${shapley!.at(-1)}`);
  }
  const floor = median(floors!);
  const size = scale === 1 ? '' : ` (${conversions} conversions)`;
  const row = (name: string, times: number[]) =>
    compared(`${name}${size}`, 's', { value: median(times), floor }, { target: 3, better: 'lower' });
  return [row('markov order 3', markov!), row('shapley', shapley!)];
}

async function measureFloor({ owner }: BenchDatabase): Promise<number> {
  const connection = await owner.reserve();
  try {
    await connection.unsafe(`set work_mem = '256MB'; set max_parallel_workers_per_gather = 0`);
    const start = performance.now();
    await connection.unsafe(FLOOR);
    return (performance.now() - start) / 1000;
  } finally {
    await connection.unsafe('reset all');
    connection.release();
  }
}
