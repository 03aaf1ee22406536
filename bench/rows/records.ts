import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../dev/host.ts';
import { listProspects, previewSegment } from '../../services/crm/index.ts';
import { type HttpFacts, httpDatabase } from '../data/http.ts';
import { ORGANIZATION } from '../data/journeys.ts';
import type { BenchContext } from '../lib/context.ts';
import { load } from '../lib/load.ts';
import { startProcess, untilReady } from '../lib/processes.ts';
import { productEnv } from '../lib/product.ts';
import { alone, compared, median, type Result } from '../lib/results.ts';
import { type Statement, serveStatements, statementsOf } from '../lib/statements.ts';
import { credentials, startApi, watchAbove } from './bulk.ts';

const PEOPLE = 1_000_000;
const CONNECTIONS = 4;
const LONGEST_MS = 600_000;
const SOURCE = fileURLToPath(new URL('../data/records.sql', import.meta.url));

/** Demographics, an own field, behaviour and engagement: about one in twenty. */
const CRITERIA = {
  and: [
    { field: 'status', op: 'in', value: ['new', 'engaged', 'qualified'] },
    { field: 'custom.seats', op: 'gte', value: 50 },
    { field: 'account', op: 'has', where: { field: 'industry', op: 'in', value: ['software', 'retail', 'banking'] } },
    { field: 'activities', op: 'has', where: { field: 'occurredAt', op: 'within_last', value: '120d' } },
    { field: 'touches', op: 'has', where: { field: 'channel', op: 'in', value: ['call', 'email'] } },
  ],
} as const;

const sizeOf = (count: number): string => (count === PEOPLE ? '1 M' : String(count));

/** Lists, a segment, the dynamic list of it and the export of a million prospects. */
export async function records(context: BenchContext): Promise<Result[]> {
  const count = Math.max(10_000, Math.round(PEOPLE * context.scale));
  const facts = await httpDatabase(context);
  context.report(`records: writing ${count} prospects`);
  const text = readFileSync(SOURCE, 'utf8')
    .replaceAll(':count', String(count))
    .replaceAll(':organization', ORGANIZATION);
  await facts.owner.unsafe(text).simple();
  await facts.owner.unsafe('vacuum (analyze)');
  const temporal = { TEMPORAL_ADDRESS: await context.temporalAddress() };
  const { api, url } = await startApi(facts, context, temporal);
  const port = await freePort();
  const env = productEnv(facts.url, { ...temporal, WORKER_HEALTH_PORT: String(port) });
  context.cleanUp(startProcess('workers/main.ts', { env }).stop);
  await untilReady(`http://127.0.0.1:${port}/ready`);
  return [
    ...(await lists(facts, url, sizeOf(count), context)),
    ...(await segment(facts, url, sizeOf(count), context)),
    ...(await exported(facts, { api, url }, { count, size: sizeOf(count) }, context)),
  ];
}

const SORT = [{ field: 'createdAt', descending: true }] as const;

/** Pages of 50 as a screen asks for them, against a bare server with the same statement. */
async function lists(facts: HttpFacts, url: string, size: string, context: BenchContext): Promise<Result[]> {
  const asked = [
    { name: 'newest', query: 'limit=50', input: {} },
    {
      name: 'filtered',
      query: 'limit=50&status=engaged&filter=gte(priorityScore,90)',
      input: { status: 'engaged', filter: 'gte(priorityScore,90)' },
    },
    { name: 'searched', query: 'limit=50&q=okafor%20404', input: { q: 'okafor 404' } },
  ] as const;
  const statements: Record<string, readonly Statement[]> = {};
  for (const { name, input } of asked) {
    const ran = await statementsOf(facts.databases, (ctx) =>
      listProspects(ctx, { page: 1, limit: 50, sort: SORT, ...input }),
    );
    // What the filters may ask for comes first and is small; a search looks its words up, then reads the page.
    statements[`/${name}`] = ran.slice(name === 'searched' ? -2 : -1);
  }
  const floor = await serveStatements(facts.url, statements, context);
  const headers = credentials(facts);
  const rate = async (target: string) => {
    await load({ url: target, connections: CONNECTIONS, headers, seconds: 2 }, context);
    return load({ url: target, connections: CONNECTIONS, headers, seconds: context.seconds }, context);
  };
  const results: Result[] = [];
  for (const { name, query } of asked) {
    const bare = await rate(`${floor}/${name}`);
    const product = await rate(`${url}/api/v1/prospects?${query}`);
    context.report(
      `prospects, ${name}: floor ${bare.perSecond.toFixed(1)}/s, product ${product.perSecond.toFixed(1)}/s`,
    );
    const measured = { value: product.perSecond, floor: bare.perSecond };
    results.push(compared(`list prospects at ${size}, ${name}`, '/s', measured, { target: 0.6, better: 'higher' }));
    results.push(alone(`list prospects at ${size}, ${name}, median`, 'ms', product.p50));
  }
  return results;
}

