import { conflict } from '../../../domain/core/errors.ts';
import { audit } from '../../core/audit.ts';
import { signalProcess, startProcess } from '../../core/commands.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { actingUser, logActivity } from '../activities/log-activity.ts';
import { taskAssigned, taskCompleted, taskCreated } from '../events.ts';
import { type LockInput, lockRecord } from '../lock-record.ts';
import { changedFields } from '../prospects/update-prospect.ts';
import { requireRecords } from '../references.ts';
import { teamOfNew } from '../team-of-record.ts';
import { readTask, type TaskPriority, type TaskStatus, type TaskType, type TaskView } from './task-view.ts';

export interface TaskFields {
  title?: string | undefined;
  type?: TaskType | undefined;
  notes?: string | null | undefined;
  priority?: TaskPriority | undefined;
  dueAt?: Date | null | undefined;
  assigneeId?: string | null | undefined;
  teamId?: string | null | undefined;
}

export interface CreateTaskInput extends TaskFields {
  prospectId?: string | null | undefined;
  accountId?: string | null | undefined;
  dealId?: string | null | undefined;
  /** The row that asks for it, such as a step of a cadence; one row has one task. */
  source?: { readonly type: string; readonly id: string };
  /** What the credit goes to when it is done and was a touch. */
  touch?: Readonly<Record<string, string | number>>;
}

const TITLES: Readonly<Record<TaskType, string>> = {
  call: 'Call',
  email: 'E-mail',
  linkedin: 'LinkedIn message',
  sms: 'SMS',
  meeting: 'Meeting',
  follow_up: 'Follow-up',
  other: 'Task',
};

