import { sql } from 'kysely';
import { type Experiment, readExperiment } from '../../../domain/core/significance.rules.ts';
import type { StepType } from '../../../domain/outreach/cadence.rules.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { type CadenceView, readCadence } from '../cadences/cadence-view.ts';
import { EMAIL_COUNTS, type EmailCounts, type EmailRates, ratesOf } from './email-counts.ts';
import { rate } from './range.ts';

export interface StepAnalytics extends EmailCounts, EmailRates {
  stepId: string;
  stepNumber: number;
  type: StepType;
  /** False: the step is in the cadence no more. */
  isCurrent: boolean;
  reached: number;
  skipped: number;
  tasks: number;
  tasksCompleted: number;
}

export interface StepExperiment {
  cadenceId: string;
  cadenceName: string;
  stepId: string;
  stepNumber: number;
  metric: 'replied' | 'opened';
  verdict: Experiment['verdict'];
  winner: string | null;
  variants: Experiment['variants'];
}

export interface CadenceAnalytics {
  cadenceId: string;
  enrolled: number;
  enrollments: CadenceView['enrollments'];
  replied: number;
  replyRate: number | null;
  /** Of those who have left before the end, by reason. */
  exits: Record<string, number>;
  steps: StepAnalytics[];
  experiments: StepExperiment[];
}

/** How a cadence works, from its beginning until now. @throws AppError not_found. */
export const readCadenceAnalytics = verb(
  { permission: 'cadences.view' },
  async (ctx, { id }: { id: string }): Promise<CadenceAnalytics> => {
    const { enrollments, repliedCount } = await readCadence(ctx, id);
    const enrolled = Object.values(enrollments).reduce((sum, count) => sum + count, 0);
    return {
      cadenceId: id,
      enrolled,
      enrollments,
      replied: repliedCount,
      replyRate: rate(repliedCount, enrolled),
      exits: await readExits(ctx, id),
      steps: await readStepAnalytics(ctx, id),
      experiments: await readExperiments(ctx, { cadenceId: id }),
    };
  },
);

async function readExits(ctx: Ctx, cadenceId: string): Promise<Record<string, number>> {
  const { rows } = await sql<{ reason: string; count: number }>`
    select end_reason as reason, count(*)::integer as count from cadence_enrollments
    where organization_id = ${ctx.organizationId} and cadence_id = ${cadenceId} and status in ('exited', 'unenrolled')
    group by 1 order by 1`.execute(ctx.tx);
  return Object.fromEntries(rows.map(({ reason, count }) => [reason, count]));
}

async function readStepAnalytics(ctx: Ctx, cadenceId: string): Promise<StepAnalytics[]> {
  const { rows } = await sql<Omit<StepAnalytics, keyof EmailRates>>`
    select s.id as "stepId", abs(s.step_number) as "stepNumber", s.type, s.deleted_at is null as "isCurrent",
           count(x.id)::integer as reached, count(x.id) filter (where x.outcome = 'skipped')::integer as skipped,
           count(x.task_id)::integer as tasks,
           count(x.task_id) filter (where t.status = 'completed')::integer as "tasksCompleted", ${EMAIL_COUNTS}
    from cadence_steps s
    left join cadence_step_executions x on x.organization_id = s.organization_id and x.step_id = s.id
    left join emails m on m.organization_id = x.organization_id and m.id = x.email_id
    left join tasks t on t.organization_id = x.organization_id and t.id = x.task_id
    where s.organization_id = ${ctx.organizationId} and s.cadence_id = ${cadenceId}
    group by s.id, s.step_number, s.type, s.deleted_at
    having s.deleted_at is null or count(x.id) > 0
    order by s.deleted_at is not null, abs(s.step_number), s.id`.execute(ctx.tx);
  return rows.map((row) => ({ ...row, ...ratesOf(row) }));
}

/**
 * Every step that compares texts, read out on replies and on opens. All that was sent counts, since a person keeps their
 * variant.
 */
export async function readExperiments(
  ctx: Ctx,
  { cadenceId, from, until }: { cadenceId?: string; from?: Date; until?: Date },
): Promise<StepExperiment[]> {
  const { rows } = await sql<Cell>`
    select c.id as "cadenceId", c.name as "cadenceName", s.id as "stepId", abs(s.step_number) as "stepNumber", x.variant,
           count(m.id) filter (where m.sent_at is not null)::integer as sent,
           count(m.id) filter (where m.replied_at is not null)::integer as replied,
           count(m.id) filter (where m.opened_at is not null)::integer as opened
    from cadence_step_executions x
    join cadence_steps s on s.organization_id = x.organization_id and s.id = x.step_id
    join cadences c on c.organization_id = s.organization_id and c.id = s.cadence_id
    left join emails m on m.organization_id = x.organization_id and m.id = x.email_id
    where x.organization_id = ${ctx.organizationId} and x.variant is not null
      ${cadenceId === undefined ? sql`` : sql`and x.cadence_id = ${cadenceId}`}
      ${from === undefined ? sql`` : sql`and x.executed_at >= ${from}`}
      ${until === undefined ? sql`` : sql`and x.executed_at < ${until}`}
    group by c.id, c.name, s.id, s.step_number, x.variant
    order by c.name, c.id, abs(s.step_number), s.id, x.variant`.execute(ctx.tx);
  const steps = Map.groupBy(rows, ({ stepId }) => stepId);
  return [...steps.values()].flatMap((cells) =>
    (['replied', 'opened'] as const).map((metric) => readOut(cells, metric)),
  );
}

interface Cell {
  cadenceId: string;
  cadenceName: string;
  stepId: string;
  stepNumber: number;
  variant: string;
  sent: number;
  replied: number;
  opened: number;
}

function readOut(cells: readonly Cell[], metric: 'replied' | 'opened'): StepExperiment {
  const { cadenceId, cadenceName, stepId, stepNumber } = cells[0]!;
  const trials = cells.map((cell) => ({ name: cell.variant, trials: cell.sent, successes: cell[metric] }));
  return { cadenceId, cadenceName, stepId, stepNumber, metric, ...readExperiment(trials) };
}
