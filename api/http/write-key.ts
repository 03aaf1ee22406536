import { AppError, forbidden } from '../../domain/core/errors.ts';
import type { Ctx } from '../../services/core/context.ts';
import { type FoundWriteKey, findWriteKey, isWriteKey } from '../../services/platform/beacon/index.ts';
import type { Identity } from './auth.ts';

export interface WriteKeyIdentity extends Identity {
  /** Web pages that may send with the key. */
  readonly origins: readonly string[];
}

export interface WriteKeyAuthenticator {
  /** @throws AppError unauthorized. */
  authenticate(key: string | undefined): Promise<WriteKeyIdentity>;
}

/** A revoked key, or an origin that was taken off the list, works this long at most. */
const CACHE_MS = 1_000;
const CACHE_SIZE = 10_000;
const INGEST_ONLY = new Set(['data.ingest'] as const);

export function createWriteKeyAuthenticator(db: Ctx['tx']): WriteKeyAuthenticator {
  const cache = new Map<string, { at: number; found: Promise<FoundWriteKey | null> }>();

  function lookUp(key: string): Promise<FoundWriteKey | null> {
    const at = performance.now();
    const known = cache.get(key);
    if (known && at - known.at < CACHE_MS) return known.found;
    if (cache.size >= CACHE_SIZE) cache.clear();
    const found = findWriteKey(db, key);
    found.catch(() => cache.delete(key));
    cache.set(key, { at, found });
    return found;
  }

  return {
    async authenticate(key) {
      if (key === undefined || key === '') throw unauthorized('This needs a write key.');
      const found = isWriteKey(key) ? await lookUp(key) : null;
      if (found?.status !== 'active') throw unauthorized('The write key is not valid.');
      return {
        organizationId: found.organizationId,
        principal: { kind: 'write_key', id: found.id, permissions: INGEST_ONLY },
        rateLimitPerHour: null,
        origins: found.origins,
      };
    },
  };
}

const unauthorized = (message: string): AppError =>
  new AppError('unauthorized', 'UNAUTHORIZED', message, {
    hint: 'Send an active key of the organization as ?write_key=wk_….',
  });

/** The list keeps pages of others from sending in the organization's name. @throws AppError forbidden. */
export function requireOrigin({ origins }: WriteKeyIdentity, origin: string | undefined): string {
  if (origin !== undefined && origins.includes(origin)) return origin;
  const message =
    origins.length === 0
      ? 'No web page may send for this organization yet.'
      : 'This web page may not send for this organization.';
  const hint =
    origins.length === 0
      ? 'List the origins of your pages with PUT /v1/organization/beacon.'
      : 'Add the Origin of the page with PUT /v1/organization/beacon; servers send to /v1/events and /v1/page-views.';
  throw forbidden('ORIGIN_NOT_ALLOWED', message, { hint });
}

/** The credential is not part of what was asked. */
export const withoutWriteKey = (search: string): string =>
  search
    .split('&')
    .filter((pair) => !/^write_key(?:=|$)/.test(pair))
    .join('&');
