import { type RawBuilder, sql } from 'kysely';
import { notFound } from '../../../domain/core/errors.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { type PageInput, readPage } from '../../core/page.ts';

export const TASK_TYPES = ['call', 'email', 'linkedin', 'sms', 'meeting', 'follow_up', 'other'] as const;
export type TaskType = (typeof TASK_TYPES)[number];
export const TASK_PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const;
export type TaskPriority = (typeof TASK_PRIORITIES)[number];
export const TASK_STATUSES = ['open', 'completed', 'cancelled'] as const;
export type TaskStatus = (typeof TASK_STATUSES)[number];

export interface TaskView {
  id: string;
  title: string;
  type: TaskType;
  notes: string | null;
  prospectId: string | null;
  prospectName: string | null;
  accountId: string | null;
  dealId: string | null;
  assigneeId: string | null;
  teamId: string | null;
  createdBy: string | null;
  priority: TaskPriority;
  status: TaskStatus;
  dueAt: Date | null;
  /** Open, and its time is past. */
  overdue: boolean;
  completedAt: Date | null;
  completedBy: string | null;
  outcome: string | null;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

const columns = (ctx: Ctx): RawBuilder<unknown> => sql`
  t.id, t.title, t.type, t.notes, t.prospect_id as "prospectId",
  nullif(trim(concat_ws(' ', p.first_name, p.last_name)), '') as "prospectName", t.account_id as "accountId",
  t.deal_id as "dealId", t.assignee_id as "assigneeId", t.team_id as "teamId", t.created_by as "createdBy", t.priority,
  t.status, t.due_at as "dueAt", coalesce(t.status = 'open' and t.due_at < ${ctx.now}, false) as overdue,
  t.completed_at as "completedAt", t.completed_by as "completedBy", t.outcome, t.created_at as "createdAt",
  t.updated_at as "updatedAt", t.version`;
const FROM: RawBuilder<unknown> = sql.raw(`
  tasks t left join prospects p on p.organization_id = t.organization_id and p.id = t.prospect_id`);

/** @throws AppError not_found. */
export async function readTask(ctx: Ctx, id: string): Promise<TaskView> {
  const { rows } = await sql<TaskView>`
    select ${columns(ctx)} from ${FROM}
    where t.organization_id = ${ctx.organizationId} and t.id = ${id} and t.deleted_at is null`.execute(ctx.tx);
  if (!rows[0]) throw notFound('The task');
  return rows[0];
}

export const getTask = verb(
  { permission: 'tasks.view' },
  (ctx, input: { id: string }): Promise<TaskView> => readTask(ctx, input.id),
);

export interface ListTasksInput extends PageInput {
  /** A day of the assignee's time zone: what is due on it and, when it is today, what is overdue. */
  date?: string | undefined;
  userId?: string | undefined;
  teamId?: string | undefined;
  type?: TaskType | undefined;
  status?: TaskStatus | undefined;
  priority?: TaskPriority | undefined;
  overdue?: boolean | undefined;
  prospectId?: string | undefined;
  accountId?: string | undefined;
  dealId?: string | undefined;
}

/** The most urgent first on a day, else by due time; those without one last. */
export const listTasks = verb(
  { permission: 'tasks.view' },
  async (ctx, input: ListTasksInput): Promise<{ items: TaskView[]; total: number }> => {
    // The function of the day asks for the time of this unit of work.
    await sql`select set_config('app.now', ${ctx.now.toISOString()}, true)`.execute(ctx.tx);
    const equal = (column: string, value: string | undefined) =>
      value === undefined ? [] : [sql`t.${sql.raw(column)} = ${value}`];
    const late = sql`coalesce(t.status = 'open' and t.due_at < ${ctx.now}, false)`;
    const conditions = sql.join(
      [
        sql`t.organization_id = ${ctx.organizationId}`,
        sql`t.deleted_at is null`,
        ...(input.date === undefined
          ? [...equal('assignee_id', input.userId), ...equal('team_id', input.teamId)]
          : [
              sql`t.id in (select d.task_id from get_daily_tasks(p_team_id := ${input.teamId ?? null}::uuid,
                    p_user_id := ${input.userId ?? null}::uuid, p_date := ${input.date}::date) d)`,
            ]),
        ...equal('type', input.type),
        ...equal('status', input.status),
        ...equal('priority', input.priority),
        ...(input.overdue === undefined ? [] : [sql`${late} = ${input.overdue}`]),
        ...equal('prospect_id', input.prospectId),
        ...equal('account_id', input.accountId),
        ...equal('deal_id', input.dealId),
      ],
      sql` and `,
    );
    const urgency = sql`array_position(array['urgent', 'high', 'normal', 'low'], t.priority)`;
    const order = input.date === undefined ? sql`t.due_at nulls last, t.id` : sql`${urgency}, t.due_at, t.id`;
    const { rows, total } = await readPage(input, async (limit, offset) => {
      const page = await sql<TaskView & { total: number }>`
        select ${columns(ctx)}, (select count(*) from tasks t where ${conditions})::integer as total
        from ${FROM} where ${conditions}
        order by ${order} limit ${limit}::integer offset ${offset}::bigint`.execute(ctx.tx);
      return page.rows;
    });
    return { items: rows.map(({ total: _, ...row }) => row), total };
  },
);
