import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENDPOINTS } from '../../api/endpoints.ts';
import { jsonSchemaOf, snakeCase } from '../../api/http/casing.ts';
import type { Endpoint } from '../../api/http/endpoint.ts';
import { onWire } from './content.ts';
import { extremeBodies, extremeQueries } from './extreme-values.ts';
import { createPlan, needsWorkers } from './plan.ts';
import { inParallel, say } from './report.ts';
import { isId } from './schema-values.ts';
import { type Prepared, pathOf, type Sent, type Session } from './session.ts';
import { createWorld, WALK_BODY_LIMIT, type World } from './world.ts';
import { businessWrites, writesAsText } from './write-log.ts';
import { KEY_TWICE, querySchemaOf, type Wrong, wrongBodies, wrongTexts } from './wrong-values.ts';

const plan = createPlan(ENDPOINTS);
const counts = {
  endpoints: 0,
  'malformed requests': 0,
  'answered 4xx': 0,
  'arrays with bad rows': 0,
  'extreme values without a 5xx': 0,
};
afterAll(() => say('Malformed input', counts));

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world?.close());

/** A request that must be refused, and how to send it. */
interface Attempt {
  readonly what: string;
  send(): Promise<Sent>;
}

function attemptsOn(session: Session, prepared: Prepared): Attempt[] {
  const { endpoint } = prepared;
  const attempts: Attempt[] = [];
  const add = (what: string, send: Attempt['send']) => attempts.push({ what, send });
  addParameters(prepared, (what, params) => add(what, () => session.send({ ...prepared, params })));
  addQueries(prepared, (what, search) => add(what, () => session.send(prepared, { search })));
  if (endpoint.method === 'get') return attempts;
  if (endpoint.bodyKind === 'upload') addForms(session, prepared, add);
  else addBodies(session, prepared, add);
  return attempts;
}

function addParameters(prepared: Prepared, add: (what: string, params: Prepared['params']) => void): void {
  const { params: schema } = prepared.endpoint;
  const properties = schema ? (jsonSchemaOf(schema).properties ?? {}) : {};
  for (const name of Object.keys(prepared.params)) {
    const wrong = isId({ path: [], value: '', branches: [properties[name] as never] })
      ? ['7', 'x', `${prepared.params[name]}0`, '../x', "' or 1=1", '\0', randomUUID().replaceAll('-', '')]
      : ['\0'];
    for (const text of wrong) add(`{${name}} = ${JSON.stringify(text)}`, { ...prepared.params, [name]: text });
  }
}

/** `search` is what follows the query of the example, as it stands in the URL. */
function addQueries({ endpoint, query }: Prepared, add: (what: string, search: string) => void): void {
  add('an unknown query key', 'nobody_knows=1');
  add('a query key that reaches prototypes', '__proto__=1');
  const schema = querySchemaOf(endpoint);
  for (const name of Object.keys(schema?.properties ?? {})) {
    const wire = endpoint.face === 'a' ? snakeCase(name) : name;
    // The other face takes both spellings.
    if (endpoint.face === 'a' && name !== wire) add(`${name}: in the spelling of the other face`, `${name}=1`);
    if (Object.hasOwn(query, name)) continue;
    for (const { what, text } of wrongTexts(schema!, name)) add(`?${what}`, `${wire}=${text}`);
  }
}

function addBodies(session: Session, prepared: Prepared, add: (what: string, send: Attempt['send']) => void): void {
  const { endpoint } = prepared;
  const wrong: Wrong[] = wrongBodies(endpoint, prepared.body);
  if (endpoint.body && !endpoint.body.safeParse(undefined).success) wrong.push({ what: 'no body', text: '' });
  for (const { what, text } of wrong) add(what, () => session.send(prepared, { text }));
  const text = JSON.stringify(onWire(endpoint, prepared.body) ?? {});
  const headers = (given: Record<string, string>) => () => session.send(prepared, { text, headers: given });
  add('a body of another type', headers({ 'content-type': 'application/xml' }));
  add('a compressed body', headers({ 'content-encoding': 'gzip' }));
  const limit = endpoint.bodyLimitBytes ?? WALK_BODY_LIMIT;
  if (limit <= 1_048_576)
    add('a body above the limit', () => session.send(prepared, { text: `${' '.repeat(limit)}${text}` }));
}

/** Fields of a form are texts, like those of a query. */
function addForms(session: Session, prepared: Prepared, add: (what: string, send: Attempt['send']) => void): void {
  const { endpoint } = prepared;
  const body = (prepared.body ?? {}) as Record<string, unknown>;
  const schema = jsonSchemaOf(endpoint.body!);
  const send = (fields: Record<string, unknown>) => () => session.send({ ...prepared, body: fields });
  add('an unknown field', send({ ...body, nobodyKnows: '1' }));
  for (const name of Object.keys(schema.properties ?? {})) {
    for (const { what, text } of wrongTexts(schema, name)) {
      if (!/%ff|%00/.test(text)) add(what, send({ ...body, [name]: decodeURIComponent(text) }));
    }
  }
  add('an empty file', () => session.send({ ...prepared, file: { ...prepared.file!, content: '' } }));
  const as = (type: string, text: string) => () => session.send(prepared, { text, headers: { 'content-type': type } });
  add('JSON instead of a file', as('application/json', '{}'));
  add(
    'a form without an end',
    as('multipart/form-data; boundary=b', '--b\r\nContent-Disposition: form-data; name="file"\r\n\r\nx'),
  );
  add('a form without a file', as('multipart/form-data; boundary=b', '--b--\r\n'));
}

