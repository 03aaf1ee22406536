import { findProvider } from '../../../domain/integrations/catalogue.rules.ts';
import type { Provider } from '../../../domain/integrations/provider.rules.ts';
import type { Ctx } from '../../core/context.ts';
import type { Secrets } from '../../core/secrets.ts';
import { tokenPlace } from './tokens.ts';

/** The token that ends the grant of a removed integration; null where there is none. */
export async function grantToRevoke(
  ctx: Ctx,
  secrets: Secrets,
  { integrationId }: { integrationId: string },
): Promise<{ provider: Provider; token: string } | null> {
  const row = await ctx.tx
    .selectFrom('integration_tokens as t')
    .innerJoin('team_integrations as i', (join) =>
      join.onRef('i.organization_id', '=', 't.organization_id').onRef('i.id', '=', 't.integration_id'),
    )
    .select(['i.provider', 't.refresh_token', 't.access_token'])
    .where('t.organization_id', '=', ctx.organizationId)
    .where('t.integration_id', '=', integrationId)
    .where('i.deleted_at', 'is not', null)
    .executeTakeFirst();
  const provider = row && findProvider(row.provider);
  if (!row || !provider?.oauth) return null;
  const box = await secrets.openBox(ctx);
  // A refresh token ends the whole grant, an access token at some providers itself alone.
  if (row.refresh_token)
    return { provider, token: box.open(tokenPlace(integrationId, 'refresh_token'), row.refresh_token) };
  if (row.access_token)
    return { provider, token: box.open(tokenPlace(integrationId, 'access_token'), row.access_token) };
  return null;
}

export async function forgetGrant(ctx: Ctx, { integrationId }: { integrationId: string }): Promise<void> {
  await ctx.tx
    .deleteFrom('integration_tokens')
    .where('organization_id', '=', ctx.organizationId)
    .where('integration_id', '=', integrationId)
    .execute();
}
