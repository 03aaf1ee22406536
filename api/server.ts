import type { Server } from 'node:http';
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
const KEEP_ALIVE_MS = 65_000;

export async function startServer(app: Hono, options: { host: string; port: number }): Promise<RunningServer> {
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.requestTimeout = REQUEST_TIMEOUT_MS;
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
