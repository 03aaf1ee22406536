import { notFound } from '../../../domain/core/errors.ts';
import { findProvider } from '../../../domain/integrations/catalogue.rules.ts';
import { audit } from '../../core/audit.ts';
import { startProcess } from '../../core/commands.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import type { Secrets } from '../../core/secrets.ts';
import { requireVersion } from '../../core/versions.ts';
import { integrationRemoved } from '../events.ts';
import { credentialsPlace } from '../grants/connection.ts';
import { openSyncOf, stopSync } from '../syncs/request-sync.ts';
import { type AnySettings, checkCredentials, checkSettings, factsOf } from './install-integration.ts';
import { type IntegrationView, readIntegration } from './integration-view.ts';
import { settleSchedule } from './schedule.ts';
import { webhookSecretPlace } from './source.ts';

export interface UpdateIntegrationInput {
  secrets: Secrets;
  id: string;
  name?: string | undefined;
  /** Each setting that is named replaces its old value; null takes it away. */
  settings?: { readonly [Name in keyof AnySettings]?: AnySettings[Name] | null } | undefined;
  /** Those that are named are replaced at once; the others stay. */
  credentials?: Readonly<Record<string, string>> | undefined;
  /** False: no sync and no webhook any more, until it is true again. */
  active?: boolean | undefined;
  expectedVersion?: number | undefined;
}

/** @throws AppError not_found; precondition_failed; validation. */
export const updateIntegration = verb(
  { permission: 'integrations.edit' },
  async (ctx, input: UpdateIntegrationInput): Promise<IntegrationView> => {
    const { id, name, active } = input;
    const row = await lockIntegration(ctx, id);
    requireVersion(row.version, input.expectedVersion);
    const provider = findProvider(row.provider);
    if (!provider) throw notFound('The integration');
    const before = await readIntegration(ctx, id);
    const settings = mergedSettings(row.settings as AnySettings, input.settings);
    if (input.settings !== undefined) checkSettings(provider, settings);
    const { webhookSecret, ...credentials } = input.credentials ?? {};
    checkCredentials(provider, credentials, false);
    const box = await input.secrets.box(ctx);
    const kept = row.credentials === null ? {} : JSON.parse(box.open(credentialsPlace(id), row.credentials));
    const isNamed = Object.keys(credentials).length > 0;
    const status = statusAfter(row.status, active, isNamed, provider.auth === 'webhook');
    await ctx.tx
      .updateTable('team_integrations')
      .set({
        name: name ?? row.name,
        settings: JSON.stringify(settings),
        status,
        ...(isNamed
          ? { credentials: box.seal(credentialsPlace(id), JSON.stringify({ ...kept, ...credentials })) }
          : {}),
        ...(webhookSecret === undefined
          ? {}
          : {
              webhook_secret: box.seal(webhookSecretPlace(id), webhookSecret),
              previous_webhook_secret: null,
              previous_webhook_secret_expires_at: null,
            }),
        ...(status === 'pending' ? { last_error_code: null, last_error: null } : {}),
      })
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', id)
      .execute();
    if (input.settings?.intervalMinutes !== undefined || status !== row.status) {
      await settleSchedule(ctx, id, settings.intervalMinutes ?? null, status === 'disabled');
    }
    if (status === 'disabled') await endOpenSync(ctx, id);
    const after = await readIntegration(ctx, id);
    await audit(ctx, 'integration.update', {
      entityType: 'integration',
      entityId: id,
      before: factsOf(before),
      after: { ...factsOf(after), ...(isNamed ? { credentials: Object.keys(credentials) } : {}) },
    });
    return after;
  },
);

function mergedSettings(before: AnySettings, changes: UpdateIntegrationInput['settings']): AnySettings {
  const merged = Object.entries({ ...before, ...changes }).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(merged) as AnySettings;
}

/** New credentials make a failure history: whether they work is seen by the next sync. */
function statusAfter(before: string, active: boolean | undefined, isNamed: boolean, isTold: boolean): string {
  if (active === false) return 'disabled';
  const enabled = before === 'disabled' && active === true;
  if (enabled || (isNamed && before === 'error')) return isTold ? 'connected' : 'pending';
  return before;
}

/**
 * Ends its syncs and its schedule, wipes its credentials and what it had linked. What came in by it stays. A grant is taken
 * back at the provider by a worker, which alone still holds the token. @throws AppError not_found; precondition_failed.
 */
export const removeIntegration = verb(
  { permission: 'integrations.delete' },
  async (
    ctx,
    { id, expectedVersion }: { id: string; expectedVersion?: number | undefined },
  ): Promise<{ id: string }> => {
    const row = await lockIntegration(ctx, id);
    requireVersion(row.version, expectedVersion);
    await endOpenSync(ctx, id);
    await settleSchedule(ctx, id, null);
    await ctx.tx
      .updateTable('team_integrations')
      .set({
        deleted_at: ctx.now,
        status: 'disabled',
        credentials: null,
        webhook_secret: null,
        previous_webhook_secret: null,
        previous_webhook_secret_expires_at: null,
      })
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', id)
      .execute();
    for (const table of [
      'integration_records',
      'integration_quarantine',
      'integration_cursors',
      'integration_oauth_states',
    ] as const) {
      await ctx.tx
        .deleteFrom(table)
        .where('organization_id', '=', ctx.organizationId)
        .where('integration_id', '=', id)
        .execute();
    }
    await startProcess(
      ctx,
      'integrationRemoval',
      { entityId: id },
      { organizationId: ctx.organizationId, integrationId: id },
    );
    await audit(ctx, 'integration.delete', {
      entityType: 'integration',
      entityId: id,
      before: { name: row.name, provider: row.provider, source: row.source },
    });
    await emit(ctx, integrationRemoved, { entityId: id, data: { id, provider: row.provider } });
    return { id };
  },
);

async function endOpenSync(ctx: Ctx, id: string): Promise<void> {
  const open = await openSyncOf(ctx, id);
  if (open !== null) await stopSync(ctx, id, open.id);
}

export async function lockIntegration(ctx: Ctx, id: string) {
  const row = await ctx.tx
    .selectFrom('team_integrations')
    .select(['name', 'provider', 'source', 'status', 'settings', 'credentials', 'webhook_secret', 'version'])
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!row) throw notFound('The integration');
  return row;
}
