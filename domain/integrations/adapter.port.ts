/** A value of a record's field. Decimals are text, so that no digit is lost. */
export type Scalar = string | number | boolean | null;
export type Fields = Readonly<Record<string, Scalar>>;

/** A record as the provider has it, in the provider's own names. */
export interface RemoteRecord {
  readonly externalId: string;
  /** ISO 8601; null where the provider does not say. */
  readonly changedAt: string | null;
  readonly deleted: boolean;
  readonly fields: Fields;
}

/** Where reading goes on. Text that only the adapter understands. */
export type Cursor = string;

export interface RemotePage {
  readonly records: readonly RemoteRecord[];
  /** What this page could not read, by record. */
  readonly refused?: readonly { readonly externalId: string; readonly code: string; readonly message: string }[];
  /** Null before the first page of a stream that never had one. */
  readonly cursor: Cursor;
  readonly more: boolean;
}

/** What is to become of a record at the provider. */
export type RemoteChange =
  | { readonly kind: 'create'; readonly localId: string; readonly fields: Fields }
  | { readonly kind: 'update'; readonly externalId: string; readonly fields: Fields }
  | { readonly kind: 'delete'; readonly externalId: string };

/** In the order of the changes. `gone`: the record is not there any more. */
export type ChangeOutcome =
  | { readonly ok: true; readonly externalId: string }
  | { readonly ok: false; readonly code: string; readonly message: string; readonly gone?: boolean };

export interface ProviderCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the connection's base URL, or absolute when the provider hands out links. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object goes out as JSON, text as it is. */
  readonly body?: object | string;
  /** Statuses that the adapter wants to see itself, beside 2xx. */
  readonly accept?: readonly number[];
}

export interface ProviderAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON; null for an empty body. */
  readonly body: unknown;
}

/** One connection in hand: signs, counts, waits for the budget, renews a token that has run out. */
export interface ProviderSession {
  /** @throws ProviderError for whatever is neither a 2xx nor accepted. */
  call(request: ProviderCall): Promise<ProviderAnswer>;
  readonly connection: Connection;
  /** Business time. */
  now(): Date;
}

/** What is known of one installation; credentials by name, which nobody logs. */
export interface Connection {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly credentials: Readonly<Record<string, string>>;
}

/** What an adapter can do with one stream; what is absent it cannot. */
export interface StreamAdapter {
  /**
   * Records that changed since the cursor, oldest change first; null starts from the beginning. `fields`: those that are
   * mapped, where records have fields that an organization chooses.
   */
  pull?(session: ProviderSession, cursor: Cursor | null, limit: number, fields: readonly string[]): Promise<RemotePage>;
  /** Records by id; those that are gone are missing, or marked as deleted. */
  fetch?(session: ProviderSession, externalIds: readonly string[], fields: readonly string[]): Promise<RemoteRecord[]>;
  /** Carried out at least once: a create that is repeated must find the first one. */
  push?(session: ProviderSession, changes: readonly RemoteChange[]): Promise<ChangeOutcome[]>;
}

export interface ProviderAdapter {
  readonly provider: string;
  readonly streams: Readonly<Record<string, StreamAdapter>>;
  /** Headers that prove who calls. */
  authorize(connection: Connection, accessToken: string | null): Record<string, string>;
  /** What an answer means where the provider does not speak by status alone; null: by its status. */
  classify?(answer: ProviderAnswer): ProviderFailure | null;
}

export type ProviderFailure =
  /** The grant is gone: a person has to connect again. */
  | 'NEEDS_REAUTH'
  /** Wrong or insufficient credentials. */
  | 'CREDENTIALS_REFUSED'
  | 'RATE_LIMITED'
  /** Timeouts, resets, 5xx: repeating helps. */
  | 'PROVIDER_UNAVAILABLE'
  /** An answer that is not what the provider documents. */
  | 'MALFORMED_ANSWER'
  /** The provider refused the request; repeating does not help. */
  | 'REQUEST_REFUSED';

export class ProviderError extends Error {
  readonly code: ProviderFailure;
  readonly status: number | null;
  readonly retryAfterSeconds: number | null;
  constructor(
    code: ProviderFailure,
    message: string,
    facts: { status?: number | null; retryAfterSeconds?: number | null; cause?: unknown } = {},
  ) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.name = 'ProviderError';
    this.code = code;
    this.status = facts.status ?? null;
    this.retryAfterSeconds = facts.retryAfterSeconds ?? null;
  }
}
