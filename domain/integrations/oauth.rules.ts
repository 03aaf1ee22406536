import type { OAuthFacts } from './provider.rules.ts';

/** Renewed at this share of its life, so that a slow page does not end with a token that has run out. */
const RENEW_AT = 0.8;

/** How long a person may take at the provider. */
export const STATE_LIFE_SECONDS = 600;

export interface AuthorizationRequest {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly state: string;
  /** base64url(sha256(verifier)). */
  readonly codeChallenge: string;
}

/** Where a person is sent to agree (authorization code with PKCE, RFC 7636). */
export function authorizationUrl(facts: OAuthFacts, base: string | undefined, request: AuthorizationRequest): string {
  const url = new URL(atBase(facts.authorizeUrl, base));
  const query = {
    response_type: 'code',
    client_id: request.clientId,
    redirect_uri: request.redirectUri,
    scope: facts.scopes.join(' '),
    state: request.state,
    code_challenge: request.codeChallenge,
    code_challenge_method: 'S256',
    ...facts.extra,
  };
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
}

/** The provider's endpoint, or the same path at the server that stands in for it. */
export const atBase = (endpoint: string, base: string | undefined): string =>
  base === undefined ? endpoint : `${base.replace(/\/$/, '')}${new URL(endpoint).pathname}`;

export interface TokenSet {
  readonly accessToken: string;
  /** Null: the one that was used goes on. */
  readonly refreshToken: string | null;
  readonly expiresAt: Date;
  /** Salesforce and others say here where the account lives. */
  readonly instanceUrl: string | null;
  readonly scope: string | null;
}

export type TokenAnswer =
  | { readonly ok: true; readonly tokens: TokenSet }
  /** `revoked`: the grant is gone for good, only a person can renew it. */
  | { readonly ok: false; readonly revoked: boolean; readonly code: string };

/**
 * Reads the answer of a token endpoint (RFC 6749, 5.1 and 5.2). Null: it is none, something on the way to that endpoint
 * has spoken, which says nothing about the grant.
 */
export function readTokenAnswer(status: number, body: unknown, facts: OAuthFacts, now: Date): TokenAnswer | null {
  const answer = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const text = (name: string): string | null =>
    typeof answer[name] === 'string' && answer[name] !== '' ? (answer[name] as string) : null;
  const accessToken = text('access_token');
  if (status >= 200 && status < 300 && accessToken !== null) {
    const lifetime = Number(answer.expires_in);
    const seconds = Number.isFinite(lifetime) && lifetime > 0 ? lifetime : facts.lifetimeSeconds;
    return {
      ok: true,
      tokens: {
        accessToken,
        refreshToken: text('refresh_token'),
        expiresAt: new Date(now.getTime() + seconds * 1_000),
        instanceUrl: text('instance_url'),
        scope: text('scope'),
      },
    };
  }
  const code = text('error');
  return code === null ? null : { ok: false, revoked: code === 'invalid_grant', code };
}

/** Whether a token should be renewed before it is used again. */
export function isDue(issuedAt: Date, expiresAt: Date, now: Date): boolean {
  const life = expiresAt.getTime() - issuedAt.getTime();
  return now.getTime() >= issuedAt.getTime() + life * RENEW_AT;
}
