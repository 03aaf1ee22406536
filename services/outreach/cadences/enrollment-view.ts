import { type RawBuilder, sql } from 'kysely';
import { notFound } from '../../../domain/core/errors.ts';
import type { EnrollmentStatus, PauseReason, StepOutcome, StepType } from '../../../domain/outreach/cadence.rules.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { type PageInput, readPage } from '../../core/page.ts';
import { readCadence } from './cadence-view.ts';

export interface EnrollmentView {
  id: string;
  cadenceId: string;
  prospectId: string;
  prospectName: string | null;
  userId: string | null;
  status: EnrollmentStatus;
  /** The step that comes next, as it is known now. */
  nextStepNumber: number | null;
  nextRunAt: Date | null;
  /** The rule of contact that holds the next step back. */
  heldBy: string | null;
  stepsDone: number;
  pauseReason: PauseReason | null;
  pausedAt: Date | null;
  pausedUntil: Date | null;
  repliedAt: Date | null;
  endReason: string | null;
  endedAt: Date | null;
  enrolledBy: string | null;
  enrolledAt: Date;
}

export interface StepHistory {
  id: string;
  stepId: string;
  stepNumber: number;
  type: StepType;
  outcome: StepOutcome;
  rule: string | null;
  variant: string | null;
  dueAt: Date;
  executedAt: Date;
  emailId: string | null;
  emailStatus: string | null;
  openedAt: Date | null;
  clickedAt: Date | null;
  repliedAt: Date | null;
  sendId: string | null;
  sendState: string | null;
  taskId: string | null;
  taskCompletedAt: Date | null;
}

export interface EnrollmentDetail extends EnrollmentView {
  history: StepHistory[];
}

const COLUMNS: RawBuilder<unknown> = sql.raw(`
  e.id, e.cadence_id as "cadenceId", e.prospect_id as "prospectId",
  nullif(trim(concat_ws(' ', p.first_name, p.last_name)), '') as "prospectName", e.user_id as "userId", e.status,
  e.next_step_number as "nextStepNumber", e.next_run_at as "nextRunAt", e.held_by as "heldBy",
  (select count(*)::integer from cadence_step_executions x
   where x.organization_id = e.organization_id and x.enrollment_id = e.id and x.outcome <> 'skipped') as "stepsDone",
  e.pause_reason as "pauseReason", e.paused_at as "pausedAt", e.paused_until as "pausedUntil",
  e.replied_at as "repliedAt", e.end_reason as "endReason", e.ended_at as "endedAt",
  e.enrolled_by as "enrolledBy", e.enrolled_at as "enrolledAt"`);
const FROM: RawBuilder<unknown> = sql.raw(`
  cadence_enrollments e
  join prospects p on p.organization_id = e.organization_id and p.id = e.prospect_id`);

export interface EnrollmentKey {
  /** Of the cadence. */
  id: string;
  enrollmentId: string;
}

/** @throws AppError not_found. */
export async function readEnrollment(ctx: Ctx, { id, enrollmentId }: EnrollmentKey): Promise<EnrollmentDetail> {
  const { rows } = await sql<EnrollmentView>`
    select ${COLUMNS} from ${FROM}
    where e.organization_id = ${ctx.organizationId} and e.cadence_id = ${id} and e.id = ${enrollmentId}`.execute(
    ctx.tx,
  );
  if (!rows[0]) throw notFound('The enrollment');
  return { ...rows[0], history: await readHistory(ctx, enrollmentId) };
}

export const getEnrollment = verb(
  { permission: 'cadences.view' },
  (ctx, input: EnrollmentKey): Promise<EnrollmentDetail> => readEnrollment(ctx, input),
);

/** What the steps came to, in the order in which they were done. Opens and clicks are those of people. */
export async function readHistory(ctx: Ctx, enrollmentId: string): Promise<StepHistory[]> {
  const { rows } = await sql<StepHistory>`
    select x.id, x.step_id as "stepId", x.step_number as "stepNumber", x.type, x.outcome, x.rule, x.variant,
           x.due_at as "dueAt", x.executed_at as "executedAt", x.email_id as "emailId", m.status as "emailStatus",
           m.opened_at as "openedAt", m.clicked_at as "clickedAt", m.replied_at as "repliedAt", x.send_id as "sendId",
           s.state as "sendState", x.task_id as "taskId", t.completed_at as "taskCompletedAt"
    from cadence_step_executions x
    left join emails m on m.organization_id = x.organization_id and m.id = x.email_id
    left join sends s on s.organization_id = x.organization_id and s.id = x.send_id
    left join tasks t on t.organization_id = x.organization_id and t.id = x.task_id
    where x.organization_id = ${ctx.organizationId} and x.enrollment_id = ${enrollmentId}
    order by x.executed_at, x.id`.execute(ctx.tx);
  return rows;
}

export interface ListEnrollmentsInput extends PageInput {
  id: string;
  status?: EnrollmentStatus | undefined;
  prospectId?: string | undefined;
}

/** The latest first. @throws AppError not_found. */
export const listEnrollments = verb(
  { permission: 'cadences.view' },
  async (ctx, input: ListEnrollmentsInput): Promise<{ items: EnrollmentView[]; total: number }> => {
    await readCadence(ctx, input.id);
    const conditions = sql.join(
      [
        sql`e.organization_id = ${ctx.organizationId}`,
        sql`e.cadence_id = ${input.id}`,
        ...(input.status === undefined ? [] : [sql`e.status = ${input.status}`]),
        ...(input.prospectId === undefined ? [] : [sql`e.prospect_id = ${input.prospectId}::uuid`]),
      ],
      sql` and `,
    );
    const { rows, total } = await readPage(input, async (limit, offset) => {
      const page = await sql<EnrollmentView & { total: number }>`
        select ${COLUMNS}, (select count(*) from cadence_enrollments e where ${conditions})::integer as total
        from ${FROM} where ${conditions}
        order by e.enrolled_at desc, e.id desc limit ${limit}::integer offset ${offset}::bigint`.execute(ctx.tx);
      return page.rows;
    });
    return { items: rows.map(({ total: _, ...row }) => row), total };
  },
);
