import { randomUUID } from 'node:crypto';
import type { Hono } from 'hono';
import { camelCase, wireName } from '../../api/http/casing.ts';
import { type Endpoint, PREFIX } from '../../api/http/endpoint.ts';
import type { EndpointExample } from '../../api/http/examples.ts';
import { documented, fill, GIVEN, type Placeholder, placeholdersOf } from '../../api/http/examples.ts';
import { type CallResult, call, type TestOrganization } from '../http/harness.ts';
import { contentOf } from './content.ts';
import { markWith } from './mark.ts';
import { needsWorkers, type Plan, PlanError, partOf, stepOf, valueAt } from './plan.ts';

/** A request whose every part is known, in camelCase. */
export interface Prepared {
  readonly endpoint: Endpoint;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly file: EndpointExample['file'];
  readonly as: SignedIn | undefined;
}

/** A person who asks instead of the organization's key. */
export interface SignedIn {
  readonly token: string;
  readonly organizationId: string;
}

export interface Sent extends CallResult {
  /** The answer's `data` with names in camelCase, whatever the face. */
  readonly data: unknown;
}

export interface SendOptions {
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** Instead of the prepared body. */
  readonly text?: string;
  /** Follows the prepared query, as it stands in the URL. */
  readonly search?: string;
}

export interface PrepareOptions {
  readonly mark?: Mark | undefined;
  /** `false`: what would have to wait for a process is a guess: the request is well-formed, its ids are nobody's. */
  readonly patient?: boolean;
}

/** One organization and what has been driven in it. */
export interface Session {
  readonly organization: TestOrganization;
  /** Drives an operation by an example, once. @throws PlanError when it cannot be driven to a 2xx. */
  drive(operation: string, askedBy: Endpoint, example?: string): Promise<Sent>;
  /** Everything that a request needs, driven. @throws PlanError. */
  prepare(endpoint: Endpoint, example: EndpointExample, options?: PrepareOptions): Promise<Prepared>;
  fill(value: unknown, askedBy: Endpoint): Promise<unknown>;
  send(prepared: Prepared, options?: SendOptions): Promise<Sent>;
}

/** Changes the free texts of a body. */
export type Mark = (endpoint: Endpoint, body: unknown) => unknown;

export const PATIENCE_MS = 20_000;
let sessions = 0;

export interface SessionOptions {
  readonly mark?: Mark | undefined;
  /** Takes webhooks. */
  readonly receiver?: string | undefined;
}

export function createSession(
  app: Hono,
  plan: Plan,
  organization: TestOrganization,
  { mark, receiver }: SessionOptions = {},
): Session {
  const unique = `${process.pid.toString(36)}${(sessions++).toString(36)}`;
  const driven = new Map<string, Promise<Sent>>();

  async function resolve(value: unknown, askedBy: Endpoint): Promise<unknown> {
    const values = new Map<string, unknown>();
    const keyOf = ({ operation, example, path, pattern }: Placeholder) => `${operation}[${example}].${path}~${pattern}`;
    for (const placeholder of placeholdersOf(value)) {
      if (GIVEN.has(placeholder.operation)) continue;
      const { operation, example, path } = placeholder;
      const { data } = await drive(operation, askedBy, example);
      const found = path === undefined ? undefined : partOf(valueAt(data, path), placeholder.pattern);
      if (found === undefined) {
        throw new PlanError(
          askedBy,
          `asks for {{${operation}.${path ?? ''}}}, but the answer was ${JSON.stringify(data).slice(0, 300)}.`,
          'name a field of that answer.',
        );
      }
      values.set(keyOf(placeholder), found);
    }
    return fill(value, (placeholder) => {
      if (placeholder.operation === 'unique') return unique;
      if (placeholder.operation === 'receiver') return receiver ?? placeholder.shown;
      return values.get(keyOf(placeholder));
    });
  }

  async function parameter(endpoint: Endpoint, name: string, example: EndpointExample): Promise<string> {
    const own = example.params?.[name];
    if (own !== undefined) return String(await resolve(own, endpoint));
    const source = plan.sourceOf(endpoint, name);
    if (source.kind === 'text') return String(await resolve(source.text, source.from));
    const { data } = await drive(source.by.operationId, endpoint);
    const id = valueAt(data, 'id') ?? valueAt(data, name);
    if (typeof id === 'string' || typeof id === 'number') return String(id);
    throw new PlanError(
      endpoint,
      `takes {${name}} from ${source.by.operationId}, whose answer has neither "id" nor "${name}".`,
      `give it an example with params: { ${name}: '{{${source.by.operationId}.<field>}}' }.`,
    );
  }

  async function prepare(
    endpoint: Endpoint,
    example: EndpointExample,
    options: PrepareOptions = {},
  ): Promise<Prepared> {
    const { mark: marking, patient = true } = options;
    if (!patient && needsWorkers(plan, endpoint, example)) return guess(endpoint, example);
    for (const step of example.after ?? []) {
      const { operation, example: name, until } = stepOf(step);
      if (until) await driveUntil(operation, endpoint, name, until);
      else await drive(operation, endpoint, name);
    }
    const params: Record<string, string> = {};
    for (const [, name] of endpoint.path.matchAll(/\{(\w+)\}/g)) {
      params[name!] = await parameter(endpoint, name!, example);
    }
    const as = example.as === undefined ? undefined : signedIn((await drive(example.as, endpoint)).data);
    const page = endpoint.credential === 'write_key' ? await presentWriteKey(endpoint) : { query: {}, headers: {} };
    const body = await resolve(example.body, endpoint);
    return {
      endpoint,
      params,
      query: { ...page.query, ...((await resolve(example.query ?? {}, endpoint)) as Record<string, string>) },
      headers: { ...page.headers, ...((await resolve(example.headers ?? {}, endpoint)) as Record<string, string>) },
      body: marking ? marking(endpoint, body) : body,
      file: example.file && ((await resolve(example.file, endpoint)) as typeof example.file),
      as,
    };
  }

  /** A page of the organization: its key, and an origin that may send. */
  async function presentWriteKey(askedBy: Endpoint) {
    const { data } = await drive('createWriteKey', askedBy);
    const settings = await drive('updateBeaconSettings', askedBy);
    const origin = String(valueAt(settings.data, 'origins.0'));
    return { query: { write_key: String(valueAt(data, 'key')) }, headers: { origin } };
  }

  function drive(operation: string, askedBy: Endpoint, example?: string): Promise<Sent> {
    const id = `${operation}[${example ?? ''}]`;
    const known = driven.get(id) ?? driveNow(operation, askedBy, example);
    driven.set(id, known);
    return known;
  }

  async function driveNow(operation: string, askedBy: Endpoint, name?: string): Promise<Sent> {
    const endpoint = plan.operation(operation, askedBy);
    const example = plan.exampleOf(endpoint, name);
    let sent = await send(await prepare(endpoint, example, { mark }));
    // A text that is a code or a name of something else cannot be marked.
    if (mark && sent.status >= 400) sent = await send(await prepare(endpoint, example));
    // Another step may have taken the name already.
    if (sent.status === 409) sent = await send(await prepare(endpoint, example, { mark: markWith(unique) }));
    return requireSuccess(endpoint, sent, `as a step for ${askedBy.operationId}`);
  }

  async function driveUntil(
    operation: string,
    askedBy: Endpoint,
    name: string | undefined,
    until: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    const endpoint = plan.operation(operation, askedBy);
    const end = performance.now() + PATIENCE_MS;
    for (;;) {
      const sent = requireSuccess(endpoint, await send(await prepare(endpoint, plan.exampleOf(endpoint, name))), '');
      if (Object.entries(until).every(([path, value]) => valueAt(sent.data, path) === value)) return;
      if (performance.now() > end) {
        throw new PlanError(
          askedBy,
          `waited ${PATIENCE_MS / 1000} s for ${operation} to answer ${JSON.stringify(until)}; it answers ${sent.text.slice(0, 500)}.`,
          'see why its process did not get there, or correct `until`.',
        );
      }
      await new Promise((done) => setTimeout(done, 50));
    }
  }

  async function send(prepared: Prepared, options: SendOptions = {}): Promise<Sent> {
    const { endpoint } = prepared;
    const as = credentialFor(prepared, organization);
    const content = contentOf(prepared, options.text);
    const result = await call(app, as, endpoint.method.toUpperCase(), withSearch(pathOf(prepared), options.search), {
      ...content,
      headers: { ...content.headers, ...headersAs(prepared, organization), ...prepared.headers, ...options.headers },
    });
    return { ...result, data: camelKeys(result.json?.data) };
  }

  return { organization, drive, prepare, send, fill: resolve };
}