/** The count before anything is stored, and a dynamic list from the request until it is filled, against the bare SQL. */
async function segment(facts: HttpFacts, url: string, size: string, context: BenchContext): Promise<Result[]> {
  const timed = async (work: () => Promise<unknown>) => {
    const start = performance.now();
    await work();
    return (performance.now() - start) / 1000;
  };
  const run = ({ text, parameters }: Statement) => facts.owner.unsafe(text, parameters as never[]);
  const [preview] = (await statementsOf(facts.databases, (ctx) => previewSegment(ctx, { criteria: CRITERIA }))).slice(
    -1,
  );
  const created = await send(facts, url, '/segments', { name: 'Bench', criteria: CRITERIA });
  const times = { preview: [] as number[], bare: [] as number[], list: [] as number[], bareList: [] as number[] };
  for (let round = 0; round < context.rounds; round++) {
    times.bare.push(await timed(() => run(preview!)));
    times.preview.push(await timed(() => send(facts, url, '/segments/preview', { criteria: CRITERIA })));
    let listId = '';
    times.list.push(
      await timed(async () => {
        const list = { name: `Bench ${round}`, type: 'dynamic', segmentId: created.id };
        listId = (await send(facts, url, '/lists', list)).id;
        await untilRefreshed(facts, url, listId);
      }),
    );
    const members = await membersOf(facts, listId);
    const refresh = await refreshStatement(facts, listId);
    await facts.owner`delete from contact_list_members where list_id = ${listId}`;
    await facts.owner.unsafe('vacuum (analyze) contact_list_members');
    times.bareList.push(await timed(() => run(refresh)));
    if ((await membersOf(facts, listId)) !== members) throw new Error('The floor filled the list with others.');
    context.report(
      `segment: ${members} members, list ${times.list.at(-1)!.toFixed(2)} s, bare ${times.bareList.at(-1)!.toFixed(2)} s`,
    );
  }
  const aim = { target: 1.3, better: 'lower' } as const;
  const list = { value: median(times.list), floor: median(times.bareList) };
  return [
    compared(`segment ${size}, preview`, 's', { value: median(times.preview), floor: median(times.bare) }, aim),
    compared(`segment ${size}, dynamic list`, 's', list, aim),
    alone(`segment ${size}, seconds`, 's', list.value, 60),
  ];
}

async function refreshStatement({ databases }: HttpFacts, listId: string): Promise<Statement> {
  const { refreshMembers } = await import('../../services/crm/lists/refresh-list.ts');
  const ran = await statementsOf(databases, (ctx) => refreshMembers(ctx, listId));
  return ran.find(({ text }) => text.includes('insert into contact_list_members'))!;
}

async function membersOf({ owner }: HttpFacts, listId: string): Promise<number> {
  const [row] = await owner`select count(*)::integer as count from contact_list_members where list_id = ${listId}`;
  return row!.count;
}

async function untilRefreshed(facts: HttpFacts, url: string, id: string): Promise<void> {
  const end = performance.now() + LONGEST_MS;
  while (performance.now() < end) {
    const answer = await fetch(`${url}/api/v1/lists/${id}`, { headers: credentials(facts) });
    const { data } = (await answer.json()) as { data: { refreshStatus: string } };
    if (data.refreshStatus === 'completed') return;
    if (data.refreshStatus === 'failed') break;
    await sleep(20);
  }
  throw new Error('The list was not filled.');
}

