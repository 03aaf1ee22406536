import { forbidden, invalid, notFound } from '../../../domain/core/errors.ts';
import { audit } from '../../core/audit.ts';
import { type Ctx, requirePermission, verb } from '../../core/context.ts';
import { type PageInput, readPage } from '../../core/page.ts';
import { endSessions } from './sessions.ts';

export interface SessionView {
  readonly id: string;
  readonly userId: string;
  /** The one that this request was made with. */
  readonly current: boolean;
  readonly userAgent: string | null;
  readonly ipAddress: string | null;
  readonly createdAt: Date;
  readonly lastUsedAt: Date;
  readonly expiresAt: Date;
}

const isOwn = (ctx: Ctx, userId: string): boolean => ctx.principal.kind === 'user' && ctx.principal.id === userId;

/** Whose sessions are meant: one's own without a word, anybody's for those who manage users. */
function whose(ctx: Ctx, userId: string | undefined, permission: 'users.view' | 'users.edit'): string | undefined {
  const own = ctx.principal.kind === 'user' ? (ctx.principal.id ?? undefined) : undefined;
  const wanted = userId ?? own;
  if (wanted === undefined || wanted !== own) requirePermission(ctx.principal, permission);
  return wanted;
}

export interface ListSessionsInput extends PageInput {
  userId?: string | undefined;
}

/** Open sessions, newest first: one's own, a person's, or (for a key, which is no person) the organization's. */
export const listSessions = verb({ permission: null }, async (ctx, input: ListSessionsInput) => {
  const userId = whose(ctx, input.userId, 'users.view');
  const { rows, total } = await readPage(input, (limit, offset) => {
    let query = ctx.tx
      .selectFrom('user_sessions')
      .select(['id', 'user_id', 'user_agent', 'ip_address', 'created_at', 'last_used_at', 'expires_at'])
      .select(({ fn }) => fn.countAll<number>().over().as('total'))
      .where('ended_at', 'is', null)
      .where('expires_at', '>', ctx.now);
    if (userId !== undefined) query = query.where('user_id', '=', userId);
    return query.orderBy('id', 'desc').limit(limit).offset(offset).execute();
  });
  const items = rows.map(
    (row): SessionView => ({
      id: row.id,
      userId: row.user_id,
      current: row.id === ctx.principal.sessionId,
      userAgent: row.user_agent,
      ipAddress: row.ip_address,
      createdAt: row.created_at,
      lastUsedAt: row.last_used_at,
      expiresAt: row.expires_at,
    }),
  );
  return { items, total };
});

/** Ends one session. A session that has ended already stays as it is. */
export const endSession = verb({ permission: null }, async (ctx, { sessionId }: { sessionId: string }) => {
  const session = await ctx.tx
    .selectFrom('user_sessions')
    .select(['id', 'user_id'])
    .where('id', '=', sessionId)
    .executeTakeFirst();
  // Whose it is must not be told to those who may not know.
  const isVisible = session && (isOwn(ctx, session.user_id) || mayManage(ctx));
  if (!session || !isVisible) throw notFound('The session');
  return end(ctx, { userId: session.user_id, sessionId }, 'revoked');
});

const mayManage = ({ principal }: Ctx): boolean =>
  principal.permissions === 'all' || principal.permissions.has('users.edit');

/** Ends all sessions of a person. @throws AppError validation when a key does not say whose. */
export const endAllSessions = verb({ permission: null }, async (ctx, input: { userId?: string | undefined }) => {
  const userId = whose(ctx, input.userId, 'users.edit');
  if (userId === undefined) throw invalid('userId', 'is required: a key has no sessions of its own');
  return end(ctx, { userId }, 'revoked');
});

/** Ends the session of this very request. */
export const signOut = verb({ permission: null }, async (ctx) => {
  const { sessionId, id: userId } = ctx.principal;
  if (sessionId === undefined || userId === null) {
    throw forbidden('SESSION_REQUIRED', 'Only who has signed in can sign out; a key is revoked instead.', {
      hint: 'Send the access token of the session as Authorization: Bearer ….',
    });
  }
  return end(ctx, { userId, sessionId }, 'logout');
});

async function end(ctx: Ctx, which: { userId: string; sessionId?: string }, reason: 'logout' | 'revoked') {
  const ended = await endSessions(ctx, which, reason);
  if (ended > 0) {
    const { userId, sessionId } = which;
    await audit(ctx, 'auth.sessions_ended', {
      entityType: 'user',
      entityId: userId,
      after: { reason, ended, ...(sessionId ? { sessionId } : {}) },
    });
  }
  return { ended };
}
