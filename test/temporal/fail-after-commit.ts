import { ApplicationFailure } from '@temporalio/activity';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';

export interface FailAfterCommit {
  readonly interceptor: ActivityInterceptorsFactory;
  /** Activity type → how many of its executions finished and were then declared failed. */
  readonly struck: ReadonlyMap<string, number>;
}

/**
 * Runs each activity to its end and then loses its answer once, as a worker does that dies between its commit and
 * its report. A workflow whose outcome stays the same under this has idempotent activities.
 */
export function failAfterCommit(): FailAfterCommit {
  const struck = new Map<string, number>();
  return {
    struck,
    interceptor: ({ info }) => ({
      inbound: {
        async execute(input, next) {
          const result = await next(input);
          if (info.attempt > 1) return result;
          struck.set(info.activityType, (struck.get(info.activityType) ?? 0) + 1);
          throw ApplicationFailure.create({
            type: 'LostAnswer',
            message: 'The activity was done and its answer lost.',
            nextRetryDelay: 50,
          });
        },
      },
    }),
  };
}
