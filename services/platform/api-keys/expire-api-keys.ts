import { sql } from 'kysely';
import { audit } from '../../core/audit.ts';
import type { Ctx } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { apiKeyExpiring } from '../events.ts';

const WARN_DAYS = 7;
const USAGE_DAYS = 400;
const DAY_MS = 86_400_000;

export interface KeyExpiryResult {
  warned: number;
  expired: number;
}

/**
 * Of one organization: warns once, seven days ahead, notes what has expired, and clears away secrets and statistics
 * whose time is over. Repeating it changes nothing.
 */
export async function expireApiKeys(ctx: Ctx): Promise<KeyExpiryResult> {
  const { rows: warned } = await sql<{ id: string; userId: string | null; expiresAt: Date }>`
    update api_keys set expiry_warned_at = ${ctx.now}
    where organization_id = ${ctx.organizationId} and status = 'active' and expiry_warned_at is null
      and expires_at > ${ctx.now} and expires_at <= ${new Date(ctx.now.getTime() + WARN_DAYS * DAY_MS)}
    returning id, user_id as "userId", expires_at as "expiresAt"`.execute(ctx.tx);
  for (const { id, userId, expiresAt } of warned) {
    await emit(ctx, apiKeyExpiring, {
      entityId: id,
      data: { apiKeyId: id, userId, expiresAt: expiresAt.toISOString() },
    });
  }
  const { rows: expired } = await sql<{ id: string }>`
    update api_keys set status = 'expired'
    where organization_id = ${ctx.organizationId} and status = 'active' and expires_at <= ${ctx.now}
    returning id`.execute(ctx.tx);
  for (const { id } of expired) await audit(ctx, 'api_key.expire', { entityType: 'api_key', entityId: id });
  await ctx.tx.deleteFrom('api_key_previous_secrets').where('expires_at', '<=', ctx.now).execute();
  await sql`
    delete from api_key_usage
    where organization_id = ${ctx.organizationId}
      and day < ${new Date(ctx.now.getTime() - USAGE_DAYS * DAY_MS)}::date`.execute(ctx.tx);
  return { warned: warned.length, expired: expired.length };
}
