import type { z } from 'zod';
import type { Permission } from '../../domain/platform/permissions.rules.ts';
import type { Principal, Verb } from '../../services/core/context.ts';
import type { EndpointExample, ShownBy } from './examples.ts';
import type { Reply } from './reply.ts';
import type { Tools } from './tools.ts';
import type { UploadedFile } from './upload-body.ts';

/** `a` = /v1, snake_case, `{data, message}`; `b` = /api/v1, camelCase, `{data}`. */
export type Face = 'a' | 'b';
export type Method = 'get' | 'post' | 'put' | 'delete';
export type RateLimitBucket = 'general' | 'auth' | 'search' | 'ingest' | 'webhook';
/**
 * `write`: one transaction around verb, answer and idempotency key. `read`: a read-only one. The others are declared
 * opt-outs: `group` hands the request to a collector, `batch` is idempotent per row, `external` commits before a call.
 */
export type TransactionMode = 'write' | 'read' | 'group' | 'batch' | 'external';
export type SuccessStatus = 200 | 201;

/** What `input` sees beside the validated parts. */
export interface RawRequest {
  /** The body's text as it came; '' without a body. */
  readonly text: string;
  /** Present when `bodyKind` is `upload`; the verb keeps its blob, or it is thrown away with the transaction. */
  readonly file?: UploadedFile;
  /** Present when `bodyKind` is `parts`; what the verb does not keep is thrown away later. */
  readonly files?: readonly UploadedFile[];
  header(name: string): string | undefined;
  /** Version number of `If-Match`; undefined when absent or `*`. */
  readonly ifMatch: number | undefined;
  readonly organizationId: string;
  readonly principal: Principal;
  readonly now: Date;
  readonly remoteAddress: string;
}

export interface ParsedRequest<P, Q, B> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly raw: RawRequest;
}

/** The facts that every suite, the router and the documentation read. */
export interface EndpointFacts {
  readonly operationId: string;
  readonly face: Face;
  readonly method: Method;
  /** Below the face's prefix, parameters in camelCase: `/attribution/runs/{runId}`. */
  readonly path: `/${string}`;
  /** The area. */
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  /** Statuses beyond those every endpoint may answer (400, 401, 403, 429, 500, 503). */
  readonly errors?: readonly (404 | 409 | 412 | 413 | 415)[];
  readonly rateLimit?: RateLimitBucket;
  /** Default: `read` for GET, else `write`. */
  readonly transaction?: TransactionMode;
  /** Honours `Idempotency-Key`; default: every POST. */
  readonly idempotent?: boolean;
  /** The body may also be an array of up to 1,000 such objects: 200 with one outcome per row. Needs a groupVerb. */
  readonly bulk?: true;
  /** A GET that writes, because the protocol of others (OAuth) sends a browser there; what it takes works once. */
  readonly handshake?: true;
  /** The answer carries a secret: it is never stored, and its replay is refused. */
  readonly secretAnswer?: true;
  /**
   * `upload`: one file, streamed into the blob store before the transaction opens, as the field `file` of a form or as
   * the whole body. `body` then describes the other fields of the form. `beacon`: JSON that may call itself
   * `text/plain`. `signed`: JSON that is parsed only after `prepare` has found its text (`raw.text`) to be signed; `body`
   * is undefined there. `form`: the texts of a form, as mail programs and providers send them.
   * `parts`: those and any number of files, or the same as JSON, read after `prepare` has said whose it is. Default: JSON.
   */
  readonly bodyKind?: 'upload' | 'beacon' | 'signed' | 'form' | 'parts';
  /** The rows of an upload may also come as a JSON array of objects. */
  readonly jsonRows?: true;
  /**
   * `write_key`: the public key of a web page, in the URL and bound to the page's origin. `none`: open to everybody;
   * `prepare` says whose organization it is. Default: an API key or an access token.
   */
  readonly credential?: 'write_key' | 'none';
  /** X-Tenant-ID is required on `/v1` all the same, though there is no credential that it must agree with. */
  readonly tenantRequired?: true;
  /** Free-form bodies above the general limit need their own. */
  readonly bodyLimitBytes?: number;
  readonly examples?: readonly EndpointExample[];
  /**
   * Only where nothing follows from the paths: by default a write is shown by its `Location`, the GET of its own path or
   * of the resource above it, or the list that it adds to. `nothing`: it computes an answer and stores nothing.
   */
  readonly shownBy?: ShownBy | 'nothing';
}

