import { sql } from 'kysely';
import { conflict } from '../../../domain/core/errors.ts';
import { audit } from '../../core/audit.ts';
import { type Ctx, committedRefusal, verb } from '../../core/context.ts';
import { invalidRefreshToken } from './errors.ts';
import { hashSecretToken } from './secret-tokens.ts';
import { endSessions, type IssuedTokens, prepareTokens, storeRefreshToken } from './sessions.ts';
import { readAccount, type SignedIn } from './signed-in.ts';
import type { AuthTools } from './tools.ts';

export interface PreparedRefresh {
  readonly organizationId: string;
  readonly userId: string;
  readonly tokenId: string;
  readonly sessionId: string;
  /** The token was exchanged before this request looked: by whom, as far as this process knows. */
  readonly exchanged: 'not yet' | 'here' | 'elsewhere';
  /** Call it once the token is exchanged. */
  readonly note: () => void;
  readonly tokens: IssuedTokens;
}

interface Found {
  organization_id: string;
  id: string;
  session_id: string;
  user_id: string;
  rotated: boolean;
}

/**
 * Looks a token up. `settled` must be called once the request has its answer.
 * @throws AppError unauthorized for a token that was never ours; conflict while another request exchanges it.
 */
export async function prepareRefresh(
  tools: AuthTools,
  refreshToken: string,
  now: Date,
): Promise<PreparedRefresh & { settled: () => void }> {
  const hash = hashSecretToken(refreshToken);
  const key = hash.toString('base64');
  const settled = takeTurn(tools, key);
  try {
    return { ...(await lookUp(tools, hash, now)), note: () => remember(tools, key, now), settled };
  } catch (error) {
    settled();
    throw error;
  }
}

/** Whoever comes while the same token is being exchanged did not steal it: another tab, or an impatient retry. */
function takeTurn({ refreshing }: AuthTools, id: string): () => void {
  if (refreshing.has(id)) throw refreshedMeanwhile();
  refreshing.add(id);
  return () => void refreshing.delete(id);
}

/**
 * How long a request that was sent to another process at the same time may be on its way. Longer than that, or known to
 * have come after the exchange, it is a copy.
 */
const TOGETHER_MS = 5_000;

function remember({ refreshed }: AuthTools, key: string, now: Date): void {
  for (const [old, at] of refreshed) {
    if (now.getTime() - at <= TOGETHER_MS) break;
    refreshed.delete(old);
  }
  refreshed.set(key, now.getTime());
}

async function lookUp(tools: AuthTools, hash: Buffer, now: Date): Promise<Omit<PreparedRefresh, 'note'>> {
  const { rows } = await sql<Found>`
    select organization_id, id, session_id, user_id, rotated from find_refresh_token(${hash})`.execute(tools.db);
  const row = rows[0];
  if (!row) throw invalidRefreshToken();
  const who = { organizationId: row.organization_id, userId: row.user_id, sessionId: row.session_id };
  return {
    ...who,
    tokenId: row.id,
    exchanged: !row.rotated ? 'not yet' : tools.refreshed.has(hash.toString('base64')) ? 'here' : 'elsewhere',
    tokens: await prepareTokens(tools.accessTokens, who, now),
  };
}

/**
 * Exchanges a refresh token, once. One that had been exchanged before is in two hands, so its whole session ends. Of
 * several requests that came at once with the same valid token one wins, the others are told to use its answer. That holds
 * over several processes, too: one that came seconds after an exchange elsewhere cannot be told from one that came with it.
 */
export const refreshSession = verb({ permission: null }, async (ctx, input: PreparedRefresh): Promise<SignedIn> => {
  const { userId, sessionId } = input;
  if (input.exchanged === 'elsewhere' && (await wasJustExchanged(ctx, input.tokenId))) throw refreshedMeanwhile();
  if (input.exchanged !== 'not yet') {
    const ended = await endSessions(ctx, { userId, sessionId }, 'reuse');
    if (ended > 0) {
      await audit(ctx, 'auth.refresh_token_reused', { entityType: 'user', entityId: userId, after: { sessionId } });
    }
    return committedRefusal(invalidRefreshToken());
  }
  const session = await ctx.tx
    .updateTable('user_sessions')
    .set({ last_used_at: ctx.now })
    .where('id', '=', sessionId)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', ctx.now)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('users')
          .select('users.id')
          .where('users.id', '=', userId)
          .where('users.status', '=', 'active')
          .where('users.deleted_at', 'is', null),
      ),
    )
    .returning('id')
    .executeTakeFirst();
  if (!session) throw invalidRefreshToken();
  const { numUpdatedRows } = await ctx.tx
    .updateTable('refresh_tokens')
    .set({ rotated_at: ctx.now })
    .where('id', '=', input.tokenId)
    .where('rotated_at', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw refreshedMeanwhile();
  await storeRefreshToken(ctx, input.tokens);
  input.note();
  return { ...(await readAccount(ctx, userId)), tokens: input.tokens };
});

async function wasJustExchanged(ctx: Ctx, tokenId: string): Promise<boolean> {
  const token = await ctx.tx
    .selectFrom('refresh_tokens')
    .select('id')
    .where('id', '=', tokenId)
    .where('rotated_at', '>', new Date(ctx.now.getTime() - TOGETHER_MS))
    .executeTakeFirst();
  return token !== undefined;
}

const refreshedMeanwhile = () =>
  conflict('REFRESH_IN_PROGRESS', 'Another request has just exchanged this refresh token.', {
    hint: 'Use the tokens that the other request was answered with; this one must not be sent again.',
  });
