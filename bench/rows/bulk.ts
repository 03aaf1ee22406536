import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../dev/host.ts';
import { type HttpFacts, httpDatabase } from '../data/http.ts';
import { copyRows, customerOf, interactionOf, prepareFloor, startOf } from '../data/interactions.ts';
import { ORGANIZATION } from '../data/journeys.ts';
import type { BenchContext } from '../lib/context.ts';
import { memoryOf, type Started, startProcess, untilReady, watchMemory } from '../lib/processes.ts';
import { productEnv } from '../lib/product.ts';
import { alone, compared, median, type Result } from '../lib/results.ts';

const LIMITS = { RATE_LIMIT_INGEST_PER_MINUTE: '1000000000', RATE_LIMIT_GENERAL_PER_HOUR: '1000000000' };

export async function startApi(facts: HttpFacts, context: BenchContext, more: Record<string, string> = {}) {
  const port = await freePort();
  const api = startProcess('api/main.ts', { env: productEnv(facts.url, { PORT: String(port), ...LIMITS, ...more }) });
  context.cleanUp(api.stop);
  await untilReady(`http://127.0.0.1:${port}/ready`);
  return { api, url: `http://127.0.0.1:${port}` };
}

export const credentials = (facts: HttpFacts) => ({ 'x-api-key': facts.apiKey, 'x-tenant-id': ORGANIZATION });

const BATCH_ROWS = 100_000;
const ARRAY_ROWS = 1_000;
/** One array is parsed while another one is stored. */
const SENDERS = 2;

/** Arrays of 1,000 interactions over HTTP, against one COPY of as many rows; in turns, and the medians count. */
export async function ingestBatch(context: BenchContext): Promise<Result[]> {
  const facts = await httpDatabase(context);
  const arrays = Math.max(4, Math.round((BATCH_ROWS * context.scale) / ARRAY_ROWS));
  await prepareFloor(facts.owner);
  const { url } = await startApi(facts, context);
  const rates = { floor: [] as number[], product: [] as number[] };
  // The round before the first is for caches and statistics alone.
  for (let round = 0; round <= context.rounds; round++) {
    const floor = (arrays * ARRAY_ROWS) / (await copyRows(facts.owner, arrays * ARRAY_ROWS));
    const product = await sendArrays(facts, url, `round-${round}`, arrays);
    if (round > 0) {
      rates.floor.push(floor);
      rates.product.push(product);
    }
    context.report(`ingest batch: floor ${Math.round(floor)}/s, product ${Math.round(product)}/s`);
    await facts.owner.unsafe('vacuum (analyze)');
  }
  const measured = { value: median(rates.product), floor: median(rates.floor) };
  const name = context.scale === 1 ? 'ingest batch' : `ingest batch of ${arrays * ARRAY_ROWS}`;
  return [
    compared(name, 'rows/s', measured, { target: 0.3, better: 'higher' }),
    { ...alone(`${name}, rows per second`, 'rows/s', measured.value, 20_000), better: 'higher' },
  ];
}

async function sendArrays(facts: HttpFacts, url: string, prefix: string, arrays: number): Promise<number> {
  const bodies = Array.from({ length: arrays }, (_, array) =>
    JSON.stringify(Array.from({ length: ARRAY_ROWS }, (_, index) => interactionOf(prefix, array * ARRAY_ROWS + index))),
  );
  const start = performance.now();
  await Promise.all(
    Array.from({ length: SENDERS }, async () => {
      for (let body = bodies.pop(); body !== undefined; body = bodies.pop()) {
        const response = await fetch(`${url}/v1/interactions`, {
          method: 'POST',
          headers: { ...credentials(facts), 'content-type': 'application/json' },
          body,
        });
        const answer = (await response.json()) as { message: string };
        if (answer.message !== `${ARRAY_ROWS} of ${ARRAY_ROWS} rows stored`) throw new Error(JSON.stringify(answer));
      }
    }),
  );
  const rate = (arrays * ARRAY_ROWS) / ((performance.now() - start) / 1000);
  const [stored] = await facts.owner`
    select count(*)::int as count from interactions where external_id like ${`${prefix}-%`}`;
  if (stored!.count !== arrays * ARRAY_ROWS) throw new Error(`Of ${arrays} arrays ${stored!.count} rows were stored.`);
  return rate;
}

