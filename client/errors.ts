/** Codes of the client itself; all others come from the API and are stable. */
export const UNREACHABLE = 'UNREACHABLE';

export interface ErrorFacts {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly details?: unknown;
  readonly hint?: string | undefined;
  readonly requestId?: string | undefined;
  readonly retryAfterSeconds?: number | undefined;
  /** The answer as it came, for answers that are no errors of the API (a probe, a proxy). */
  readonly body?: unknown;
}

/** What went wrong, alike for both faces. `status` 0 and code `UNREACHABLE`: no answer came. */
export class RevloopError extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: unknown;
  readonly hint: string | undefined;
  readonly requestId: string | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly body: unknown;

  constructor(facts: ErrorFacts, options?: { cause?: unknown }) {
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

type Fields = { readonly [name: string]: unknown };
const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** `/v1` answers `{error, code, …, request_id}`, `/api/v1` answers `{success: false, error: {code, message, …}}`. */
export function errorOf(response: Response, body: unknown): RevloopError {
  const outer: Fields = isObject(body) ? body : {};
  const inner: Fields = isObject(outer.error) ? outer.error : outer;
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
function retryAfterOf(response: Response): number | undefined {
  const value = response.headers.get('retry-after');
  return value !== null && /^\d+$/.test(value.trim()) ? Number(value) : undefined;
}
