import { sql } from 'kysely';
import { conflict, invalid, notFound } from '../../../domain/core/errors.ts';
import type { CadenceSettings, PauseReason } from '../../../domain/outreach/cadence.rules.ts';
import { audit } from '../../core/audit.ts';
import { signalProcesses } from '../../core/commands.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { requireVersion } from '../../core/versions.ts';
import { requireRecords } from '../../crm/index.ts';
import { type CadenceDetail, readCadence } from './cadence-view.ts';
import { checkSteps, type NumberedStep, type StepInput } from './step-input.ts';

export interface CadenceFields {
  name?: string | undefined;
  description?: string | null | undefined;
  settings?: CadenceSettings | undefined;
  teamId?: string | null | undefined;
  isActive?: boolean | undefined;
}

export interface CreateCadenceInput extends CadenceFields {
  name: string;
  steps?: readonly StepInput[] | undefined;
}

/** Not active unless asked for. @throws AppError validation; conflict `CADENCE_EMPTY`. */
export const createCadence = verb(
  { permission: 'cadences.edit' },
  async (ctx, input: CreateCadenceInput): Promise<CadenceDetail> => {
    await requireRecords(ctx, { teamId: input.teamId });
    const steps = numbered(input.steps ?? []);
    await checkSteps(ctx, steps, (index) => `steps.${index}.`);
    if (input.isActive && steps.length === 0) throw empty();
    const { id } = await ctx.tx
      .insertInto('cadences')
      .values({
        name: input.name,
        description: input.description ?? null,
        is_active: input.isActive ?? false,
        settings: JSON.stringify(input.settings ?? {}),
        team_id: input.teamId ?? null,
        created_by: ctx.principal.userId ?? null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    if (steps.length > 0) {
      await ctx.tx
        .insertInto('cadence_steps')
        .values(steps.map((step) => rowOf(id, step)))
        .execute();
    }
    await audit(ctx, 'cadence.create', { entityType: 'cadence', entityId: id, after: { name: input.name } });
    return readCadence(ctx, id);
  },
);

/** Given numbers are 1, 2, 3 …; without numbers the order counts. */
function numbered(steps: readonly StepInput[]): NumberedStep[] {
  const named = steps.map((step, index) => ({ ...step, stepNumber: step.stepNumber ?? index + 1 }));
  for (const [index, number] of named
    .map(({ stepNumber }) => stepNumber)
    .sort((a, b) => a - b)
    .entries()) {
    if (number !== index + 1) {
      const at = named.findIndex(({ stepNumber }) => stepNumber === number);
      throw invalid(`steps.${at}.stepNumber`, 'must count 1, 2, 3 … without a gap', number);
    }
  }
  return named;
}

export const rowOf = (cadenceId: string, step: NumberedStep) => ({
  cadence_id: cadenceId,
  step_number: step.stepNumber,
  type: step.type,
  delay_days: step.delayDays ?? 0,
  delay_hours: step.delayHours ?? 0,
  template_id: step.templateId ?? null,
  subject: step.subject ?? null,
  content: step.content ?? null,
  conditions: step.conditions ? JSON.stringify(step.conditions) : null,
  variants: JSON.stringify(step.variants ?? []),
});

export interface UpdateCadenceInput {
  id: string;
  expectedVersion?: number | undefined;
  changes: CadenceFields;
}

/**
 * Partial. Settings are replaced whole and hold from now on: whoever waits is looked at again.
 * @throws AppError not_found; precondition_failed; validation; conflict `CADENCE_EMPTY`.
 */
export const updateCadence = verb(
  { permission: 'cadences.edit' },
  async (ctx, { id, expectedVersion, changes }: UpdateCadenceInput): Promise<CadenceDetail> => {
    const before = await lockCadence(ctx, id, expectedVersion);
    await requireRecords(ctx, { teamId: changes.teamId });
    await ctx.tx
      .updateTable('cadences')
      .set({
        ...(changes.name === undefined ? {} : { name: changes.name }),
        ...(changes.description === undefined ? {} : { description: changes.description }),
        ...(changes.teamId === undefined ? {} : { team_id: changes.teamId }),
        ...(changes.settings === undefined ? {} : { settings: JSON.stringify(changes.settings) }),
        // A change of nothing but the state is written below.
        version: sql`version`,
      })
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', id)
      .execute();
    const fields = Object.keys(changes).filter((name) => changes[name as keyof CadenceFields] !== undefined);
    await audit(ctx, 'cadence.update', { entityType: 'cadence', entityId: id, after: { fields } });
    if (changes.isActive !== undefined) await setActive(ctx, id, before.is_active, changes.isActive);
    if (changes.settings !== undefined) await tellWaiting(ctx, id);
    return readCadence(ctx, id);
  },
);

/** @throws AppError not_found; conflict `CADENCE_EMPTY`. */
export const activateCadence = verb(
  { permission: 'cadences.edit' },
  async (ctx, input: { id: string }): Promise<CadenceDetail> => {
    const { is_active: isActive } = await lockCadence(ctx, input.id);
    await setActive(ctx, input.id, isActive, true);
    return readCadence(ctx, input.id);
  },
);

/** Everybody in it rests until it is active again. @throws AppError not_found. */
export const deactivateCadence = verb(
  { permission: 'cadences.edit' },
  async (ctx, input: { id: string }): Promise<CadenceDetail> => {
    const { is_active: isActive } = await lockCadence(ctx, input.id);
    await setActive(ctx, input.id, isActive, false);
    return readCadence(ctx, input.id);
  },
);

async function setActive(ctx: Ctx, id: string, isActive: boolean, toBe: boolean): Promise<void> {
  if (isActive === toBe) return;
  if (toBe) {
    const { rows } = await sql`
      select from cadence_steps
      where organization_id = ${ctx.organizationId} and cadence_id = ${id} and deleted_at is null limit 1`.execute(
      ctx.tx,
    );
    if (rows.length === 0) throw empty();
  }
  await ctx.tx
    .updateTable('cadences')
    .set({ is_active: toBe })
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', id)
    .execute();
  const reason: PauseReason = 'cadence';
  const moved = toBe
    ? await sql<{ id: string }>`
        update cadence_enrollments
        set status = 'active', pause_reason = null, paused_at = null
        where organization_id = ${ctx.organizationId} and cadence_id = ${id} and status = 'paused'
          and pause_reason = ${reason}
        returning id`.execute(ctx.tx)
    : await sql<{ id: string }>`
        update cadence_enrollments
        set status = 'paused', pause_reason = ${reason}, paused_at = ${ctx.now}, next_run_at = null
        where organization_id = ${ctx.organizationId} and cadence_id = ${id} and status = 'active'
        returning id`.execute(ctx.tx);
  await tell(ctx, moved.rows);
  const action = toBe ? 'cadence.activate' : 'cadence.deactivate';
  await audit(ctx, action, { entityType: 'cadence', entityId: id, after: { people: moved.rows.length } });
}

/** Everybody in it leaves it. @throws AppError not_found; precondition_failed. */
export const deleteCadence = verb(
  { permission: 'cadences.delete' },
  async (ctx, input: { id: string; expectedVersion?: number | undefined }): Promise<{ id: string }> => {
    const { id } = input;
    await lockCadence(ctx, id, input.expectedVersion);
    await ctx.tx
      .updateTable('cadences')
      .set({ deleted_at: ctx.now, is_active: false })
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', id)
      .execute();
    const { rows } = await sql<{ id: string }>`
      update cadence_enrollments
      set status = 'exited', end_reason = 'cadence_deleted', ended_at = ${ctx.now}, next_run_at = null,
          pause_reason = null
      where organization_id = ${ctx.organizationId} and cadence_id = ${id} and ended_at is null
      returning id`.execute(ctx.tx);
    await tell(ctx, rows);
    await audit(ctx, 'cadence.delete', { entityType: 'cadence', entityId: id, after: { people: rows.length } });
    return { id };
  },
);

/** Whoever changes a cadence or its steps, or enrolls into it, holds it first. @throws AppError not_found. */
export async function lockCadence(ctx: Ctx, id: string, expectedVersion?: number) {
  const row = await ctx.tx
    .selectFrom('cadences')
    .select(['version', 'is_active', 'settings'])
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!row) throw notFound('The cadence');
  requireVersion(row.version, expectedVersion);
  return { ...row, settings: row.settings as CadenceSettings };
}

/** Lets the processes of everybody who waits look again: what they wait for may have changed. */
export async function tellWaiting(ctx: Ctx, cadenceId: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select id from cadence_enrollments
    where organization_id = ${ctx.organizationId} and cadence_id = ${cadenceId} and status = 'active'`.execute(ctx.tx);
  await tell(ctx, rows);
}

export const tell = (ctx: Ctx, enrollments: readonly { id: string }[]): Promise<void> =>
  signalProcesses(
    ctx,
    'enrollment',
    enrollments.map(({ id }) => ({ entityId: id })),
    'enrollmentChanged',
  );

const empty = () =>
  conflict('CADENCE_EMPTY', 'A cadence without steps cannot be active.', { hint: 'Add a step first.' });
