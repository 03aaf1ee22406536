import { hostname } from 'node:os';
import type { DataConverter } from '@temporalio/client';
import { Client, Connection, isGrpcServiceError } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import type { Logger } from 'pino';
import { createDataConverter } from './data-converter.ts';

export interface TemporalAddress {
  readonly address: string;
  readonly namespace: string;
  readonly tls?: boolean | undefined;
  readonly apiKey?: string | undefined;
}

/** Who asked, as operators read it in histories and `temporal task-queue describe`: `service@host:pid:build`. */
export const identityOf = (service: string, build: string): string =>
  `${service}@${hostname()}:${process.pid}:${build}`;

const isLoopback = (address: string): boolean => /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/.test(address);

const channelOf = (server: TemporalAddress) => ({
  address: server.address,
  ...(server.tls ? { tls: true } : {}),
  ...(server.apiKey ? { apiKey: server.apiKey } : {}),
});

export interface ClientOptions extends TemporalAddress {
  readonly identity: string;
  readonly dataConverter?: DataConverter;
}

export interface TemporalClient {
  readonly client: Client;
  close(): Promise<void>;
}

/** Connects on first use, so that a process starts and serves while Temporal is away. */
export function createClient(options: ClientOptions): TemporalClient {
  const connection = Connection.lazy({
    ...channelOf(options),
    // After an outage the channel must not wait longer than a person would; gRPC's default cap is two minutes.
    channelArgs: { 'grpc.initial_reconnect_backoff_ms': 100, 'grpc.max_reconnect_backoff_ms': 2_000 },
  });
  const client = new Client({
    connection,
    namespace: options.namespace,
    identity: options.identity,
    dataConverter: options.dataConverter ?? createDataConverter(),
  });
  return { client, close: () => connection.close() };
}

// Not business time: gRPC wants the machine's clock.
export const deadlineIn = (ms: number): number => Date.now() + ms;

/** Whether the server answers within a second; never throws. */
export const isTemporalAvailable = (client: Client): Promise<boolean> =>
  client
    .withDeadline(deadlineIn(1_000), () => client.workflowService.getSystemInfo({}))
    .then(
      () => true,
      () => false,
    );

export interface RetryOptions {
  readonly logger: Logger;
  /** Stops the waiting, e.g. when the process is told to end before the server ever came. */
  readonly signal?: AbortSignal | undefined;
  readonly maxDelayMs?: number;
}

/**
 * Waits until the server answers: a worker that starts before its server must not crash.
 * @throws the signal's reason when aborted while waiting
 */
export function connectWorker(server: TemporalAddress, retry: RetryOptions): Promise<NativeConnection> {
  const connect = () =>
    NativeConnection.connect({
      ...channelOf(server),
      grpcCompression: { codec: isLoopback(server.address) ? 'none' : 'gzip' },
    });
  return whileAway(connect, () => true, { ...retry, logger: retry.logger.child({ address: server.address }) });
}

/** Repeats a boot step for as long as the server is away; every other error is thrown on. */
export const onceReachable = <T>(step: () => Promise<T>, retry: RetryOptions): Promise<T> =>
  whileAway(step, isTransient, retry);

async function whileAway<T>(
  step: () => Promise<T>,
  retryable: (error: unknown) => boolean,
  { logger, signal, maxDelayMs = 5_000 }: RetryOptions,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    signal?.throwIfAborted();
    try {
      return await step();
    } catch (error) {
      if (!retryable(error)) throw error;
      const delayMs = Math.min(250 * 2 ** (attempt - 1), maxDelayMs);
      logger.warn({ err: error, attempt, delayMs }, 'Temporal is not reachable, trying again');
      await pause(delayMs, signal);
    }
  }
}

/** gRPC's CANCELLED, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED and UNAVAILABLE, also inside a wrapping error. */
function isTransient(error: unknown): boolean {
  const source = isGrpcServiceError(error) ? error : error instanceof Error ? error.cause : undefined;
  return isGrpcServiceError(source) && [1, 4, 8, 14].includes(source.code);
}

const pause = (ms: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal?.addEventListener('abort', end);
  });
