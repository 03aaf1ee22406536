import { type Outbound, OutboundError } from '../../domain/core/outbound.port.ts';
import { ProviderError } from '../../domain/integrations/adapter.port.ts';
import type { OAuthClientPort } from '../../domain/integrations/oauth.port.ts';
import { atBase, readTokenAnswer } from '../../domain/integrations/oauth.rules.ts';

const FORM = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' };
const TIMEOUT_MS = 10_000;

export function createOAuthClient(outbound: Outbound): OAuthClientPort {
  const post = (url: string, fields: Record<string, string>) =>
    outbound.send({
      method: 'POST',
      url,
      headers: FORM,
      body: new URLSearchParams(fields).toString(),
      timeoutMs: TIMEOUT_MS,
      maxRedirects: 0,
    });

  return {
    async exchange(facts, base, { clientId, clientSecret }, grant, now) {
      const client = { client_id: clientId, client_secret: clientSecret };
      const fields =
        grant.kind === 'refresh'
          ? { grant_type: 'refresh_token', refresh_token: grant.refreshToken }
          : {
              grant_type: 'authorization_code',
              code: grant.code,
              code_verifier: grant.verifier,
              redirect_uri: grant.redirectUri,
            };
      const answer = await post(atBase(facts.tokenUrl, base), { ...fields, ...client }).catch((error: unknown) => {
        if (!(error instanceof OutboundError)) throw error;
        throw new ProviderError('PROVIDER_UNAVAILABLE', error.message, { cause: error });
      });
      const { status } = answer;
      const isAway = status >= 500 || status === 429;
      const said = isAway ? null : readTokenAnswer(status, jsonOf(answer.body), facts, now);
      if (said === null)
        throw new ProviderError('PROVIDER_UNAVAILABLE', `The provider answered ${status}.`, { status });
      return said;
    },
    async revoke(facts, base, token) {
      if (facts.revokeUrl === null) return;
      const answer = await post(atBase(facts.revokeUrl, base), { token });
      if (answer.status < 500 && answer.status !== 429) return;
      throw new ProviderError('PROVIDER_UNAVAILABLE', `The provider answered ${answer.status}.`);
    },
  };
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
  } catch {
    return null;
  }
}
