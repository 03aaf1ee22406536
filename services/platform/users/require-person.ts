import { forbidden } from '../../../domain/core/errors.ts';
import type { Ctx } from '../../core/context.ts';

/** The person behind the request. @throws AppError forbidden `NO_PERSON` for a key that belongs to nobody. */
export function requirePerson(ctx: Ctx): string {
  const userId = ctx.principal.userId ?? null;
  if (userId !== null) return userId;
  throw forbidden('NO_PERSON', 'This credential belongs to no person.', {
    hint: 'Sign in, or use a key that has an owner.',
  });
}
