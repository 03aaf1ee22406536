import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface ProviderRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
  /** Parsed JSON, else null. */
  // biome-ignore lint/suspicious/noExplicitAny: stand-ins look into bodies of every shape
  readonly body: any;
}

export interface ProviderAnswer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  /** Sent as JSON; a text as it is. */
  readonly body?: unknown;
}

/** What the provider's machine does with a request. */
export type Mood =
  | { readonly kind: 'well' }
  /** Refused with this status; nothing was taken. */
  | { readonly kind: 'refuse'; readonly status: number; readonly retryAfterSeconds?: number }
  /** Nothing ever comes. */
  | { readonly kind: 'black-hole' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'malformed' }
  /** What it says comes in small pieces, this many bytes each second. */
  | { readonly kind: 'trickle'; readonly bytesPerSecond: number }
  /** It was taken, and the answer is lost on the way. */
  | { readonly kind: 'taken-then-reset' };

export interface JournalEntry {
  /** Milliseconds of `performance.now()`. */
  readonly at: number;
  /** What the caller calls this unit: of the same key, one may be taken. */
  readonly key: string | null;
  readonly request: ProviderRequest;
  readonly mood: Mood['kind'];
  /** Whether the provider acts on it. */
  readonly taken: boolean;
}

export interface Provider {
  readonly url: string;
  readonly port: number;
  /** Every request that arrived whole, in order: written before the answer leaves. */
  readonly journal: readonly JournalEntry[];
  mood: Mood | ((request: ProviderRequest) => Mood);
  /** Keys of which more than one request was taken, with how many. */
  takenTwice(): Map<string, number>;
  taken(): Set<string>;
  close(): Promise<void>;
}

export const WELL: Mood = { kind: 'well' };
const TAKES = new Set<Mood['kind']>(['well', 'taken-then-reset', 'trickle', 'malformed']);

/** A server on this machine that speaks a provider's wire format and keeps a journal of its own. */
export async function startProvider(options: {
  answer: (request: ProviderRequest) => ProviderAnswer;
  keyOf?: (request: ProviderRequest) => string | null;
}): Promise<Provider> {
  const journal: JournalEntry[] = [];
  const provider = { mood: WELL as Provider['mood'] };
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of incoming) chunks.push(chunk as Buffer);
    } catch {
      return;
    }
    const request = requestOf(incoming, Buffer.concat(chunks).toString());
    const mood = typeof provider.mood === 'function' ? provider.mood(request) : provider.mood;
    const answer = TAKES.has(mood.kind) ? options.answer(request) : {};
    const taken = TAKES.has(mood.kind) && (answer.status ?? 200) < 300;
    journal.push({
      at: performance.now(),
      key: options.keyOf?.(request) ?? null,
      request,
      mood: mood.kind,
      taken,
    });
    await carryOut(mood, answer, incoming, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const counts = () => {
    const times = new Map<string, number>();
    for (const { key, taken } of journal) if (taken && key !== null) times.set(key, (times.get(key) ?? 0) + 1);
    return times;
  };
  return Object.assign(provider, {
    url: `http://127.0.0.1:${port}`,
    port,
    journal,
    takenTwice: () => new Map([...counts()].filter(([, times]) => times > 1)),
    taken: () => new Set(counts().keys()),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

function requestOf(incoming: IncomingMessage, text: string): ProviderRequest {
  const url = new URL(incoming.url ?? '/', 'http://localhost');
  const { method = 'GET', headers } = incoming;
  return { method, path: url.pathname, query: url.searchParams, headers, text, body: parsed(text) };
}

async function carryOut(mood: Mood, answer: ProviderAnswer, incoming: IncomingMessage, response: ServerResponse) {
  const json = { 'content-type': 'application/json' };
  const body = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body ?? {});
  switch (mood.kind) {
    case 'refuse': {
      const wait = mood.retryAfterSeconds === undefined ? {} : { 'retry-after': String(mood.retryAfterSeconds) };
      response.writeHead(mood.status, { ...json, ...wait }).end('{"errors":[{"message":"refused"}]}');
      return;
    }
    case 'black-hole':
      return;
    case 'reset':
    case 'taken-then-reset':
      incoming.socket.resetAndDestroy();
      return;
    case 'malformed':
      response.writeHead(200, json).end('{"data": [');
      return;
    case 'trickle':
      response.writeHead(answer.status ?? 200, { ...json, ...answer.headers });
      for (let at = 0; at < body.length && !response.destroyed; at += mood.bytesPerSecond) {
        response.write(body.slice(at, at + mood.bytesPerSecond));
        await sleep(1_000);
      }
      response.end();
      return;
    case 'well':
      response.writeHead(answer.status ?? 200, { ...json, ...answer.headers }).end(body);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
