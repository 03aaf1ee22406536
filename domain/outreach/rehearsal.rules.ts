import {
  type CadenceSettings,
  type CadenceStep,
  DAY_MS,
  DEFAULT_REPLY_PAUSE_DAYS,
  HOUR_MS,
  TASK_STEPS,
} from './cadence.rules.ts';
import { type DoneStep, nextMove, type PlanState, planCalendar } from './cadence-plan.rules.ts';
import { stickyFraction } from './variant.rules.ts';

export interface Rehearsal {
  readonly steps: readonly CadenceStep[];
  readonly settings: CadenceSettings;
  /** People take these in turn. */
  readonly timeZones: readonly string[];
  readonly people: number;
  readonly seed: string;
  readonly startAt: number;
  /** Of messages, by people; clicks are of those that were opened. */
  readonly openRate: number;
  readonly clickRate: number;
  readonly replyRate: number;
}

export const REHEARSAL_EVENTS = [
  ...(['email', 'call', 'linkedin', 'sms', 'task'] as const),
  'skipped',
  'opened',
  'clicked',
  'replied',
  'completed_task',
  'paused',
  'completed',
  'exited',
] as const;

export interface RehearsalEvent {
  /** From 1 on. */
  readonly person: number;
  /** Number of the step; null for what is of no step. */
  readonly step: number | null;
  readonly at: number;
  readonly event: (typeof REHEARSAL_EVENTS)[number];
}

/** How long people take to open, to answer and to do a task, at most. */
const OPEN_MS = 24 * HOUR_MS;
const REPLY_MS = 48 * HOUR_MS;
const TASK_MS = 24 * HOUR_MS;

/** What would happen, on a clock of its own: the planner of real enrollments with people who are made up. */
export function rehearse(rehearsal: Rehearsal): RehearsalEvent[] {
  const { people, timeZones } = rehearsal;
  const timeline: RehearsalEvent[] = [];
  for (let person = 1; person <= people; person++) {
    timeline.push(...lifeOf(rehearsal, person, timeZones[(person - 1) % timeZones.length]!));
  }
  return timeline.sort((a, b) => a.at - b.at || a.person - b.person);
}

function lifeOf(rehearsal: Rehearsal, person: number, timeZone: string): RehearsalEvent[] {
  const { steps, settings } = rehearsal;
  const calendar = planCalendar(settings, timeZone);
  const events: RehearsalEvent[] = [];
  const tell = (event: RehearsalEvent['event'], at: number, step: number | null = null) =>
    events.push({ person, step, at, event });
  let now = rehearsal.startAt;
  let state: PlanState = { since: now, fromNumber: 1, done: [] };
  for (;;) {
    const move = nextMove(steps, state, calendar, now);
    const reply = earliestReply(state.done);
    const isReplied = reply !== null && reply.repliedAt! <= (move.kind === 'wait' ? move.at : now);
    if (isReplied && settings.autoPauseOnReply !== false) {
      return restAfter(events, person, reply, settings.replyPauseDays ?? DEFAULT_REPLY_PAUSE_DAYS);
    }
    if (move.kind === 'end') {
      tell(move.reason === 'completed' ? 'completed' : 'exited', now);
      return events;
    }
    if (move.kind === 'wait') {
      now = move.at;
      continue;
    }
    const { step } = move;
    if (move.kind === 'jump') {
      tell('skipped', now, step.stepNumber);
      const skipped = { ...doneAt(step, now), wasSkipped: true };
      state = { ...state, fromNumber: move.toNumber, done: [...state.done, skipped] };
      continue;
    }
    tell(step.type, now, step.stepNumber);
    const done = reactionOf(rehearsal, person, step, now);
    for (const [event, at] of reactionsIn(done)) tell(event, at, step.stepNumber);
    const patience = TASK_STEPS.has(step.type) ? (settings.taskWaitDays ?? 0) * DAY_MS : 0;
    const since = Math.min(done.completedAt ?? Number.POSITIVE_INFINITY, now + patience);
    state = {
      since: patience > 0 ? since : now,
      fromNumber: step.stepNumber + 1,
      done: [...state.done, done],
    };
    if (patience > 0) now = since;
  }
}

const doneAt = (step: CadenceStep, at: number): DoneStep => ({
  stepId: step.id,
  stepNumber: step.stepNumber,
  at,
  wasSkipped: false,
  openedAt: null,
  clickedAt: null,
  repliedAt: null,
  completedAt: null,
});

/** Everything that chance decides hangs on the seed, the person and the step alone. */
function reactionOf(rehearsal: Rehearsal, person: number, step: CadenceStep, at: number): DoneStep {
  const chance = (what: string) => stickyFraction(`${rehearsal.seed}:${person}:${step.id}:${what}`);
  const done = doneAt(step, at);
  if (TASK_STEPS.has(step.type)) return { ...done, completedAt: at + Math.round(chance('done in') * TASK_MS) };
  const repliedAt = chance('reply') < rehearsal.replyRate ? at + Math.round(chance('reply in') * REPLY_MS) : null;
  if (step.type === 'sms' || chance('open') >= rehearsal.openRate) return { ...done, repliedAt };
  const openedAt = at + Math.round(chance('open in') * OPEN_MS);
  const clickedAt = chance('click') < rehearsal.clickRate ? openedAt + 60_000 : null;
  return { ...done, openedAt, clickedAt, repliedAt };
}

function reactionsIn({ openedAt, clickedAt, repliedAt, completedAt }: DoneStep) {
  const all = [
    ['opened', openedAt],
    ['clicked', clickedAt],
    ['replied', repliedAt],
    ['completed_task', completedAt],
  ] as const;
  return all.flatMap(([event, at]) => (at === null ? [] : [[event, at] as const]));
}

function earliestReply(done: readonly DoneStep[]): DoneStep | null {
  const replies = done.filter(({ repliedAt }) => repliedAt !== null);
  return replies.reduce<DoneStep | null>(
    (first, one) => (first && first.repliedAt! <= one.repliedAt! ? first : one),
    null,
  );
}

/** Nobody resumes in a rehearsal: the rest ends the enrollment, and what would have happened in it does not. */
function restAfter(events: RehearsalEvent[], person: number, reply: DoneStep, restDays: number): RehearsalEvent[] {
  const at = reply.repliedAt!;
  return [
    ...events,
    { person, step: reply.stepNumber, at, event: 'paused' },
    { person, step: null, at: at + restDays * DAY_MS, event: 'exited' },
  ];
}
