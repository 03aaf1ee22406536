import { sql } from 'kysely';
import { conflict, invalid, notFound } from '../../../domain/core/errors.ts';
import type { Branch, StepConditions } from '../../../domain/outreach/cadence.rules.ts';
import { audit } from '../../core/audit.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { requireVersion } from '../../core/versions.ts';
import { readSteps, type StepView } from './cadence-view.ts';
import { lockCadence, rowOf, tellWaiting } from './change-cadence.ts';
import { checkSteps, MOST_STEPS, type StepInput } from './step-input.ts';

export interface AddStepInput extends StepInput {
  id: string;
}

/**
 * At the end, or at the number given: those after it move on. Whoever is past the number does not go back for it.
 * @throws AppError not_found; validation; conflict `TOO_MANY_STEPS`.
 */
export const addStep = verb(
  { permission: 'cadences.edit' },
  async (ctx, { id: cadenceId, ...input }: AddStepInput): Promise<StepView> => {
    await lockCadence(ctx, cadenceId);
    const steps = await readSteps(ctx, cadenceId);
    if (steps.length >= MOST_STEPS) {
      throw conflict('TOO_MANY_STEPS', `A cadence has at most ${MOST_STEPS} steps.`);
    }
    const stepNumber = input.stepNumber ?? steps.length + 1;
    if (stepNumber > steps.length + 1) {
      throw invalid('stepNumber', `must be at most ${steps.length + 1}: steps have no gaps`, stepNumber);
    }
    const step = { ...input, stepNumber };
    await checkSteps(ctx, [step], () => '', steps, steps.length + 1);
    await renumber(ctx, cadenceId, steps, (number) => (number >= stepNumber ? number + 1 : number));
    const { id } = await ctx.tx
      .insertInto('cadence_steps')
      .values(rowOf(cadenceId, step))
      .returning('id')
      .executeTakeFirstOrThrow();
    await shiftPeople(
      ctx,
      cadenceId,
      (from) => sql`case when ${from} > ${stepNumber} then ${from} + 1 else ${from} end`,
    );
    await audit(ctx, 'cadence.step_add', { entityType: 'cadence', entityId: cadenceId, after: { stepNumber, id } });
    await tellWaiting(ctx, cadenceId);
    return readStep(ctx, cadenceId, id);
  },
);

export interface UpdateStepInput {
  id: string;
  stepId: string;
  expectedVersion?: number | undefined;
  changes: { readonly [Name in keyof StepInput]?: StepInput[Name] | undefined };
}

/**
 * Partial; another number moves the step. What was done stays done and is never repeated; everybody who has it before them
 * gets it as it is now.
 * @throws AppError not_found; precondition_failed; validation.
 */
export const updateStep = verb(
  { permission: 'cadences.edit' },
  async (ctx, { id: cadenceId, stepId, expectedVersion, changes }: UpdateStepInput): Promise<StepView> => {
    await lockCadence(ctx, cadenceId);
    const steps = await readSteps(ctx, cadenceId);
    const before = steps.find(({ id }) => id === stepId);
    if (!before) throw notFound('The step');
    requireVersion(before.version, expectedVersion);
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    const after = { ...before, ...given };
    if (after.stepNumber > steps.length) {
      throw invalid('stepNumber', `must be at most ${steps.length}`, after.stepNumber);
    }
    await checkSteps(ctx, [after], () => '', steps);
    const [old, now] = [before.stepNumber, after.stepNumber];
    const others = steps.filter(({ id }) => id !== stepId);
    if (old !== now) {
      await park(ctx, [before]);
      const closed = (number: number) => (number > old ? number - 1 : number);
      const moved = (number: number) =>
        number === old ? now : closed(number) >= now ? closed(number) + 1 : closed(number);
      await renumber(ctx, cadenceId, others, moved);
      await shiftPeople(ctx, cadenceId, (from) => {
        const without = sql`case when ${from} > ${old} then ${from} - 1 else ${from} end`;
        return sql`(${without}) + case when (${without}) > ${now} then 1 else 0 end`;
      });
    }
    const { cadence_id: _, ...row } = rowOf(cadenceId, after);
    await ctx.tx
      .updateTable('cadence_steps')
      .set(row)
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', stepId)
      .execute();
    const fields = Object.keys(given);
    await audit(ctx, 'cadence.step_update', { entityType: 'cadence', entityId: cadenceId, after: { stepId, fields } });
    await tellWaiting(ctx, cadenceId);
    return readStep(ctx, cadenceId, stepId);
  },
);

