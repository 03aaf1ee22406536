/** Codes of the client itself; all others come from the API and are stable. */
export const UNREACHABLE = 'UNREACHABLE';
/** What went wrong, alike for both faces. `status` 0 and code `UNREACHABLE`: no answer came. */
export class RevloopError extends Error {
    status;
    code;
    details;
    hint;
    requestId;
    retryAfterSeconds;
    body;
    constructor(facts, options) {
        super(facts.message, options);
        this.name = 'RevloopError';
        this.status = facts.status;
        this.code = facts.code;
        this.details = facts.details;
        this.hint = facts.hint;
        this.requestId = facts.requestId;
        this.retryAfterSeconds = facts.retryAfterSeconds;
        this.body = facts.body;
    }
}
const isObject = (value) => typeof value === 'object' && value !== null;
const textOf = (value) => (typeof value === 'string' ? value : undefined);
/** `/v1` answers `{error, code, …, request_id}`, `/api/v1` answers `{success: false, error: {code, message, …}}`. */
export function errorOf(response, body) {
    const outer = isObject(body) ? body : {};
    const inner = isObject(outer.error) ? outer.error : outer;
    const { status } = response;
    const message = textOf(inner.message) ?? textOf(inner.error) ?? `The server answered ${status}.`;
    return new RevloopError({
        status,
        code: textOf(inner.code) ?? `HTTP_${status}`,
        message,
        details: inner.details,
        hint: textOf(inner.hint),
        requestId: textOf(inner.requestId) ?? textOf(inner.request_id) ?? response.headers.get('x-request-id') ?? undefined,
        retryAfterSeconds: retryAfterOf(response),
        body,
    });
}
/** In seconds; the header may also be a date, which needs a clock that agrees with the server's. */
function retryAfterOf(response) {
    const value = response.headers.get('retry-after');
    return value !== null && /^\d+$/.test(value.trim()) ? Number(value) : undefined;
}
