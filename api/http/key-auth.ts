import { AppError } from '../../domain/core/errors.ts';
import { permissionsOf } from '../../domain/platform/access.rules.ts';
import type { Ctx } from '../../services/core/context.ts';
import { type FoundApiKey, findApiKey, hashApiKey, isApiKey } from '../../services/platform/api-keys/index.ts';
import { loadUserAccess, type UserAccess } from '../../services/platform/roles/index.ts';
import type { Identity } from './auth.ts';

export interface KeyAuthenticator {
  /**
   * Synchronous while the key is fresh in memory. @param mayLookUp asked before a query for a key that was never seen
   * @throws AppError unauthorized.
   */
  authenticate(key: string, now: Date, mayLookUp: () => boolean): Identity | Promise<Identity>;
}

/** A revoked key, and what its owner has lost, works this long at most, in every process. */
const CACHE_MS = 1_000;
/** No key comes into being under a secret that was refused before. */
const REFUSED_MS = 60_000;
const CACHE_SIZE = 10_000;

interface Found {
  readonly key: FoundApiKey;
  /** null: the key belongs to nobody. */
  readonly owner: UserAccess | null;
  readonly identity: Identity;
}

interface CacheEntry {
  at: number;
  pending: Promise<Found | null>;
  found?: Found | null;
}

/** Keys that exist and keys that do not are remembered apart: a flood of wrong ones displaces no right one. */
export function createKeyAuthenticator(db: Ctx['tx']): KeyAuthenticator {
  const known = new Map<string, CacheEntry>();
  const refused = new Map<string, number>();

  async function load(key: string): Promise<Found | null> {
    const found = await findApiKey(db, hashApiKey(key));
    if (!found) return null;
    const owner = found.userId === null ? null : await loadUserAccess(db, found.organizationId, found.userId);
    // An owner that cannot be found may do nothing.
    if (found.userId !== null && !owner) return null;
    return { key: found, owner, identity: toIdentity(found, owner) };
  }

  /** One look-up per key and second, however many requests ask at once. */
  function lookUp(key: string, mayLookUp: () => boolean): CacheEntry | null {
    const id = hashApiKey(key).toString('base64');
    const at = performance.now();
    const entry = known.get(id);
    if (entry && at - entry.at < CACHE_MS) return entry;
    const refusedAt = refused.get(id);
    if (refusedAt !== undefined && at - refusedAt < REFUSED_MS) return null;
    if (!entry && !mayLookUp()) return null;
    const fresh: CacheEntry = { at, pending: load(key) };
    if (!entry) makeRoom(known);
    known.set(id, fresh);
    fresh.pending.then(
      (found) => {
        fresh.found = found;
        if (found) return;
        known.delete(id);
        makeRoom(refused);
        refused.set(id, at);
      },
      () => known.delete(id),
    );
    return fresh;
  }

  return {
    authenticate(key, now, mayLookUp) {
      if (!isApiKey(key)) throw notValid();
      const entry = lookUp(key, mayLookUp);
      if (!entry) throw notValid();
      if (entry.found !== undefined) return checked(entry.found, now);
      return entry.pending.then((found) => checked(found, now));
    },
  };
}

/** The entry that came first goes. */
function makeRoom(map: Map<string, unknown>): void {
  if (map.size < CACHE_SIZE) return;
  const first = map.keys().next();
  if (!first.done) map.delete(first.value);
}

function toIdentity(key: FoundApiKey, owner: UserAccess | null): Identity {
  const permissions = owner ? permissionsOf({ person: owner, scopes: key.permissions }) : key.permissions;
  return {
    organizationId: key.organizationId,
    principal: {
      kind: 'api_key',
      id: key.id,
      permissions,
      userId: key.userId,
      allowedTeamIds: owner?.allowedTeamIds ?? null,
    },
    rateLimitPerHour: key.rateLimitPerHour,
  };
}

function checked(found: Found | null, now: Date): Identity {
  if (!found) throw notValid();
  const { key, owner, identity } = found;
  if (key.status === 'revoked') throw refusal('The API key is not valid.', identity);
  if (owner && owner.status !== 'active') throw refusal('The owner of the API key is not active.', identity);
  const ends = [key.expiresAt, key.secretExpiresAt].filter((time) => time !== null);
  if (key.status !== 'active' || ends.some((time) => time <= now)) throw refusal('The API key has expired.', identity);
  return identity;
}

/** Whose key it was, for the audit log of their organization; never part of the answer. */
export class RefusedKey {
  readonly identity: Identity;
  constructor(identity: Identity) {
    this.identity = identity;
  }
}

const HINT = 'Send a valid key in the header X-API-Key, or as Authorization: Bearer sk_live_….';

const refusal = (message: string, identity: Identity): AppError =>
  new AppError('unauthorized', 'UNAUTHORIZED', message, { hint: HINT, cause: new RefusedKey(identity) });

const notValid = (): AppError =>
  new AppError('unauthorized', 'UNAUTHORIZED', 'The API key is not valid.', { hint: HINT });