async function send(facts: HttpFacts, url: string, path: string, body: unknown): Promise<{ id: string }> {
  const headers = { ...credentials(facts), 'content-type': 'application/json' };
  const answer = await fetch(`${url}/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  const { data } = (await answer.json()) as { data?: { id: string } };
  if (!answer.ok || !data) throw new Error(`${path} answered ${answer.status}.`);
  return data;
}

/** The whole file over HTTP, against COPY of the same columns to this process. */
async function exported(
  facts: HttpFacts,
  { api, url }: Awaited<ReturnType<typeof startApi>>,
  { count, size }: { count: number; size: string },
  context: BenchContext,
): Promise<Result[]> {
  let start = performance.now();
  const copy = await facts.owner
    .unsafe(
      `copy (select id, email, first_name, last_name, title, company, phone, linkedin_url, status, relationship_stage,
               priority_score, intent_score, intent_tier, qualification_score, account_id, owner_id, team_id, time_zone,
               language, country, source, custom, last_activity_at, created_at
             from prospects where organization_id = '${ORGANIZATION}' and deleted_at is null order by id)
       to stdout with (format csv, header)`,
    )
    .readable();
  for await (const _ of copy);
  const floor = count / ((performance.now() - start) / 1000);
  const above = watchAbove({ api });
  start = performance.now();
  const answer = await fetch(`${url}/api/v1/prospects/export`, { headers: credentials(facts) });
  let lines = 0;
  for await (const chunk of answer.body!) for (const byte of chunk) if (byte === 10) lines++;
  const value = count / ((performance.now() - start) / 1000);
  if (lines !== count + 1) throw new Error(`The export has ${lines} lines.`);
  const memory = await above();
  context.report(`export: floor ${Math.round(floor)} rows/s, product ${Math.round(value)} rows/s`);
  return [
    compared(`export ${size}`, 'rows/s', { value, floor }, { target: null, better: 'higher' }),
    alone(`export ${size}, API memory above idle`, 'MB', memory.api, 150),
  ];
}

const IMPORT_ROWS = 750_000;

/** 750,000 people in one file of 200 MB, from its first byte until the last row is stored. */
export async function importProspects(context: BenchContext): Promise<Result[]> {
  const rows = Math.max(10_000, Math.round(IMPORT_ROWS * context.scale));
  const facts = await httpDatabase(context);
  const temporal = { TEMPORAL_ADDRESS: await context.temporalAddress() };
  const { api, url } = await startApi(facts, context, temporal);
  const port = await freePort();
  const env = productEnv(facts.url, { ...temporal, WORKER_HEALTH_PORT: String(port) });
  const worker = startProcess('workers/main.ts', { env });
  context.cleanUp(worker.stop);
  await untilReady(`http://127.0.0.1:${port}/ready`);
  const floor = rows / (await copyPeople(facts, rows));
  context.report(`import: floor ${Math.round(floor)} rows/s`);
  const above = watchAbove({ api, worker });
  const start = performance.now();
  const answer = await fetch(`${url}/api/v1/prospects/import?fileName=people.csv`, {
    method: 'POST',
    headers: { ...credentials(facts), 'content-type': 'text/csv' },
    body: ReadableStream.from(fileOf(rows)),
    duplex: 'half',
  } as RequestInit);
  const { data } = (await answer.json()) as { data?: { id: string } };
  if (!data) throw new Error(`The import answered ${answer.status}.`);
  context.report(`import: the file is there after ${((performance.now() - start) / 1000).toFixed(1)} s`);
  const end = performance.now() + LONGEST_MS;
  for (;;) {
    const response = await fetch(`${url}/api/v1/prospects/import/${data.id}`, { headers: credentials(facts) });
    const job = ((await response.json()) as { data: { status: string; created: number } }).data;
    if (job.status === 'completed' && job.created === rows) break;
    if (['completed', 'failed'].includes(job.status) || performance.now() > end) throw new Error(JSON.stringify(job));
    await sleep(200);
  }
  const seconds = (performance.now() - start) / 1000;
  const memory = await above();
  const name = context.scale === 1 ? 'import 750k' : `import ${rows}`;
  return [
    compared(name, 'rows/s', { value: rows / seconds, floor }, { target: null, better: 'higher' }),
    alone(`${name}, seconds`, 's', seconds, 300),
    alone(`${name}, worker memory above idle`, 'MB', memory.worker, 150),
    alone(`${name}, API memory above idle`, 'MB', memory.api, 150),
  ];
}

/** About 275 bytes a row: 750,000 of them, 197 MB, stay just below the largest file that an upload takes. */
const lineOf = (n: number): string =>
  `person-${n}@company-${n % 20_000}.example,+1415${String(2_000_000 + n)},Ada,Byron ${n},Head of Supply,Company ${n % 20_000},https://www.linkedin.com/in/ada-byron-of-procurement-and-everything-else-${n},engaged,aware,${n % 101},America/Los_Angeles,en,US,fair of spring and autumn in Hannover and Las Vegas ${n}\n`;

async function* fileOf(rows: number) {
  yield Buffer.from(
    'email,phone,firstName,lastName,title,company,linkedinUrl,status,relationshipStage,priorityScore,timeZone,language,country,source\n',
  );
  for (let from = 0; from < rows; from += 1_000) {
    yield Buffer.from(
      Array.from({ length: Math.min(1_000, rows - from) }, (_, index) => lineOf(from + index)).join(''),
    );
  }
}

/** Seconds that one COPY of the same people into a table with the same columns and indexes takes. */
async function copyPeople({ owner }: HttpFacts, rows: number): Promise<number> {
  await owner.unsafe('create table bench_floor_prospects (like prospects including all)');
  await owner.unsafe(`alter table bench_floor_prospects alter organization_id set default '${ORGANIZATION}'`);
  const start = performance.now();
  const target = await owner
    .unsafe(
      `copy bench_floor_prospects (email, phone, first_name, last_name, title, company, linkedin_url, status,
         relationship_stage, priority_score, time_zone, language, country, source) from stdin with (format csv, header)`,
    )
    .writable();
  for await (const chunk of fileOf(rows)) {
    if (!target.write(chunk)) await new Promise((resolve) => target.once('drain', resolve));
  }
  await new Promise<void>((resolve, reject) => target.once('finish', resolve).once('error', reject).end());
  return (performance.now() - start) / 1000;
}
