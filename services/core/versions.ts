import { AppError } from '../../domain/core/errors.ts';

/**
 * Refuses a change that was made on a stale copy. `expected` is the version of `If-Match`; undefined means that the
 * caller did not ask. Call it with a row that this transaction has locked.
 * @throws AppError precondition_failed `PRECONDITION_FAILED`.
 */
export function requireVersion(current: number, expected: number | undefined): void {
  if (expected === undefined || expected === current) return;
  throw new AppError('precondition_failed', 'PRECONDITION_FAILED', 'The resource has changed in the meantime.', {
    hint: 'Read it again and repeat the change with its new ETag.',
    details: { currentVersion: current },
  });
}
