import { ProviderError } from '../../domain/integrations/adapter.port.ts';
import type { OAuthClientPort } from '../../domain/integrations/oauth.port.ts';
import type { SessionHost } from '../../domain/integrations/session.port.ts';
import type { IntegrationSettings } from '../../domain/integrations/settings.rules.ts';
import type { Ctx } from '../../services/core/context.ts';
import type { Secrets } from '../../services/core/secrets.ts';
import {
  blockBudget,
  loseGrant,
  type OpenConnection,
  releaseClaim,
  storeTokens,
  takeBudget,
  takeToken,
  trackCall,
} from '../../services/integrations/index.ts';

export interface SessionHostOptions {
  readonly connection: OpenConnection;
  readonly secrets: Secrets;
  readonly oauth: OAuthClientPort;
  /** Server that stands in for the provider. */
  readonly base: string | undefined;
  readonly now: () => Date;
  readonly run: <T>(work: (ctx: Ctx) => Promise<T>) => Promise<T>;
}

/** Longer than a renewal by another worker may take. */
const LONGEST_WAIT_MS = 35_000;
const LOOK_AGAIN_MS = 150;

/** Tokens, budget and usage of one connection, as the database has them for all workers. */
export function createSessionHost(options: SessionHostOptions): SessionHost {
  const { connection, secrets, oauth, base, now, run } = options;
  const { id: integrationId, provider } = connection;
  const { costPerCallUsd } = connection.settings as IntegrationSettings;

  /** Null: somebody has connected anew meanwhile, so there is another grant to look at. */
  async function renew(state: Exclude<Awaited<ReturnType<typeof takeToken>>, { state: 'ready' | 'wait' | 'none' }>) {
    const { claim } = state;
    const { clientId = '', clientSecret = '' } = connection.credentials;
    const grant =
      state.state === 'renew'
        ? ({ kind: 'refresh', refreshToken: state.refreshToken } as const)
        : ({ kind: 'code', ...state.grant } as const);
    const answer = await oauth
      .exchange(provider.oauth!, base, { clientId, clientSecret }, grant, now())
      .catch(async (error: unknown) => {
        await run((ctx) => releaseClaim(ctx, { integrationId, claim }));
        throw error;
      });
    if (answer.ok) {
      await run((ctx) => storeTokens(ctx, secrets, { integrationId, claim, tokens: answer.tokens }));
      return answer.tokens.accessToken;
    }
    if (answer.revoked) {
      const isLost = await run((ctx) => loseGrant(ctx, { integrationId, claim, code: answer.code }));
      if (!isLost) return null;
      throw new ProviderError('NEEDS_REAUTH', 'The provider has ended the connection.');
    }
    await run((ctx) => releaseClaim(ctx, { integrationId, claim }));
    throw new ProviderError('CREDENTIALS_REFUSED', `The provider refuses to give a token (${answer.code}).`);
  }

  return {
    async accessToken(refused) {
      if (provider.oauth === null) return null;
      const started = performance.now();
      for (;;) {
        const state = await run((ctx) => takeToken(ctx, secrets, { integrationId, refused }));
        if (state.state === 'ready') return state.accessToken;
        if (state.state === 'none')
          throw new ProviderError('NEEDS_REAUTH', 'Nobody has connected the integration yet.');
        if (state.state !== 'wait') {
          const token = await renew(state);
          if (token !== null) return token;
        }
        if (performance.now() - started > LONGEST_WAIT_MS) {
          throw new ProviderError('PROVIDER_UNAVAILABLE', 'The renewal of the token takes too long.');
        }
        await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
      }
    },
    takeBudget: () =>
      provider.limit === null
        ? Promise.resolve({ waitMs: 0 })
        : run((ctx) => takeBudget(ctx, { integrationId, limit: provider.limit! })),
    block: (seconds) => run((ctx) => blockBudget(ctx, { integrationId, seconds })),
    track: (call) =>
      run((ctx) => trackCall(ctx, { integrationId, costUsd: costPerCallUsd ?? provider.callCost?.usd ?? 0, ...call })),
  };
}
