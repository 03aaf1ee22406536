import { sql } from 'kysely';
import { AppError, conflict } from '../../../domain/core/errors.ts';
import type { MailText } from '../../../domain/platform/mail.rules.ts';
import type { Db } from '../../../schema/db.ts';
import { audit } from '../../core/audit.ts';
import type { Clock } from '../../core/clock.ts';
import { type Ctx, SYSTEM_PRINCIPAL, verb } from '../../core/context.ts';
import { inTransaction } from '../../core/transaction.ts';
import { type Mailing, planMail, type SendGuard } from '../sends/index.ts';
import { hashAddress, hashSecretToken, newSecretToken } from './secret-tokens.ts';
import { setPassword } from './set-password.ts';
import { clearAttempts } from './sign-in.ts';
import { readAccount } from './signed-in.ts';
import type { AuthTools } from './tools.ts';

export const RESET_MINUTES = 60;
/** Links that a person may have open; more requests within the hour are left unanswered. */
const MOST_OPEN = 3;
/** A worker that comes this late would surprise whoever has given up. */
const REQUEST_LIFE_MINUTES = 60;

/**
 * Notes that somebody asks for a new password. The same single row whoever the address is: a worker finds out whether
 * there is such a person, so neither the answer nor its time can tell.
 */
export const requestPasswordReset = verb({ permission: null }, async (ctx, { email }: { email: string }) => {
  await ctx.tx.insertInto('password_reset_requests').values({ email, requested_at: ctx.now }).execute();
  return {};
});

interface Request {
  id: string;
  email: string;
  requested_at: Date;
}

export interface ResetRequestsDeps {
  readonly appDb: Db;
  readonly platformDb: Db;
  readonly clock: Clock;
  readonly mailing: Mailing;
}

/** Turns requests into mails, each once however often it is tried. Answers how many requests are done. */
export async function attendResetRequests({ appDb, platformDb, clock, mailing }: ResetRequestsDeps): Promise<number> {
  const requests = await platformDb
    .selectFrom('password_reset_requests')
    .select(['id', 'email', 'requested_at'])
    .orderBy('id')
    .limit(50)
    .execute();
  for (const request of requests) {
    const now = clock.now();
    const isLate = now.getTime() - request.requested_at.getTime() > REQUEST_LIFE_MINUTES * 60_000;
    if (!isLate) await attend(appDb, mailing, request, now);
    await platformDb.deleteFrom('password_reset_requests').where('id', '=', request.id).execute();
  }
  return requests.length;
}

async function attend(appDb: Db, mailing: Mailing, { id, email }: Request, now: Date): Promise<void> {
  const { rows } = await sql<{ organization_id: string; user_id: string; status: string }>`
    select organization_id, user_id, status from find_user_by_email(${email})`.execute(appDb);
  const found = rows[0];
  if (found?.status !== 'active') return;
  const { organization_id: organizationId, user_id: userId } = found;
  await inTransaction(appDb, { organizationId, principal: SYSTEM_PRINCIPAL, now }, (ctx) =>
    mailResetLink(ctx, mailing, { userId, requestId: id }),
  );
}

async function mailResetLink(ctx: Ctx, mailing: Mailing, input: { userId: string; requestId: string }): Promise<void> {
  const { userId, requestId } = input;
  const { user, organization } = await readAccount(ctx, userId);
  const open = await ctx.tx
    .selectFrom('one_time_tokens')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('user_id', '=', userId)
    .where('used_at', 'is', null)
    .where('expires_at', '>', ctx.now)
    .executeTakeFirstOrThrow();
  if (open.count >= MOST_OPEN) return;
  const { token, hash } = newSecretToken();
  const name = [user.firstName, user.lastName].filter(Boolean).join(' ') || null;
  const sendId = await planMail(ctx, mailing, {
    dedupeKey: `password-reset:${requestId}`,
    purpose: 'transactional',
    to: { email: user.email, name },
    subject: { type: 'password_reset', id: userId },
    mail: resetMail(organization.name, `${mailing.publicUrl}/reset-password?token=${token}`),
  });
  if (sendId === null) return;
  await ctx.tx
    .insertInto('one_time_tokens')
    .values({
      purpose: 'password_reset',
      hash,
      user_id: userId,
      expires_at: new Date(ctx.now.getTime() + RESET_MINUTES * 60_000),
    })
    .execute();
  await audit(ctx, 'auth.password_reset_mailed', { entityType: 'user', entityId: userId, after: { sendId } });
}

