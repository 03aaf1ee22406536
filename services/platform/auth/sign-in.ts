import { sql } from 'kysely';
import { audit } from '../../core/audit.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { tooManyAttempts, wrongCredentials } from './errors.ts';
import { hashAddress } from './secret-tokens.ts';
import { type ClientFacts, type IssuedTokens, prepareTokens, startSession } from './sessions.ts';
import { readAccount, type SignedIn } from './signed-in.ts';
import type { AuthTools } from './tools.ts';

/** Ten passwords in a quarter of an hour, then a quarter of an hour's rest: for known and unknown addresses alike. */
export const SIGN_IN_LIMIT = { attempts: 10, windowMinutes: 15, lockMinutes: 15 } as const;

export interface SignInInput {
  email: string;
  password: string;
  /** The only organization that counts; absent: whichever the person is in. */
  organizationId?: string | undefined;
}

export interface VerifiedSignIn {
  readonly organizationId: string;
  readonly userId: string;
  readonly passwordHash: string;
  readonly emailHash: Buffer;
  readonly tokens: IssuedTokens;
}

interface Found {
  locked_until: Date | null;
  organization_id: string | null;
  user_id: string | null;
  status: string | null;
  password_hash: string | null;
}

/**
 * Verifies a password before any transaction. Whoever the address is or is not, the same is done: one statement that
 * counts the attempt, one argon2 verification. The attempt is counted first, so that a thousand at once are no way
 * around the limit.
 * @throws AppError unauthorized, the same for every reason; rate_limited once an address has failed too often.
 */
export async function verifySignIn(tools: AuthTools, input: SignInInput, now: Date): Promise<VerifiedSignIn> {
  const emailHash = hashAddress(input.email);
  const found = await beginSignIn(tools, input.email, emailHash, now);
  if (found.locked_until && found.locked_until > now) {
    throw tooManyAttempts(Math.ceil((found.locked_until.getTime() - now.getTime()) / 1000));
  }
  const matches = await tools.passwords.matches(found.password_hash, input.password);
  const { organization_id: organizationId, user_id: userId, password_hash: passwordHash } = found;
  if (!organizationId || !userId || !passwordHash) throw wrongCredentials();
  const isWanted = input.organizationId === undefined || input.organizationId.toLowerCase() === organizationId;
  if (!matches || found.status !== 'active' || !isWanted) {
    // Written later: only known addresses have it, and neither this answer nor the next one may tell.
    tools.failedSignIns.record({ organizationId, userId, at: now });
    throw wrongCredentials();
  }
  const tokens = await prepareTokens(tools.accessTokens, { userId, organizationId }, now);
  return { organizationId, userId, passwordHash, emailHash, tokens };
}

async function beginSignIn(tools: AuthTools, email: string, emailHash: Buffer, now: Date): Promise<Found> {
  const { attempts, windowMinutes, lockMinutes } = SIGN_IN_LIMIT;
  const { rows } = await sql<Found>`
    select locked_until, organization_id, user_id, status, password_hash
    from begin_sign_in(${email}, ${emailHash}, ${now}::timestamptz, ${attempts}::integer,
                       make_interval(mins => ${windowMinutes}::integer),
                       make_interval(mins => ${lockMinutes}::integer))`.execute(tools.db);
  return rows[0]!;
}

export interface CompleteSignInInput extends VerifiedSignIn {
  client: ClientFacts;
  lifeSeconds: number;
}

/** Opens the session, unless the password or the person has changed since the verification. */
export const completeSignIn = verb({ permission: null }, async (ctx, input: CompleteSignInInput): Promise<SignedIn> => {
  const { userId, passwordHash, tokens } = input;
  const still = await ctx.tx
    .selectFrom('user_credentials as c')
    .innerJoin('users as u', (join) =>
      join.onRef('u.organization_id', '=', 'c.organization_id').onRef('u.id', '=', 'c.user_id'),
    )
    .select('u.id')
    .where('c.user_id', '=', userId)
    .where('c.password_hash', '=', passwordHash)
    .where('u.status', '=', 'active')
    .where('u.deleted_at', 'is', null)
    .forShare('c')
    .executeTakeFirst();
  if (!still) throw wrongCredentials();
  await startSession(ctx, { userId, tokens, client: input.client, lifeSeconds: input.lifeSeconds });
  await clearAttempts(ctx, input.emailHash);
  await audit(ctx, 'auth.signed_in', { entityType: 'user', entityId: userId, after: { sessionId: tokens.sessionId } });
  return { ...(await readAccount(ctx, userId)), tokens };
});

/** Whoever has shown that they are the person starts from nought again. */
export async function clearAttempts(ctx: Ctx, emailHash: Buffer): Promise<void> {
  await sql`select clear_sign_in_attempts(${emailHash})`.execute(ctx.tx);
}