/** A table as people download it: names in camelCase (faces translate), values as they are. */
export interface CsvTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | boolean | null)[])[];
}

/** What a `prepare` step hands on. */
export interface Prepared<X> {
  readonly value: X;
  /** Only where the endpoint takes no credential: for whom the transaction is opened, and who acts in it. */
  readonly as?: { readonly organizationId: string; readonly userId: string | null };
  /** Called once the request has its answer, whatever it is. */
  readonly settled?: () => void;
}

interface RequestSpec<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, I, X = undefined>
  extends EndpointFacts {
  /** zod schemas, always strict objects written in camelCase; faces translate. */
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  /**
   * Between the parsed request and its transaction: the place for what takes long (hashing a password) and for look-ups
   * that know no organization yet. What it throws is the answer.
   */
  readonly prepare?: (
    request: ParsedRequest<z.output<P>, z.output<Q>, z.output<B>>,
    tools: Tools,
  ) => Promise<Prepared<X>>;
  readonly input: (request: ParsedRequest<z.output<P>, z.output<Q>, z.output<B>>, prepared: X) => I;
}

interface SingleSpec<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType, I, O, X>
  extends RequestSpec<P, Q, B, I, X> {
  readonly list?: undefined;
  readonly status?: SuccessStatus | ((result: O) => SuccessStatus);
  /** Face A's `message`. */
  readonly message?: string | ((result: O) => string);
  readonly verb: Verb<I, O>;
  readonly response: R;
  /** Verb result → response value in camelCase; absent when the result is one already. */
  readonly output?: (result: O) => z.output<R>;
  /** The row's version, sent as `ETag`. */
  readonly etag?: (result: O) => number | undefined;
  /** Path of the created resource below the face's prefix. */
  readonly location?: (result: O) => string | undefined;
  /** The same answer as a table, for callers who accept `text/csv` rather than JSON. */
  readonly csv?: (result: O) => CsvTable;
  /** True where the body itself asks for the table. */
  readonly csvAsked?: (body: z.output<B>) => boolean;
  /** Instead of the envelope; such a GET may write, since a link in a message cannot do anything else. */
  readonly reply?: Reply<O>;
}

interface PageSpec<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType, I, Item, X>
  extends RequestSpec<P, Q, B, I, X> {
  /** The query schema then holds `...pageQuery`, and `response` and `output` speak of one item. */
  readonly list: 'page';
  readonly message?: string;
  readonly verb: Verb<I, { readonly items: readonly Item[]; readonly total: number }>;
  readonly response: R;
  readonly output?: (item: Item) => z.output<R>;
}

interface CursorSpec<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType, I, Item>
  extends RequestSpec<P, Q, B, I> {
  /** The query schema then holds `...cursorQuery`, and `response` and `output` speak of one item. */
  readonly list: 'cursor';
  readonly message?: string;
  readonly verb: Verb<I, { readonly items: readonly Item[]; readonly nextCursor: string | null }>;
  readonly response: R;
  readonly output?: (item: Item) => z.output<R>;
}

export interface FileFacts {
  readonly mediaType: string;
  readonly name: string;
  /** Shown by browsers instead of being saved; then it needs a policy of what it may load. */
  readonly inline?: { readonly contentSecurityPolicy: string };
}

/** A piece of a file, and where the next one begins; null at the end. */
export interface FilePage {
  readonly text: string;
  readonly next: string | null;
}

interface StreamSpec<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType, I, O, X>
  extends RequestSpec<P, Q, B, I, X> {
  /** Server-sent events: the verb is asked once a second and its value sent when it has changed. */
  readonly stream: {
    /** Name of the events. */
    readonly event: string;
    /** The value after which nothing more will come. */
    readonly isLast: (value: O) => boolean;
    /** Seconds after which the stream ends early. */
    readonly maxTicks?: (input: I) => number | undefined;
    /** Nobody listens any more: what `prepare` has begun may stop. */
    readonly ended?: (input: I) => void;
  };
  readonly verb: Verb<I, O>;
  readonly response: R;
  readonly output?: (result: O) => z.output<R>;
}

