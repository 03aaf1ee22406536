import { hostname } from 'node:os';
import type { ClientInterceptors, DataConverter } from '@temporalio/client';
import { Client, Connection } from '@temporalio/client';
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

/** Shared by the client's and the worker's connection. */
export const channelOf = (server: TemporalAddress) => ({
  address: server.address,
  ...(server.tls ? { tls: true } : {}),
  ...(server.apiKey ? { apiKey: server.apiKey } : {}),
});

export interface ClientOptions extends TemporalAddress {
  readonly identity: string;
  readonly dataConverter?: DataConverter;
  readonly interceptors?: ClientInterceptors | undefined;
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
    ...(options.interceptors ? { interceptors: options.interceptors } : {}),
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
