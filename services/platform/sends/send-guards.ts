import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';

/** A send as its guards see it. */
export interface GuardedSend {
  readonly id: string;
  readonly channel: 'email' | 'sms' | 'push';
  readonly purpose: string;
  readonly toAddress: string;
  readonly subjectType: string | null;
  readonly subjectId: string | null;
  readonly prospectId: string | null;
  readonly accountId: string | null;
  readonly senderId: string | null;
  /** What the contact is credited to. */
  readonly touch: Readonly<Record<string, unknown>> | null;
  /** Asked when it is taken, and again in the transaction that commits its hand-over. */
  readonly phase: 'claim' | 'dispatch';
}

/** Not now: the send stays planned and is looked at again. */
export interface SendHold {
  readonly code: string;
  readonly until: Date;
}

/**
 * Why a send must not leave any more, as a short code; or not yet; else null. Asked in the transactions that move it on,
 * so what it reads holds when the send goes.
 */
export type SendGuard = (ctx: Ctx, send: GuardedSend) => Promise<string | SendHold | null>;

/** A send whose state has changed for good, or that nobody knows the outcome of. */
export interface SettledSend extends Omit<GuardedSend, 'phase'> {
  readonly userId: string | null;
  readonly state: 'accepted' | 'failed' | 'suppressed' | 'unknown';
  /** Why, for all but accepted ones. */
  readonly code: string | null;
  readonly transport: string | null;
  readonly providerId: string | null;
}

/** What a wing does in the very transaction that settles a send. */
export type SendObserver = (ctx: Ctx, send: SettledSend) => Promise<void>;

/** The way on for one send through all guards; the first that objects decides. */
export async function askGuards(
  ctx: Ctx,
  guards: readonly SendGuard[],
  send: GuardedSend,
): Promise<string | SendHold | null> {
  for (const guard of guards) {
    const objection = await guard(ctx, send);
    if (objection !== null) return objection;
  }
  return null;
}

/** Tells the observers of a send that has just been settled. Messages of the product itself have none. */
export async function tellObservers(ctx: Ctx, observers: readonly SendObserver[], sendId: string): Promise<void> {
  if (observers.length === 0) return;
  const { rows } = await sql<SettledSend>`
    select id, channel, purpose, to_address as "toAddress", subject_type as "subjectType", subject_id as "subjectId",
           prospect_id as "prospectId", account_id as "accountId", sender_id as "senderId", user_id as "userId", touch,
           state, coalesce(suppressed_by, error_code) as code, transport, provider_id as "providerId"
    from sends
    where organization_id = ${ctx.organizationId} and id = ${sendId}`.execute(ctx.tx);
  for (const observer of observers) await observer(ctx, rows[0]!);
}