const resetMail = (organization: string, url: string): MailText => ({
  subject: `Set a new password for ${organization}`,
  paragraphs: [
    `Somebody, probably you, asked for a new password for your account at ${organization}.`,
    { label: 'Set a new password', url },
    `The link works once, for ${RESET_MINUTES} minutes. If it was not you, do nothing: your password stays as it is.`,
  ],
});

/** Nobody who has left gets a link any more. */
export const resetIsWanted: SendGuard = async (ctx, send) => {
  if (send.subjectType !== 'password_reset') return null;
  const user = await ctx.tx
    .selectFrom('users')
    .select('id')
    .where('id', '=', send.subjectId)
    .where('status', '=', 'active')
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  return user ? null : 'user_inactive';
};

export interface PreparedReset {
  readonly organizationId: string;
  readonly userId: string;
  readonly tokenId: string;
  readonly passwordHash: string;
  readonly emailHash: Buffer;
}

export interface FoundToken {
  organization_id: string;
  organization_name: string;
  id: string;
  user_id: string | null;
  invitation_id: string | null;
  email: string | null;
  first_name: string | null;
  last_name: string | null;
  expires_at: Date;
  used: boolean;
  invitation_status: string | null;
}

/** Whatever its state; null for what was never a token of this purpose. */
export async function findOneTimeToken(
  db: Db,
  purpose: 'password_reset' | 'invitation',
  token: string,
): Promise<FoundToken | null> {
  const { rows } = await sql<FoundToken>`
    select organization_id, organization_name, id, user_id, invitation_id, email, first_name, last_name, expires_at,
           used, invitation_status
    from find_one_time_token(${purpose}, ${hashSecretToken(token)})`.execute(db);
  return rows[0] ?? null;
}

/** @throws AppError validation `INVALID_TOKEN`, `TOKEN_EXPIRED`, or naming the password; conflict `TOKEN_USED`. */
export async function prepareReset(
  tools: AuthTools,
  input: { token: string; password: string },
  now: Date,
): Promise<PreparedReset> {
  const found = await findOneTimeToken(tools.db, 'password_reset', input.token);
  if (!found?.user_id || found.email === null) throw refusedToken('INVALID_TOKEN', 'The link is not one of ours.');
  if (found.used) throw used();
  if (found.expires_at <= now) throw refusedToken('TOKEN_EXPIRED', 'The link has expired.');
  const { email, first_name, last_name, organization_name } = found;
  const passwordHash = await tools.passwords.accept(input.password, [email, first_name, last_name, organization_name]);
  return {
    organizationId: found.organization_id,
    userId: found.user_id,
    tokenId: found.id,
    passwordHash,
    emailHash: hashAddress(email),
  };
}

/** Sets the password, once per link; every session of the person ends, and failed attempts are forgotten. */
export const resetPassword = verb({ permission: null }, async (ctx, input: PreparedReset) => {
  const { numUpdatedRows } = await ctx.tx
    .updateTable('one_time_tokens')
    .set({ used_at: ctx.now })
    .where('id', '=', input.tokenId)
    .where('used_at', 'is', null)
    .where('expires_at', '>', ctx.now)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw used();
  await readAccount(ctx, input.userId);
  await setPassword(ctx, { userId: input.userId, passwordHash: input.passwordHash });
  await clearAttempts(ctx, input.emailHash);
  return {};
});

const HINT = 'Ask for a new link with POST /api/v1/auth/forgot-password.';
const refusedToken = (code: string, message: string) => new AppError('validation', code, message, { hint: HINT });
const used = () =>
  conflict('TOKEN_USED', 'The link was used already, or the password was changed since.', { hint: HINT });
