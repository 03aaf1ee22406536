/** One call to a server of somebody else, whose address may have been chosen by anybody. */
export interface OutboundRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** For the whole call, redirects and answer included; 10 s by default. */
  readonly timeoutMs?: number;
  /** 3 by default and at most; each address is checked like the first. With 0 a 3xx is the answer. */
  readonly maxRedirects?: number;
  /** 1 MiB by default. */
  readonly maxBytes?: number;
  /** What happens with a longer answer; `cut` keeps its beginning. */
  readonly overflow?: 'fail' | 'cut';
}

export interface OutboundAnswer {
  readonly status: number;
  /** Names in lower case; of several values the first. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly isCut: boolean;
  /** Where the answer came from, after redirects. */
  readonly url: string;
  readonly latencyMs: number;
}

export type OutboundFailure =
  | 'URL_NOT_ALLOWED'
  | 'ADDRESS_NOT_ALLOWED'
  | 'NAME_NOT_FOUND'
  | 'TIMEOUT'
  | 'CONNECTION_FAILED'
  | 'TLS_FAILED'
  | 'TOO_MANY_REDIRECTS'
  | 'ANSWER_TOO_LARGE';

export class OutboundError extends Error {
  readonly code: OutboundFailure;
  readonly latencyMs: number;
  constructor(code: OutboundFailure, message: string, latencyMs = 0, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'OutboundError';
    this.code = code;
    this.latencyMs = latencyMs;
  }
}

export interface Outbound {
  /** @throws OutboundError; nothing was connected to when its code is `URL_NOT_ALLOWED` or `ADDRESS_NOT_ALLOWED` */
  send(request: OutboundRequest): Promise<OutboundAnswer>;
  close(): Promise<void>;
}
