import { createHash, randomBytes } from 'node:crypto';
import { AppError, conflict, invalid, notFound } from '../../../domain/core/errors.ts';
import { findProvider } from '../../../domain/integrations/catalogue.rules.ts';
import { authorizationUrl, STATE_LIFE_SECONDS } from '../../../domain/integrations/oauth.rules.ts';
import { audit } from '../../core/audit.ts';
import { type Ctx, verb } from '../../core/context.ts';
import type { SecretPlace, Secrets } from '../../core/secrets.ts';
import { hashSecretToken, newSecretToken } from '../../platform/auth/index.ts';
import { requestSync } from '../syncs/request-sync.ts';
import { openConnection, type SharedCredentials } from './connection.ts';
import { tokenPlace } from './tokens.ts';

const verifierPlace = (rowId: string): SecretPlace => ({ table: 'integration_oauth_states', field: 'verifier', rowId });

export interface StartOAuthInput {
  secrets: Secrets;
  publicUrl: string;
  /** Servers that stand in for providers, by slug. */
  bases: Readonly<Record<string, string>>;
  shared?: SharedCredentials;
  provider: string;
  /** Needed where several are installed. */
  integrationId?: string | undefined;
}

/**
 * Where to send a person who is to connect the integration. The way back carries a state that works once, for ten
 * minutes, and begins with the organization, so that it is looked up under row-level security like every other row.
 * @throws AppError not_found; validation; conflict `NOT_OAUTH`, `SEVERAL_INTEGRATIONS`.
 */
export const startOAuth = verb(
  { permission: 'integrations.edit' },
  async (ctx, input: StartOAuthInput): Promise<{ authorizationUrl: string; state: string; expiresAt: Date }> => {
    const id = await integrationOf(ctx, input);
    const { provider, credentials } = await openConnection(ctx, input.secrets, id, input.shared);
    if (!provider.oauth) throw notOAuth(provider.name);
    const { token, hash } = newSecretToken();
    const verifier = randomBytes(32).toString('base64url');
    const redirectUri = `${input.publicUrl}/api/v1/integrations/oauth/${provider.slug}/callback`;
    const expiresAt = new Date(ctx.now.getTime() + STATE_LIFE_SECONDS * 1_000);
    const box = await input.secrets.box(ctx);
    await ctx.tx
      .deleteFrom('integration_oauth_states')
      .where('organization_id', '=', ctx.organizationId)
      .where('integration_id', '=', id)
      .where('expires_at', '<', ctx.now)
      .execute();
    await ctx.tx
      .insertInto('integration_oauth_states')
      .values({
        integration_id: id,
        hash,
        verifier: box.seal(verifierPlace(hash.toString('hex')), verifier),
        redirect_uri: redirectUri,
        expires_at: expiresAt,
      })
      .execute();
    await audit(ctx, 'integration.connect', { entityType: 'integration', entityId: id });
    const state = `${ctx.organizationId.replaceAll('-', '')}.${token}`;
    const url = authorizationUrl(provider.oauth, input.bases[provider.slug], {
      clientId: credentials.clientId ?? '',
      redirectUri,
      state,
      codeChallenge: createHash('sha256').update(verifier).digest('base64url'),
    });
    return { authorizationUrl: url, state, expiresAt };
  },
);

async function integrationOf(ctx: Ctx, { provider: slug, integrationId }: StartOAuthInput): Promise<string> {
  const provider = findProvider(slug);
  if (!provider) throw notFound('The provider', 'GET /integrations/marketplace lists all of them.');
  const rows = await ctx.tx
    .selectFrom('team_integrations')
    .select('id')
    .where('organization_id', '=', ctx.organizationId)
    .where('provider', '=', provider.slug)
    .where('deleted_at', 'is', null)
    .orderBy('id')
    .execute();
  const found = integrationId === undefined ? rows : rows.filter(({ id }) => id === integrationId);
  if (found.length === 0) throw notFound('The integration', 'Install it first with POST /integrations/install.');
  if (found.length === 1) return found[0]!.id;
  throw conflict('SEVERAL_INTEGRATIONS', `${provider.name} is installed several times.`, {
    hint: 'Say which one with integrationId.',
    details: { integrationIds: found.map(({ id }) => id) },
  });
}

