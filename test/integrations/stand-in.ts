import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface StandInRequest {
  readonly method: string;
  readonly path: string;
  /** Path and query as they came. */
  readonly raw: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
  /** Parsed JSON, else null. */
  readonly body: unknown;
}

export interface StandInAnswer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

/** What a provider may do wrong, once: the next request gets it. */
export type StandInFault = '429' | '500' | 'timeout' | 'reset' | 'malformed' | '401' | 'empty' | 'duplicate';

export interface StandIn {
  readonly url: string;
  readonly requests: StandInRequest[];
  /** The next requests (that `when` concerns) go wrong this way. */
  fail(fault: StandInFault, when?: (request: StandInRequest) => boolean): void;
  /** How many of these are still to come. */
  faultsLeft(): number;
  close(): Promise<void>;
}

/** A server on this machine that speaks a provider's wire format, and can be made to fail in every way of the fault set. */
export async function startStandIn(
  answer: (request: StandInRequest) => StandInAnswer,
  /** What an empty page looks like. */
  empty: unknown = { data: [], has_more: false },
): Promise<StandIn> {
  const requests: StandInRequest[] = [];
  let previous: StandInAnswer = {};
  const faults: { fault: StandInFault; when: (request: StandInRequest) => boolean }[] = [];
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const url = new URL(incoming.url ?? '/', 'http://localhost');
    const request: StandInRequest = {
      method: incoming.method ?? 'GET',
      path: url.pathname,
      raw: incoming.url ?? '/',
      query: url.searchParams,
      headers: incoming.headers,
      text,
      body: parsed(text),
    };
    requests.push(request);
    const at = faults.findIndex(({ when }) => when(request));
    const fault = at >= 0 ? faults.splice(at, 1)[0]!.fault : null;
    if (fault !== null && fault !== 'duplicate') return goWrong(fault, incoming, response, empty);
    // What was answered before comes once more.
    if (fault === null) previous = answer(request);
    const { status = 200, headers = {}, body } = previous;
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(body === undefined ? '' : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    fail: (fault, when = () => true) => void faults.push({ fault, when }),
    faultsLeft: () => faults.length,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function goWrong(fault: StandInFault, request: IncomingMessage, response: ServerResponse, empty: unknown): void {
  const json = { 'content-type': 'application/json' };
  switch (fault) {
    case '429':
      response.writeHead(429, { ...json, 'retry-after': '1' }).end('{"error":{"type":"rate_limit"}}');
      return;
    case '500':
      response.writeHead(500, json).end('<html>oops</html>');
      return;
    case '401':
      response.writeHead(401, json).end('{"error":{"type":"authentication"}}');
      return;
    case 'malformed':
      response.writeHead(200, json).end('{"data": [');
      return;
    case 'empty':
      response.writeHead(200, json).end(JSON.stringify(empty));
      return;
    case 'reset':
      request.socket.resetAndDestroy();
      return;
    default:
    // A timeout: nothing ever comes.
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
