import type { Updateable } from 'kysely';
import type { DeliveryOutcome } from '../../../domain/platform/mail.port.ts';
import {
  backoffSeconds,
  CLAIM_SECONDS,
  MAX_ATTEMPTS,
  SEND_TRANSITIONS,
  type SendState,
  UNKNOWN_SECONDS,
} from '../../../domain/platform/send.rules.ts';
import type { DB } from '../../../schema/database.gen.ts';
import type { Ctx } from '../../core/context.ts';

/** A send as its guards see it. */
export interface GuardedSend {
  readonly id: string;
  readonly purpose: string;
  readonly toAddress: string;
  readonly subjectType: string | null;
  readonly subjectId: string | null;
}

/** Why a send must not leave any more, as a short code, else null. Asked in the transactions that move it on. */
export type SendGuard = (ctx: Ctx, send: GuardedSend) => Promise<string | null>;

export interface ClaimedSend extends GuardedSend {
  readonly attempt: number;
  readonly toName: string | null;
  readonly fromAddress: string;
  readonly channel: 'email' | 'sms' | 'push';
  readonly content: Uint8Array;
}

export type Claim = { readonly kind: 'send'; readonly send: ClaimedSend } | { readonly kind: 'ask' | 'none' };

const later = (ctx: Ctx, seconds: number): Date => new Date(ctx.now.getTime() + seconds * 1000);

/** Takes a due send: to dispatch it, to ask the transport about it, or not at all because somebody else has it. */
export async function claimSend(ctx: Ctx, sendId: string, guards: readonly SendGuard[]): Promise<Claim> {
  const row = await ctx.tx
    .selectFrom('sends')
    .selectAll()
    .where('id', '=', sendId)
    .where('settled_at', 'is', null)
    .where('next_attempt_at', '<=', ctx.now)
    .where((eb) => eb.or([eb('claimed_until', 'is', null), eb('claimed_until', '<', ctx.now)]))
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  if (!row) return { kind: 'none' };
  const { attempt } = row;
  if (row.state === 'unknown') return { kind: 'ask' };
  if (row.state === 'dispatching') {
    // Its process died, or has been silent for so long that nobody can say what it did.
    await move(ctx, { id: sendId, attempt }, 'dispatching', 'unknown', {
      error_code: 'PROCESS_LOST',
      claimed_until: null,
    });
    return { kind: 'ask' };
  }
  const send: ClaimedSend = {
    id: row.id,
    purpose: row.purpose,
    toAddress: row.to_address,
    toName: row.to_name,
    fromAddress: row.from_address,
    channel: row.channel as ClaimedSend['channel'],
    subjectType: row.subject_type,
    subjectId: row.subject_id,
    content: row.content,
    attempt: attempt + 1,
  };
  if (await suppress(ctx, send, attempt, row.state as SendState, guards)) return { kind: 'none' };
  await ctx.tx
    .updateTable('sends')
    .set({ state: 'claimed', attempt: attempt + 1, claimed_until: later(ctx, CLAIM_SECONDS) })
    .where('id', '=', sendId)
    .execute();
  return { kind: 'send', send };
}

async function suppress(
  ctx: Ctx,
  send: GuardedSend,
  attempt: number,
  from: SendState,
  guards: readonly SendGuard[],
): Promise<boolean> {
  for (const guard of guards) {
    const suppressedBy = await guard(ctx, send);
    if (suppressedBy === null) continue;
    await move(ctx, { id: send.id, attempt }, from, 'suppressed', {
      ...settled(ctx),
      suppressed_by: suppressedBy,
    });
    return true;
  }
  return false;
}

/** Commits that the hand-over begins, unless the send is no longer ours or no longer wanted. */
export async function beginDispatch(
  ctx: Ctx,
  send: ClaimedSend,
  transport: string,
  guards: readonly SendGuard[],
): Promise<boolean> {
  const held = await ctx.tx
    .selectFrom('sends')
    .select('id')
    .where('id', '=', send.id)
    .where('state', '=', 'claimed')
    .where('attempt', '=', send.attempt)
    .forUpdate()
    .executeTakeFirst();
  if (!held || (await suppress(ctx, send, send.attempt, 'claimed', guards))) return false;
  return move(ctx, send, 'claimed', 'dispatching', { transport, claimed_until: later(ctx, CLAIM_SECONDS) });
}

