import createClient, { type FetchResponse, type MaybeOptionalInit } from 'openapi-fetch';
import { errorOf, RevloopError, UNREACHABLE } from './errors.ts';
import type { components, paths } from './schema.gen.d.ts';

export { RevloopError, UNREACHABLE } from './errors.ts';
export type { components, paths } from './schema.gen.d.ts';

export interface RevloopOptions {
  /** Where the API is, without `/v1`: `https://api.example.com`. */
  readonly baseUrl: string;
  readonly apiKey?: string | undefined;
  readonly organizationId?: string | undefined;
  /** Gives every POST an `Idempotency-Key` unless it carries one, so that sending it again does it once. */
  readonly idempotency?: boolean;
  /** How often an answer 429 or 503 is tried again; default 4. */
  readonly retries?: number;
  /** A `Retry-After` beyond this many seconds is not waited for; default 30. */
  readonly longestWaitSeconds?: number;
  readonly fetch?: (request: Request) => Promise<Response>;
  readonly sleep?: (milliseconds: number) => Promise<void>;
}

export type Schemas = components['schemas'];
type Method = 'get' | 'put' | 'post' | 'delete';
type PathsOf<M extends Method> = {
  [P in keyof paths]: paths[P] extends Record<M, { responses: unknown }> ? P : never;
}[keyof paths];
type Options<P extends keyof paths, M extends Method> = MaybeOptionalInit<paths[P], M>;
type Data<P extends keyof paths, M extends Method> =
  paths[P][M] extends Record<string | number, unknown>
    ? NonNullable<FetchResponse<paths[P][M], object, `${string}/${string}`>['data']>
    : never;

export interface Answer<T> {
  readonly data: T;
  readonly response: Response;
}
type Call<M extends Method> = <P extends PathsOf<M>>(
  path: P,
  ...options: undefined extends Options<P, M> ? [options?: Options<P, M>] : [options: Options<P, M>]
) => Promise<Answer<Data<P, M>>>;

interface Page<Row> {
  get: {
    parameters: { query?: unknown; path?: unknown };
    responses: { 200: { content: { 'application/json': { data: Row[]; pagination: unknown } } } };
  };
}
type PagedPath = { [P in keyof paths]: paths[P] extends Page<unknown> ? P : never }[keyof paths];
type RowOf<P extends PagedPath> = paths[P] extends Page<infer Row> ? Row : never;
type PageOptions<P extends PagedPath> = { params?: paths[P]['get']['parameters']; signal?: AbortSignal };

export interface UploadOptions {
  readonly kind: Schemas['v1.Upload']['kind'];
  readonly fileName: string;
  readonly format?: 'csv' | 'jsonl';
  /** Column of the file → field; null leaves the column out. */
  readonly mapping?: Readonly<Record<string, string | null>> | undefined;
  readonly dryRun?: boolean;
}

/** Every path of both faces, typed. Answers that are no success are thrown as `RevloopError`. */
export interface Revloop {
  readonly get: Call<'get'>;
  readonly post: Call<'post'>;
  readonly put: Call<'put'>;
  readonly delete: Call<'delete'>;
  /** All rows of a list, page by page as they are read. */
  each<P extends PagedPath>(path: P, options?: PageOptions<P>): AsyncGenerator<RowOf<P>, void, undefined>;
  /** Sends a file; the import goes on as a durable process, to be followed at `/v1/uploads/{id}`. */
  upload(file: Blob, options: UploadOptions): Promise<Schemas['v1.Upload']>;
}

interface Sent {
  data?: unknown;
  error?: unknown;
  response: Response;
}
type HeaderValues = ConstructorParameters<typeof Headers>[0];
type AnyOptions = Record<string, unknown> & { headers?: HeaderValues; signal?: AbortSignal };

const PAGE_SIZE = 200;
const FIRST_WAIT_MS = 500;

