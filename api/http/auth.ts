import { AppError, forbidden, invalid } from '../../domain/core/errors.ts';
import type { Ctx, Principal } from '../../services/core/context.ts';
import { looksLikeJwt } from '../../services/platform/auth/index.ts';
import type { BearerAuthenticator } from './bearer.ts';
import type { Face } from './endpoint.ts';
import { createKeyAuthenticator } from './key-auth.ts';

export interface Identity {
  readonly organizationId: string;
  readonly principal: Principal;
  readonly rateLimitPerHour: number | null;
}

export type Header = (name: string) => string | undefined;

export interface Authenticator {
  /**
   * Synchronous while the credential is fresh in memory. @param mayLookUp asked before a query for one never seen before
   * @throws AppError unauthorized.
   */
  authenticate(header: Header, now: Date, mayLookUp: () => boolean): Identity | Promise<Identity>;
}

/** Keys and access tokens alike, on both faces. */
export function createAuthenticator(db: Ctx['tx'], bearer: BearerAuthenticator): Authenticator {
  const keys = createKeyAuthenticator(db);
  return {
    authenticate(header, now, mayLookUp) {
      const credential = readCredential(header);
      return looksLikeJwt(credential)
        ? bearer.authenticate(credential, now)
        : keys.authenticate(credential, now, mayLookUp);
    },
  };
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
