import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENDPOINTS } from '../../api/endpoints.ts';
import { wireName } from '../../api/http/casing.ts';
import type { Endpoint } from '../../api/http/endpoint.ts';
import { placeholdersOf } from '../../api/http/examples.ts';
import { onWire } from './content.ts';
import { markWith } from './mark.ts';
import { createPlan, needsWorkers } from './plan.ts';
import { inParallel, say } from './report.ts';
import { bodySchemaOf, fieldsOf, isId, replaced } from './schema-values.ts';
import type { Prepared, Sent, Session } from './session.ts';
import { createWorld, type World } from './world.ts';
import { writesAsText } from './write-log.ts';
import { querySchemaOf } from './wrong-values.ts';

const plan = createPlan(ENDPOINTS);
/** In every free text of the other organization, and nowhere else. */
const CANARY = 'canary-7c1f';
const counts = {
  endpoints: 0,
  'foreign ids in paths': 0,
  'in queries': 0,
  'in bodies': 0,
  'foreign tenant headers': 0,
  leaks: 0,
};
afterAll(() => say('Two organizations', counts));

let world: World;
let ours: Session;
let theirs: Session;
/** Ids of the other organization by the last word of their collection (`/attribution/runs` → `run`). */
const theirIds = new Map<string, string>();

beforeAll(async () => {
  world = await createWorld();
  ours = await world.open();
  theirs = await world.open(markWith(CANARY));
  for (const endpoint of ENDPOINTS.filter(({ method, path }) => method === 'post' && !path.includes('{'))) {
    if (needsWorkers(plan, endpoint, endpoint.examples?.[0])) continue;
    const { data } = await theirs.drive(endpoint.operationId, endpoint);
    const id = (data as { id?: unknown } | null)?.id;
    const name = endpoint.path.split('/').at(-1)!.replace(/ies$/, 'y').replace(/s$/, '').replaceAll('-', '');
    if (typeof id === 'string') theirIds.set(name, id);
  }
}, 120_000);
afterAll(() => world?.close());

const isTheirs = ({ text }: Sent): boolean => text.includes(CANARY);
const codeOf = (sent: Sent): unknown => sent.json?.code ?? sent.json?.error?.code;

/** A row of theirs that a field of this name could mean. */
function foreignId(field: string): string {
  const kind = field.replace(/Ids?$/, '').toLowerCase();
  return theirIds.get(kind) ?? [...theirIds].find(([name]) => name.endsWith(kind))?.[1] ?? [...theirIds.values()][0]!;
}

let shared: readonly [Session, Session] | undefined;

/** What an example's own steps end or delete is nobody else's: such an endpoint gets two organizations of its own. */
async function prepareBoth(endpoint: Endpoint): Promise<{ mine: Prepared; foreign: Prepared }> {
  const example = plan.exampleOf(endpoint);
  shared ??= [ours, theirs];
  const isAlone = (example.after ?? []).length > 0;
  [ours, theirs] = isAlone ? [await world.open(), await world.open(markWith(CANARY))] : shared;
  const mine = await ours.prepare(endpoint, example, { patient: false });
  return { mine, foreign: await theirs.prepare(endpoint, example, { patient: false }) };
}

interface Attempt {
  readonly what: string;
  readonly sent: Sent;
  /** Statuses that are right. */
  readonly allowed: readonly number[];
}

const REFUSED = [400, 403, 404, 409];

async function inPaths(mine: Prepared, foreign: Prepared): Promise<Attempt[]> {
  const attempts: Attempt[] = [];
  for (const name of Object.keys(mine.params)) {
    const to = (value: string) => ours.send({ ...mine, params: { ...mine.params, [name]: value } });
    const isId = /^[0-9a-f-]{36}$/i.test(mine.params[name]!);
    const nobodysAnswer = await to(isId ? randomUUID() : `${mine.params[name]}99`);
    // A signature is wrong wherever it was not made for.
    const allowed = mine.endpoint.bodyKind === 'signed' ? [400, 401, 404] : [400, 404];
    attempts.push({ what: `{${name}} of nobody`, sent: nobodysAnswer, allowed });
    // Numbers and codes are counted within an organization; the same one is ours. A link is a credential of its own.
    if (foreign.params[name] === mine.params[name] || (mine.endpoint.credential === 'none' && !isId)) continue;
    const theirAnswer = await to(foreign.params[name]!);
    attempts.push({ what: `{${name}} of the other organization`, sent: theirAnswer, allowed: [400, 404] });
    // What exists elsewhere must not be told apart from what does not exist.
    expect([name, theirAnswer.status, codeOf(theirAnswer)]).toEqual([
      name,
      nobodysAnswer.status,
      codeOf(nobodysAnswer),
    ]);
    counts['foreign ids in paths']++;
  }
  return attempts;
}

