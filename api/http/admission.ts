import { AppError } from '../../domain/core/errors.ts';
import { ANONYMOUS_PRINCIPAL, requirePermission } from '../../services/core/context.ts';
import { type Authenticator, type Identity, requireTenant, requireTenantHeader } from './auth.ts';
import type { Endpoint, RateLimitBucket } from './endpoint.ts';
import type { Exchange } from './exchange.ts';
import { type RateLimiter, rateLimited } from './rate-limit.ts';
import { requireOrigin, type WriteKeyAuthenticator, type WriteKeyIdentity } from './write-key.ts';

export interface RateLimits {
  readonly generalPerHour: number;
  readonly authPerMinute: number;
  readonly searchPerMinute: number;
  readonly ingestPerMinute: number;
  readonly webhookPerMinute: number;
}

export interface AdmissionDeps {
  readonly authenticator: Authenticator;
  readonly writeKeys: WriteKeyAuthenticator;
  readonly rateLimiter: RateLimiter;
  readonly rateLimits: RateLimits;
}

/** Who asks, how often, and whether they may at all: before the body is looked at. */
export async function admit(deps: AdmissionDeps, exchange: Exchange, endpoint: Endpoint): Promise<Identity> {
  if (endpoint.credential === 'none') return admitAnybody(deps, exchange, endpoint);
  const identity =
    endpoint.credential === 'write_key' ? await admitPage(deps, exchange) : await identify(deps, exchange);
  exchange.identity = identity;
  countRequest(deps, exchange, endpoint.rateLimit, identity);
  if (endpoint.credential !== 'write_key') requireTenant(exchange.face, identity, exchange.header('x-tenant-id'));
  requirePermission(identity.principal, endpoint.permission);
  return identity;
}

/** Until a look-up says otherwise, a transaction of theirs sees no organization. */
const NOBODY: Identity = {
  organizationId: '00000000-0000-0000-0000-000000000000',
  principal: ANONYMOUS_PRINCIPAL,
  rateLimitPerHour: null,
};

async function admitAnybody(deps: AdmissionDeps, exchange: Exchange, endpoint: Endpoint): Promise<Identity> {
  countRequest(deps, exchange, endpoint.rateLimit, {
    ...NOBODY,
    principal: { ...ANONYMOUS_PRINCIPAL, id: `address ${exchange.remoteAddress}` },
  });
  if (endpoint.tenantRequired) requireTenantHeader(exchange.face, exchange.header('x-tenant-id'));
  return NOBODY;
}

async function identify(deps: AdmissionDeps, exchange: Exchange): Promise<Identity> {
  try {
    // A key that was never seen costs a query; an address has as many of those as requests without a key.
    const mayLookUp = () =>
      deps.rateLimiter.take('general', `keys tried by ${exchange.remoteAddress}`, deps.rateLimits.generalPerHour)
        .allowed;
    return await deps.authenticator.authenticate(exchange.header, exchange.now, mayLookUp);
  } catch (error) {
    // Wrong credentials are counted per address, so that guessing them is slow.
    countAnonymous(deps, exchange, error instanceof AppError);
    throw error;
  }
}

/** From here on the page may read the answer, whatever it says. */
async function admitPage(deps: AdmissionDeps, exchange: Exchange): Promise<WriteKeyIdentity> {
  try {
    const identity = await deps.writeKeys.authenticate(exchange.context.req.query('write_key'));
    exchange.allowedOrigin = requireOrigin(identity, exchange.header('origin'));
    return identity;
  } catch (error) {
    countAnonymous(deps, exchange, error instanceof AppError);
    throw error;
  }
}

/** Whether a page may send, as its browser asks beforehand: a refusal is an answer without permission. */
export async function admitPreflight(deps: AdmissionDeps, exchange: Exchange): Promise<void> {
  await admitPage(deps, exchange).catch((error: unknown) => {
    if (!(error instanceof AppError)) throw error;
  });
}

/** @throws AppError rate_limited when `refuse` is set and the address has used up its window. */
export function countAnonymous(deps: AdmissionDeps, exchange: Exchange, refuse: boolean): void {
  const limit = deps.rateLimits.generalPerHour;
  exchange.rateLimit = deps.rateLimiter.take('general', `address ${exchange.remoteAddress}`, limit);
  if (refuse && !exchange.rateLimit.allowed) throw rateLimited(exchange.rateLimit, exchange.now);
}

function countRequest(deps: AdmissionDeps, exchange: Exchange, bucket: RateLimitBucket, identity: Identity): void {
  const limit = limitOf(deps.rateLimits, bucket, identity);
  const key =
    bucket === 'auth' ? `address ${exchange.remoteAddress}` : (identity.principal.id ?? identity.organizationId);
  exchange.rateLimit = deps.rateLimiter.take(bucket, key, limit);
  if (!exchange.rateLimit.allowed) throw rateLimited(exchange.rateLimit, exchange.now);
}

function limitOf(limits: RateLimits, bucket: RateLimitBucket, identity: Identity): number {
  if (bucket === 'auth') return limits.authPerMinute;
  if (bucket === 'search') return limits.searchPerMinute;
  if (bucket === 'ingest') return limits.ingestPerMinute;
  if (bucket === 'webhook') return limits.webhookPerMinute;
  return identity.rateLimitPerHour ?? limits.generalPerHour;
}