/** Writes down what the transport said. Too late, when the send was taken for lost meanwhile: then this says nothing. */
export async function finishDispatch(ctx: Ctx, send: ClaimedSend, outcome: DeliveryOutcome | 'unknown'): Promise<void> {
  if (outcome === 'unknown') {
    const asked = { error_code: 'NO_ANSWER', claimed_until: null, next_attempt_at: later(ctx, 1) };
    await move(ctx, send, 'dispatching', 'unknown', asked);
  } else if (outcome.kind === 'accepted') {
    const { providerId } = outcome;
    await move(ctx, send, 'dispatching', 'accepted', { ...settled(ctx), provider_id: providerId, error_code: null });
  } else if (outcome.kind === 'later' && send.attempt < MAX_ATTEMPTS) {
    const seconds = Math.max(outcome.retryAfterSeconds ?? 0, backoffSeconds(send.attempt));
    await move(ctx, send, 'dispatching', 'planned', {
      error_code: outcome.code,
      next_attempt_at: later(ctx, seconds),
      claimed_until: null,
    });
  } else {
    await move(ctx, send, 'dispatching', 'failed', { ...settled(ctx), error_code: outcome.code });
  }
}

/** What the transport is to be asked about. */
export async function readUnknown(ctx: Ctx, sendId: string): Promise<UnknownSend | null> {
  const row = await ctx.tx
    .selectFrom('sends')
    .select(['attempt', 'error_code'])
    .where('id', '=', sendId)
    .where('state', '=', 'unknown')
    .where('settled_at', 'is', null)
    .executeTakeFirst();
  return row ? { id: sendId, attempt: row.attempt, waited: row.error_code === WAITING } : null;
}

export interface UnknownSend {
  readonly id: string;
  readonly attempt: number;
  /** It has had its time already. */
  readonly waited: boolean;
}

const WAITING = 'WAITING_FOR_EVENTS';

/**
 * Ends the uncertainty. `missing`: the transport has it not and will not take it from the attempt that is over, so it
 * is planned again. `undecided`: nobody can be asked; after a quarter of an hour it stays visibly unknown.
 */
export async function settleUnknown(
  ctx: Ctx,
  send: UnknownSend,
  found: { providerId: string } | 'missing' | 'undecided',
): Promise<void> {
  if (found === 'missing') {
    await move(ctx, send, 'unknown', 'planned', { claimed_until: null, next_attempt_at: ctx.now });
    return;
  }
  if (found !== 'undecided') {
    const { providerId } = found;
    await move(ctx, send, 'unknown', 'accepted', { ...settled(ctx), provider_id: providerId, error_code: null });
    return;
  }
  await ctx.tx
    .updateTable('sends')
    .set(
      send.waited
        ? { ...settled(ctx), error_code: 'OUTCOME_UNKNOWN' }
        : { next_attempt_at: later(ctx, UNKNOWN_SECONDS), error_code: WAITING, claimed_until: null },
    )
    .where('id', '=', send.id)
    .where('state', '=', 'unknown')
    .where('attempt', '=', send.attempt)
    .execute();
}

const settled = (ctx: Ctx) => ({ settled_at: ctx.now, claimed_until: null });

type Change = Updateable<Omit<DB['sends'], 'state' | 'organization_id' | 'id'>>;

/** The one way from state to state: guarded by the state and the attempt that the caller has seen. */
async function move(
  ctx: Ctx,
  send: { id: string; attempt: number },
  from: SendState,
  to: SendState,
  change: Change,
): Promise<boolean> {
  if (!SEND_TRANSITIONS[from].includes(to)) throw new Error(`A send does not go from ${from} to ${to}.`);
  const { numUpdatedRows } = await ctx.tx
    .updateTable('sends')
    .set({ ...change, state: to })
    .where('id', '=', send.id)
    .where('state', '=', from)
    .where('attempt', '=', send.attempt)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
