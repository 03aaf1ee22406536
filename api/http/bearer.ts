import { AppError } from '../../domain/core/errors.ts';
import type { Ctx } from '../../services/core/context.ts';
import { type AccessTokens, findOpenSession } from '../../services/platform/auth/index.ts';
import type { Identity } from './auth.ts';

export interface BearerAuthenticator {
  /** Synchronous while the token is fresh in memory. @throws AppError unauthorized, the same for every reason. */
  authenticate(token: string, now: Date): Identity | Promise<Identity>;
}

/**
 * What is known of a token is owned by this process and ends after a second: an ended session, a person who left and a
 * changed role are noticed within it, in every process, without anybody having to tell.
 */
const CACHE_MS = 1_000;
const CACHE_SIZE = 10_000;

interface Known {
  readonly identity: Identity;
  readonly endsAt: number;
}
interface CacheEntry {
  readonly at: number;
  readonly pending: Promise<Known | null>;
  /** Absent while it is looked up. */
  known?: Known | null;
}

export function createBearerAuthenticator(db: Ctx['tx'], tokens: AccessTokens): BearerAuthenticator {
  const cache = new Map<string, CacheEntry>();

  async function find(token: string, now: Date): Promise<Known | null> {
    const claims = await tokens.read(token, now);
    const session = claims && (await findOpenSession(db, claims));
    if (!session) return null;
    const { access, expiresAt } = session;
    return {
      identity: {
        organizationId: claims.organizationId,
        principal: {
          kind: 'user',
          id: claims.userId,
          userId: claims.userId,
          permissions: access.permissions,
          allowedTeamIds: access.allowedTeamIds,
          sessionId: claims.sessionId,
        },
        rateLimitPerHour: null,
      },
      endsAt: Math.min(claims.expiresAt.getTime(), expiresAt.getTime()),
    };
  }

  function lookUp(token: string, now: Date): CacheEntry {
    const cached = cache.get(token);
    const at = performance.now();
    if (cached && at - cached.at < CACHE_MS) return cached;
    if (cache.size >= CACHE_SIZE) cache.clear();
    const entry: CacheEntry = { at, pending: find(token, now) };
    cache.set(token, entry);
    entry.pending.then(
      (known) => {
        entry.known = known;
        // Nobody fills the memory with tokens that they made up.
        if (!known && cache.get(token) === entry) cache.delete(token);
      },
      () => cache.delete(token),
    );
    return entry;
  }

  return {
    authenticate(token, now) {
      const entry = lookUp(token, now);
      if (entry.known !== undefined) return valid(entry.known, now);
      return entry.pending.then((known) => valid(known, now));
    },
  };
}

/** As the token's own check: clocks of two servers may differ a little. */
const TOLERANCE_MS = 30_000;

function valid(known: Known | null, now: Date): Identity {
  if (known && now.getTime() < known.endsAt + TOLERANCE_MS) return known.identity;
  throw new AppError('unauthorized', 'UNAUTHORIZED', 'The access token is not valid, or has expired.', {
    hint: 'Get a new one with POST /api/v1/auth/refresh, or sign in again.',
  });
}
