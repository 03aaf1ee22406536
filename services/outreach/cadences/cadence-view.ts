import { type RawBuilder, sql } from 'kysely';
import { notFound } from '../../../domain/core/errors.ts';
import type { CadenceSettings, CadenceStep, StepType } from '../../../domain/outreach/cadence.rules.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { type PageInput, readPage } from '../../core/page.ts';

export interface StepView extends CadenceStep {
  cadenceId: string;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

export interface CadenceView {
  id: string;
  name: string;
  description: string | null;
  isActive: boolean;
  settings: CadenceSettings;
  teamId: string | null;
  createdBy: string | null;
  stepCount: number;
  enrollments: { active: number; paused: number; completed: number; exited: number; unenrolled: number };
  repliedCount: number;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

export interface CadenceDetail extends CadenceView {
  steps: StepView[];
}

/** Counts of one page of cadences are read for that page alone. */
const COLUMNS: RawBuilder<unknown> = sql.raw(`
  c.id, c.name, c.description, c.is_active as "isActive", c.settings, c.team_id as "teamId",
  c.created_by as "createdBy", s.count as "stepCount",
  jsonb_build_object('active', e.active, 'paused', e.paused, 'completed', e.completed, 'exited', e.exited,
                     'unenrolled', e.unenrolled) as enrollments,
  e.replied as "repliedCount", c.created_at as "createdAt", c.updated_at as "updatedAt", c.version`);
const FROM: RawBuilder<unknown> = sql.raw(`
  cadences c
  cross join lateral (
    select count(*)::integer as count from cadence_steps s
    where s.organization_id = c.organization_id and s.cadence_id = c.id and s.deleted_at is null) s
  cross join lateral (
    select count(*) filter (where e.status = 'active')::integer as active,
           count(*) filter (where e.status = 'paused')::integer as paused,
           count(*) filter (where e.status = 'completed')::integer as completed,
           count(*) filter (where e.status = 'exited')::integer as exited,
           count(*) filter (where e.status = 'unenrolled')::integer as unenrolled,
           count(*) filter (where e.replied_at is not null)::integer as replied
    from cadence_enrollments e where e.organization_id = c.organization_id and e.cadence_id = c.id) e`);

/** @throws AppError not_found. */
export async function readCadence(ctx: Ctx, id: string): Promise<CadenceDetail> {
  const { rows } = await sql<CadenceView>`
    select ${COLUMNS} from ${FROM}
    where c.organization_id = ${ctx.organizationId} and c.id = ${id} and c.deleted_at is null`.execute(ctx.tx);
  if (!rows[0]) throw notFound('The cadence');
  return { ...rows[0], steps: await readSteps(ctx, id) };
}

export const getCadence = verb(
  { permission: 'cadences.view' },
  (ctx, input: { id: string }): Promise<CadenceDetail> => readCadence(ctx, input.id),
);

export interface ListCadencesInput extends PageInput {
  isActive?: boolean | undefined;
  teamId?: string | undefined;
  q?: string | undefined;
}

/** The latest first. */
export const listCadences = verb(
  { permission: 'cadences.view' },
  async (ctx, input: ListCadencesInput): Promise<{ items: CadenceView[]; total: number }> => {
    const conditions = sql.join(
      [
        sql`c.organization_id = ${ctx.organizationId}`,
        sql`c.deleted_at is null`,
        ...(input.isActive === undefined ? [] : [sql`c.is_active = ${input.isActive}`]),
        ...(input.teamId === undefined ? [] : [sql`c.team_id = ${input.teamId}::uuid`]),
        ...(input.q === undefined ? [] : [sql`strpos(lower(c.name), lower(${input.q})) > 0`]),
      ],
      sql` and `,
    );
    const { rows, total } = await readPage(input, async (limit, offset) => {
      const page = await sql<CadenceView & { total: number }>`
        select ${COLUMNS}, (select count(*) from cadences c where ${conditions})::integer as total
        from ${FROM} where ${conditions}
        order by c.created_at desc, c.id desc limit ${limit}::integer offset ${offset}::bigint`.execute(ctx.tx);
      return page.rows;
    });
    return { items: rows.map(({ total: _, ...row }) => row), total };
  },
);

const STEP_COLUMNS: RawBuilder<unknown> = sql.raw(`
  id, cadence_id as "cadenceId", step_number as "stepNumber", type, delay_days as "delayDays",
  delay_hours as "delayHours", template_id as "templateId", subject, content, conditions, variants,
  created_at as "createdAt", updated_at as "updatedAt", version`);

/** In order. */
export async function readSteps(ctx: Ctx, cadenceId: string): Promise<StepView[]> {
  const { rows } = await sql<StepView>`
    select ${STEP_COLUMNS} from cadence_steps
    where organization_id = ${ctx.organizationId} and cadence_id = ${cadenceId} and deleted_at is null
    order by step_number`.execute(ctx.tx);
  return rows;
}

export interface ListStepsInput extends PageInput {
  id: string;
  type?: StepType | undefined;
}

/** In order. @throws AppError not_found. */
export const listSteps = verb(
  { permission: 'cadences.view' },
  async (ctx, input: ListStepsInput): Promise<{ items: StepView[]; total: number }> => {
    const { steps } = await readCadence(ctx, input.id);
    const wanted = steps.filter(({ type }) => input.type === undefined || type === input.type);
    const first = (input.page - 1) * input.limit;
    return { items: wanted.slice(first, first + input.limit), total: wanted.length };
  },
);
