import { audit } from '../../core/audit.ts';
import type { Ctx } from '../../core/context.ts';
import { endSessions } from './sessions.ts';

export interface SetPasswordInput {
  userId: string;
  /** Made by `Passwords.accept` before the transaction opened. */
  passwordHash: string;
  /** The session that stays signed in; all others of the person end. */
  keepSessionId?: string | undefined;
}

/**
 * Stores a password and ends what was signed in with the old one. Permission is the caller's question: a person may
 * change their own, an administrator anybody's.
 */
export async function setPassword(ctx: Ctx, { userId, passwordHash, keepSessionId }: SetPasswordInput): Promise<void> {
  await ctx.tx
    .insertInto('user_credentials')
    .values({ user_id: userId, password_hash: passwordHash, changed_at: ctx.now })
    .onConflict((clash) =>
      clash.columns(['organization_id', 'user_id']).doUpdateSet({ password_hash: passwordHash, changed_at: ctx.now }),
    )
    .execute();
  const endedSessions = await endSessions(ctx, { userId, except: keepSessionId }, 'password_changed');
  // A link that was mailed before must not undo what has just been decided.
  await ctx.tx
    .updateTable('one_time_tokens')
    .set({ used_at: ctx.now })
    .where('user_id', '=', userId)
    .where('used_at', 'is', null)
    .execute();
  await audit(ctx, 'user.password_set', { entityType: 'user', entityId: userId, after: { endedSessions } });
}