const UPLOAD_ROWS = 1_000_000;
const LONGEST_MS = 1_800_000;

/** A file of a million rows from the first byte sent to the last row stored, against one COPY of as many rows. */
export async function upload(context: BenchContext): Promise<Result[]> {
  const facts = await httpDatabase(context);
  const rows = Math.max(10_000, Math.round(UPLOAD_ROWS * context.scale));
  const temporal = { TEMPORAL_ADDRESS: await context.temporalAddress() };
  const { api, url } = await startApi(facts, context, temporal);
  const port = await freePort();
  const worker = startProcess('workers/main.ts', {
    env: productEnv(facts.url, { ...temporal, WORKER_HEALTH_PORT: String(port) }),
  });
  context.cleanUp(worker.stop);
  await untilReady(`http://127.0.0.1:${port}/ready`);
  await prepareFloor(facts.owner);
  const floor = rows / (await copyRows(facts.owner, rows));
  context.report(`upload: floor ${Math.round(floor)} rows/s`);
  await facts.owner.unsafe('vacuum (analyze)');

  const above = watchAbove({ api, worker });
  const start = performance.now();
  const id = await sendFile(facts, url, rows);
  context.report(`upload: the file is there after ${((performance.now() - start) / 1000).toFixed(1)} s`);
  const created = await completed(facts, url, id, worker);
  const seconds = (performance.now() - start) / 1000;
  if (created !== rows) throw new Error(`${created} of ${rows} rows were stored.`);
  const memory = await above();
  const name = context.scale === 1 ? 'upload 1 M' : `upload ${rows} rows`;
  return [
    compared(name, 'rows/s', { value: rows / seconds, floor }, { target: null, better: 'higher' }),
    alone(`${name}, worker memory above idle`, 'MB', memory.worker, 150),
    alone(`${name}, API memory above idle`, 'MB', memory.api, 150),
  ];
}

/** Highest resident memory from now on, above what it is now. */
export function watchAbove<Name extends string>(processes: Record<Name, Started>): () => Promise<Record<Name, number>> {
  const watched = Object.entries<Started>(processes).map(([name, { pid }]) => ({
    name,
    idle: memoryOf(pid),
    memory: watchMemory(pid),
  }));
  return async () => {
    const above = watched.map(async ({ name, idle, memory }) => [name, (await memory.stop()) - idle] as const);
    return Object.fromEntries(await Promise.all(above)) as Record<Name, number>;
  };
}

async function sendFile(facts: HttpFacts, url: string, rows: number): Promise<string> {
  async function* lines() {
    yield Buffer.from(
      'external_interaction_id,channel,started_at,direction,primary_intent,purchase_probability,email\n',
    );
    for (let from = 0; from < rows; from += 1_000) {
      const some = Array.from({ length: Math.min(1_000, rows - from) }, (_, index) => from + index);
      const text = some.map((n) => `file-${n},call,${startOf(n)},inbound,purchase_inquiry,0.75,${customerOf(n)}\n`);
      yield Buffer.from(text.join(''));
    }
  }
  const response = await fetch(`${url}/v1/uploads?kind=interactions&file_name=calls.csv`, {
    method: 'POST',
    headers: { ...credentials(facts), 'content-type': 'text/csv' },
    body: ReadableStream.from(lines()),
    duplex: 'half',
  } as RequestInit);
  const answer = (await response.json()) as { data?: { id: string } };
  if (!answer.data) throw new Error(JSON.stringify(answer));
  return answer.data.id;
}

async function completed(facts: HttpFacts, url: string, id: string, worker: Started): Promise<number> {
  const end = performance.now() + LONGEST_MS;
  for (;;) {
    const response = await fetch(`${url}/v1/uploads/${id}`, { headers: credentials(facts) });
    const { data } = (await response.json()) as { data: { status: string; created: number } };
    if (data.status === 'completed') return data.created;
    if (data.status === 'failed' || !worker.isRunning()) throw new Error(`The upload ended: ${JSON.stringify(data)}`);
    if (performance.now() > end) throw new Error('The upload took too long.');
    await sleep(100);
  }
}
