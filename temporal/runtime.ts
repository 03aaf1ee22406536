import { ApplicationFailure } from '@temporalio/common';
import type { LogLevel, LogMetadata } from '@temporalio/worker';
import { Runtime } from '@temporalio/worker';
import type { Logger } from 'pino';

export interface RuntimeOptions {
  readonly logger: Logger;
  /** Prometheus listens here, e.g. `0.0.0.0:9464`; one port per process. */
  readonly metricsAddress?: string | undefined;
  readonly service: string;
}

let installed = false;

/** The native runtime exists once per process; later calls (several workers in a test file) change nothing. */
export function installRuntime(options: RuntimeOptions): void {
  if (installed) return;
  installed = true;
  Runtime.install({
    logger: toTemporalLogger(options.logger),
    // Signals belong to the process: `workers/main.ts` drains in its own order.
    shutdownSignals: [],
    telemetryOptions: {
      logging: { filter: { core: 'WARN', other: 'ERROR' }, forward: {} },
      ...(options.metricsAddress === undefined
        ? {}
        : {
            metrics: {
              prometheus: {
                bindAddress: options.metricsAddress,
                countersTotalSuffix: true,
                unitSuffix: true,
                useSecondsForDurations: true,
              },
              globalTags: { service: options.service },
            },
          }),
    },
  });
}

const LEVELS = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;

/** A queue for activities alone has no workflows; that is no reason to warn at every start. */
const EXPECTED = /^No workflows registered/;

function toTemporalLogger(logger: Logger) {
  const log = (given: LogLevel, message: string, meta: LogMetadata = {}): void => {
    const level = EXPECTED.test(message) ? 'DEBUG' : given;
    const { error, ...fields } = meta as LogMetadata & { error?: unknown };
    logger[LEVELS[level]]({ ...readable(fields), ...(error === undefined ? {} : { err: original(error) }) }, message);
  };
  return {
    log,
    trace: (message: string, meta?: LogMetadata) => log('TRACE', message, meta),
    debug: (message: string, meta?: LogMetadata) => log('DEBUG', message, meta),
    info: (message: string, meta?: LogMetadata) => log('INFO', message, meta),
    warn: (message: string, meta?: LogMetadata) => log('WARN', message, meta),
    error: (message: string, meta?: LogMetadata) => log('ERROR', message, meta),
  };
}

/** The log is where an error is whole: what the interceptor wrapped for history has its detail on the cause. */
const original = (error: unknown): unknown =>
  error instanceof ApplicationFailure && error.cause ? error.cause : error;

/** Core's metadata has bigints (timestamps) and bytes (task tokens), which pino would print unreadably or refuse. */
const readable = (fields: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields)
      .filter(([key]) => !/token/i.test(key))
      .map(([key, value]) => [key, typeof value === 'bigint' ? Number(value) : value]),
  );
