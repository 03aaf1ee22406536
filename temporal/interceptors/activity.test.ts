import { setTimeout as wait } from 'node:timers/promises';
import { ApplicationFailure, CancelledFailure, Context } from '@temporalio/activity';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../domain/core/errors.ts';
import { activityInterceptors, toActivityFailure } from './activity.ts';

const environment = () =>
  new MockActivityEnvironment({}, { interceptors: [activityInterceptors], logger: new DefaultLogger('ERROR') });
const canceledStatement = () =>
  Object.assign(new Error('canceling statement due to user request'), { severity: 'ERROR', code: '57014' });

describe('activity interceptor', () => {
  it('lets a cancelled statement or wait end as the cancellation', async () => {
    for (const work of [
      async (signal: AbortSignal) => {
        await wait(5_000, undefined, { signal }).catch(() => {});
        throw canceledStatement();
      },
      (signal: AbortSignal) => wait(5_000, undefined, { signal }),
    ]) {
      const activity = environment();
      const run = activity.run(() => work(Context.current().cancellationSignal));
      activity.cancel('CANCELLED');
      await expect(run).rejects.toBeInstanceOf(CancelledFailure);
    }
  });

  it('takes a statement that somebody else cancelled for a failure', async () => {
    const run = environment().run(async () => {
      throw canceledStatement();
    });
    await expect(run).rejects.toMatchObject({ type: 'Postgres57014', nonRetryable: false });
  });

  it('refuses a result above 256 KiB for good', async () => {
    const run = environment().run(async () => 'x'.repeat(300_000));
    await expect(run).rejects.toMatchObject({ type: 'PayloadTooLarge', nonRetryable: true });
  });
});

describe('toActivityFailure', () => {
  it.each([
    ['validation', true],
    ['not_found', true],
    ['forbidden', true],
    ['conflict', true],
    ['precondition_failed', true],
    ['unavailable', false],
    ['rate_limited', false],
  ] as const)('takes %s as final: %s', (kind, final) => {
    const failure = toActivityFailure(new AppError(kind, 'SOME_CODE', 'Said so.'));
    expect(failure).toMatchObject({ type: 'SOME_CODE', message: 'Said so.', nonRetryable: final });
  });

  it('waits as long as the error asks', () => {
    const failure = toActivityFailure(new AppError('rate_limited', 'BUSY', 'Later.', { retryAfterSeconds: 7 }));
    expect((failure as ApplicationFailure).nextRetryDelay).toBe(7_000);
    expect(failure).toBeInstanceOf(ApplicationFailure);
  });
});
