import { notFound } from '../../../domain/core/errors.ts';
import type { Connection } from '../../../domain/integrations/adapter.port.ts';
import { findProvider } from '../../../domain/integrations/catalogue.rules.ts';
import type { Provider } from '../../../domain/integrations/provider.rules.ts';
import type { Ctx } from '../../core/context.ts';
import type { SecretPlace, Secrets } from '../../core/secrets.ts';

export const credentialsPlace = (rowId: string): SecretPlace => ({
  table: 'team_integrations',
  field: 'credentials',
  rowId,
});

/** Credentials that the whole installation of the product brings along, by provider: an organization need not. */
export type SharedCredentials = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** An installation with what is needed to call its provider. */
export interface OpenConnection extends Connection {
  readonly id: string;
  readonly provider: Provider;
  /** Stands before the provider's ids in external ids of facts. */
  readonly source: string;
  readonly teamId: string | null;
  readonly status: string;
  /** Where the account lives, once the provider has said so. */
  readonly instanceUrl: string | null;
}

/** @throws AppError not_found */
export async function openConnection(
  ctx: Ctx,
  secrets: Secrets,
  id: string,
  shared: SharedCredentials = {},
): Promise<OpenConnection> {
  const row = await ctx.tx
    .selectFrom('team_integrations as i')
    .leftJoin('integration_tokens as t', (join) =>
      join.onRef('t.organization_id', '=', 'i.organization_id').onRef('t.integration_id', '=', 'i.id'),
    )
    .select(['i.provider', 'i.source', 'i.team_id', 'i.status', 'i.settings', 'i.credentials', 't.instance_url'])
    .where('i.organization_id', '=', ctx.organizationId)
    .where('i.id', '=', id)
    .where('i.deleted_at', 'is', null)
    .executeTakeFirst();
  const provider = row && findProvider(row.provider);
  if (!row || !provider) throw notFound('The integration');
  const box = row.credentials === null ? null : await secrets.openBox(ctx);
  const credentials = box
    ? (JSON.parse(box.open(credentialsPlace(id), row.credentials!)) as Record<string, string>)
    : {};
  return {
    id,
    provider,
    source: row.source,
    teamId: row.team_id,
    status: row.status,
    settings: row.settings as Record<string, unknown>,
    credentials: { ...shared[provider.slug], ...credentials },
    instanceUrl: row.instance_url,
  };
}
