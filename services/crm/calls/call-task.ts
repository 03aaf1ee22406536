import { sql } from 'kysely';
import { invalid } from '../../../domain/core/errors.ts';
import type { Ctx } from '../../core/context.ts';
import { completeTask } from '../tasks/change-task.ts';
import type { TaskStatus, TaskType } from '../tasks/task-view.ts';

/** A call as far as it says which task it was made for. */
export interface CallOfTask {
  readonly prospectId: string | null;
  readonly userId: string | null;
  readonly direction: 'inbound' | 'outbound';
  readonly occurredAt: Date;
}

/**
 * The task that a call names. Logging the call does it: the outcome of an open one is what became of the call.
 * @throws AppError validation when it is no call task, or is about somebody else.
 */
export async function fulfilTask(
  ctx: Ctx,
  { taskId, prospectId, outcome }: { taskId: string; prospectId: string | null; outcome: string | null },
): Promise<void> {
  const { rows } = await sql<{ type: TaskType; status: TaskStatus; prospectId: string | null }>`
    select type, status, prospect_id as "prospectId" from tasks
    where organization_id = ${ctx.organizationId} and id = ${taskId} and deleted_at is null`.execute(ctx.tx);
  const task = rows[0];
  if (!task) throw invalid('taskId', 'does not exist', taskId);
  if (task.type !== 'call') throw invalid('taskId', 'is no task to call somebody', taskId);
  if (task.prospectId !== prospectId) throw invalid('taskId', 'is about somebody else', taskId);
  if (task.status === 'open') await completeTask(ctx, { id: taskId, ...(outcome === null ? {} : { outcome }) });
}

/**
 * The task that a call without a named one was made for: the oldest that was open when it began, to call this person, of
 * whoever called or of nobody. It stays open: whether the call was all that it asked for, people know.
 */
export async function findTaskOfCall(ctx: Ctx, call: CallOfTask): Promise<string | null> {
  if (call.direction !== 'outbound' || call.prospectId === null) return null;
  const { rows } = await sql<{ id: string }>`
    select id from tasks
    where organization_id = ${ctx.organizationId} and prospect_id = ${call.prospectId} and type = 'call'
      and deleted_at is null and created_at <= ${call.occurredAt}
      and (status = 'open' or (status = 'completed' and completed_at >= ${call.occurredAt}))
      and (assignee_id is null or assignee_id = ${call.userId}::uuid or ${call.userId}::uuid is null)
    order by created_at, id limit 1`.execute(ctx.tx);
  return rows[0]?.id ?? null;
}
