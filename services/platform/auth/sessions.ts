import type { Ctx } from '../../core/context.ts';
import { uuidv7 } from '../../core/ids.ts';
import { ACCESS_TOKEN_SECONDS, type AccessTokens } from './access-tokens.ts';
import { newSecretToken } from './secret-tokens.ts';

/** What a client holds after signing in; shown once. */
export interface IssuedTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly refreshTokenHash: Buffer;
  readonly sessionId: string;
  readonly expiresInSeconds: number;
}

export interface ClientFacts {
  readonly userAgent: string | null;
  readonly ipAddress: string | null;
}

/** Makes tokens of a session that the coming transaction will store (or carry on, when `sessionId` is given). */
export async function prepareTokens(
  tokens: AccessTokens,
  who: { userId: string; organizationId: string; sessionId?: string },
  now: Date,
): Promise<IssuedTokens> {
  const sessionId = who.sessionId ?? uuidv7();
  const { token, hash } = newSecretToken();
  return {
    accessToken: await tokens.sign({ ...who, sessionId }, now),
    refreshToken: token,
    refreshTokenHash: hash,
    sessionId,
    expiresInSeconds: ACCESS_TOKEN_SECONDS,
  };
}

export interface StartSessionInput {
  userId: string;
  tokens: IssuedTokens;
  client: ClientFacts;
  lifeSeconds: number;
}

export async function startSession(
  ctx: Ctx,
  { userId, tokens, client, lifeSeconds }: StartSessionInput,
): Promise<void> {
  await ctx.tx
    .insertInto('user_sessions')
    .values({
      id: tokens.sessionId,
      user_id: userId,
      user_agent: client.userAgent?.slice(0, 300) ?? null,
      ip_address: client.ipAddress,
      last_used_at: ctx.now,
      expires_at: new Date(ctx.now.getTime() + lifeSeconds * 1000),
    })
    .execute();
  await storeRefreshToken(ctx, tokens);
}

export async function storeRefreshToken(ctx: Ctx, tokens: IssuedTokens): Promise<void> {
  await ctx.tx
    .insertInto('refresh_tokens')
    .values({ session_id: tokens.sessionId, hash: tokens.refreshTokenHash })
    .execute();
}

export type EndReason = 'logout' | 'revoked' | 'reuse' | 'password_changed' | 'user_disabled';

/** Ends open sessions of a person, or one of them; answers how many. Access tokens follow within a second. */
export async function endSessions(
  ctx: Ctx,
  which: { userId: string; sessionId?: string; except?: string | undefined },
  reason: EndReason,
): Promise<number> {
  let query = ctx.tx
    .updateTable('user_sessions')
    .set({ ended_at: ctx.now, end_reason: reason })
    .where('user_id', '=', which.userId)
    .where('ended_at', 'is', null);
  if (which.sessionId) query = query.where('id', '=', which.sessionId);
  if (which.except) query = query.where('id', '!=', which.except);
  const { numUpdatedRows } = await query.executeTakeFirst();
  return Number(numUpdatedRows);
}