/** Assigned to whoever creates it, unless somebody is named. @throws AppError validation. */
export const createTask = verb({ permission: 'tasks.edit' }, async (ctx, input: CreateTaskInput): Promise<TaskView> => {
  await requireRecords(ctx, input);
  const assigneeId = input.assigneeId === undefined ? (ctx.principal.userId ?? null) : input.assigneeId;
  const type = input.type ?? 'other';
  const dueAt = input.dueAt ?? null;
  const { id } = await ctx.tx
    .insertInto('tasks')
    .values({
      title: input.title ?? TITLES[type],
      type,
      notes: input.notes ?? null,
      prospect_id: input.prospectId ?? null,
      account_id: input.accountId ?? null,
      deal_id: input.dealId ?? null,
      assignee_id: assigneeId,
      team_id: await teamOfNew(ctx, input.teamId),
      created_by: ctx.principal.userId ?? null,
      ...(input.priority === undefined ? {} : { priority: input.priority }),
      due_at: dueAt,
      source_type: input.source?.type ?? null,
      source_id: input.source?.id ?? null,
      touch: input.touch ? JSON.stringify(input.touch) : null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await audit(ctx, 'task.create', { entityType: 'task', entityId: id, after: { type, dueAt, assigneeId } });
  await emit(ctx, taskCreated, { entityId: id, data: { id } });
  if (assigneeId !== null) await emit(ctx, taskAssigned, { entityId: id, data: { id, assigneeId } });
  if (dueAt !== null) await beginReminders(ctx, id, 1);
  return readTask(ctx, id);
});

export interface UpdateTaskInput {
  id: string;
  expectedVersion?: number | undefined;
  changes: TaskFields;
}

/**
 * Partial. A new due time begins the reminders anew.
 * @throws AppError not_found; precondition_failed; validation; conflict `TASK_CLOSED`.
 */
export const updateTask = verb(
  { permission: 'tasks.edit' },
  async (ctx, { id, expectedVersion, changes }: UpdateTaskInput): Promise<TaskView> => {
    const { status, generation } = await lockTask(ctx, { id, expectedVersion });
    if (status !== 'open') throw closed(status);
    const before = await readTask(ctx, id);
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    const after = { ...before, ...given };
    const changed = changedFields(before, after);
    if (changed.length === 0) return before;
    await requireRecords(ctx, Object.fromEntries(changed.map((field) => [field, after[field]])));
    const moved = changed.includes('dueAt');
    await ctx.tx
      .updateTable('tasks')
      .set({
        title: after.title,
        type: after.type,
        notes: after.notes,
        priority: after.priority,
        assignee_id: after.assigneeId,
        team_id: after.teamId,
        due_at: after.dueAt,
        ...(moved
          ? { generation: generation + 1, due_soon_notified_at: null, overdue_notified_at: null }
          : { generation }),
      })
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', id)
      .execute();
    await audit(ctx, 'task.update', { entityType: 'task', entityId: id, after: { fields: changed } });
    if (changed.includes('assigneeId')) {
      await emit(ctx, taskAssigned, { entityId: id, data: { id, assigneeId: after.assigneeId } });
    }
    if (moved && before.dueAt !== null) await tellReminders(ctx, id, generation);
    if (moved && after.dueAt !== null) await beginReminders(ctx, id, generation + 1);
    return readTask(ctx, id);
  },
);

export interface CompleteTaskInput {
  id: string;
  outcome?: string | undefined;
  notes?: string | undefined;
  expectedVersion?: number | undefined;
}

/** Stands in the timeline. @throws AppError not_found; precondition_failed; conflict `TASK_CLOSED`. */
export const completeTask = verb(
  { permission: 'tasks.edit' },
  async (ctx, input: CompleteTaskInput): Promise<TaskView> => {
    const { id } = input;
    const { status, generation } = await lockTask(ctx, input);
    if (status !== 'open') throw closed(status);
    const userId = ctx.principal.userId ?? null;
    await ctx.tx
      .updateTable('tasks')
      .set({
        status: 'completed',
        completed_at: ctx.now,
        completed_by: userId,
        outcome: input.outcome ?? null,
        ...(input.notes === undefined ? {} : { notes: input.notes }),
      })
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', id)
      .execute();
    const task = await readTask(ctx, id);
    await logActivity(ctx, {
      type: 'task_completed',
      subject: task.title,
      notes: task.notes,
      prospectId: task.prospectId,
      accountId: task.accountId,
      dealId: task.dealId,
      userId: actingUser(ctx) ?? task.assigneeId,
      source: { type: 'task', id },
      data: { type: task.type, outcome: task.outcome },
    });
    await audit(ctx, 'task.complete', { entityType: 'task', entityId: id, after: { status: 'completed' } });
    await emit(ctx, taskCompleted, { entityId: id, data: { id } });
    if (task.dueAt !== null) await tellReminders(ctx, id, generation);
    return task;
  },
);

/** Also leaves the timeline. @throws AppError not_found; precondition_failed. */
export const deleteTask = verb(
  { permission: 'tasks.delete' },
  async (ctx, input: { id: string; expectedVersion?: number | undefined }): Promise<{ id: string }> => {
    const { id } = input;
    const { generation } = await lockTask(ctx, input);
    await ctx.tx
      .updateTable('activities')
      .set({ deleted_at: ctx.now })
      .where('organization_id', '=', ctx.organizationId)
      .where('source_type', '=', 'task')
      .where('source_id', '=', id)
      .execute();
    await ctx.tx
      .updateTable('tasks')
      .set({ deleted_at: ctx.now })
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', id)
      .execute();
    await audit(ctx, 'task.delete', { entityType: 'task', entityId: id });
    await tellReminders(ctx, id, generation);
    return { id };
  },
);

const lockTask = (ctx: Ctx, input: LockInput) =>
  lockRecord<{ status: TaskStatus; generation: number }>(ctx, 'tasks', input, { columns: ['status', 'generation'] });

const closed = (status: TaskStatus) =>
  conflict('TASK_CLOSED', `The task is ${status} already.`, {
    hint: 'Create a new task for what is left to do.',
    details: { status },
  });

const beginReminders = (ctx: Ctx, taskId: string, generation: number): Promise<void> =>
  startProcess(
    ctx,
    'task',
    { entityId: taskId, generation },
    { organizationId: ctx.organizationId, entity: 'task', entityId: taskId, generation },
  );

const tellReminders = (ctx: Ctx, taskId: string, generation: number): Promise<void> =>
  signalProcess(ctx, 'task', { entityId: taskId, generation }, 'reminderChanged');
