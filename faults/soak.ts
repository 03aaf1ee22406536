// npm run soak [-- --minutes 30 --share 0.2]: the product under steady load, and what grows meanwhile.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { memoryOf } from '../bench/lib/processes.ts';
import { ROOT } from '../dev/host.ts';
import { holdFolder, prepareTemplate } from '../dev/test-postgres.ts';
import type { ProductProcess } from '../test/processes/product-process.ts';
import { type Caller, inParallel } from './lib/caller.ts';
import { openPostgres } from './lib/servers.ts';
import { type Sample, slopePerHour } from './lib/slope.ts';
import { openWorld, type World } from './lib/world.ts';

const SAMPLE_MS = 5_000;
/** How much is possible here is tried out for so long, and after a warm-up of the same length. */
const FULL_SECONDS = 15;
const CALLERS = 16;
/** Below it is noise of the collector; a leak that matters shows more within half an hour. */
const MOST_GROWTH_MB_PER_HOUR = 60;
const MOST_NEW_HANDLES = 20;

const report = (line: string) =>
  process.stderr.write(`[${(performance.now() / 1000).toFixed(0).padStart(5)} s] ${line}\n`);

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '30' }, share: { type: 'string', default: '0.2' } },
});
const [minutes, share] = [Number(values.minutes), Number(values.share)];
async function soak(world: World): Promise<boolean> {
  const organization = await world.createOrganization();
  const product = await world.startProduct({ apis: 1, workers: 2 });
  // A busy machine may need longer than one wait.
  await product.up().catch(() => product.up());
  const call = world.caller(product, organization);
  const wrong: string[] = [];
  let index = 0;
  const send = async () => {
    const turn = index++;
    const { status, text } = await request(call, turn);
    if (status >= 400) wrong.push(`${turn % KINDS.length}: ${status} ${text.slice(0, 200)}`);
  };
  await atFull(send);
  const full = await atFull(send);
  const perSecond = Math.max(1, Math.round(full * share));
  report(`At full ${full.toFixed(0)} requests per second; ${perSecond} for ${minutes} minutes`);

  const processes = [...product.apis, ...product.workers];
  const samples: Sample[][] = processes.map(() => []);
  const handles: number[][] = processes.map(() => []);
  const connections: number[] = [];
  let sampling = true;
  const sampler = (async () => {
    while (sampling) {
      for (const [place, { pid }] of processes.entries()) {
        samples[place]!.push({ seconds: performance.now() / 1_000, value: memoryOf(pid) });
        handles[place]!.push(handlesOf(pid));
      }
      connections.push(await connectionsOf(world));
      await sleep(SAMPLE_MS);
    }
  })();
  const requests = Math.round(perSecond * minutes * 60);
  await inParallel(requests, { atOnce: CALLERS * 2, perSecond }, send);
  sampling = false;
  await sampler;
  const { lost, stuck } = await world.drained();

  const rows = processes.map((one, place) => rowOf(one, place, samples[place]!, handles[place]!));
  const counts = {
    wrongAnswers: wrong.length,
    lost,
    stuck,
    restarts: processes.reduce((sum, { starts }) => sum + starts - 1, 0),
    growing: minutes < 10 ? 0 : rows.filter((row) => row.memoryPerHour > MOST_GROWTH_MB_PER_HOUR).length,
    leaking: rows.filter((row) => row.newHandles > MOST_NEW_HANDLES).length,
  };
  const outcome = {
    minutes,
    perSecond,
    full: Math.round(full),
    requests,
    counts,
    connections: spread(connections),
    rows,
  };
  print(outcome, wrong);
  return Object.values(counts).every((count) => count === 0);
}

async function atFull(send: () => Promise<void>): Promise<number> {
  const end = performance.now() + FULL_SECONDS * 1_000;
  let sent = 0;
  const lane = async () => {
    for (; performance.now() < end; sent++) await send();
  };
  await Promise.all(Array.from({ length: CALLERS }, lane));
  return sent / FULL_SECONDS;
}

const at = () => new Date().toISOString();
const person = (turn: number) => ({ type: 'email', value: `person${turn % 500}@example.com` });

