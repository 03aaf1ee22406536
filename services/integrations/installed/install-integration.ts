import { conflict, invalid, invalidAll } from '../../../domain/core/errors.ts';
import { findProvider, PROVIDERS } from '../../../domain/integrations/catalogue.rules.ts';
import type { Provider } from '../../../domain/integrations/provider.rules.ts';
import { type IntegrationSettings, settingsIssues } from '../../../domain/integrations/settings.rules.ts';
import type { TelephonySettings } from '../../../domain/integrations/telephony.rules.ts';
import { audit } from '../../core/audit.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { uuidv7 } from '../../core/ids.ts';
import type { Secrets } from '../../core/secrets.ts';
import { missingReferences } from '../../data/index.ts';
import { newWebhookSecret } from '../../platform/webhooks/index.ts';
import { credentialsPlace, type SharedCredentials } from '../grants/connection.ts';
import { localFieldsOf } from '../streams/index.ts';
import { type IntegrationView, readIntegration } from './integration-view.ts';
import { settleSchedule } from './schedule.ts';
import { nextSource, webhookSecretPlace } from './source.ts';

export type IntegrationWithSecret = IntegrationView & {
  /** Shown here and never again; null where webhooks are not signed by a secret of ours. */
  webhookSecret: string | null;
};

/** Settings of both kinds; which of them a provider takes is checked. */
export type AnySettings = IntegrationSettings & TelephonySettings;

export interface InstallIntegrationInput {
  secrets: Secrets;
  shared?: SharedCredentials;
  /** Slug in the catalogue. */
  provider: string;
  name?: string | undefined;
  teamId?: string | undefined;
  /** By name; `webhookSecret` is taken where webhooks are signed. */
  credentials?: Readonly<Record<string, string>> | undefined;
  settings?: AnySettings | undefined;
}

/**
 * Installs an integration without calling its provider: whether it works is seen by its first sync.
 * @throws AppError validation; conflict `PROVIDER_PLANNED`, `INTEGRATION_LIMIT`.
 */
export const installIntegration = verb(
  { permission: 'integrations.create' },
  async (ctx, input: InstallIntegrationInput): Promise<IntegrationWithSecret> => {
    const provider = installable(input.provider);
    const { webhookSecret: given, ...credentials } = input.credentials ?? {};
    checkCredentials(provider, { ...input.shared?.[provider.slug], ...credentials }, true);
    const settings = input.settings ?? {};
    checkSettings(provider, settings);
    await requireTeam(ctx, input.teamId);
    const id = uuidv7();
    const box = await input.secrets.box(ctx);
    const webhookSecret = webhookSecretFor(provider, given);
    await ctx.tx
      .insertInto('team_integrations')
      .values({
        id,
        name: input.name ?? provider.name,
        provider: provider.slug,
        source: await nextSource(ctx, provider.slug),
        team_id: input.teamId ?? null,
        // Whoever is told by webhooks has nothing to connect to.
        status: provider.auth === 'webhook' ? 'connected' : 'pending',
        settings: JSON.stringify(settings),
        credentials:
          Object.keys(credentials).length === 0 ? null : box.seal(credentialsPlace(id), JSON.stringify(credentials)),
        webhook_secret: webhookSecret === null ? null : box.seal(webhookSecretPlace(id), webhookSecret),
        installed_by: ctx.principal.userId ?? (ctx.principal.kind === 'user' ? ctx.principal.id : null),
      })
      .execute();
    await settleSchedule(ctx, id, settings.intervalMinutes ?? null);
    const view = await readIntegration(ctx, id);
    await audit(ctx, 'integration.create', { entityType: 'integration', entityId: id, after: factsOf(view) });
    return { ...view, webhookSecret: given === undefined ? webhookSecret : given };
  },
);

/** What the audit log keeps: no secrets. */
export const factsOf = ({ name, provider, source, status, settings }: IntegrationView) => ({
  name,
  provider,
  source,
  status,
  settings,
});

function installable(slug: string): Provider {
  const provider = findProvider(slug);
  if (!provider) {
    const names = PROVIDERS.filter(({ status }) => status === 'available').map((one) => one.slug);
    throw invalid(
      'provider',
      `must be one of ${names.join(', ')}`,
      slug,
      'GET /integrations/marketplace lists all of them.',
    );
  }
  if (provider.status === 'available') return provider;
  throw conflict('PROVIDER_PLANNED', `${provider.name} cannot be connected yet.`, {
    hint: 'It is planned; GET /integrations/marketplace?status=available lists what can be connected.',
  });
}

/** @throws AppError validation naming what is missing or unknown; values are never told back */
export function checkCredentials(provider: Provider, given: Readonly<Record<string, string>>, isWhole: boolean): void {
  const known = provider.credentials.length === 0 ? 'none' : provider.credentials.join(', ');
  const issues = [
    ...Object.keys(given)
      .filter((name) => !provider.credentials.includes(name))
      .map((name) => ({ field: `credentials.${name}`, message: `is none of what ${provider.name} takes: ${known}` })),
    ...provider.credentials
      .filter((name) => isWhole && !given[name])
      .map((name) => ({ field: `credentials.${name}`, message: 'is required' })),
  ];
  if (issues.length > 0) throw invalidAll(issues);
}

/** @throws AppError validation naming each setting that cannot work */
export function checkSettings(provider: Provider, { vendorCode, requireSignature, ...settings }: AnySettings): void {
  const forCalls = { vendorCode, requireSignature };
  const foreign = provider.webhook === 'calls' ? settings : forCalls;
  const issues = [
    ...Object.entries(foreign)
      .filter(([, value]) => value !== undefined)
      .map(([field]) => ({ field, message: `is no setting of ${provider.name}` })),
    ...(provider.webhook === 'calls'
      ? []
      : settingsIssues(settings, provider, (stream) => localFieldsOf(provider.slug, stream))),
  ].map((issue) => ({ ...issue, field: `settings.${issue.field}` }));
  if (issues.length > 0) throw invalidAll(issues);
}

/** Stripe makes its own; everybody else may bring one or gets a new one. */
function webhookSecretFor({ webhook }: Provider, given: string | undefined): string | null {
  if (webhook === null) {
    if (given !== undefined) throw invalid('credentials.webhookSecret', 'is of no use: nothing comes in by webhook');
    return null;
  }
  if (given !== undefined) return given;
  return webhook === 'stripe' ? null : newWebhookSecret();
}

async function requireTeam(ctx: Ctx, teamId: string | undefined): Promise<void> {
  if (teamId === undefined) return;
  const missing = await missingReferences(ctx, { teamId });
  if (missing.length > 0) throw invalid('teamId', 'does not exist', teamId);
}
