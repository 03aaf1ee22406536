import { setTimeout as sleep } from 'node:timers/promises';
import { type Endpoint, PREFIX } from '../../api/http/endpoint.ts';
import type { ShownBy } from '../../api/http/examples.ts';
import { call } from '../http/harness.ts';
import { partOf, valueAt } from './plan.ts';
import { PATIENCE_MS, type Prepared, type Sent, type Session, signedIn } from './session.ts';
import type { World } from './world.ts';
import { businessWrites, type Write, writesAsText } from './write-log.ts';

/** How a write is seen: asked for before it is sent, and again with its answer. */
export interface Watch {
  /** What the effect is shown by, in words for a report. */
  readonly by: string;
  /** Version of the resource before the write, when its reader tells one. */
  readonly etag: string | null;
  /** @returns what is wrong; undefined when the write is shown. */
  check(sent: Sent, writes: readonly Write[]): Promise<string | undefined>;
}

interface Reading {
  readonly status: number;
  readonly data: unknown;
  readonly text: string;
  readonly etag: string | null;
}

const getAt = (world: World, face: Endpoint['face'], path: string): Endpoint | undefined =>
  world.plan.endpoints.find((other) => other.face === face && other.method === 'get' && other.path === path);

/** Reads the state that the write will change. Call it right before sending. */
export async function watch(world: World, session: Session, prepared: Prepared): Promise<Watch> {
  const { endpoint } = prepared;
  if (endpoint.shownBy === 'nothing') return nothingStored(world);
  if (endpoint.shownBy) return declared(session, world, prepared, endpoint.shownBy);
  const above = readerAbove(world, prepared);
  const before = above && (await read(session, above));
  return {
    by: above ? `GET ${above.endpoint.path}` : 'what its answer names',
    etag: above?.endpoint.path === endpoint.path ? (before?.etag ?? null) : null,
    async check(sent) {
      const location = sent.headers.get('location');
      if (location !== null) return showsNew(await readPath(world, session, prepared, location), sent, location);
      const id = valueAt(sent.data, 'id');
      const own = endpoint.method === 'post' && typeof id === 'string' ? readerOfNew(world, prepared, id) : undefined;
      if (own) return showsNew(await read(session, own), sent, `GET ${own.endpoint.path}`);
      if (above && before) return showsChange(before, await read(session, above), prepared, sent);
      return (
        `stores something, and nothing shows it: no Location, no GET ${endpoint.path} or above it, no list.\n` +
        "  To do: add shownBy: { operation: '<the read that shows it>', params?, query?, shows? } to the endpoint, " +
        "or shownBy: 'nothing' when it only computes an answer."
      );
    },
  };
}

const nothingStored = ({ hasWorkers }: World): Watch => ({
  by: 'nothing stored',
  etag: null,
  async check(_, writes) {
    if (hasWorkers) return undefined;
    // That it was asked may be on record.
    const found = businessWrites(writes).filter(
      ({ table }) => table !== 'idempotency_keys' && !table.startsWith('audit'),
    );
    return found.length > 0 ? `says shownBy: 'nothing', but wrote ${writesAsText(found)}.` : undefined;
  },
});

async function declared(session: Session, world: World, prepared: Prepared, shownBy: ShownBy): Promise<Watch> {
  const { endpoint } = prepared;
  const reader = world.plan.operation(shownBy.operation, endpoint);
  const isByWriter = shownBy.as === endpoint.operationId;
  const isAboutAnswer = isByWriter || JSON.stringify(shownBy).includes(`{{${endpoint.operationId}.`);
  const prepareReader = async (sent?: Sent) => {
    const { params, query, as } = fillOwn(shownBy, endpoint, sent);
    const example = { name: '', params: { ...prepared.params, ...params }, query: query ?? {} };
    const asked = await session.prepare(reader, as === undefined || isByWriter ? example : { ...example, as });
    if (isByWriter) return { ...asked, as: signedIn(sent?.data) };
    return as === undefined ? { ...asked, as: prepared.as } : asked;
  };
  const before = isAboutAnswer ? undefined : await read(session, await prepareReader());
  const check = async (sent: Sent): Promise<string | undefined> => {
    const after = await read(session, await prepareReader(sent));
    if (shownBy.answers !== undefined) {
      return after.status === shownBy.answers ? undefined : `${shownBy.operation} answers ${after.status}.`;
    }
    for (const [path, value] of Object.entries(shownBy.shows ?? {})) {
      const found = valueAt(after.data, path);
      if (found !== value)
        return `${shownBy.operation} shows ${path} = ${JSON.stringify(found)}, not ${JSON.stringify(value)}.`;
    }
    if (shownBy.shows) return after.status < 300 ? undefined : `${shownBy.operation} answers ${after.status}.`;
    return before ? showsChange(before, after, prepared, sent) : showsNew(after, sent, shownBy.operation);
  };
  return {
    by: shownBy.operation,
    etag: null,
    check: (sent) => (shownBy.eventually ? inTime(() => check(sent)) : check(sent)),
  };
}

/** The answer of the last look: the first without a problem, or when patience ends. */
async function inTime(look: () => Promise<string | undefined>): Promise<string | undefined> {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    const problem = await look();
    if (problem === undefined || performance.now() > end) return problem;
    await sleep(50);
  }
}