/** What a day is made of: facts that come in, people who look, tickets with their clocks. */
const KINDS: readonly ((turn: number) => [string, string, object?])[] = [
  (turn) => [
    'POST',
    '/v1/interactions',
    { external_interaction_id: `s-${turn}`, channel: 'chat', started_at: at(), customer_identifiers: [person(turn)] },
  ],
  (turn) => ['POST', '/v1/events', { type: 'button_click', session_id: `s-${turn}`, occurred_at: at() }],
  () => ['GET', '/api/v1/tickets?limit=20'],
  (turn) => [
    'POST',
    '/v1/conversions',
    {
      external_event_id: `c-${turn}`,
      event_type: 'purchase',
      event_source: 'billing',
      occurred_at: at(),
      amount_decimal: '10.00',
      currency: 'USD',
      customer_identifiers: [person(turn)],
    },
  ],
  () => ['GET', '/api/v1/prospects?limit=20'],
  (turn) => ['POST', '/api/v1/tickets', { subject: `Question ${turn}`, requesterEmail: person(turn).value }],
  () => ['GET', '/api/v1/tickets/analytics'],
  (turn) => ['POST', '/api/v1/prospects', { email: `prospect${turn}@example.com`, firstName: 'Ann' }],
];

function request(call: Caller, turn: number) {
  const [method, path, body] = KINDS[turn % KINDS.length]!(turn);
  return call(method, path, body, method === 'POST' ? { 'idempotency-key': `soak-${turn}` } : {});
}

/** Files and sockets of a process; where the system does not tell, none. */
function handlesOf(pid: number): number {
  try {
    return readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    return 0;
  }
}

async function connectionsOf({ database }: World): Promise<number> {
  const [row] = await database.owner<[{ count: number }]>`
    select count(*)::int as count from pg_stat_activity
    where datname = current_database() and application_name like 'revloop-%' and application_name not like 'revloop-test%'`;
  return row.count;
}

const spread = (given: readonly number[]) => ({ least: Math.min(...given), most: Math.max(...given) });

/** The first third of the time is left out: caches fill, code is compiled. */
function rowOf({ name, pid }: ProductProcess, place: number, samples: readonly Sample[], handles: readonly number[]) {
  const settled = samples.slice(Math.floor(samples.length / 3));
  const third = Math.floor(handles.length / 3);
  const mean = (part: readonly number[]) => part.reduce((a, b) => a + b, 0) / Math.max(part.length, 1);
  return {
    process: `${name} ${place}`,
    pid,
    memoryMb: Math.round(settled.at(-1)?.value ?? 0),
    memoryPerHour: Math.round(slopePerHour(settled)),
    handles: handles.at(-1) ?? 0,
    newHandles: Math.round(mean(handles.slice(-third)) - mean(handles.slice(third, 2 * third))),
  };
}

function print(outcome: { rows: ReturnType<typeof rowOf>[]; counts: object; connections: object }, wrong: string[]) {
  process.stdout.write('process       MB  MB per hour  handles  new handles\n');
  for (const row of outcome.rows) {
    const cells = [row.memoryMb, row.memoryPerHour, row.handles, row.newHandles];
    const widths = [6, 11, 7, 11];
    process.stdout.write(
      `${row.process.padEnd(10)}${cells.map((cell, i) => String(cell).padStart(widths[i]! + (i ? 2 : 0))).join('')}\n`,
    );
  }
  const { rows: _, ...rest } = outcome;
  process.stdout.write(`${JSON.stringify(rest)}\n`);
  for (const line of wrong.slice(0, 5)) process.stdout.write(`wrong: ${line}\n`);
  mkdirSync(join(ROOT, 'test-results'), { recursive: true });
  writeFileSync(join(ROOT, 'test-results', 'soak.json'), `${JSON.stringify(outcome, null, 2)}\n`);
}

const undo: (() => Promise<unknown> | unknown)[] = [];
try {
  const folder = holdFolder(undo as (() => void)[], 'faults', 'faults');
  const postgres = await openPostgres(folder, report);
  undo.push(() => postgres.stop());
  await prepareTemplate(postgres.port);
  const world = await openWorld('soak', { folder, postgres, report });
  undo.push(() => world.close());
  process.exitCode = (await soak(world)) ? 0 : 1;
} catch (error) {
  // Before anything is tidied up: that may take long, too.
  report((error as Error).stack ?? String(error));
  process.exitCode = 2;
} finally {
  for (let one = undo.pop(); one; one = undo.pop()) await one();
}
process.exit();