const notOAuth = (name: string): AppError =>
  conflict('NOT_OAUTH', `${name} is connected by its credentials, not by signing in.`, {
    hint: 'Give them with PUT /integrations/{id}.',
  });

/** The organization that a state names. @throws AppError validation `STATE_INVALID` for what is no state. */
export function organizationOfState(state: string): string {
  const parts = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})\.[\w-]{43}$/.exec(state);
  if (!parts) throw stateInvalid();
  return parts.slice(1, 6).join('-');
}

const stateInvalid = (): AppError =>
  new AppError('validation', 'STATE_INVALID', 'The state is unknown, was used before or has expired.', {
    hint: 'Start again with GET /integrations/oauth/{provider}/authorize.',
  });

export interface CompleteOAuthInput {
  secrets: Secrets;
  provider: string;
  state: string;
  code?: string | undefined;
  /** What the provider says when the person did not agree. */
  error?: string | undefined;
}

/**
 * Keeps the code that came back; a worker exchanges it and begins with the first sync. A state works once.
 * @throws AppError validation `STATE_INVALID`, `ACCESS_DENIED`.
 */
export const completeOAuth = verb(
  { permission: null },
  async (ctx, input: CompleteOAuthInput): Promise<{ integrationId: string; provider: string; syncId: string }> => {
    const hash = hashSecretToken(input.state.split('.')[1] ?? '');
    const row = await ctx.tx
      .updateTable('integration_oauth_states as s')
      .from('team_integrations as i')
      .set({ used_at: ctx.now })
      .whereRef('i.organization_id', '=', 's.organization_id')
      .whereRef('i.id', '=', 's.integration_id')
      .where('s.organization_id', '=', ctx.organizationId)
      .where('s.hash', '=', hash)
      .where('s.used_at', 'is', null)
      .where('s.expires_at', '>', ctx.now)
      .where('i.deleted_at', 'is', null)
      .returning(['s.integration_id', 's.verifier', 's.redirect_uri', 'i.provider'])
      .executeTakeFirst();
    if (!row || row.provider !== findProvider(input.provider)?.slug) throw stateInvalid();
    if (input.error !== undefined) {
      throw new AppError('validation', 'ACCESS_DENIED', 'The provider did not grant the connection.', {
        hint: 'Start again and agree, or ask who may.',
        details: { error: input.error },
      });
    }
    if (input.code === undefined) throw invalid('code', 'is required');
    const id = row.integration_id;
    const opened = await input.secrets.openBox(ctx);
    const verifier = opened.open(verifierPlace(hash.toString('hex')), row.verifier);
    const box = await input.secrets.box(ctx);
    const grant = JSON.stringify({ code: input.code, verifier, redirectUri: row.redirect_uri });
    const pending = {
      pending_grant: box.seal(tokenPlace(id, 'pending_grant'), grant),
      claim: null,
      claimed_until: null,
    };
    await ctx.tx
      .insertInto('integration_tokens')
      .values({ integration_id: id, ...pending })
      .onConflict((clash) => clash.columns(['organization_id', 'integration_id']).doUpdateSet(pending))
      .execute();
    await ctx.tx
      .updateTable('team_integrations')
      .set({ status: 'pending', last_error_code: null, last_error: null })
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', id)
      .where('status', 'in', ['needs_reauth', 'error'])
      .execute();
    await audit(ctx, 'integration.connected', { entityType: 'integration', entityId: id });
    const sync = await requestSync(ctx, { integrationId: id, trigger: 'connect' });
    return { integrationId: id, provider: row.provider, syncId: sync.id };
  },
);
