import type { Permission } from '../../../domain/platform/permissions.rules.ts';
import { audit } from '../../core/audit.ts';
import type { Ctx } from '../../core/context.ts';
import { hashApiKey, newApiKey, visiblePrefix } from './key-format.ts';

export interface CreateApiKeyInput {
  name: string;
  scopes: readonly Permission[];
  /** Requests per hour; null takes the general limit. */
  rateLimitPerHour?: number | null;
  expiresAt?: Date | null;
}

export interface CreatedApiKey {
  id: string;
  /** Shown here and never again. */
  key: string;
  prefix: string;
}

/** Stores a new key of the organization. For setup code: no endpoint leads here, so it checks no permission. */
export async function createApiKey(ctx: Ctx, input: CreateApiKeyInput): Promise<CreatedApiKey> {
  const key = newApiKey();
  const prefix = visiblePrefix(key);
  const { id } = await ctx.tx
    .insertInto('api_keys')
    .values({
      name: input.name,
      prefix,
      key_hash: hashApiKey(key),
      scopes: [...input.scopes],
      rate_limit_per_hour: input.rateLimitPerHour ?? null,
      expires_at: input.expiresAt ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await audit(ctx, 'api_key.create', {
    entityType: 'api_key',
    entityId: id,
    after: { name: input.name, scopes: input.scopes },
  });
  return { id, key, prefix };
}
