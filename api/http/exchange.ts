import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Context } from 'hono';
import type { AppError } from '../../domain/core/errors.ts';
import type { Header, Identity } from './auth.ts';
import type { Face } from './endpoint.ts';
import { type FieldNames, renderError } from './faces.ts';
import type { BodySource } from './json-body.ts';
import type { RateLimitState } from './rate-limit.ts';

/** One request and what is known of it so far; the answer and the log line are made from it. */
export interface Exchange {
  readonly face: Face;
  readonly requestId: string;
  readonly startedAt: number;
  readonly now: Date;
  readonly header: Header;
  readonly remoteAddress: string;
  readonly context: Context;
  operationId?: string;
  fieldNames?: FieldNames;
  identity?: Identity;
  rateLimit?: RateLimitState;
  errorCode?: string;
  /** Instead of a path that holds a secret. */
  loggedPath?: string;
  /** The page that a write key lets in. */
  allowedOrigin?: string;
}

const REQUEST_ID = /^[\w.:/+=-]{1,128}$/;

export function openExchange(context: Context, face: Face, now: Date): Exchange {
  const incoming = incomingOf(context);
  const header = headerOf(context, incoming);
  const given = header('x-request-id');
  return {
    face,
    requestId: given !== undefined && REQUEST_ID.test(given) ? given : randomUUID(),
    startedAt: performance.now(),
    now,
    header,
    remoteAddress: incoming?.socket?.remoteAddress ?? 'unknown',
    context,
  };
}

const incomingOf = (context: Context): IncomingMessage | undefined =>
  (context.env as { incoming?: IncomingMessage } | undefined)?.incoming;

/** Node has parsed the headers already; building a Headers object for each request would be paid twice. */
function headerOf(context: Context, incoming: IncomingMessage | undefined): Header {
  if (!incoming) return (name) => context.req.raw.headers.get(name) ?? undefined;
  return (name) => {
    const value = incoming.headers[name];
    return Array.isArray(value) ? value.join(', ') : value;
  };
}

export function bodySourceOf({ context, header }: Exchange): BodySource {
  const request = context.req.raw;
  const incoming = incomingOf(context);
  const hasBody = () => header('content-length') !== undefined || header('transfer-encoding') !== undefined;
  const streamOf = (served: IncomingMessage) => (hasBody() ? leavable(served) : null);
  return {
    header,
    arrayBuffer: () => request.arrayBuffer(),
    stream: () => (incoming ? streamOf(incoming) : request.body),
  };
}

/** A body that may be left half read: the connection stays, so that the refusal reaches whoever is still sending. */
function leavable(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  const pieces: AsyncIterator<Buffer> = incoming.iterator({ destroyOnReturn: false });
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await pieces.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        await pieces.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}

export interface HeaderPolicy {
  readonly allowedOrigins: ReadonlySet<string>;
  readonly https: boolean;
}

const FIXED_HEADERS = {
  'content-type': 'application/json; charset=utf-8',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
};

const EXPOSED = [
  'ETag',
  'Location',
  'Retry-After',
  'Idempotent-Replayed',
  'X-Request-Id',
  'X-RateLimit-Limit',
  'X-RateLimit-Remaining',
  'X-RateLimit-Reset',
].join(', ');

export function headersOf(exchange: Exchange, policy: HeaderPolicy): Record<string, string> {
  const headers: Record<string, string> = { ...FIXED_HEADERS, 'x-request-id': exchange.requestId };
  if (policy.https) headers['strict-transport-security'] = 'max-age=31536000';
  const limit = exchange.rateLimit;
  if (limit) {
    headers['x-ratelimit-limit'] = String(limit.limit);
    headers['x-ratelimit-remaining'] = String(limit.remaining);
    headers['x-ratelimit-reset'] = String(limit.resetAt);
  }
  const origin = exchange.header('origin');
  if (origin !== undefined) {
    headers.vary = 'Origin';
    const isPage = exchange.allowedOrigin === origin;
    // navigator.sendBeacon always sends in the mode with credentials; nothing here reads a cookie.
    if (isPage) headers['access-control-allow-credentials'] = 'true';
    if (isPage || policy.allowedOrigins.has(origin)) {
      headers['access-control-allow-origin'] = origin;
      headers['access-control-expose-headers'] = EXPOSED;
    }
  }
  return headers;
}

export function errorResponse(exchange: Exchange, policy: HeaderPolicy, error: AppError): Response {
  const { status, body, retryAfterSeconds } = renderError(
    exchange.face,
    error,
    exchange.requestId,
    exchange.fieldNames,
  );
  const headers = headersOf(exchange, policy);
  if (retryAfterSeconds !== undefined) headers['retry-after'] = String(retryAfterSeconds);
  if (status === 401) headers['www-authenticate'] = 'Bearer';
  exchange.errorCode = error.code;
  return new Response(body, { status, headers });
}

/** What a browser asks before it sends; an origin that is not allowed gets an answer without permission. */
export function preflightResponse(exchange: Exchange, policy: HeaderPolicy): Response {
  const headers = headersOf(exchange, policy);
  if (headers['access-control-allow-origin']) {
    headers['access-control-allow-methods'] = exchange.allowedOrigin ? 'POST' : 'GET, POST, PUT, DELETE';
    headers['access-control-allow-headers'] =
      'Authorization, Content-Type, Idempotency-Key, If-Match, X-API-Key, X-Request-Id, X-Tenant-ID';
    headers['access-control-max-age'] = '600';
  }
  delete headers['content-type'];
  return new Response(null, { status: 204, headers });
}
