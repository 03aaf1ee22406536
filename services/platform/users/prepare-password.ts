import { invalid } from '../../../domain/core/errors.ts';
import { SYSTEM_PRINCIPAL } from '../../core/context.ts';
import { inTransaction } from '../../core/transaction.ts';
import type { AuthTools } from '../auth/index.ts';

export interface PasswordRequest {
  organizationId: string;
  /** Whose; null: somebody who is being added. */
  userId: string | null;
  /** Whether the one who asks is that person. */
  isSelf: boolean;
  password: string | undefined;
  currentPassword?: string | undefined;
  /** Words that must not make up a password. */
  context: readonly (string | null | undefined)[];
}

/**
 * Checks and hashes a new password before the transaction opens; undefined when none was given. Whoever changes their own
 * shows the one they have: a session that somebody else got hold of must not be enough.
 * @throws AppError validation naming `password` or `currentPassword`.
 */
export async function preparePassword(
  tools: AuthTools,
  request: PasswordRequest,
  now: Date,
): Promise<string | undefined> {
  const { organizationId, userId, isSelf, password, currentPassword, context } = request;
  if (password === undefined) {
    if (currentPassword !== undefined) throw invalid('password', 'is required beside the current password');
    return undefined;
  }
  if (isSelf && userId !== null) await requireCurrent(tools, organizationId, userId, currentPassword, now);
  return tools.passwords.accept(password, context);
}

async function requireCurrent(
  tools: AuthTools,
  organizationId: string,
  userId: string,
  given: string | undefined,
  now: Date,
): Promise<void> {
  const row = await inTransaction(
    tools.db,
    { organizationId, principal: SYSTEM_PRINCIPAL, now },
    ({ tx }) =>
      tx.selectFrom('user_credentials').select('password_hash').where('user_id', '=', userId).executeTakeFirst(),
    { readOnly: true },
  );
  if (!row?.password_hash) return;
  if (given === undefined) {
    throw invalid(
      'currentPassword',
      'is required to change your own password',
      undefined,
      'Send the one you have now.',
    );
  }
  if (!(await tools.passwords.matches(row.password_hash, given))) {
    throw invalid('currentPassword', 'is not the password you have now');
  }
}
