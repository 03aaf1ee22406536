import createClient, {} from 'openapi-fetch';
import { errorOf, RevloopError, UNREACHABLE } from './errors.js';
export { RevloopError, UNREACHABLE } from './errors.js';
const PAGE_SIZE = 200;
const FIRST_WAIT_MS = 500;
export function createRevloop(options) {
    const { apiKey, organizationId, retries = 4, longestWaitSeconds = 30 } = options;
    const sleep = options.sleep ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms)));
    const api = createClient({
        baseUrl: options.baseUrl,
        headers: {
            ...(apiKey ? { 'X-API-Key': apiKey } : {}),
            ...(organizationId ? { 'X-Tenant-ID': organizationId } : {}),
        },
        ...(options.fetch ? { fetch: options.fetch } : {}),
    });
    const send = api.request;
    async function once(method, path, init) {
        try {
            // As text, because a path answers what it says it answers: JSON or a file.
            return await send(method, path, { ...init, parseAs: 'text' });
        }
        catch (cause) {
            if (init.signal?.aborted)
                throw cause;
            const message = `No answer came from ${options.baseUrl}.`;
            throw new RevloopError({ status: 0, code: UNREACHABLE, message }, { cause });
        }
    }
    async function call(method, path, given = {}) {
        const init = method === 'post' && options.idempotency ? withKey(given) : given;
        for (let tried = 0;; tried++) {
            const { data, error, response } = await once(method, path, init);
            if (response.ok)
                return { data: parsed(data, response), response };
            const failure = errorOf(response, error);
            const waitMs = waitBefore(tried, failure);
            if (tried >= retries || waitMs === undefined || waitMs > longestWaitSeconds * 1000)
                throw failure;
            await sleep(waitMs);
            init.signal?.throwIfAborted();
        }
    }
    const get = (path, init) => call('get', path, init);
    return {
        get: ((path, init) => call('get', path, init)),
        post: ((path, init) => call('post', path, init)),
        put: ((path, init) => call('put', path, init)),
        delete: ((path, init) => call('delete', path, init)),
        each: ((path, init = {}) => rowsOf(get, path, init)),
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
                bodySerializer: (body) => body,
            });
            return data.data;
        },
    };
}
/** Pages by number (`/v1`) or by cursor (`/api/v1`), whichever the answer speaks of. */
async function* rowsOf(get, path, init) {
    const params = (init.params ?? {});
    let next = {};
    while (next) {
        const query = { limit: PAGE_SIZE, ...params.query, ...next };
        const { data } = await get(path, { ...init, params: { ...params, query } });
        const { data: rows, pagination } = data;
        yield* rows;
        const { page, pages, nextCursor } = pagination;
        if (nextCursor)
            next = { cursor: nextCursor };
        else
            next = rows.length > 0 && page !== undefined && page < (pages ?? 0) ? { page: page + 1 } : undefined;
    }
}
/** Undefined: trying again would not help. */
function waitBefore(tried, { status, retryAfterSeconds }) {
    if (status !== 429 && status !== 503)
        return undefined;
    return retryAfterSeconds === undefined ? FIRST_WAIT_MS * 2 ** tried : retryAfterSeconds * 1000;
}
function parsed(data, response) {
    const isJson = response.headers.get('content-type')?.includes('json');
    return isJson && typeof data === 'string' && data !== '' ? JSON.parse(data) : data;
}
/** One key for all tries. `randomUUID` is missing in browsers on plain http. */
function withKey(init) {
    const headers = new Headers(init.headers);
    const params = init.params;
    if (headers.has('idempotency-key') || params?.header?.['Idempotency-Key'] !== undefined)
        return init;
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    headers.set('idempotency-key', [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(''));
    return { ...init, headers };
}
