import { Context } from '@temporalio/activity';
import type { Clock } from '../../services/core/clock.ts';

const attemptTimes = new WeakMap<Context, Date>();

/**
 * Business time inside an activity: the instant at which this attempt started, the same at every read.
 * @throws when the worker was made without `attemptTimeInterceptor`
 */
export function activityNow(): Date {
  const time = attemptTimes.get(Context.current());
  if (!time) throw new Error('The worker has no attempt clock; add attemptTimeInterceptor to its interceptors.');
  return new Date(time);
}

/** `activityNow` as the clock that services take. */
export const activityClock: Clock = { now: activityNow };

/** `read`: the process's clock in production, the test server's time under time skipping (which needs a call). */
export const attemptTimeInterceptor = (read: () => Date | Promise<Date>) => (context: Context) => ({
  inbound: {
    async execute<Input>(input: Input, next: (input: Input) => Promise<unknown>): Promise<unknown> {
      attemptTimes.set(context, await read());
      return next(input);
    },
  },
});
