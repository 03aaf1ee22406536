import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CRM_ENDPOINTS } from '../../api/crm/index.ts';
import { ENDPOINTS } from '../../api/endpoints.ts';
import { wireName } from '../../api/http/casing.ts';
import type { Endpoint } from '../../api/http/endpoint.ts';
import { addLimitedKey, type LimitedKey } from '../http/limited-key.ts';
import { onWire } from './content.ts';
import { markWith } from './mark.ts';
import { createPlan } from './plan.ts';
import { inParallel, say } from './report.ts';
import { bodySchemaOf, fieldsOf, isId, replaced } from './schema-values.ts';
import { createSession, type Prepared, type Sent, type Session } from './session.ts';
import { createWorld, type World } from './world.ts';
import { querySchemaOf } from './wrong-values.ts';

/** In the free texts of what belongs to the other team, and nowhere else. */
const CANARY = 'canary-4e0d';
const RECORDS = ['prospect', 'account', 'deal', 'activity', 'call', 'meeting', 'task'];
/** What belongs to nobody's team: definitions, and the organization's own processes. */
const SHARED = ['custom-fields', 'enrichment'];
/** A step that the limited person may not take: somebody without limits takes it. */
const FOR_ADMINISTRATORS = 'createUser';
const counts = { endpoints: 0, 'ids in paths': 0, 'in queries': 0, 'in bodies': 0 };
afterAll(() => say('Two teams', counts));

const plan = createPlan(ENDPOINTS);
let world: World;
/** A key of somebody who is limited to one team. */
let limited: LimitedKey;
let ours: Session;
/** May see everything; what it made belongs to the other team. */
let theirs: Session;
const theirIds = new Map<string, string>();

beforeAll(async () => {
  world = await createWorld();
  const { owner } = world.database;
  theirs = await world.open(markWith(CANARY));
  const { organizationId } = theirs.organization;
  for (const kind of RECORDS) {
    const collection = {
      prospect: 'createProspect',
      account: 'createAccount',
      deal: 'createDeal',
      activity: 'logActivity',
    };
    const work = { call: 'logCall', meeting: 'scheduleMeeting', task: 'createTask' };
    const operation = { ...collection, ...work }[kind]!;
    const { data } = await theirs.drive(operation, plan.operation(operation, CRM_ENDPOINTS[0]!));
    theirIds.set(kind, (data as { id: string }).id);
  }
  limited = await addLimitedKey(world.database, organizationId);
  for (const table of ['prospects', 'accounts', 'deals']) {
    await owner`update ${owner(table)} set team_id = ${limited.otherTeamId}, owner_id = null where organization_id = ${organizationId}`;
  }
  await owner`update tasks set team_id = ${limited.otherTeamId}, assignee_id = null, created_by = null where organization_id = ${organizationId}`;
  ours = await openLimited();
}, 60_000);
afterAll(() => world?.close());

/** Addresses are unique in the organization: they are made free again for the examples of the next session. */
async function openLimited(): Promise<Session> {
  const { owner } = world.database;
  await owner`update prospects set email = null, email_key = null where organization_id = ${limited.organizationId}`;
  await owner`update accounts set domain = null where organization_id = ${limited.organizationId}`;
  return createSession(world.app, plan, limited);
}

const isTheirs = ({ text }: Sent): boolean => text.includes(CANARY);
const codeOf = (sent: Sent): unknown => sent.json?.code ?? sent.json?.error?.code;
/** Their examples need what a limited person may not do; tests of their own hold them. */
const NEED_MORE: Readonly<Record<string, string>> = {
  routeLeads: 'a colleague of the team, whom a limited person may not create (lead-scoring.db.test.ts)',
};
const areas = CRM_ENDPOINTS.filter(
  ({ tag, operationId }) => !SHARED.includes(tag) && !Object.hasOwn(NEED_MORE, operationId),
);

/** The other team's row that a field or parameter of this name could mean. */
function foreignId(endpoint: Endpoint, field: string): string {
  const kind = field.replace(/Ids?$/, '').replace('source', '').replace('parent', '').toLowerCase();
  const byPath = RECORDS.find((name) => endpoint.path.startsWith(`/${name.replace(/y$/, 'ie')}`));
  return theirIds.get(kind) ?? theirIds.get(byPath ?? 'prospect')!;
}

async function inPaths(mine: Prepared): Promise<string[]> {
  const wrong: string[] = [];
  for (const name of Object.keys(mine.params).filter((one) => /^[0-9a-f-]{36}$/i.test(mine.params[one]!))) {
    const to = (value: string) => ours.send({ ...mine, params: { ...mine.params, [name]: value } });
    const [nobody, other] = [await to(randomUUID()), await to(foreignId(mine.endpoint, name))];
    counts['ids in paths']++;
    if (other.status < 400 || codeOf(other) !== codeOf(nobody) || isTheirs(other)) {
      wrong.push(`{${name}}: ${other.status} ${codeOf(other)}, of nobody ${nobody.status} ${codeOf(nobody)}`);
    }
  }
  return wrong;
}