/** Placeholders that name the write itself, which must not be driven a second time. */
function fillOwn(shownBy: ShownBy, endpoint: Endpoint, sent: Sent | undefined): ShownBy {
  const text = JSON.stringify(shownBy).replaceAll(
    new RegExp(`\\{\\{${endpoint.operationId}\\.([\\w.]+)(?:~([^|}]+))?\\}\\}`, 'g'),
    (_, path: string, pattern?: string) => String(partOf(valueAt(sent?.data, path), pattern)),
  );
  return JSON.parse(text) as ShownBy;
}

interface ReadRequest {
  readonly as: Prepared['as'];
  readonly endpoint: Endpoint;
  readonly params: Prepared['params'];
  readonly query?: Prepared['query'];
}

async function read(session: Session, request: ReadRequest): Promise<Reading> {
  const sent = await session.send({ query: {}, headers: {}, body: undefined, file: undefined, ...request });
  return { status: sent.status, data: sent.data, text: sent.text, etag: sent.headers.get('etag') };
}

/** The GET of the same path, else of the nearest resource or list above it. */
function readerAbove(world: World, { endpoint, params, as }: Prepared): ReadRequest | undefined {
  for (let path: string = endpoint.path; path.length > 1; path = path.slice(0, path.lastIndexOf('/'))) {
    const reader = getAt(world, endpoint.face, path);
    if (reader) return { endpoint: reader, params, as };
  }
  return undefined;
}

function readerOfNew(world: World, { endpoint, params, as }: Prepared, id: string): ReadRequest | undefined {
  const reader = world.plan.endpoints.find(
    ({ face, method, path }) =>
      face === endpoint.face &&
      method === 'get' &&
      path.startsWith(`${endpoint.path}/{`) &&
      /^\{\w+\}$/.test(path.slice(endpoint.path.length + 1)),
  );
  if (!reader) return undefined;
  const name = /\{(\w+)\}$/.exec(reader.path)![1]!;
  return { endpoint: reader, params: { ...params, [name]: id }, as };
}

async function readPath(world: World, session: Session, prepared: Prepared, location: string): Promise<Reading> {
  if (!location.startsWith(PREFIX[prepared.endpoint.face])) {
    return { status: 0, data: undefined, text: `${location} is of no face`, etag: null };
  }
  const { as } = prepared;
  const headers = as ? { authorization: `Bearer ${as.token}`, 'x-tenant-id': as.organizationId } : {};
  const result = await call(world.app, as ? null : session.organization, 'GET', location, { headers });
  return { status: result.status, data: result.json?.data, text: result.text, etag: result.headers.get('etag') };
}

function showsNew(reading: Reading, sent: Sent, by: string): string | undefined {
  if (reading.status !== 200) return `${by} answers ${reading.status} afterwards: ${reading.text.slice(0, 300)}`;
  const id = valueAt(sent.data, 'id') ?? valueAt(sent.data, 'customerId');
  if (typeof id === 'string' && !reading.text.includes(id)) return `${by} does not show the new id ${id}.`;
  return undefined;
}

function showsChange(before: Reading, after: Reading, prepared: Prepared, sent: Sent): string | undefined {
  const { endpoint, body } = prepared;
  const { method, path } = endpoint;
  if (after.status >= 500) return `the read afterwards answers ${after.status}.`;
  // Gone; or whoever asked was signed out by it.
  if (method === 'delete' && (after.status === 404 || after.status === 401)) return undefined;
  if (after.status !== 200) return `the read afterwards answers ${after.status}: ${after.text.slice(0, 300)}`;
  const id = valueAt(sent.data, 'id');
  if (method === 'post' && typeof id === 'string' && !before.text.includes(id) && after.text.includes(id))
    return undefined;
  if (withoutVersions(before.data) === withoutVersions(after.data)) {
    return (
      `changed nothing that the read of ${path} or above it shows.\n` +
      "  To do: give it an example that changes something, or shownBy: { operation: '<the read that shows it>', … }."
    );
  }
  if (method !== 'put' || body === undefined) return undefined;
  const problems = unlike(body, after.data, '');
  return problems.length > 0 ? `was sent values that the read does not show: ${problems.join('; ')}` : undefined;
}

/** A new version or time of change alone is no effect. */
const withoutVersions = (data: unknown): string =>
  JSON.stringify(data, (key, value) => (key === 'version' || key === 'updatedAt' ? undefined : value)) ?? '';

/** Fields that both have and that differ; spelling of times, numbers and case aside. */
function unlike(sent: unknown, shown: unknown, path: string): string[] {
  if (typeof sent !== 'object' || sent === null) {
    return sameText(sent) === sameText(shown)
      ? []
      : [`${path}: sent ${JSON.stringify(sent)}, shown ${JSON.stringify(shown)}`];
  }
  if (typeof shown !== 'object' || shown === null || Array.isArray(sent)) return [];
  return Object.entries(sent).flatMap(([key, value]) =>
    Object.hasOwn(shown, key) && value !== null
      ? unlike(value, (shown as Record<string, unknown>)[key], path === '' ? key : `${path}.${key}`)
      : [],
  );
}

function sameText(value: unknown): string {
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value)) return new Date(value).toISOString();
  if (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value)) return String(Number(value));
  return String(value).trim().toLowerCase();
}