export function createRevloop(options: RevloopOptions): Revloop {
  const { apiKey, organizationId, retries = 4, longestWaitSeconds = 30 } = options;
  const sleep = options.sleep ?? ((ms) => new Promise<void>((resolve) => setTimeout(resolve, ms)));
  const api = createClient<paths>({
    baseUrl: options.baseUrl,
    headers: {
      ...(apiKey ? { 'X-API-Key': apiKey } : {}),
      ...(organizationId ? { 'X-Tenant-ID': organizationId } : {}),
    },
    ...(options.fetch ? { fetch: options.fetch } : {}),
  });
  const send = api.request as unknown as (method: Method, path: string, init: AnyOptions) => Promise<Sent>;

  async function once(method: Method, path: string, init: AnyOptions): Promise<Sent> {
    try {
      // As text, because a path answers what it says it answers: JSON or a file.
      return await send(method, path, { ...init, parseAs: 'text' });
    } catch (cause) {
      if (init.signal?.aborted) throw cause;
      const message = `No answer came from ${options.baseUrl}.`;
      throw new RevloopError({ status: 0, code: UNREACHABLE, message }, { cause });
    }
  }

  async function call(method: Method, path: string, given: AnyOptions = {}): Promise<Answer<unknown>> {
    const init = method === 'post' && options.idempotency ? withKey(given) : given;
    for (let tried = 0; ; tried++) {
      const { data, error, response } = await once(method, path, init);
      if (response.ok) return { data: parsed(data, response), response };
      const failure = errorOf(response, error);
      const waitMs = waitBefore(tried, failure);
      if (tried >= retries || waitMs === undefined || waitMs > longestWaitSeconds * 1000) throw failure;
      await sleep(waitMs);
      init.signal?.throwIfAborted();
    }
  }

  const get = (path: string, init: AnyOptions) => call('get', path, init);
  return {
    get: ((path, init) => call('get', path, init as AnyOptions)) as Call<'get'>,
    post: ((path, init) => call('post', path, init as AnyOptions)) as Call<'post'>,
    put: ((path, init) => call('put', path, init as AnyOptions)) as Call<'put'>,
    delete: ((path, init) => call('delete', path, init as AnyOptions)) as Call<'delete'>,
    each: ((path: string, init: AnyOptions = {}) => rowsOf(get, path, init)) as Revloop['each'],
    async upload(file, { kind, fileName, format = 'csv', mapping, dryRun }) {
      const query = {
        kind,
        file_name: fileName,
        ...(mapping ? { mapping: JSON.stringify(mapping) } : {}),
        ...(dryRun ? { dry_run: 'true' } : {}),
      };
      const { data } = await call('post', '/v1/uploads', {
        params: { query },
        headers: { 'content-type': format === 'csv' ? 'text/csv' : 'application/x-ndjson' },
        body: file,
        bodySerializer: (body: Blob) => body,
      });
      return (data as { data: Schemas['v1.Upload'] }).data;
    },
  };
}

/** Pages by number (`/v1`) or by cursor (`/api/v1`), whichever the answer speaks of. */
async function* rowsOf(
  get: (path: string, init: AnyOptions) => Promise<Answer<unknown>>,
  path: string,
  init: AnyOptions,
): AsyncGenerator<unknown, void, undefined> {
  const params = (init.params ?? {}) as { query?: Record<string, unknown>; path?: unknown };
  let next: Record<string, unknown> | undefined = {};
  while (next) {
    const query: Record<string, unknown> = { limit: PAGE_SIZE, ...params.query, ...next };
    const { data } = await get(path, { ...init, params: { ...params, query } });
    const { data: rows, pagination } = data as {
      data: unknown[];
      pagination: { page?: number; pages?: number; nextCursor?: string | null };
    };
    yield* rows;
    const { page, pages, nextCursor } = pagination;
    if (nextCursor) next = { cursor: nextCursor };
    else next = rows.length > 0 && page !== undefined && page < (pages ?? 0) ? { page: page + 1 } : undefined;
  }
}

/** Undefined: trying again would not help. */
function waitBefore(tried: number, { status, retryAfterSeconds }: RevloopError): number | undefined {
  if (status !== 429 && status !== 503) return undefined;
  return retryAfterSeconds === undefined ? FIRST_WAIT_MS * 2 ** tried : retryAfterSeconds * 1000;
}

function parsed(data: unknown, response: Response): unknown {
  const isJson = response.headers.get('content-type')?.includes('json');
  return isJson && typeof data === 'string' && data !== '' ? JSON.parse(data) : data;
}

/** One key for all tries. `randomUUID` is missing in browsers on plain http. */
function withKey(init: AnyOptions): AnyOptions {
  const headers = new Headers(init.headers);
  const params = init.params as { header?: Record<string, unknown> } | undefined;
  if (headers.has('idempotency-key') || params?.header?.['Idempotency-Key'] !== undefined) return init;
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  headers.set('idempotency-key', [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(''));
  return { ...init, headers };
}