const codeOf = (sent: Sent): unknown => sent.json?.code ?? sent.json?.error?.code;
const isRefusal = (sent: Sent): boolean => sent.status >= 400 && sent.status < 500 && typeof codeOf(sent) === 'string';

/** One by one, to name the request that stored something. */
async function firstThatStores(attempts: readonly Attempt[]): Promise<string> {
  for (const { what, send } of attempts) {
    const { status } = await send();
    const stored = businessWrites(await world.writes.take());
    if (stored.length > 0) return `${what} (${status}): ${writesAsText(stored)}`;
  }
  return 'requests at the same time stored something that they do not store one by one';
}

const cases = ENDPOINTS.map((endpoint) => [endpoint.operationId, endpoint] as const);

describe('malformed input', () => {
  it.each(cases)('to %s is a 4xx with a code, and stores nothing', async (operationId, endpoint) => {
    const session = await world.open();
    const prepared = await session.prepare(endpoint, plan.exampleOf(endpoint), { patient: false });
    const attempts = attemptsOn(session, prepared);
    await world.writes.take();
    const answers = await inParallel(attempts, async ({ what, send }) => [what, await send()] as const);
    counts.endpoints++;
    counts['malformed requests'] += answers.length;
    const accepted = answers.filter(([, sent]) => !isRefusal(sent));
    counts['answered 4xx'] += answers.length - accepted.length;
    const stored = businessWrites(await world.writes.take());
    expect(
      accepted.map(([what, sent]) => `${what} → ${sent.status} ${sent.text.slice(0, 200)}`),
      `${operationId} (${endpoint.path}) must refuse these with a 4xx. Its schema says they are wrong: make the schema as strict as it reads, or the route obey it.`,
    ).toEqual([]);
    if (stored.length > 0) expect.fail(`${operationId} stored although it refused: ${await firstThatStores(attempts)}`);
    await expectAccepted(session, endpoint, prepared);
  });

  const bulk = cases.filter(([, endpoint]) => endpoint.bulk);
  it.each(bulk)(
    'among the rows of an array to %s is an outcome of its row; the others are stored',
    async (_, endpoint) => {
      const session = await world.open();
      const prepared = await session.prepare(endpoint, plan.exampleOf(endpoint), { patient: false });
      const good = JSON.stringify(onWire(endpoint, prepared.body));
      const wrong = wrongBodies(endpoint, prepared.body).filter(isRow);
      await world.writes.take();
      for (const text of ['[]', `[${Array.from({ length: 1_001 }, () => '{}').join()}]`, '[{]']) {
        expect(isRefusal(await session.send(prepared, { text })), text.slice(0, 20)).toBe(true);
      }
      expect(writesAsText(businessWrites(await world.writes.take()))).toBe('');
      const rows = wrong.slice(0, 990).map(({ text }) => text);
      const sent = await session.send(prepared, { text: `[${[...rows, good].join()}]` });
      const outcomes = (sent.json?.data ?? []) as { status: string; index: number; error?: { code: string } }[];
      expect(sent.status, sent.text.slice(0, 500)).toBe(200);
      expect(outcomes.at(-1)).toMatchObject({ status: 'created', index: rows.length });
      const passed = outcomes
        .slice(0, -1)
        .filter(({ status, error }) => status !== 'invalid' || typeof error?.code !== 'string');
      expect(passed.map(({ index }) => wrong[index]!.what)).toEqual([]);
      counts['arrays with bad rows']++;
    },
  );
});

describe('values at the edge of what a schema takes', () => {
  it.each(cases)('make no 5xx of %s', async (operationId, endpoint) => {
    const session = await world.open();
    const prepared = await session.prepare(endpoint, plan.exampleOf(endpoint), { patient: false });
    const attempts: Attempt[] = [
      ...extremeQueries(endpoint).map(({ what, text }) => ({
        what,
        send: () => session.send(prepared, { search: text }),
      })),
      ...extremeBodies(endpoint, prepared.body).map(({ what, text }) => ({
        what,
        send: () => session.send(prepared, { text }),
      })),
    ];
    const answers = await inParallel(attempts, async ({ what, send }) => [what, await send()] as const);
    const broken = answers.filter(([, { status }]) => status >= 500);
    counts['extreme values without a 5xx'] += answers.length - broken.length;
    expect(
      broken.map(([what, sent]) => `${what} → ${sent.status} ${sent.text.slice(0, 200)}`),
      `${operationId} takes these by its schema and cannot store or find them: bound the schema, or check in the verb.`,
    ).toEqual([]);
  });
});

/** What is wrong with one object alone, not with the text. */
function isRow({ what, text }: Wrong): boolean {
  if (what.endsWith(KEY_TWICE) || text.includes('[[[') || !text.startsWith('{')) return false;
  try {
    return JSON.parse(text) !== undefined;
  } catch {
    return false;
  }
}

/** The refusals were for what was wrong alone. */
async function expectAccepted(session: Session, endpoint: Endpoint, prepared: Prepared): Promise<void> {
  if (needsWorkers(plan, endpoint, endpoint.examples?.[0])) return;
  const sent = await session.send(prepared);
  expect([sent.status < 300, pathOf(prepared), sent.text.slice(0, 300)]).toEqual([
    true,
    pathOf(prepared),
    expect.anything(),
  ]);
}
