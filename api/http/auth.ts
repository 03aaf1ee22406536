import { AppError, forbidden, invalid } from '../../domain/core/errors.ts';
import type { Ctx, Principal } from '../../services/core/context.ts';
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

export function createAuthenticator(db: Ctx['tx']): Authenticator {
  const keys = createKeyAuthenticator(db);
  return {
    authenticate: (header, now, mayLookUp) => keys.authenticate(readKey(header), now, mayLookUp),
  };
}

function readKey(header: Header): string {
  const authorization = header('authorization');
  const bearer = authorization === undefined ? undefined : /^Bearer +(\S+)$/i.exec(authorization)?.[1];
  const key = header('x-api-key') ?? bearer;
  if (key === undefined) {
    throw unauthorized(
      authorization === undefined ? 'This needs an API key.' : 'The Authorization header is not a bearer token.',
    );
  }
  return key;
}

const unauthorized = (message: string): AppError =>
  new AppError('unauthorized', 'UNAUTHORIZED', message, {
    hint: 'Send a valid key in the header X-API-Key, or as Authorization: Bearer sk_live_….',
  });

/** The header never decides the organization; it may only agree with the credential. */
export function requireTenant(face: Face, identity: Identity, tenant: string | undefined): void {
  if (tenant === undefined || tenant === '') {
    if (face === 'b') return;
    const { message, extras } = invalid(
      'X-Tenant-ID',
      'The header X-Tenant-ID is missing.',
      undefined,
      'Send the id of your organization in X-Tenant-ID.',
    );
    throw new AppError('validation', 'TENANT_REQUIRED', message, extras);
  }
  if (tenant.toLowerCase() !== identity.organizationId) {
    throw forbidden('TENANT_MISMATCH', 'X-Tenant-ID is not the organization of this credential.', {
      hint: 'Send the id of the organization that the credential belongs to.',
    });
  }
}
