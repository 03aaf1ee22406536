import { type CadenceStep, DAY_MS, type PauseReason } from '../../../domain/outreach/cadence.rules.ts';
import {
  type DoneStep,
  type NextMove,
  nextMove,
  type PlanCalendar,
  type PlanState,
  planCalendar,
} from '../../../domain/outreach/cadence-plan.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { uuidv7 } from '../../core/ids.ts';
import { readSteps, type StepView } from './cadence-view.ts';
import { endEnrollments } from './enrollment-state.ts';
import { readHistory } from './enrollment-view.ts';
import { type HeldEnrollment, holdEnrollment } from './hold-enrollment.ts';
import { performStep, type StepResult } from './perform-step.ts';
import type { StepMessenger } from './step-message.ts';

/** `waitSeconds` null: until somebody changes the row. */
export type EnrollmentAttention =
  | { readonly status: 'waiting'; readonly waitSeconds: number | null }
  | { readonly status: 'ended'; readonly reason: string };

/**
 * One look of the process: does what is due, writes down what comes next and says when to look again. The row is locked,
 * so a reply that came first is seen, and one that comes now waits. Repeating the look does nothing twice: what was done
 * is behind.
 */
export async function attendEnrollment(
  ctx: Ctx,
  messenger: StepMessenger,
  enrollmentId: string,
): Promise<EnrollmentAttention> {
  const held = await holdEnrollment(ctx, enrollmentId);
  if (!held) return { status: 'ended', reason: 'gone' };
  if (held.endedAt !== null) return { status: 'ended', reason: held.endReason! };
  if (held.isGone) return end(ctx, held, 'prospect_deleted');
  if (held.status === 'paused') {
    const rest = await restOf(ctx, held);
    if (rest) return rest;
  }
  if (held.waitingUntil !== null && held.waitingUntil > ctx.now) return waiting(ctx, held.waitingUntil);
  const steps = await readSteps(ctx, held.cadenceId);
  const calendar = planCalendar(held.settings, held.timeZone);
  return advance(ctx, messenger, { held, steps, calendar });
}

interface Plan {
  readonly held: HeldEnrollment;
  readonly steps: readonly StepView[];
  readonly calendar: PlanCalendar;
}

/** At most one step is done per look: each has a transaction of its own. */
async function advance(ctx: Ctx, messenger: StepMessenger, plan: Plan): Promise<EnrollmentAttention> {
  const { held, steps, calendar } = plan;
  const now = ctx.now.getTime();
  let state = await stateOf(ctx, held);
  let hasDone = false;
  for (;;) {
    const move = nextMove(steps, state, calendar, now);
    if (move.kind === 'end') return finish(ctx, held, move.reason);
    if (move.kind === 'wait') return waitFor(ctx, held, state, move.step, { at: new Date(move.at), heldBy: null });
    if (move.kind === 'jump') {
      state = await passOver(ctx, held, state, move);
      continue;
    }
    // The next one is due as well: its look follows at once.
    if (hasDone) return waitFor(ctx, held, state, move.step, { at: ctx.now, heldBy: null });
    const executionId = uuidv7();
    const { step } = move;
    const result = await performStep(ctx, messenger, held, { step, executionId });
    if (result.kind === 'end') return end(ctx, held, result.reason);
    if (result.kind === 'held') {
      const open = calendar.open.nextOpen(result.until.getTime());
      return waitFor(ctx, held, state, step, {
        at: new Date(open ?? result.until),
        heldBy: result.rule,
      });
    }
    state = await writeDown(ctx, held, state, { step, executionId, result });
    hasDone = true;
    const patience = result.outcome === 'task' ? (held.settings.taskWaitDays ?? 0) : 0;
    if (patience > 0) return waitForTask(ctx, held, state, result.taskId!, new Date(now + patience * DAY_MS));
  }
}

/** Null: the rest is over, the enrollment goes on. */
async function restOf(ctx: Ctx, held: HeldEnrollment): Promise<EnrollmentAttention | null> {
  const { pausedUntil } = held;
  if (pausedUntil === null) return { status: 'waiting', waitSeconds: null };
  if (pausedUntil > ctx.now) return waiting(ctx, pausedUntil);
  if (held.pauseReason === 'reply' || held.pauseReason === 'account_reply') return end(ctx, held, 'replied');
  // Back in a cadence that was deactivated meanwhile: the rest goes on until somebody activates it.
  const goesOn = held.isActive
    ? { status: 'active', pause_reason: null, paused_at: null }
    : { pause_reason: 'cadence' satisfies PauseReason };
  await ctx.tx
    .updateTable('cadence_enrollments')
    .set({ ...goesOn, paused_until: null })
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', held.enrollmentId)
    .execute();
  return held.isActive ? null : { status: 'waiting', waitSeconds: null };
}

