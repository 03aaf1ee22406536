import type { Context } from '@temporalio/activity';
import { ApplicationFailure, CancelledFailure } from '@temporalio/activity';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import type { ErrorKind } from '../../domain/core/errors.ts';
import { AppError } from '../../domain/core/errors.ts';
import { describeDatabaseError } from '../database-error.ts';
import { MAX_PAYLOAD_BYTES, payloadBytes } from '../payload-size.ts';
import { organizationOfWorkflowId } from '../processes/workflow-id.ts';

/** Repeating the same attempt cannot change the answer. Whatever is missing here may heal by itself. */
const FINAL: ReadonlySet<ErrorKind> = new Set([
  'validation',
  'unauthorized',
  'forbidden',
  'not_found',
  'conflict',
  'precondition_failed',
  'payload_too_large',
  'unsupported_media_type',
]);

/** Failures carry type and a message; the original stays as the cause, for the log (the converter scrubs history). */
export function toActivityFailure(error: unknown): unknown {
  const database = describeDatabaseError(error);
  if (database) {
    return ApplicationFailure.create({ type: database.name, message: database.message, cause: error as Error });
  }
  if (!(error instanceof AppError)) return error;
  const retryAfter = error.extras.retryAfterSeconds;
  return ApplicationFailure.create({
    type: error.code,
    message: error.message,
    nonRetryable: FINAL.has(error.kind),
    cause: error,
    ...(retryAfter === undefined ? {} : { nextRetryDelay: retryAfter * 1_000 }),
  });
}

/**
 * What a cancelled wait (AbortError) and a cancelled statement (57014) throw. Both must leave as the cancellation
 * itself, or a cancelled run shows as failed and a paused activity as cancelled.
 */
const endsWithCancellation = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'AbortError' || ('code' in error && error.code === '57014'));

function assertSize(value: unknown, what: 'input' | 'result', activityType: string): void {
  const bytes = payloadBytes(value);
  if (bytes <= MAX_PAYLOAD_BYTES) return;
  throw ApplicationFailure.create({
    type: 'PayloadTooLarge',
    message: `The ${what} of ${activityType} has ${bytes} bytes, ${MAX_PAYLOAD_BYTES} are allowed: store it and pass its id.`,
    nonRetryable: true,
  });
}

/** On every activity of every worker: log context, payload guard, error mapping. */
export const activityInterceptors: ActivityInterceptorsFactory = (context: Context) => ({
  inbound: {
    async execute(input, next) {
      const { activityType } = context.info;
      assertSize(input.args, 'input', activityType);
      try {
        const result = await next(input);
        assertSize(result, 'result', activityType);
        return result;
      } catch (error) {
        const { aborted, reason } = context.cancellationSignal;
        if (aborted && reason instanceof CancelledFailure && endsWithCancellation(error)) throw reason;
        throw toActivityFailure(error);
      }
    },
  },
  outbound: {
    getLogAttributes(_attributes, next) {
      const { info } = context;
      const workflowId = info.workflowExecution?.workflowId;
      return next({
        workflowId,
        organizationId: workflowId === undefined ? undefined : organizationOfWorkflowId(workflowId),
        activity: info.activityType,
        attempt: info.attempt,
      });
    },
  },
});
