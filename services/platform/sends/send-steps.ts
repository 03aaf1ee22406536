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
import { askGuards, type GuardedSend, type SendGuard, type SendObserver, tellObservers } from './send-guards.ts';

export interface ClaimedSend extends GuardedSend {
  readonly attempt: number;
  readonly toName: string | null;
  readonly fromAddress: string;
  readonly content: Uint8Array;
}

/** What other wings have to say about sends: reasons to hold them back, and what follows from their end. */
export interface SendHooks {
  readonly guards: readonly SendGuard[];
  readonly observers: readonly SendObserver[];
}

export type Claim =
  | { readonly kind: 'send'; readonly send: ClaimedSend }
  | { readonly kind: 'ask'; readonly channel: ClaimedSend['channel'] }
  | { readonly kind: 'none' };

const later = (ctx: Ctx, seconds: number): Date => new Date(ctx.now.getTime() + seconds * 1000);

/** Takes a due send: to dispatch it, to ask the transport about it, or not at all because somebody else has it. */
export async function claimSend(ctx: Ctx, sendId: string, hooks: SendHooks): Promise<Claim> {
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
  const channel = row.channel as ClaimedSend['channel'];
  if (row.state === 'unknown') return { kind: 'ask', channel };
  if (row.state === 'dispatching') {
    // Its process died, or has been silent for so long that nobody can say what it did.
    await move(ctx, { id: sendId, attempt }, 'dispatching', 'unknown', {
      error_code: 'PROCESS_LOST',
      claimed_until: null,
    });
    return { kind: 'ask', channel };
  }
  const send: ClaimedSend = {
    id: row.id,
    purpose: row.purpose,
    toAddress: row.to_address,
    toName: row.to_name,
    fromAddress: row.from_address,
    channel,
    subjectType: row.subject_type,
    subjectId: row.subject_id,
    prospectId: row.prospect_id,
    accountId: row.account_id,
    senderId: row.sender_id,
    touch: row.touch as ClaimedSend['touch'],
    phase: 'claim',
    content: row.content,
    attempt: attempt + 1,
  };
  if (await heldBack(ctx, { ...send, attempt }, row.state as SendState, hooks)) return { kind: 'none' };
  await ctx.tx
    .updateTable('sends')
    .set({ state: 'claimed', attempt: attempt + 1, claimed_until: later(ctx, CLAIM_SECONDS), held_by: null })
    .where('id', '=', sendId)
    .execute();
  return { kind: 'send', send };
}

/** Asks the guards; what they object to is suppressed, or planned for later. */
async function heldBack(
  ctx: Ctx,
  send: GuardedSend & { attempt: number },
  from: SendState,
  { guards, observers }: SendHooks,
): Promise<boolean> {
  const objection = await askGuards(ctx, guards, send);
  if (objection === null) return false;
  if (typeof objection === 'string') {
    await move(ctx, send, from, 'suppressed', { ...settled(ctx), suppressed_by: objection });
    await tellObservers(ctx, observers, send.id);
  } else {
    const held = { claimed_until: null, next_attempt_at: objection.until, held_by: objection.code };
    await move(ctx, send, from, 'planned', held);
  }
  return true;
}

/** Commits that the hand-over begins, unless the send is no longer ours or no longer wanted. */
export async function beginDispatch(
  ctx: Ctx,
  send: ClaimedSend,
  transport: string,
  hooks: SendHooks,
): Promise<boolean> {
  const held = await ctx.tx
    .selectFrom('sends')
    .select('id')
    .where('id', '=', send.id)
    .where('state', '=', 'claimed')
    .where('attempt', '=', send.attempt)
    .forUpdate()
    .executeTakeFirst();
  if (!held || (await heldBack(ctx, { ...send, phase: 'dispatch' }, 'claimed', hooks))) return false;
  const begun = { transport, claimed_until: later(ctx, CLAIM_SECONDS), dispatched_at: ctx.now };
  return move(ctx, send, 'claimed', 'dispatching', begun);
}

/** Writes down what the transport said. Too late, when the send was taken for lost meanwhile: then this says nothing. */
export async function finishDispatch(
  ctx: Ctx,
  send: ClaimedSend,
  outcome: DeliveryOutcome | 'unknown',
  observers: readonly SendObserver[],
): Promise<void> {
  const isLater = outcome !== 'unknown' && outcome.kind === 'later' && send.attempt < MAX_ATTEMPTS;
  if ((await noteOutcome(ctx, send, outcome)) && !isLater) await tellObservers(ctx, observers, send.id);
}

