import type { TokenAnswer } from './oauth.rules.ts';
import type { OAuthFacts } from './provider.rules.ts';

export type Grant =
  | { readonly kind: 'code'; readonly code: string; readonly verifier: string; readonly redirectUri: string }
  | { readonly kind: 'refresh'; readonly refreshToken: string };

export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** The token endpoint of a provider; `base` is a server that stands in for it. */
export interface OAuthClientPort {
  /** @throws ProviderError `PROVIDER_UNAVAILABLE` when there was no answer that says anything about the grant. */
  exchange(
    facts: OAuthFacts,
    base: string | undefined,
    client: ClientCredentials,
    grant: Grant,
    now: Date,
  ): Promise<TokenAnswer>;
  /** Takes the grant back. @throws an error when repeating may help */
  revoke(facts: OAuthFacts, base: string | undefined, token: string): Promise<void>;
}
