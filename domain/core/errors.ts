/** What went wrong, independent of any protocol; the HTTP faces map it to a status. */
export type ErrorKind =
  | 'validation'
  | 'unauthorized'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'precondition_failed'
  | 'payload_too_large'
  | 'unsupported_media_type'
  | 'rate_limited'
  | 'unavailable';

export interface FieldIssue {
  /** Path in the verb's own casing (`customerIdentifiers.0.type`); faces translate it. */
  readonly field: string;
  readonly message: string;
  /** The refused value, when it is safe and short enough to show. */
  readonly value?: unknown;
}

export interface ErrorExtras {
  readonly issues?: readonly FieldIssue[];
  /** The next step for the caller, one sentence. */
  readonly hint?: string;
  /** Further public facts, e.g. `existingId`. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly retryAfterSeconds?: number;
  readonly cause?: unknown;
}

/** The one error that verbs throw on purpose. Everything else is a bug or an outage. */
export class AppError extends Error {
  readonly kind: ErrorKind;
  /** Stable, upper snake case; clients may branch on it. */
  readonly code: string;
  readonly extras: ErrorExtras;

  constructor(kind: ErrorKind, code: string, message: string, extras: ErrorExtras = {}) {
    super(message, extras.cause === undefined ? undefined : { cause: extras.cause });
    this.name = 'AppError';
    this.kind = kind;
    this.code = code;
    this.extras = extras;
  }
}

export const invalid = (field: string, message: string, value?: unknown, hint?: string): AppError =>
  invalidAll([{ field, message, ...(value === undefined ? {} : { value }) }], hint);

export function invalidAll(
  issues: readonly FieldIssue[],
  hint = 'Correct what details.issues names and send the request again; /docs describes every field.',
): AppError {
  const message = issues[0]?.message ?? 'The request is not valid.';
  return new AppError('validation', 'VALIDATION_ERROR', message, { issues, hint });
}

export const notFound = (what: string, hint = 'Check the id, and whose organization the credential is.'): AppError =>
  new AppError('not_found', 'NOT_FOUND', `${what} was not found.`, { hint });

export const conflict = (code: string, message: string, extras: ErrorExtras = {}): AppError =>
  new AppError('conflict', code, message, extras);

export const forbidden = (code: string, message: string, extras: ErrorExtras = {}): AppError =>
  new AppError('forbidden', code, message, extras);
