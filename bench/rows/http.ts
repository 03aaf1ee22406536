import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../dev/host.ts';
import { type HttpFacts, httpDatabase, publishedRun } from '../data/http.ts';
import { ORGANIZATION } from '../data/journeys.ts';
import type { BenchContext } from '../lib/context.ts';
import { type Load, load } from '../lib/load.ts';
import { startProcess, untilReady } from '../lib/processes.ts';
import { productEnv } from '../lib/product.ts';
import { compared, median, type Result } from '../lib/results.ts';

const WARM_UP_SECONDS = 1;
/** By then whatever was in flight when a load ended has been stored or dropped. */
const SETTLE_MS = 400;

interface Servers {
  readonly product: string;
  readonly floor: string;
  readonly headers: Record<string, string>;
}

/** The product's API and the bare server, each a process of its own on the same database. */
export async function startServers(facts: HttpFacts, context: BenchContext): Promise<Servers> {
  const [port, floorPort] = [await freePort(), await freePort()];
  const [row] = await facts.owner`insert into customers (organization_id) values (${ORGANIZATION}) returning id`;
  const floor = startProcess('bench/floors/http.ts', {
    args: [String(floorPort), facts.url, JSON.stringify({ organization: ORGANIZATION, customer: row!.id })],
  });
  context.cleanUp(floor.stop);
  const limits = {
    RATE_LIMIT_INGEST_PER_MINUTE: '1000000000',
    RATE_LIMIT_GENERAL_PER_HOUR: '1000000000',
    RATE_LIMIT_WEBHOOK_PER_MINUTE: '1000000000',
  };
  const api = startProcess('api/main.ts', { env: productEnv(facts.url, { PORT: String(port), ...limits }) });
  context.cleanUp(api.stop);
  const servers = {
    product: `http://127.0.0.1:${port}`,
    floor: `http://127.0.0.1:${floorPort}`,
    headers: { 'x-api-key': facts.apiKey, 'x-tenant-id': ORGANIZATION },
  };
  await Promise.all([untilReady(`${servers.product}/ready`), untilReady(`${servers.floor}/ready`)]);
  return servers;
}

/** Requests per second after a warm-up, and that every success is a stored row. */
async function ingestRate(options: Omit<Load, 'seconds'>, table: string, facts: HttpFacts, context: BenchContext) {
  const count = async () => Number((await facts.owner.unsafe(`select count(*) from ${table}`))[0]!.count);
  await load({ ...options, body: 'interaction', seconds: WARM_UP_SECONDS }, context);
  await sleep(SETTLE_MS);
  const before = await count();
  const outcome = await load({ ...options, body: 'interaction', seconds: context.seconds }, context);
  await sleep(SETTLE_MS);
  const stored = (await count()) - before;
  // Requests in flight when the load ends may be stored without anybody having read the answer.
  if (stored < outcome.succeeded || stored > outcome.succeeded + options.connections)
    throw new Error(`${outcome.succeeded} successes, but ${stored} rows in ${table}.`);
  return outcome;
}

const TARGETS = [
  { connections: 32, target: 0.7 },
  { connections: 128, target: 0.9 },
];

/** `POST /v1/interactions` as a client sends it, against one INSERT per request; in turns, and the medians count. */
export async function ingestSingle(context: BenchContext): Promise<Result[]> {
  const facts = await httpDatabase(context);
  await facts.owner.unsafe('create table bench_floor_interactions (like interactions including all)');
  const { product, floor, headers } = await startServers(facts, context);
  // Statements planned for empty tables are slow; a database in use has statistics.
  const warmUp: Load = {
    url: `${product}/v1/interactions`,
    connections: 32,
    headers,
    body: 'interaction',
    seconds: 3,
  };
  await load(warmUp, context);
  await facts.owner.unsafe('vacuum (analyze)');
  const results: Result[] = [];
  for (const { connections, target } of TARGETS) {
    const bare = { url: `${floor}/interactions`, connections, headers: {} };
    const plain = { url: `${product}/v1/interactions`, connections, headers };
    const rates = { floor: [] as number[], plain: [] as number[], keyed: [] as number[] };
    for (let round = 0; round < context.rounds; round++) {
      const rateOf = async (kind: keyof typeof rates, options: Omit<Load, 'seconds'>, table: string) => {
        const { perSecond, p99 } = await ingestRate(options, table, facts, context);
        rates[kind].push(perSecond);
        context.report(`ingest, ${connections} connections, ${kind}: ${Math.round(perSecond)}/s, p99 ${p99} ms`);
      };
      await rateOf('floor', bare, 'bench_floor_interactions');
      await rateOf('plain', plain, 'interactions');
      await rateOf('keyed', { ...plain, idempotent: true }, 'interactions');
      await facts.owner.unsafe('vacuum (analyze)');
    }
    for (const kind of ['plain', 'keyed'] as const) {
      const name = `ingest single, ${connections} connections${kind === 'keyed' ? ', Idempotency-Key' : ''}`;
      const measured = { value: median(rates[kind]), floor: median(rates.floor) };
      results.push(compared(name, '/s', measured, { target, better: 'higher' }));
    }
  }
  return results;
}

const READ_CONNECTIONS = 32;

async function readRate(url: string, headers: Record<string, string>, context: BenchContext): Promise<number> {
  const options = { url, connections: READ_CONNECTIONS, headers };
  await load({ ...options, seconds: WARM_UP_SECONDS }, context);
  return (await load({ ...options, seconds: context.seconds }, context)).perSecond;
}

/** Three kinds of reading, against a bare handler with the same SQL. */
export async function read(context: BenchContext): Promise<Result[]> {
  const facts = await httpDatabase(context);
  const { runId, customerId } = await publishedRun(facts);
  const { product, floor, headers } = await startServers(facts, context);
  const kinds = [
    { name: 'read one run', path: `/v1/attribution/runs/${runId}`, bare: `/runs/${runId}`, target: 0.3 },
    {
      name: 'read a list of 50',
      path: `/v1/attribution/runs/${runId}/results?limit=50`,
      bare: `/runs/${runId}/results`,
      target: 0.6,
    },
    {
      name: 'read a journey',
      path: `/v1/customers/${customerId}/journey`,
      bare: `/journeys/${customerId}`,
      target: null,
    },
  ];
  const results: Result[] = [];
  for (const { name, path, bare, target } of kinds) {
    const rates = { floor: [] as number[], product: [] as number[] };
    for (let round = 0; round < context.rounds; round++) {
      rates.floor.push(await readRate(`${floor}${bare}`, headers, context));
      rates.product.push(await readRate(`${product}${path}`, headers, context));
    }
    const [least, value] = [median(rates.floor), median(rates.product)];
    context.report(`${name}: floor ${Math.round(least)}/s, product ${Math.round(value)}/s`);
    results.push(compared(name, '/s', { value, floor: least }, { target, better: 'higher' }));
  }
  return results;
}
