import { type FetchResponse, type MaybeOptionalInit } from 'openapi-fetch';
import type { components, paths } from '../schema.gen.d.ts';
export { RevloopError, UNREACHABLE } from './errors.ts';
export type { components, paths } from '../schema.gen.d.ts';
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
    [P in keyof paths]: paths[P] extends Record<M, {
        responses: unknown;
    }> ? P : never;
}[keyof paths];
type Options<P extends keyof paths, M extends Method> = MaybeOptionalInit<paths[P], M>;
type Data<P extends keyof paths, M extends Method> = paths[P][M] extends Record<string | number, unknown> ? NonNullable<FetchResponse<paths[P][M], object, `${string}/${string}`>['data']> : never;
export interface Answer<T> {
    readonly data: T;
    readonly response: Response;
}
type Call<M extends Method> = <P extends PathsOf<M>>(path: P, ...options: undefined extends Options<P, M> ? [options?: Options<P, M>] : [options: Options<P, M>]) => Promise<Answer<Data<P, M>>>;
interface Page<Row> {
    get: {
        parameters: {
            query?: unknown;
            path?: unknown;
        };
        responses: {
            200: {
                content: {
                    'application/json': {
                        data: Row[];
                        pagination: unknown;
                    };
                };
            };
        };
    };
}
type PagedPath = {
    [P in keyof paths]: paths[P] extends Page<unknown> ? P : never;
}[keyof paths];
type RowOf<P extends PagedPath> = paths[P] extends Page<infer Row> ? Row : never;
type PageOptions<P extends PagedPath> = {
    params?: paths[P]['get']['parameters'];
    signal?: AbortSignal;
};
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
export declare function createRevloop(options: RevloopOptions): Revloop;
