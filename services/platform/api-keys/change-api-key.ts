import { conflict, forbidden, invalid, notFound } from '../../../domain/core/errors.ts';
import { type KeyScope, type Permission, permissionsOfScopes } from '../../../domain/platform/permissions.rules.ts';
import { audit } from '../../core/audit.ts';
import { type Ctx, type Principal, verb } from '../../core/context.ts';
import { requireVersion } from '../../core/versions.ts';
import { hashApiKey, newApiKey, visiblePrefix } from './key-format.ts';
import { type ApiKeyView, readApiKey } from './key-view.ts';

export type ApiKeyWithSecret = ApiKeyView & {
  /** Shown here and never again. */
  key: string;
};

export interface IssueApiKeyInput {
  name: string;
  scopes: readonly KeyScope[];
  expiresAt?: Date | null | undefined;
  /** Requests per hour. */
  rateLimit?: number | null | undefined;
}

/**
 * A key of the person who asks (or of the owner of the key that asks). It never holds more than they do.
 * @throws AppError validation; forbidden `SCOPES_BEYOND_OWNER` (`details.missing`), `FORBIDDEN` for a limit of its own.
 */
export const issueApiKey = verb(
  { permission: 'api_keys.manage' },
  async (ctx, input: IssueApiKeyInput): Promise<ApiKeyWithSecret> => {
    const { name, expiresAt = null, rateLimit = null } = input;
    const scopes = [...new Set(input.scopes)];
    if (expiresAt && expiresAt <= ctx.now)
      throw invalid('expiresAt', 'must lie in the future', expiresAt.toISOString());
    requireHeld(ctx.principal, scopes);
    if (rateLimit !== null && !holds(ctx.principal, 'organization.edit')) {
      throw forbidden('FORBIDDEN', 'Only an administrator gives a key a limit of its own.', {
        hint: 'Leave rateLimit out, or ask an administrator.',
        details: { permission: 'organization.edit' },
      });
    }
    const key = newApiKey();
    const prefix = visiblePrefix(key);
    const { id } = await ctx.tx
      .insertInto('api_keys')
      .values({
        name,
        prefix,
        key_hash: hashApiKey(key),
        scopes,
        user_id: ctx.principal.userId ?? null,
        rate_limit_per_hour: rateLimit,
        expires_at: expiresAt,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const after = { name, prefix, scopes, expiresAt, rateLimit };
    await audit(ctx, 'api_key.create', { entityType: 'api_key', entityId: id, after });
    return { ...(await readApiKey(ctx, id)), key };
  },
);

export interface RevokeApiKeyInput {
  id: string;
  expectedVersion?: number | undefined;
}

/** For good, with every secret that a rotation left behind; a second time changes nothing. @throws AppError not_found. */
export const revokeApiKey = verb(
  { permission: 'api_keys.manage' },
  async (ctx, { id, expectedVersion }: RevokeApiKeyInput): Promise<ApiKeyView> => {
    const row = await lockKey(ctx, id);
    if (row.status !== 'revoked') {
      requireVersion(row.version, expectedVersion);
      await ctx.tx
        .updateTable('api_keys')
        .set({ status: 'revoked', revoked_at: ctx.now })
        .where('id', '=', id)
        .execute();
      await ctx.tx.deleteFrom('api_key_previous_secrets').where('api_key_id', '=', id).execute();
      await audit(ctx, 'api_key.revoke', { entityType: 'api_key', entityId: id, before: { status: row.status } });
    }
    return readApiKey(ctx, id);
  },
);

export interface RotateApiKeyInput {
  id: string;
  /** How long the secret until now goes on working; 0 ends it, and all before it, at once. */
  overlapSeconds: number;
  expectedVersion?: number | undefined;
}

/** Secrets that work at once, the current one aside: whoever rotates in a loop is stopped. */
const MOST_PREVIOUS = 10;

/**
 * A new secret for the same key. Two rotations at once give two secrets that both work: the later one stays, the other
 * for its overlap. @throws AppError not_found; conflict `KEY_NOT_ACTIVE`, `TOO_MANY_ROTATIONS`; precondition_failed;
 * forbidden `SCOPES_BEYOND_OWNER`: a new secret is a way to use the key.
 */
export const rotateApiKey = verb(
  { permission: 'api_keys.manage' },
  async (ctx, { id, overlapSeconds, expectedVersion }: RotateApiKeyInput): Promise<ApiKeyWithSecret> => {
    const row = await lockKey(ctx, id);
    requireVersion(row.version, expectedVersion);
    if (row.status !== 'active' || (row.expires_at && row.expires_at <= ctx.now)) {
      const status = row.status === 'revoked' ? 'revoked' : 'expired';
      throw conflict('KEY_NOT_ACTIVE', `The API key is ${status}.`, { hint: 'Create a new key.', details: { status } });
    }
    requireHeld(ctx.principal, row.scopes);
    await keepPrevious(ctx, row, overlapSeconds);
    const key = newApiKey();
    const prefix = visiblePrefix(key);
    await ctx.tx
      .updateTable('api_keys')
      .set({ key_hash: hashApiKey(key), prefix })
      .where('id', '=', id)
      .execute();
    await audit(ctx, 'api_key.rotate', {
      entityType: 'api_key',
      entityId: id,
      before: { prefix: row.prefix },
      after: { prefix, overlapSeconds },
    });
    return { ...(await readApiKey(ctx, id)), key };
  },
);

type KeyRow = Awaited<ReturnType<typeof lockKey>>;

async function lockKey(ctx: Ctx, id: string) {
  const row = await ctx.tx.selectFrom('api_keys').selectAll().where('id', '=', id).forNoKeyUpdate().executeTakeFirst();
  if (!row) throw notFound('The API key');
  return row;
}

async function keepPrevious(ctx: Ctx, row: KeyRow, overlapSeconds: number): Promise<void> {
  const previous = ctx.tx.deleteFrom('api_key_previous_secrets').where('api_key_id', '=', row.id);
  if (overlapSeconds === 0) {
    await previous.execute();
    return;
  }
  await previous.where('expires_at', '<=', ctx.now).execute();
  const living = await ctx.tx
    .selectFrom('api_key_previous_secrets')
    .select('id')
    .where('api_key_id', '=', row.id)
    .limit(MOST_PREVIOUS)
    .execute();
  if (living.length >= MOST_PREVIOUS) {
    throw conflict('TOO_MANY_ROTATIONS', `${MOST_PREVIOUS} earlier secrets of this key still work.`, {
      hint: 'Wait until one has expired, or rotate with overlapSeconds 0, which ends them all.',
    });
  }
  const overlapEnds = new Date(ctx.now.getTime() + overlapSeconds * 1000);
  await ctx.tx
    .insertInto('api_key_previous_secrets')
    .values({ api_key_id: row.id, prefix: row.prefix, key_hash: row.key_hash, expires_at: overlapEnds })
    .execute();
}

const holds = ({ permissions }: Principal, permission: Permission): boolean =>
  permissions === 'all' || permissions.has(permission);

/** Nobody hands out what they do not hold. */
function requireHeld(principal: Principal, scopes: readonly string[]): void {
  const missing = [...permissionsOfScopes(scopes)].filter((permission) => !holds(principal, permission));
  if (missing.length === 0) return;
  throw forbidden('SCOPES_BEYOND_OWNER', `The key would hold ${missing.slice(0, 5).join(', ')}, which you do not.`, {
    hint: 'Ask for scopes that your own role or key holds; GET /v1/permissions/explain says why one is missing.',
    details: { missing },
  });
}
