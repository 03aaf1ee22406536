import { type AppError, forbidden } from '../../domain/core/errors.ts';
import type { Permission } from '../../domain/platform/permissions.rules.ts';
import type { Db } from '../../schema/db.ts';

/** Who acts: a person, a key, a web page with its public key, or the product itself (relay, workers, demo). */
export interface Principal {
  readonly kind: 'user' | 'api_key' | 'write_key' | 'system' | 'anonymous';
  readonly id: string | null;
  readonly permissions: ReadonlySet<Permission> | 'all';
  /** The session that a person is signed in with. */
  readonly sessionId?: string;
  /** The person behind it: the user, or the owner of the key. Absent or null: nobody. */
  readonly userId?: string | null;
  /** Teams that the person's role is limited to; absent or null: all. */
  readonly allowedTeamIds?: readonly string[] | null;
}

/** Somebody who has shown no credential: signing in, registering, coming with a link of a mail. */
export const ANONYMOUS_PRINCIPAL: Principal = { kind: 'anonymous', id: null, permissions: new Set() };

export const SYSTEM_PRINCIPAL: Principal = { kind: 'system', id: null, permissions: 'all' };

/** What a unit of work knows before its transaction opens. */
export interface Scope {
  readonly organizationId: string;
  readonly principal: Principal;
  /** Business time: the start of the request or of the activity attempt. */
  readonly now: Date;
  readonly requestId?: string;
  /** The event that this work reacts to. */
  readonly causationId?: string;
  /** Part of a larger work that tells of itself: `emit` leaves out the events of its parts. */
  readonly silent?: true;
}

/** A scope inside its open transaction. Only the database may be awaited while one is in hand. */
export interface Ctx extends Scope {
  readonly tx: Db;
  /** Ids of the process commands written here, dispatched once the transaction has committed. */
  readonly commandIds: string[];
  /** Writes whose answers nobody needs before the commit, which fails as the first of them does. */
  readonly underWay: Promise<unknown>[];
}

/** Lets a write go ahead while its caller goes on: later statements still come after it, and the commit waits for it. */
export function letGo(ctx: Ctx, write: Promise<unknown>): Promise<void> {
  write.catch(() => {});
  ctx.underWay.push(write);
  return Promise.resolve();
}

export interface Verb<I, O> {
  (ctx: Ctx, input: I): Promise<O>;
  readonly permission: Permission | null;
}

/**
 * A business verb: one permission, one function, run inside a transaction that the caller opened.
 * `permission: null` is for what every authenticated principal of the organization may do.
 */
export function verb<I, O>(
  spec: { permission: Permission | null },
  work: (ctx: Ctx, input: I) => Promise<O>,
): Verb<I, O> {
  const run = async (ctx: Ctx, input: I): Promise<O> => {
    requirePermission(ctx.principal, spec.permission);
    return work(ctx, input);
  };
  return Object.assign(run, { permission: spec.permission });
}

/**
 * What a verb returns to refuse and keep what it has written: the transaction commits, the caller gets the error. For
 * refusals that must leave a trace, such as the end of a session whose token came twice.
 */
export const committedRefusal = (error: AppError): never => error as never;

/** @throws AppError forbidden `FORBIDDEN` naming the permission that is missing. */
export function requirePermission(principal: Principal, permission: Permission | null): void {
  if (permission === null || principal.permissions === 'all' || principal.permissions.has(permission)) return;
  throw forbidden('FORBIDDEN', `This needs the permission ${permission}.`, {
    hint: 'Use a key or a role that holds it.',
    details: { permission },
  });
}
