import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';

export interface RunningServer {
  readonly port: number;
  /** Stops accepting, lets requests in flight finish (up to the grace), then closes what is left. */
  drain(graceMs: number): Promise<void>;
}

/** Slow senders hold a socket, not a request: these are far above what an honest client needs. */
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;
/** A file of the largest size over a slow line. */
const UPLOAD_TIMEOUT_MS = 900_000;
const KEEP_ALIVE_MS = 65_000;
/** Of a body that nobody wants, so much is still read, and so long, before its sender is cut off. */
const REST_BYTES = 64 * 1_048_576;
const REST_MS = 30_000;
const REST_LOOK_MS = 100;

export async function startServer(app: Hono, options: { host: string; port: number }): Promise<RunningServer> {
  const server = createAdaptorServer({ fetch: app.fetch, autoCleanupIncoming: false }) as Server;
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.requestTimeout = UPLOAD_TIMEOUT_MS;
  server.on('request', (incoming: IncomingMessage, outgoing: ServerResponse) => {
    if (!hasBody(incoming)) return;
    limitSlowBodies(incoming);
    outgoing.once('finish', () => dropRest(incoming));
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : options.port,
    async drain(graceMs) {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      // Connections that were busy a moment ago become idle ones; ask for those again until all are gone.
      const timer = setInterval(() => server.closeIdleConnections(), 100);
      await Promise.race([closed, sleep(graceMs, undefined, { ref: false })]);
      clearInterval(timer);
      server.closeAllConnections();
      await closed;
    },
  };
}

const FILE_TYPES = /^(multipart\/form-data|text\/csv|application\/(x-)?(ndjson|jsonl))\b/i;

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;

/** The server knows one limit for all bodies; those that are no files have a shorter one. */
function limitSlowBodies(incoming: IncomingMessage): void {
  if (FILE_TYPES.test(incoming.headers['content-type'] ?? '')) return;
  const timer = setTimeout(() => {
    if (!incoming.complete) incoming.destroy();
  }, REQUEST_TIMEOUT_MS);
  incoming.once('close', () => clearTimeout(timer));
}

/**
 * A request that was refused early is still being sent. Closing now would reset the connection, and a client that writes
 * first and reads then would never see why; so the rest is read and thrown away, up to a limit.
 */
function dropRest(incoming: IncomingMessage): void {
  if (incoming.readableEnded || incoming.destroyed) return;
  const { socket } = incoming;
  const [most, end] = [socket.bytesRead + REST_BYTES, performance.now() + REST_MS];
  const watch = setInterval(() => {
    if (socket.bytesRead <= most && performance.now() <= end) return;
    clearInterval(watch);
    socket.destroySoon();
  }, REST_LOOK_MS);
  incoming.once('close', () => clearInterval(watch));
  incoming.resume();
}