function noteOutcome(ctx: Ctx, send: ClaimedSend, outcome: DeliveryOutcome | 'unknown'): Promise<boolean> {
  if (outcome === 'unknown') {
    const asked = { error_code: 'NO_ANSWER', claimed_until: null, next_attempt_at: later(ctx, 1) };
    return move(ctx, send, 'dispatching', 'unknown', asked);
  }
  if (outcome.kind === 'accepted') {
    const { providerId } = outcome;
    return move(ctx, send, 'dispatching', 'accepted', { ...settled(ctx), provider_id: providerId, error_code: null });
  }
  if (outcome.kind === 'later' && send.attempt < MAX_ATTEMPTS) {
    const seconds = Math.max(outcome.retryAfterSeconds ?? 0, backoffSeconds(send.attempt));
    return move(ctx, send, 'dispatching', 'planned', {
      error_code: outcome.code,
      next_attempt_at: later(ctx, seconds),
      claimed_until: null,
    });
  }
  return move(ctx, send, 'dispatching', 'failed', { ...settled(ctx), error_code: outcome.code });
}

/** What the transport is to be asked about; null when another process has asked meanwhile. */
export async function readUnknown(ctx: Ctx, sendId: string): Promise<UnknownSend | null> {
  const row = await ctx.tx
    .selectFrom('sends')
    .select(['attempt', 'error_code'])
    .where('id', '=', sendId)
    .where('state', '=', 'unknown')
    .where('settled_at', 'is', null)
    .where('next_attempt_at', '<=', ctx.now)
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
 * is planned again. `undecided`: nobody can be asked; after a quarter of an hour it stays visibly unknown, unless it is
 * `unreported`: its provider has told of later sends since and of this one not a word, so it never had it.
 */
export async function settleUnknown(
  ctx: Ctx,
  send: UnknownSend,
  found: { providerId: string } | 'missing' | 'undecided' | 'unreported',
  observers: readonly SendObserver[],
): Promise<void> {
  if (found === 'missing') {
    await move(ctx, send, 'unknown', 'planned', { claimed_until: null, next_attempt_at: ctx.now });
    return;
  }
  if (typeof found === 'object') {
    const { providerId } = found;
    const change = { ...settled(ctx), provider_id: providerId, error_code: null };
    if (await move(ctx, send, 'unknown', 'accepted', change)) await tellObservers(ctx, observers, send.id);
    return;
  }
  if (found === 'unreported' && send.waited && (await othersWereReported(ctx, send.id))) {
    await move(ctx, send, 'unknown', 'planned', { claimed_until: null, next_attempt_at: ctx.now });
    return;
  }
  const { numUpdatedRows } = await ctx.tx
    .updateTable('sends')
    .set(
      send.waited
        ? { ...settled(ctx), error_code: 'OUTCOME_UNKNOWN' }
        : { next_attempt_at: later(ctx, UNKNOWN_SECONDS), error_code: WAITING, claimed_until: null },
    )
    .where('id', '=', send.id)
    .where('state', '=', 'unknown')
    .where('attempt', '=', send.attempt)
    .where('settled_at', 'is', null)
    .executeTakeFirst();
  if (send.waited && numUpdatedRows > 0n) await tellObservers(ctx, observers, send.id);
}

/** Events are minutes late at most: later hand-overs by the same way have been told of, this one has not. */
async function othersWereReported(ctx: Ctx, sendId: string): Promise<boolean> {
  const row = await ctx.tx
    .selectFrom('sends as one')
    .innerJoin('sends as later', (join) =>
      join
        .onRef('later.organization_id', '=', 'one.organization_id')
        .onRef('later.transport', '=', 'one.transport')
        .onRef('later.dispatched_at', '>', 'one.dispatched_at'),
    )
    .select('later.id')
    .where('one.organization_id', '=', ctx.organizationId)
    .where('one.id', '=', sendId)
    .where('one.reported_at', 'is', null)
    .where('later.reported_at', 'is not', null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * The provider has told of a send itself: it was taken, whatever had become of the answer. Returns whether that settled an
 * open question.
 */
export async function settleByReport(
  ctx: Ctx,
  report: { sendId: string; providerId: string | null },
  observers: readonly SendObserver[],
): Promise<boolean> {
  const { numUpdatedRows } = await ctx.tx
    .updateTable('sends')
    .set((eb) => ({
      ...settled(ctx),
      state: 'accepted',
      error_code: null,
      provider_id: eb.fn.coalesce('provider_id', eb.val(report.providerId)),
    }))
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', report.sendId)
    // Planned again after a hand-over in the dark: that one arrived after all.
    .where('state', 'in', ['unknown', 'dispatching', 'planned', 'claimed'])
    .where('dispatched_at', 'is not', null)
    .where('settled_at', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return false;
  await tellObservers(ctx, observers, report.sendId);
  return true;
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
