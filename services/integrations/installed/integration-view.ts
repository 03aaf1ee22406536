import { sql } from 'kysely';
import { notFound } from '../../../domain/core/errors.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { type PageInput, readPage } from '../../core/page.ts';

export interface IntegrationView {
  id: string;
  name: string;
  provider: string;
  /** Stands before the provider's own ids in external ids. */
  source: string;
  status: 'pending' | 'connected' | 'needs_reauth' | 'error' | 'disabled';
  teamId: string | null;
  settings: Record<string, unknown>;
  /** What is stored encrypted and never shown. */
  hasCredentials: boolean;
  hasWebhookSecret: boolean;
  /** Until when the webhook secret before this one counts as well. */
  previousSecretUntil: Date | null;
  lastSyncAt: Date | null;
  lastError: string | null;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

const COLUMNS = sql`
  t.id, t.name, t.provider, t.source, t.status, t.team_id as "teamId", t.settings,
  t.credentials is not null as "hasCredentials", t.webhook_secret is not null as "hasWebhookSecret",
  t.previous_webhook_secret_expires_at as "previousSecretUntil", t.last_sync_at as "lastSyncAt", t.last_error as "lastError", t.created_at as "createdAt",
  t.updated_at as "updatedAt", t.version`;

/** @throws AppError not_found. */
export async function readIntegration(ctx: Ctx, id: string): Promise<IntegrationView> {
  const { rows } = await sql<IntegrationView>`
    select ${COLUMNS} from team_integrations t
    where t.organization_id = ${ctx.organizationId} and t.id = ${id} and t.deleted_at is null`.execute(ctx.tx);
  if (!rows[0]) throw notFound('The integration');
  return rows[0];
}

export const getIntegration = verb(
  { permission: 'integrations.view' },
  (ctx, { id }: { id: string }): Promise<IntegrationView> => readIntegration(ctx, id),
);

export interface ListIntegrationsInput extends PageInput {
  provider?: string | undefined;
  status?: IntegrationView['status'] | undefined;
}

/** Newest first. */
export const listIntegrations = verb(
  { permission: 'integrations.view' },
  async (ctx, input: ListIntegrationsInput): Promise<{ items: IntegrationView[]; total: number }> => {
    const { rows, total } = await readPage(input, async (limit, offset) => {
      const page = await sql<IntegrationView & { total: number }>`
        select ${COLUMNS}, count(*) over ()::integer as total from team_integrations t
        where t.organization_id = ${ctx.organizationId} and t.deleted_at is null
          and (${input.provider ?? null}::text is null or t.provider = ${input.provider ?? null})
          and (${input.status ?? null}::text is null or t.status = ${input.status ?? null})
        order by t.created_at desc, t.id desc limit ${limit}::integer offset ${offset}::bigint`.execute(ctx.tx);
      return page.rows;
    });
    return { items: rows.map(({ total: _, ...row }) => row), total };
  },
);