/** The request as documentation shows it. */
function guess(endpoint: Endpoint, { query, body, file }: EndpointExample): Prepared {
  const names = [...endpoint.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
  return {
    endpoint,
    params: Object.fromEntries(names.map((name) => [name, randomUUID()])),
    query: documented(query ?? {}) as Record<string, string>,
    headers: {},
    body: documented(body),
    file,
    as: undefined,
  };
}

const credentialFor = ({ endpoint, as }: Prepared, organization: TestOrganization): TestOrganization | null =>
  endpoint.credential !== undefined || as ? null : organization;

function headersAs({ endpoint, as }: Prepared, { organizationId }: TestOrganization): Record<string, string> {
  if (as) return { authorization: `Bearer ${as.token}`, 'x-tenant-id': as.organizationId };
  return endpoint.tenantRequired || endpoint.bodyKind === 'signed' ? { 'x-tenant-id': organizationId } : {};
}

/** @throws Error when the answer signs nobody in. */
export function signedIn(data: unknown): SignedIn {
  const token = valueAt(data, 'token') ?? valueAt(data, 'accessToken');
  const organizationId = valueAt(data, 'organization.id');
  if (typeof token === 'string' && typeof organizationId === 'string') return { token, organizationId };
  throw new Error(`signs nobody in: ${JSON.stringify(data).slice(0, 300)}`);
}

export function requireSuccess(endpoint: Endpoint, sent: Sent, why: string): Sent {
  if (sent.status >= 200 && sent.status < 300) return sent;
  if (sent.status === endpoint.reply?.status) return sent;
  throw new PlanError(
    endpoint,
    `was to be driven to a 2xx by its example ${why} and answered ${sent.status}: ${sent.text.slice(0, 800)}`,
    'correct the example (params, query, body, after) so that it succeeds on a fresh organization, or the endpoint.',
  );
}

const withSearch = (path: string, search: string | undefined): string =>
  search === undefined ? path : `${path}${path.includes('?') ? '&' : '?'}${search}`;

export function pathOf({ endpoint, params, query }: Prepared): string {
  const path = endpoint.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name]!));
  const search = new URLSearchParams(
    Object.entries(query).map(([name, value]): [string, string] => [wireName(endpoint.face, name), String(value)]),
  ).toString();
  return `${PREFIX[endpoint.face]}${path}${search === '' ? '' : `?${search}`}`;
}

/** For reading answers only: free-form keys change too. */
function camelKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camelKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [camelCase(key), camelKeys(inner)]));
}