async function inQueries(mine: Prepared): Promise<string[]> {
  const schema = querySchemaOf(mine.endpoint);
  const fields = schema ? fieldsOf(schema, {}).filter((field) => field.path.length === 1 && isId(field)) : [];
  const answers = await inParallel(fields, async ({ path: [name] }) => {
    counts['in queries']++;
    const search = `${wireName(mine.endpoint.face, name!)}=${foreignId(mine.endpoint, name!)}`;
    return isTheirs(await ours.send(mine, { search })) ? [`?${name} shows it`] : [];
  });
  return answers.flat();
}

async function inBodies(mine: Prepared): Promise<string[]> {
  const schema = bodySchemaOf(mine.endpoint);
  if (!schema || mine.endpoint.bodyKind === 'upload') return [];
  const wrong: string[] = [];
  for (const { path } of fieldsOf(schema, mine.body ?? {}).filter((field) => field.path.length > 0 && isId(field))) {
    const name = String(path.at(-1));
    if (!RECORDS.some((kind) => name.toLowerCase().includes(kind)) && name !== 'sourceId') continue;
    const body = replaced(mine.body ?? {}, path, foreignId(mine.endpoint, name));
    counts['in bodies']++;
    const sent = await ours.send(mine, { text: JSON.stringify(onWire(mine.endpoint, body)) });
    if (sent.status < 400 || sent.status >= 500)
      wrong.push(`${path.join('.')}: ${sent.status} ${sent.text.slice(0, 200)}`);
  }
  return wrong;
}

describe('records of another team', () => {
  it('are there for those who may see all teams', async () => {
    const lists = areas.filter(({ list, path }) => list && !path.includes('{'));
    const seen = await inParallel(lists, async (endpoint) => {
      const prepared = await theirs.prepare(endpoint, plan.exampleOf(endpoint), { patient: false });
      return isTheirs(await theirs.send(prepared)) ? [endpoint.operationId] : [];
    });
    expect(seen.flat().length).toBeGreaterThanOrEqual(5);
  });

  it.each(areas.map((endpoint) => [endpoint.operationId, endpoint] as const))(
    'are out of reach of a limited person through %s',
    async (operationId, endpoint) => {
      // What an example's own steps end or delete is nobody else's.
      const example = plan.exampleOf(endpoint);
      const steps = example.after ?? [];
      const isAlone = steps.length > 0;
      if (isAlone) ours = await openLimited();
      for (const step of steps.filter((one) => one === FOR_ADMINISTRATORS)) await theirs.drive(String(step), endpoint);
      const after = steps.filter((one) => one !== FOR_ADMINISTRATORS);
      const mine = await ours.prepare(endpoint, { ...example, after }, { patient: false });
      const own = endpoint.method === 'get' ? await ours.send(mine) : undefined;
      counts.endpoints++;
      expect(
        [
          ...(await inPaths(mine)),
          ...(await inQueries(mine)),
          ...(await inBodies(mine)),
          ...(own && (isTheirs(own) || own.status >= 500) ? [`its own request: ${own.text.slice(0, 200)}`] : []),
        ],
        `${operationId} (${endpoint.path})`,
      ).toEqual([]);
      if (isAlone) ours = await openLimited();
    },
  );
});

describe('what upper wings know of another team', () => {
  const KINDS = [
    ['tickets', 'createTicket', 'listTickets', 'getTicket'],
    ['emails', 'sendEmail', 'listEmails', 'getEmail'],
    ['conversations', 'createConversation', 'listConversations', 'getConversation'],
  ] as const;

  it.each(KINDS)('is out of sight of a limited person: %s', async (table, create, list, get) => {
    const endpoint = (id: string) => plan.operation(id, CRM_ENDPOINTS[0]!);
    const { data } = await theirs.drive(create, endpoint(create));
    const { id } = data as { id: string };
    const reading = async (session: Session) => {
      const all = await session.prepare(endpoint(list), { name: 'All' });
      const one = { ...all, endpoint: endpoint(get), query: {}, params: { id } };
      return [(await session.send(all)).text.includes(id), (await session.send(one)).status] as const;
    };
    const { owner } = world.database;
    const theirRecord =
      table === 'tickets'
        ? owner`team_id = ${limited.otherTeamId}, assignee_id = null, created_by = null`
        : owner`prospect_id = ${theirIds.get('prospect')!}, user_id = null`;
    await owner`update ${owner(table)} set ${theirRecord} where id = ${id}`;
    expect([await reading(theirs), await reading(ours)]).toEqual([
      [true, 200],
      [false, 404],
    ]);
    // What hangs on it neither.
    const below = ENDPOINTS.filter(
      ({ face, method, path }) => face === 'b' && method === 'get' && path.startsWith(`/${table}/{id}/`),
    );
    const all = await ours.prepare(endpoint(list), { name: 'All' });
    const seen = await inParallel(below, async (one) => {
      const names = [...one.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name!, name === 'id' ? id : randomUUID()]);
      const sent = await ours.send({ ...all, endpoint: one, query: {}, params: Object.fromEntries(names) });
      return sent.status === 404 ? [] : [`${one.operationId}: ${sent.status}`];
    });
    expect(seen.flat()).toEqual([]);
    const own = table === 'tickets' ? owner`team_id = ${limited.ownTeamId}` : owner`user_id = ${limited.userId}`;
    await owner`update ${owner(table)} set ${own} where id = ${id}`;
    expect(await reading(ours)).toEqual([true, 200]);
  });
});