interface FileSpec<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType, I>
  extends RequestSpec<P, Q, B, I> {
  /** The answer is a download; the verb is asked page by page. */
  readonly file: FileFacts;
  readonly verb: Verb<I & { readonly after: string | null }, FilePage>;
  readonly response: R;
}

/** An endpoint whose types are erased: what lists, router, documentation and suites hold. */
export interface Endpoint extends EndpointFacts {
  readonly permission: Permission | null;
  readonly transaction: TransactionMode;
  readonly rateLimit: RateLimitBucket;
  readonly idempotent: boolean;
  readonly params: z.ZodType | undefined;
  readonly query: z.ZodType | undefined;
  readonly body: z.ZodType | undefined;
  readonly response: z.ZodType;
  readonly list: 'page' | 'cursor' | undefined;
  readonly file: FileFacts | undefined;
  readonly stream:
    | {
        readonly event: string;
        readonly isLast: (value: unknown) => boolean;
        readonly maxTicks?: (input: unknown) => number | undefined;
        readonly ended?: (input: unknown) => void;
      }
    | undefined;
  readonly status: SuccessStatus | ((result: unknown) => SuccessStatus);
  readonly message: string | ((result: unknown) => string);
  readonly verb: Verb<unknown, unknown>;
  readonly prepare:
    | ((request: ParsedRequest<unknown, unknown, unknown>, tools: Tools) => Promise<Prepared<unknown>>)
    | undefined;
  readonly input: (request: ParsedRequest<unknown, unknown, unknown>, prepared: unknown) => unknown;
  readonly output: ((result: unknown) => unknown) | undefined;
  readonly etag: ((result: unknown) => number | undefined) | undefined;
  readonly location: ((result: unknown) => string | undefined) | undefined;
  readonly csv: ((result: unknown) => CsvTable) | undefined;
  readonly csvAsked: ((body: unknown) => boolean) | undefined;
  readonly reply: Reply<unknown> | undefined;
}

export function defineEndpoint<
  R extends z.ZodType,
  I,
  Item,
  P extends z.ZodType = z.ZodUndefined,
  Q extends z.ZodType = z.ZodUndefined,
  B extends z.ZodType = z.ZodUndefined,
  X = undefined,
>(spec: PageSpec<P, Q, B, R, I, Item, X>): Endpoint;
export function defineEndpoint<
  R extends z.ZodType,
  I,
  Item,
  P extends z.ZodType = z.ZodUndefined,
  Q extends z.ZodType = z.ZodUndefined,
  B extends z.ZodType = z.ZodUndefined,
>(spec: CursorSpec<P, Q, B, R, I, Item>): Endpoint;
export function defineEndpoint<
  R extends z.ZodType,
  I,
  O,
  P extends z.ZodType = z.ZodUndefined,
  Q extends z.ZodType = z.ZodUndefined,
  B extends z.ZodType = z.ZodUndefined,
  X = undefined,
>(spec: SingleSpec<P, Q, B, R, I, O, X>): Endpoint;
export function defineEndpoint<
  R extends z.ZodType,
  I,
  P extends z.ZodType = z.ZodUndefined,
  Q extends z.ZodType = z.ZodUndefined,
  B extends z.ZodType = z.ZodUndefined,
>(spec: FileSpec<P, Q, B, R, I>): Endpoint;
export function defineEndpoint<
  R extends z.ZodType,
  I,
  O,
  P extends z.ZodType = z.ZodUndefined,
  Q extends z.ZodType = z.ZodUndefined,
  B extends z.ZodType = z.ZodUndefined,
  X = undefined,
>(spec: StreamSpec<P, Q, B, R, I, O, X>): Endpoint;
// biome-ignore lint/suspicious/noExplicitAny: the overloads above are the types; here they are erased
export function defineEndpoint(spec: any): Endpoint {
  return {
    ...spec,
    permission: spec.verb.permission,
    transaction: spec.transaction ?? (spec.method === 'get' ? 'read' : 'write'),
    rateLimit: spec.rateLimit ?? 'general',
    idempotent: spec.idempotent ?? spec.method === 'post',
    status: spec.status ?? 200,
    message: spec.message ?? spec.summary,
  };
}

export const PREFIX = { a: '/v1', b: '/api/v1' } as const satisfies Record<Face, string>;
