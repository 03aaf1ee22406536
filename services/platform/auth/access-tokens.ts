import { errors, jwtVerify, SignJWT } from 'jose';

export const ACCESS_TOKEN_SECONDS = 900;
const ISSUER = 'revloop';
const AUDIENCE = 'revloop-api';
const TYPE = 'at+jwt';
const TOLERANCE_SECONDS = 30;
/** Ours have some 350 characters; nobody shall make us parse a megabyte. */
const MOST_CHARACTERS = 2_048;

/** What an access token says: who, in which organization, by which session. Never what they may do. */
export interface AccessClaims {
  readonly userId: string;
  readonly organizationId: string;
  readonly sessionId: string;
}

export interface AccessTokens {
  sign(claims: AccessClaims, now: Date): Promise<string>;
  /** Null for whatever is not a token of ours that is valid now. */
  read(token: string, now: Date): Promise<(AccessClaims & { readonly expiresAt: Date }) | null>;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const isId = (value: unknown): value is string => typeof value === 'string' && UUID.test(value);

/** @param secret 32 characters or more */
export function createAccessTokens(secret: string): AccessTokens {
  const key = new TextEncoder().encode(secret);
  return {
    sign: ({ userId, organizationId, sessionId }, now) => {
      const issued = Math.floor(now.getTime() / 1000);
      return new SignJWT({ tid: organizationId, sid: sessionId })
        .setProtectedHeader({ alg: 'HS256', typ: TYPE })
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setSubject(userId)
        .setJti(crypto.randomUUID())
        .setIssuedAt(issued)
        .setExpirationTime(issued + ACCESS_TOKEN_SECONDS)
        .sign(key);
    },
    async read(token, now) {
      if (token.length > MOST_CHARACTERS) return null;
      try {
        const { payload } = await jwtVerify(token, key, {
          algorithms: ['HS256'],
          issuer: ISSUER,
          audience: AUDIENCE,
          typ: TYPE,
          requiredClaims: ['exp', 'sub', 'tid', 'sid'],
          clockTolerance: TOLERANCE_SECONDS,
          currentDate: now,
        });
        const { sub, tid, sid, exp } = payload;
        if (!isId(sub) || !isId(tid) || !isId(sid)) return null;
        return { userId: sub, organizationId: tid, sessionId: sid, expiresAt: new Date(exp! * 1000) };
      } catch (error) {
        // A key of another kind throws a plain TypeError: whatever the token made go wrong, it is no token of ours.
        if (error instanceof errors.JOSEError || error instanceof TypeError) return null;
        throw error;
      }
    },
  };
}

/** Whether it could be one at all, so that anything else gets the message about keys. */
export const looksLikeJwt = (text: string): boolean => text.split('.').length === 3;