async function stateOf(ctx: Ctx, held: HeldEnrollment): Promise<PlanState> {
  const history = await readHistory(ctx, held.enrollmentId);
  const time = (at: Date | null) => at?.getTime() ?? null;
  const done = history.map(
    (one): DoneStep => ({
      stepId: one.stepId,
      stepNumber: one.stepNumber,
      at: one.executedAt.getTime(),
      wasSkipped: one.outcome === 'skipped',
      openedAt: time(one.openedAt),
      clickedAt: time(one.clickedAt),
      repliedAt: time(one.repliedAt),
      completedAt: time(one.taskCompletedAt),
    }),
  );
  // A task that nobody did in time: the next delay counts from the end of the wait.
  const since = held.waitingUntil ?? held.since;
  return { since: since.getTime(), fromNumber: held.fromNumber, done };
}

async function passOver(
  ctx: Ctx,
  held: HeldEnrollment,
  state: PlanState,
  move: Extract<NextMove, { kind: 'jump' }>,
): Promise<PlanState> {
  const result = { ...SKIPPED, rule: 'condition' };
  const after = await writeDown(ctx, held, state, { step: move.step, executionId: uuidv7(), result });
  return { ...after, since: state.since, fromNumber: move.toNumber };
}

const SKIPPED = {
  kind: 'done',
  outcome: 'skipped',
  variant: null,
  emailId: null,
  sendId: null,
  taskId: null,
} as const;

async function writeDown(
  ctx: Ctx,
  held: HeldEnrollment,
  state: PlanState,
  {
    step,
    executionId,
    result,
  }: { step: CadenceStep; executionId: string; result: Extract<StepResult, { kind: 'done' }> },
): Promise<PlanState> {
  await ctx.tx
    .insertInto('cadence_step_executions')
    .values({
      id: executionId,
      enrollment_id: held.enrollmentId,
      cadence_id: held.cadenceId,
      step_id: step.id,
      prospect_id: held.prospectId,
      step_number: step.stepNumber,
      type: step.type,
      variant: result.variant,
      template_id: step.variants.find(({ name }) => name === result.variant)?.templateId ?? step.templateId,
      outcome: result.outcome,
      rule: result.rule,
      due_at: held.nextRunAt ?? ctx.now,
      executed_at: ctx.now,
      email_id: result.emailId,
      send_id: result.sendId,
      task_id: result.taskId,
    })
    .execute();
  const at = ctx.now.getTime();
  const done: DoneStep = {
    stepId: step.id,
    stepNumber: step.stepNumber,
    at,
    wasSkipped: result.outcome === 'skipped',
    openedAt: null,
    clickedAt: null,
    repliedAt: null,
    completedAt: null,
  };
  return { since: at, fromNumber: step.stepNumber + 1, done: [...state.done, done] };
}

async function waitFor(
  ctx: Ctx,
  held: HeldEnrollment,
  state: PlanState,
  step: { id: string; stepNumber: number },
  { at, heldBy }: { at: Date; heldBy: string | null },
): Promise<EnrollmentAttention> {
  await ctx.tx
    .updateTable('cadence_enrollments')
    .set({
      since: new Date(state.since),
      from_number: state.fromNumber,
      next_step_id: step.id,
      next_step_number: step.stepNumber,
      next_run_at: at,
      held_by: heldBy,
      waiting_task_id: null,
      waiting_until: null,
    })
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', held.enrollmentId)
    .execute();
  return waiting(ctx, at);
}

/** The delay of the next step counts from when the task is done, or from the end of the wait. */
async function waitForTask(
  ctx: Ctx,
  held: HeldEnrollment,
  state: PlanState,
  taskId: string,
  until: Date,
): Promise<EnrollmentAttention> {
  await ctx.tx
    .updateTable('cadence_enrollments')
    .set({
      since: new Date(state.since),
      from_number: state.fromNumber,
      next_step_id: null,
      next_step_number: null,
      next_run_at: null,
      held_by: null,
      waiting_task_id: taskId,
      waiting_until: until,
    })
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', held.enrollmentId)
    .execute();
  return waiting(ctx, until);
}

const finish = (ctx: Ctx, held: HeldEnrollment, reason: 'completed' | 'condition'): Promise<EnrollmentAttention> =>
  reason === 'completed' ? end(ctx, held, 'completed', 'completed') : end(ctx, held, reason);

async function end(
  ctx: Ctx,
  held: HeldEnrollment,
  reason: string,
  status: 'completed' | 'exited' = 'exited',
): Promise<EnrollmentAttention> {
  // Its own process is the one that asks.
  await endEnrollments(ctx, [held.enrollmentId], { status, reason, isTold: true });
  return { status: 'ended', reason };
}

/** Rounded up, so that the next look does not come a moment too early. */
const waiting = (ctx: Ctx, until: Date): EnrollmentAttention => ({
  status: 'waiting',
  waitSeconds: Math.max(0, Math.ceil((until.getTime() - ctx.now.getTime()) / 1000)),
});