async function inQueries(mine: Prepared): Promise<Attempt[]> {
  const { endpoint } = mine;
  const schema = querySchemaOf(endpoint);
  const fields = schema ? fieldsOf(schema, {}).filter((field) => field.path.length === 1 && isId(field)) : [];
  return inParallel(fields, async ({ path: [name] }) => {
    counts['in queries']++;
    const sent = await ours.send(mine, { search: `${wireName(endpoint.face, name!)}=${foreignId(name!)}` });
    // A signature is wrong wherever it was not made for.
    const allowed = [200, ...REFUSED, ...(endpoint.bodyKind === 'signed' ? [401] : [])];
    return { what: `?${name} of the other organization`, sent, allowed };
  });
}

/** Their ids where the example has ours, and in every other field that takes an id. */
async function inBodies(mine: Prepared, foreign: Prepared): Promise<Attempt[]> {
  const { endpoint } = mine;
  const schema = bodySchemaOf(endpoint);
  if (!schema || endpoint.bodyKind === 'upload') return [];
  const refers = new Set(placeholdersOf(plan.exampleOf(endpoint).body).map(({ path }) => path));
  const fields = fieldsOf(schema, mine.body ?? {}).filter((field) => field.path.length > 0 && isId(field));
  const attempts: Attempt[] = [];
  for (const { path, value } of fields) {
    const own =
      value !== undefined && refers.size > 0
        ? path.reduce<unknown>((at, key) => (at as never)?.[key], foreign.body)
        : undefined;
    const id = typeof own === 'string' && own !== value ? own : foreignId(path.at(-1)!);
    const text = JSON.stringify(onWire(endpoint, replaced(mine.body ?? {}, path, id)));
    counts['in bodies']++;
    attempts.push({
      what: `${path.join('.')} of the other organization`,
      sent: await ours.send(mine, { text }),
      allowed: REFUSED,
    });
  }
  return attempts;
}

describe('an organization', () => {
  it('has its canaries where the other one must not see them', async () => {
    const lists = ENDPOINTS.filter(({ list, path }) => list && !path.includes('{'));
    const seen = await inParallel(lists, async (endpoint) => {
      const prepared = await theirs.prepare(endpoint, plan.exampleOf(endpoint), { patient: false });
      return isTheirs(await theirs.send(prepared));
    });
    expect(seen.filter(Boolean).length).toBeGreaterThan(lists.length / 2);
  });

  it.each(ENDPOINTS.map((endpoint) => [endpoint.operationId, endpoint] as const))(
    'is out of reach of another one through %s',
    async (operationId, endpoint) => {
      const { mine, foreign } = await prepareBoth(endpoint);
      await world.writes.take();
      const attempts = [
        ...(await inPaths(mine, foreign)),
        ...(await inQueries(mine)),
        ...(await inBodies(mine, foreign)),
      ];
      if (endpoint.method === 'get')
        attempts.push({ what: 'its own request', sent: await ours.send(mine), allowed: [200, 404, 409] });
      if (endpoint.credential === undefined) attempts.push(...(await withForeignHeader(mine)));
      const touched = (await world.writes.take()).filter(
        ({ organizationId }) =>
          organizationId === theirs.organization.organizationId || organizationId === foreign.as?.organizationId,
      );
      counts.endpoints++;
      counts.leaks += attempts.filter(({ sent }) => isTheirs(sent)).length;
      const wrong = attempts.filter(({ sent, allowed }) => isTheirs(sent) || !allowed.includes(sent.status));
      expect(
        wrong.map(
          ({ what, sent, allowed }) =>
            `${what}: ${sent.status} instead of ${allowed.join(' or ')}: ${sent.text.slice(0, 300)}`,
        ),
        `${operationId} (${endpoint.path}): an id of another organization must be as unknown as any. Look for a reference that is stored or read without its organization.`,
      ).toEqual([]);
      expect(writesAsText(touched), 'rows of the other organization were written').toBe('');
    },
  );
});

/** The header never decides the organization. */
async function withForeignHeader(mine: Prepared): Promise<Attempt[]> {
  const { endpoint } = mine;
  const header = (tenant: string | undefined) => ours.send(mine, { headers: { 'x-tenant-id': tenant } });
  const foreign = await header(theirs.organization.organizationId);
  const malformed = await header('not-a-tenant');
  expect([codeOf(foreign), codeOf(malformed)]).toEqual(['TENANT_MISMATCH', 'TENANT_MISMATCH']);
  counts['foreign tenant headers'] += 2;
  if (endpoint.face === 'b')
    return [foreign, malformed].map((sent) => ({ what: 'a foreign X-Tenant-ID', sent, allowed: [403] }));
  const missing = await header(undefined);
  expect(codeOf(missing)).toBe('TENANT_REQUIRED');
  return [
    ...[foreign, malformed].map((sent) => ({ what: 'a foreign X-Tenant-ID', sent, allowed: [403] })),
    { what: 'no X-Tenant-ID', sent: missing, allowed: [400] },
  ];
}