/**
 * Those after it move up; whoever waits for it goes on with the next one.
 * @throws AppError not_found; precondition_failed; conflict `STEP_IN_USE` when a condition asks it; `LAST_STEP`.
 */
export const deleteStep = verb(
  { permission: 'cadences.edit' },
  async (
    ctx,
    input: { id: string; stepId: string; expectedVersion?: number | undefined },
  ): Promise<{ id: string; cadenceId: string }> => {
    const { id: cadenceId, stepId } = input;
    const { is_active: isActive } = await lockCadence(ctx, cadenceId);
    const steps = await readSteps(ctx, cadenceId);
    const gone = steps.find(({ id }) => id === stepId);
    if (!gone) throw notFound('The step');
    requireVersion(gone.version, input.expectedVersion);
    const number = gone.stepNumber;
    const asking = steps.find(({ conditions }) => conditions?.if.step === number);
    if (asking) {
      throw conflict('STEP_IN_USE', `The condition of step ${asking.stepNumber} asks about this step.`, {
        hint: 'Change that condition first.',
        details: { stepNumber: asking.stepNumber },
      });
    }
    if (isActive && steps.length === 1) {
      throw conflict('LAST_STEP', 'An active cadence has at least one step.', {
        hint: 'Deactivate the cadence first.',
      });
    }
    await ctx.tx
      .updateTable('cadence_steps')
      .set({ deleted_at: ctx.now })
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', stepId)
      .execute();
    const rest = steps.filter(({ id }) => id !== stepId);
    await renumber(ctx, cadenceId, rest, (one) => Math.min(one > number ? one - 1 : one, Math.max(rest.length, 1)));
    await shiftPeople(ctx, cadenceId, (from) => sql`case when ${from} > ${number} then ${from} - 1 else ${from} end`);
    await audit(ctx, 'cadence.step_delete', { entityType: 'cadence', entityId: cadenceId, after: { stepId } });
    await tellWaiting(ctx, cadenceId);
    return { id: stepId, cadenceId };
  },
);

async function readStep(ctx: Ctx, cadenceId: string, stepId: string): Promise<StepView> {
  return (await readSteps(ctx, cadenceId)).find(({ id }) => id === stepId)!;
}

/** Gives steps their new numbers, and the conditions that name steps theirs. Numbers are unique at every moment. */
async function renumber(
  ctx: Ctx,
  cadenceId: string,
  steps: readonly StepView[],
  numberOf: (number: number) => number,
): Promise<void> {
  const changed = steps.flatMap((step) => {
    const stepNumber = numberOf(step.stepNumber);
    const conditions = step.conditions && renamed(step.conditions, numberOf);
    const isSame = stepNumber === step.stepNumber && JSON.stringify(conditions) === JSON.stringify(step.conditions);
    return isSame ? [] : [{ id: step.id, stepNumber, conditions }];
  });
  if (changed.length === 0) return;
  await park(ctx, changed);
  await sql`
    update cadence_steps s
    set step_number = c."stepNumber", conditions = case when jsonb_typeof(c.conditions) = 'null' then null else c.conditions end
    from jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) c(id uuid, "stepNumber" integer, conditions jsonb)
    where s.organization_id = ${ctx.organizationId} and s.cadence_id = ${cadenceId} and s.id = c.id`.execute(ctx.tx);
}

/** Out of the way of the numbers that others are about to take. */
async function park(ctx: Ctx, steps: readonly { id: string }[]): Promise<void> {
  await sql`
    update cadence_steps set step_number = -step_number
    where organization_id = ${ctx.organizationId} and id = any(${sql.val(steps.map(({ id }) => id))}::uuid[])`.execute(
    ctx.tx,
  );
}

function renamed(conditions: StepConditions, numberOf: (number: number) => number): StepConditions {
  const branch = (to: Branch): Branch => (typeof to === 'number' ? numberOf(to) : to);
  const { if: asked, then, else: otherwise } = conditions;
  return {
    if: { ...asked, ...(asked.step === undefined ? {} : { step: numberOf(asked.step) }) },
    // biome-ignore lint/suspicious/noThenProperty: the name that conditions have on the wire
    then: branch(then),
    ...(otherwise === undefined ? {} : { else: branch(otherwise) }),
  };
}

/** People keep their place between the steps when numbers move under them. */
async function shiftPeople(
  ctx: Ctx,
  cadenceId: string,
  next: (from: ReturnType<typeof sql.ref>) => ReturnType<typeof sql>,
): Promise<void> {
  await sql`
    update cadence_enrollments set from_number = ${next(sql.ref('from_number'))}
    where organization_id = ${ctx.organizationId} and cadence_id = ${cadenceId} and ended_at is null`.execute(ctx.tx);
}
