import { type BdrOutcome, type BdrStage, type BdrTaskType, nextWorkingTime, type WorkingHours } from './bdr.rules.ts';

/** All that the next step on somebody depends on. */
export interface ProspectState {
  readonly stage: BdrStage;
  readonly touches: number;
  readonly nextTouchAt: Date | null;
  readonly isPaused: boolean;
  /** Says for good that nobody may write; null: nothing does. */
  readonly refusal: { readonly outcome: BdrOutcome; readonly reason: string } | null;
  /** A rule that holds a message back for now. */
  readonly heldUntil: Date | null;
  readonly hasFacts: boolean;
  readonly hasUnreadReply: boolean;
  readonly draft: {
    readonly status: 'pending' | 'approved';
    readonly expiresAt: Date;
    readonly escalateAt: Date;
    readonly isEscalated: boolean;
    /** An answer leaves as soon as it may; a touch of the agent's own keeps its distance. */
    readonly isReply: boolean;
  } | null;
  /** Somebody asked something that has no answer yet. */
  readonly owesReply: boolean;
  readonly handoff: { readonly status: 'pending' | 'accepted' | 'rejected'; readonly remindAt: Date | null } | null;
  readonly touchesLeftToday: number;
  /** When the day of the caps ends. */
  readonly dayEndsAt: Date;
}

export interface StepConfig {
  readonly maxTouches: number;
  readonly delayHours: number;
  readonly hours: WorkingHours;
  readonly mayOnlyDraft: boolean;
}

export type NextStep =
  | { readonly kind: 'do'; readonly step: BdrTaskType | 'expire' | 'escalate' | 'remind' }
  | { readonly kind: 'wait'; readonly until: Date; readonly forWhat: BdrTaskType | 'resume' }
  | { readonly kind: 'end'; readonly outcome: BdrOutcome; readonly reason: string };

const PAUSE_MS = 3_600_000;

const act = (step: Extract<NextStep, { kind: 'do' }>['step']): NextStep => ({ kind: 'do', step });
const wait = (until: Date, forWhat: Extract<NextStep, { kind: 'wait' }>['forWhat']): NextStep => ({
  kind: 'wait',
  until,
  forWhat,
});

/** The one decision about somebody: what to do now, what to wait for, or that it is over. */
export function nextStep(state: ProspectState, config: StepConfig, now: Date): NextStep {
  if (state.handoff?.status === 'accepted')
    return { kind: 'end', outcome: 'handed_off', reason: 'The handoff was accepted.' };
  if (state.handoff?.status === 'rejected')
    return { kind: 'end', outcome: 'handoff_rejected', reason: 'The handoff was rejected; back to being nurtured.' };
  if (state.refusal) return { kind: 'end', ...state.refusal };
  if (state.isPaused) return wait(new Date(now.getTime() + PAUSE_MS), 'resume');
  if (state.handoff) return handoffStep(state.handoff.remindAt, now);
  if (state.hasUnreadReply) return act('read_reply');
  if (!state.hasFacts || state.stage === 'discovery') return act('research');
  if (state.stage === 'handoff') return act('handoff');
  if (state.stage === 'qualify') return act('qualify');
  if (state.draft) return draftStep(state, state.draft, config, now);
  if (state.owesReply) return act('draft');
  if (state.touches >= config.maxTouches) {
    const grace = state.nextTouchAt ?? now;
    if (grace > now) return wait(grace, 'read_reply');
    return { kind: 'end', outcome: 'no_answer', reason: `No answer to ${state.touches} messages.` };
  }
  if (state.nextTouchAt !== null && state.nextTouchAt > now) return wait(state.nextTouchAt, 'draft');
  return act('draft');
}

function draftStep(
  state: ProspectState,
  draft: NonNullable<ProspectState['draft']>,
  config: StepConfig,
  now: Date,
): NextStep {
  if (draft.status === 'pending') {
    if (draft.expiresAt <= now) return act('expire');
    if (!draft.isEscalated && draft.escalateAt <= now) return act('escalate');
    return wait(draft.isEscalated ? draft.expiresAt : draft.escalateAt, 'approve');
  }
  if (config.mayOnlyDraft) return wait(new Date(now.getTime() + PAUSE_MS), 'resume');
  const opens = nextWorkingTime(config.hours, now);
  if (opens === null) return wait(new Date(now.getTime() + 24 * PAUSE_MS), 'send');
  if (opens > now) return wait(opens, 'send');
  if (!draft.isReply && state.nextTouchAt !== null && state.nextTouchAt > now) return wait(state.nextTouchAt, 'send');
  if (state.heldUntil !== null && state.heldUntil > now) return wait(state.heldUntil, 'send');
  if (state.touchesLeftToday <= 0) return wait(state.dayEndsAt, 'send');
  return act('send');
}

const handoffStep = (remindAt: Date | null, now: Date): NextStep =>
  remindAt !== null && remindAt <= now
    ? act('remind')
    : wait(remindAt ?? new Date(now.getTime() + 24 * PAUSE_MS), 'handoff');
