import { AppError, forbidden, invalid } from '../../domain/core/errors.ts';
import type { Ctx, Principal } from '../../services/core/context.ts';
import { type FoundApiKey, findApiKey, hashApiKey, isApiKey } from '../../services/platform/api-keys/index.ts';
import { looksLikeJwt } from '../../services/platform/auth/index.ts';
import type { BearerAuthenticator } from './bearer.ts';
import type { Face } from './endpoint.ts';

export interface Identity {
  readonly organizationId: string;
  readonly principal: Principal;
  readonly rateLimitPerHour: number | null;
}

export type Header = (name: string) => string | undefined;

export interface Authenticator {
  /** Synchronous while the credential is fresh in memory. @throws AppError unauthorized. */
  authenticate(header: Header, now: Date): Identity | Promise<Identity>;
}

/** A revoked key works this long at most. */
const CACHE_MS = 1_000;
const CACHE_SIZE = 10_000;

interface CacheEntry {
  readonly at: number;
  readonly pending: Promise<FoundApiKey | null>;
  /** Absent while the query runs. */
  found?: { readonly key: FoundApiKey; readonly identity: Identity } | null;
}

/** Keys and access tokens alike, on both faces. */
export function createAuthenticator(db: Ctx['tx'], bearer: BearerAuthenticator): Authenticator {
  const cache = new Map<string, CacheEntry>();

  /** One query per key and second, however many requests ask at once. */
  function lookUp(key: string): CacheEntry {
    const hash = hashApiKey(key);
    const id = hash.toString('base64');
    const known = cache.get(id);
    const at = performance.now();
    if (known && at - known.at < CACHE_MS) return known;
    if (cache.size >= CACHE_SIZE) cache.clear();
    const entry: CacheEntry = { at, pending: findApiKey(db, hash) };
    cache.set(id, entry);
    entry.pending.then(
      (found) => {
        entry.found = found && { key: found, identity: toIdentity(found) };
      },
      () => cache.delete(id),
    );
    return entry;
  }

  return {
    authenticate(header, now) {
      const credential = readCredential(header);
      if (looksLikeJwt(credential)) return bearer.authenticate(credential, now);
      const key = requireKey(credential);
      const entry = lookUp(key);
      if (entry.found !== undefined) return checked(entry.found, now);
      return entry.pending.then((found) => checked(found && { key: found, identity: toIdentity(found) }, now));
    },
  };
}

const toIdentity = (key: FoundApiKey): Identity => ({
  organizationId: key.organizationId,
  principal: { kind: 'api_key', id: key.id, permissions: key.permissions, userId: key.userId },
  rateLimitPerHour: key.rateLimitPerHour,
});

function checked(found: CacheEntry['found'], now: Date): Identity {
  if (found?.key.status !== 'active') throw unauthorized('The API key is not valid.');
  if (found.key.expiresAt && found.key.expiresAt <= now) throw unauthorized('The API key has expired.');
  return found.identity;
}

function readCredential(header: Header): string {
  const authorization = header('authorization');
  const bearer = authorization === undefined ? undefined : /^Bearer +(\S+)$/i.exec(authorization)?.[1];
  const credential = header('x-api-key') ?? bearer;
  if (credential !== undefined) return credential;
  throw unauthorized(
    authorization === undefined
      ? 'This needs an API key or an access token.'
      : 'The Authorization header is not a bearer token.',
  );
}

function requireKey(credential: string): string {
  if (!isApiKey(credential)) throw unauthorized('The API key is not valid.');
  return credential;
}

const unauthorized = (message: string): AppError =>
  new AppError('unauthorized', 'UNAUTHORIZED', message, {
    hint: 'Send a valid key in the header X-API-Key, or as Authorization: Bearer sk_live_…; or sign in and send the access token.',
  });

/** @throws AppError validation `TENANT_REQUIRED` on `/v1`. */
export function requireTenantHeader(face: Face, tenant: string | undefined): void {
  if (face === 'b' || (tenant !== undefined && tenant !== '')) return;
  const { message, extras } = invalid(
    'X-Tenant-ID',
    'The header X-Tenant-ID is missing.',
    undefined,
    'Send the id of your organization in X-Tenant-ID.',
  );
  throw new AppError('validation', 'TENANT_REQUIRED', message, extras);
}

/** The header never decides the organization; it may only agree with the credential. */
export function requireTenant(face: Face, identity: Identity, tenant: string | undefined): void {
  requireTenantHeader(face, tenant);
  if (tenant !== undefined && tenant !== '' && tenant.toLowerCase() !== identity.organizationId) {
    throw forbidden('TENANT_MISMATCH', 'X-Tenant-ID is not the organization of this credential.', {
      hint: 'Send the id of the organization that the credential belongs to.',
    });
  }
}
