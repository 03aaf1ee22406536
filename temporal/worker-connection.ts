import { isGrpcServiceError } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import type { Logger } from 'pino';
import type { TemporalAddress } from './connection.ts';
import { channelOf } from './connection.ts';

const isLoopback = (address: string): boolean => /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/.test(address);

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
