import { freePort } from '../../dev/host.ts';
import { ORGANIZATION } from '../data/journeys.ts';
import { type HttpFacts, httpDatabase, publishedRun } from '../data/http.ts';
import type { BenchContext } from '../lib/context.ts';
import { type Load, load } from '../lib/load.ts';
import { startProcess, untilReady } from '../lib/processes.ts';
import { productEnv } from '../lib/product.ts';
import { compared, type Result } from '../lib/results.ts';

const WARM_UP_SECONDS = 2;

interface Servers {
  readonly product: string;
  readonly floor: string;
  readonly headers: Record<string, string>;
}

/** The product's API and the bare server, each a process of its own on the same database. */
async function startServers(facts: HttpFacts, context: BenchContext): Promise<Servers> {
  const [port, floorPort] = [await freePort(), await freePort()];
  const [row] = await facts.owner`insert into customers (organization_id) values (${ORGANIZATION}) returning id`;
  const floor = startProcess('bench/floors/http.ts', {
    args: [String(floorPort), facts.url, JSON.stringify({ organization: ORGANIZATION, customer: row!.id })],
  });
  context.cleanUp(floor.stop);
  const limits = { RATE_LIMIT_INGEST_PER_MINUTE: '1000000000', RATE_LIMIT_GENERAL_PER_HOUR: '1000000000' };
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
  await load({ ...options, interactions: true, seconds: WARM_UP_SECONDS }, context);
  const before = await count();
  const outcome = await load({ ...options, interactions: true, seconds: context.seconds }, context);
  const stored = (await count()) - before;
  // Requests in flight when the load ends may be stored without anybody having read the answer.
  if (stored < outcome.succeeded || stored > outcome.succeeded + options.connections)
    throw new Error(`${outcome.succeeded} successes, but ${stored} rows in ${table}.`);
  return outcome;
}

const IDEMPOTENCY = [false, true];
const TARGETS = [
  { connections: 32, target: 0.7 },
  { connections: 128, target: 0.9 },
];

/** `POST /v1/interactions` as a client sends it, against one INSERT per request. */
export async function ingestSingle(context: BenchContext): Promise<Result[]> {
  const facts = await httpDatabase(context);
  await facts.owner.unsafe('create table bench_floor_interactions (like interactions including all)');
  const { product, floor, headers } = await startServers(facts, context);
  const results: Result[] = [];
  for (const { connections, target } of TARGETS) {
    const url = `${floor}/interactions`;
    const bare = await ingestRate({ url, connections, headers: {} }, 'bench_floor_interactions', facts, context);
    context.report(`ingest, ${connections} connections: floor ${Math.round(bare.perSecond)}/s`);
    for (const idempotent of IDEMPOTENCY) {
      const options = { url: `${product}/v1/interactions`, connections, headers, idempotent };
      const { perSecond, p99 } = await ingestRate(options, 'interactions', facts, context);
      const name = `ingest single, ${connections} connections${idempotent ? ', Idempotency-Key' : ''}`;
      context.report(`${name}: ${Math.round(perSecond)}/s, p99 ${p99} ms (floor's ${bare.p99} ms)`);
      results.push(compared(name, '/s', { value: perSecond, floor: bare.perSecond }, { target, better: 'higher' }));
      await facts.owner.unsafe('vacuum (analyze)');
    }
  }
  return results;
}

const READ_CONNECTIONS = 32;

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
    { name: 'read a journey', path: `/v1/customers/${customerId}/journey`, bare: `/journeys/${customerId}`, target: null },
  ];
  const results: Result[] = [];
  for (const { name, path, bare, target } of kinds) {
    const rateOf = async (url: string) => {
      const options = { url, connections: READ_CONNECTIONS, headers };
      await load({ ...options, seconds: WARM_UP_SECONDS }, context);
      return (await load({ ...options, seconds: context.seconds }, context)).perSecond;
    };
    const [least, value] = [await rateOf(`${floor}${bare}`), await rateOf(`${product}${path}`)];
    context.report(`${name}: floor ${Math.round(least)}/s, product ${Math.round(value)}/s`);
    results.push(compared(name, '/s', { value, floor: least }, { target, better: 'higher' }));
  }
  return results;
}
