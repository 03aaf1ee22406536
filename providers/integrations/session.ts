import { setTimeout as wait } from 'node:timers/promises';
import { type Outbound, OutboundError } from '../../domain/core/outbound.port.ts';
import { type ProviderAnswer, type ProviderCall, ProviderError } from '../../domain/integrations/adapter.port.ts';
import type { OpenSession } from '../../domain/integrations/session.port.ts';

const TIMEOUT_MS = 30_000;
/** Pages of records, not documents. */
const MOST_BYTES = 16 * 1_048_576;
/** Longer pauses are the workflow's: an activity that sleeps holds a place that another could use. */
const LONGEST_WAIT_MS = 5_000;
const DEFAULT_RETRY_SECONDS = 30;

/** One way to every provider: signed, counted, within the budget, its failures told in one vocabulary. */
export const createSessions =
  (outbound: Outbound, { timeoutMs = TIMEOUT_MS }: { timeoutMs?: number } = {}): OpenSession =>
  (options) => {
    const { adapter, host, connection, baseUrl, now, signal } = options;

    async function send(request: ProviderCall, accessToken: string | null): Promise<ProviderAnswer> {
      const { waitMs } = await host.takeBudget();
      if (waitMs > LONGEST_WAIT_MS) {
        throw new ProviderError('RATE_LIMITED', 'The budget of calls is used up for now.', {
          retryAfterSeconds: Math.ceil(waitMs / 1_000),
        });
      }
      if (waitMs > 0) await wait(waitMs, undefined, signal ? { signal } : {});
      const isText = typeof request.body === 'string';
      const started = performance.now();
      try {
        const answer = await outbound.send({
          method: request.method,
          url: urlOf(baseUrl, request.path),
          headers: {
            accept: 'application/json',
            ...(request.body === undefined || isText ? {} : { 'content-type': 'application/json' }),
            ...adapter.authorize(connection, accessToken),
            ...request.headers,
          },
          ...(request.body === undefined
            ? {}
            : { body: isText ? (request.body as string) : JSON.stringify(request.body) }),
          timeoutMs,
          maxBytes: MOST_BYTES,
          maxRedirects: 0,
        });
        const isGood = (answer.status >= 200 && answer.status < 300) || request.accept?.includes(answer.status);
        const parsed = { status: answer.status, headers: answer.headers, body: bodyOf(answer.body, Boolean(isGood)) };
        const failure = adapter.classify?.(parsed) ?? (isGood ? null : failureOf(answer.status));
        await host.track({ success: failure === null, latencyMs: answer.latencyMs, errorCode: failure });
        if (failure === null) return parsed;
        throw errorOf(failure, parsed, now());
      } catch (error) {
        if (error instanceof ProviderError && error.code !== 'MALFORMED_ANSWER') throw error;
        const known = error instanceof ProviderError ? error : connectionError(error);
        await host.track({ success: false, latencyMs: performance.now() - started, errorCode: known.code });
        throw known;
      }
    }

    return {
      connection,
      now,
      async call(request) {
        const token = await host.accessToken();
        try {
          return await send(request, token);
        } catch (error) {
          if (!(error instanceof ProviderError)) throw error;
          if (error.code === 'RATE_LIMITED') await host.block(error.retryAfterSeconds ?? DEFAULT_RETRY_SECONDS);
          if (error.status !== 401 || token === null) throw error;
          // Tokens may end before their time. A new one is tried once; a second refusal is a person's business.
          const renewed = await host.accessToken(token);
          return await send(request, renewed).catch((again: unknown) => {
            if (!(again instanceof ProviderError) || again.status !== 401) throw again;
            throw new ProviderError('NEEDS_REAUTH', 'The provider refuses a token that it has just given.', {
              status: 401,
            });
          });
        }
      },
    };
  };

const urlOf = (baseUrl: string, path: string): string =>
  /^https?:\/\//.test(path) ? path : `${baseUrl.replace(/\/$/, '')}${path}`;

function bodyOf(bytes: Uint8Array, isGood: boolean): unknown {
  const text = new TextDecoder().decode(bytes);
  if (text.trim() === '') return null;
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    // An error page in HTML says no more than its status.
    if (!isGood) return null;
    throw new ProviderError('MALFORMED_ANSWER', 'The provider answered with something that is no JSON.', { cause });
  }
}

function failureOf(status: number): ProviderError['code'] {
  if (status === 429) return 'RATE_LIMITED';
  if (status === 401 || status === 403) return 'CREDENTIALS_REFUSED';
  return status >= 500 || status === 408 ? 'PROVIDER_UNAVAILABLE' : 'REQUEST_REFUSED';
}

function errorOf(code: ProviderError['code'], { status, headers }: ProviderAnswer, now: Date): ProviderError {
  return new ProviderError(code, `The provider answered ${status}.`, {
    status,
    retryAfterSeconds:
      code === 'RATE_LIMITED' ? (retryAfter(headers['retry-after'], now) ?? DEFAULT_RETRY_SECONDS) : null,
  });
}

/** Seconds or an HTTP date (RFC 9110, 10.2.3); an hour at most. */
function retryAfter(text: string | undefined, now: Date): number | null {
  if (text === undefined) return null;
  const seconds = /^\d+$/.test(text) ? Number(text) : Math.ceil((Date.parse(text) - now.getTime()) / 1_000);
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 1), 3_600) : null;
}

function connectionError(error: unknown): ProviderError {
  if (!(error instanceof OutboundError)) throw error;
  const isOurs = error.code === 'URL_NOT_ALLOWED' || error.code === 'ADDRESS_NOT_ALLOWED';
  return new ProviderError(isOurs ? 'REQUEST_REFUSED' : 'PROVIDER_UNAVAILABLE', error.message, { cause: error });
}
