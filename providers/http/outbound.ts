import { type LookupAddress, type LookupOptions, lookup as systemLookup } from 'node:dns';
import { Agent, type Dispatcher, errors, request } from 'undici';
import {
  type Outbound,
  type OutboundAnswer,
  OutboundError,
  type OutboundFailure,
  type OutboundRequest,
} from '../../domain/core/outbound.port.ts';
import {
  isLoopbackAddress,
  isOpenLoopback,
  isPublicAddress,
  type OutboundPolicy,
  outboundUrlProblem,
} from '../../domain/core/outbound-url.rules.ts';

type LookupCallback = (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void;
/** Every address of a name. */
export type Resolve = (hostname: string, options: LookupOptions & { all: true }, callback: LookupCallback) => void;

export interface OutboundOptions extends OutboundPolicy {
  /** The system's resolver by default. */
  readonly resolve?: Resolve;
  /** Told before each connection, with the address that was checked. */
  readonly onConnect?: (address: string) => void;
}

const TIMEOUT_MS = 10_000;
const MAX_BYTES = 1_048_576;
const MAX_REDIRECTS = 3;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
/** Meant for the host that was asked, for nobody it points to. */
const CREDENTIALS = /^(?:authorization|cookie|proxy-authorization|x-api-key|webhook-signature|.*-(?:token|secret))$/;

/**
 * Calls servers whose addresses were chosen by users. The URL is checked as it is written, and every address that its
 * name has; the connection goes to the very addresses that were checked, so an answer that changes meanwhile is no way
 * in. Redirects go through the same checks.
 */
export function createOutbound(options: OutboundOptions): Outbound {
  const { resolve = systemLookup as Resolve, onConnect } = options;
  const agent = new Agent({
    connections: 32,
    keepAliveTimeout: 4_000,
    connect: {
      timeout: TIMEOUT_MS / 2,
      // biome-ignore lint/suspicious/noExplicitAny: one function serves both forms of Node's callback
      lookup(hostname: string, lookupOptions: LookupOptions, callback: any) {
        resolve(hostname, { ...lookupOptions, all: true }, (error, addresses) => {
          if (error) return callback(error);
          const refused = addresses.length === 0 || addresses.some(({ address }) => !mayConnect(hostname, address));
          if (refused) return callback(new BlockedAddress(hostname));
          onConnect?.(addresses[0]!.address);
          if (lookupOptions.all) return callback(null, addresses);
          return callback(null, addresses[0]!.address, addresses[0]!.family);
        });
      },
    },
  });
  const mayConnect = (hostname: string, address: string) =>
    isOpenLoopback(hostname, options) ? isLoopbackAddress(address) : isPublicAddress(address);

  return {
    async send(call) {
      const started = performance.now();
      const signal = AbortSignal.timeout(call.timeoutMs ?? TIMEOUT_MS);
      try {
        return await follow(agent, options, call, signal, started);
      } catch (error) {
        throw outboundError(error, signal, performance.now() - started);
      }
    },
    close: () => agent.close(),
  };
}

async function follow(
  agent: Agent,
  policy: OutboundPolicy,
  call: OutboundRequest,
  signal: AbortSignal,
  started: number,
): Promise<OutboundAnswer> {
  const most = Math.min(call.maxRedirects ?? MAX_REDIRECTS, MAX_REDIRECTS);
  let next: OutboundRequest = call;
  for (let redirects = 0; ; redirects++) {
    const problem = outboundUrlProblem(next.url, policy);
    if (problem !== null) throw new OutboundError('URL_NOT_ALLOWED', `The URL ${problem}.`);
    const response = await request(next.url, {
      dispatcher: agent,
      method: next.method,
      headers: { 'accept-encoding': 'identity', 'user-agent': 'Revloop', ...next.headers },
      body: next.body ?? null,
      signal,
    });
    const { location } = response.headers;
    if (most > 0 && REDIRECTS.has(response.statusCode) && typeof location === 'string') {
      response.body.on('error', () => {}).destroy();
      if (redirects === most) throw new OutboundError('TOO_MANY_REDIRECTS', `There were more than ${most} redirects.`);
      next = redirected(next, response.statusCode, location);
      continue;
    }
    const { bytes, isCut } = await readBody(response.body, call);
    return {
      status: response.statusCode,
      headers: Object.fromEntries(
        Object.entries(response.headers).map(([name, value]) => [name, String([value].flat()[0] ?? '')]),
      ),
      body: bytes,
      isCut,
      url: next.url,
      latencyMs: performance.now() - started,
    };
  }
}

/** 303, and by custom 301 and 302 of a POST, ask for a GET; another origin does not get what was meant for the first. */
function redirected(from: OutboundRequest, status: number, location: string): OutboundRequest {
  if (!URL.canParse(location, from.url)) throw new OutboundError('URL_NOT_ALLOWED', 'A redirect leads to no URL.');
  const url = new URL(location, from.url);
  // Checked as it was written: the parser's form would hide an odd spelling.
  const written = /^[a-z][a-z\d+.-]*:/i.test(location)
    ? location
    : location.startsWith('//')
      ? `${new URL(from.url).protocol}${location}`
      : url.href;
  const becomesGet = status === 303 || ((status === 301 || status === 302) && from.method === 'POST');
  const isElsewhere = url.origin !== new URL(from.url).origin;
  const headers = Object.entries(from.headers ?? {}).filter(([name]) => {
    const lower = name.toLowerCase();
    if (becomesGet && (lower === 'content-type' || lower === 'content-length')) return false;
    return !(isElsewhere && CREDENTIALS.test(lower));
  });
  const { body, ...rest } = from;
  return {
    ...rest,
    url: written,
    method: becomesGet ? 'GET' : from.method,
    headers: Object.fromEntries(headers),
    ...(becomesGet || body === undefined ? {} : { body }),
  };
}

async function readBody(body: Dispatcher.ResponseData['body'], call: OutboundRequest) {
  const most = call.maxBytes ?? MAX_BYTES;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length <= most) continue;
    // Leaving the loop destroys the stream and with it the connection: nothing more is read.
    if (call.overflow !== 'cut') throw new OutboundError('ANSWER_TOO_LARGE', `The answer has more than ${most} bytes.`);
    break;
  }
  const bytes = Buffer.concat(chunks);
  return { bytes: bytes.subarray(0, most), isCut: length > most };
}

class BlockedAddress extends Error {
  constructor(hostname: string) {
    super(`${hostname} leads to a private, local or reserved address.`);
  }
}

const TLS_CODE = /^(?:ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|HOSTNAME_MISMATCH|EPROTO)/;

function outboundError(error: unknown, signal: AbortSignal, latencyMs: number): OutboundError {
  if (error instanceof OutboundError) return new OutboundError(error.code, error.message, latencyMs);
  if (error instanceof BlockedAddress) return new OutboundError('ADDRESS_NOT_ALLOWED', error.message, latencyMs);
  const failed = (code: OutboundFailure, message: string) => new OutboundError(code, message, latencyMs, error);
  const isTimeout =
    error instanceof errors.ConnectTimeoutError ||
    error instanceof errors.HeadersTimeoutError ||
    error instanceof errors.BodyTimeoutError;
  if (signal.aborted || isTimeout) return failed('TIMEOUT', 'There was no complete answer in time.');
  const code = String((error as { code?: unknown } | null)?.code ?? '');
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return failed('NAME_NOT_FOUND', 'The name of the host is unknown.');
  if (TLS_CODE.test(code)) return failed('TLS_FAILED', `The secure connection failed (${code}).`);
  return failed('CONNECTION_FAILED', `The connection failed${code && ` (${code})`}.`);
}
