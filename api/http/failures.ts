import { AppError, type ErrorKind } from '../../domain/core/errors.ts';

const STATUS: Record<ErrorKind, number> = {
  validation: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  precondition_failed: 412,
  payload_too_large: 413,
  unsupported_media_type: 415,
  rate_limited: 429,
  unavailable: 503,
};

export const statusOf = (error: AppError): number => STATUS[error.kind];

/** What Postgres and its client say when the fault is not in the request: gone, full, starting, or too slow. */
const AWAY = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'ENOENT',
]);
const AWAY_STATES = /^(?:08|53|57P0[1-5]|58)/;
const SLOW_STATES = new Set(['55P03', '57014', '40001', '40P01', '25P03']);

export type DatabaseTrouble = 'away' | 'busy' | undefined;

export function databaseTrouble(error: unknown): DatabaseTrouble {
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code !== 'string') return undefined;
  if (SLOW_STATES.has(code) || code === 'POOL_TIMEOUT') return 'busy';
  const isPostgres = (error as Error).name === 'PostgresError';
  if (isPostgres) return AWAY_STATES.test(code) ? 'away' : undefined;
  return AWAY.has(code) ? 'away' : undefined;
}

/** Anything thrown → an answer that may be shown. `unexpected` ones are logged with their stack; the caller sees none of it. */
export function toAppError(error: unknown): { shown: AppError; unexpected: boolean } {
  if (error instanceof AppError) return { shown: error, unexpected: false };
  const trouble = databaseTrouble(error);
  if (trouble) return { shown: unavailable(trouble, error), unexpected: trouble === 'away' };
  const sqlState = (error as { code?: unknown } | null)?.code;
  if (sqlState === '23505' || sqlState === '23503') {
    const message =
      sqlState === '23505' ? 'Such a record exists already.' : 'Another record still refers to it, or is missing.';
    return { shown: new AppError('conflict', 'CONFLICT', message, { cause: error }), unexpected: true };
  }
  return { shown: INTERNAL, unexpected: true };
}

function unavailable(trouble: 'away' | 'busy', cause: unknown): AppError {
  const message = trouble === 'away' ? 'The database is not available.' : 'The database is too busy for this request.';
  const hint = 'Try again after the time in Retry-After; a POST with an Idempotency-Key is safe to repeat.';
  return new AppError('unavailable', 'SERVICE_UNAVAILABLE', message, {
    hint,
    retryAfterSeconds: trouble === 'away' ? 2 : 1,
    cause,
  });
}

/** Its kind is a placeholder: faces answer 500 for it. */
export const INTERNAL = new AppError('unavailable', 'INTERNAL_ERROR', 'Something went wrong on our side.', {
  hint: 'Try again; if it stays, report the request id.',
});
