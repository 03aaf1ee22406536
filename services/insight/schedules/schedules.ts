import { sql } from 'kysely';
import { conflict, invalid, invalidAll, notFound } from '../../../domain/core/errors.ts';
import type { ModelCode } from '../../../domain/insight/attribution.rules.ts';
import { type RunConfigInput, resolveRunConfig } from '../../../domain/insight/run-config.rules.ts';
import { type Frequency, type RunTiming, wallClocksOf } from '../../../domain/insight/schedule.rules.ts';
import { audit } from '../../core/audit.ts';
import { setSchedule } from '../../core/commands.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { type PageInput, readPage } from '../../core/page.ts';
import { requireVersion } from '../../core/versions.ts';
import { missingReferences } from '../../data/index.ts';
import { withTeamIds } from '../../platform/roles/index.ts';
import type { ScheduleRow } from './fire-schedule.ts';

export interface ScheduleInput {
  name: string;
  modelCode: ModelCode;
  /** Without a period: that rolls. */
  config: RunConfigInput;
  /** Whole days before the day of the run. */
  periodDays: number;
  frequency: Frequency;
  weekday?: number | undefined;
  monthDay?: number | undefined;
  timeOfDay: string;
}

export interface ScheduleView extends RunTiming {
  id: string;
  name: string;
  modelCode: ModelCode;
  config: RunConfigInput;
  periodDays: number;
  timeZone: string;
  paused: boolean;
  nextRunAt: Date | null;
  lastRun: { id: string; day: string; status: string } | null;
  /** Firings that found the run before still going on. */
  skipped: number;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

/** Runs at a time of the organization's wall clock, each over the days before it. @throws AppError validation. */
export const createSchedule = verb(
  { permission: 'attribution.execute' },
  async (ctx, given: ScheduleInput): Promise<ScheduleView> => {
    const input = { ...given, config: await withTeamIds(ctx, given.config, 'config.') };
    await check(ctx, input);
    const { id } = await ctx.tx
      .insertInto('attribution_schedules')
      .values({
        name: input.name,
        model_code: input.modelCode,
        config: JSON.stringify(input.config),
        period_days: input.periodDays,
        frequency: input.frequency,
        weekday: input.weekday ?? null,
        month_day: input.monthDay ?? null,
        time_of_day: input.timeOfDay,
        time_zone: sql<string>`(select time_zone from organizations where id = ${ctx.organizationId})`,
        created_by: ctx.principal.id,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await audit(ctx, 'attribution_schedule.create', {
      entityType: 'attribution_schedule',
      entityId: id,
      after: { ...input },
    });
    return settle(ctx, id);
  },
);

async function check(ctx: Ctx, input: ScheduleInput): Promise<void> {
  const { config, frequency, weekday, monthDay } = input;
  for (const field of ['startDate', 'endDate'] as const) {
    if (config[field] !== undefined) {
      throw invalid(`config.${field}`, 'is set by the schedule for each run: give period_days instead', config[field]);
    }
  }
  for (const [field, value, of] of [
    ['weekday', weekday, 'weekly'],
    ['monthDay', monthDay, 'monthly'],
  ] as const) {
    if (frequency === of && value === undefined) throw invalid(field, `is needed for a ${of} schedule`);
    if (frequency !== of && value !== undefined) throw invalid(field, `is of ${of} schedules only`, value);
  }
  const issues = await missingReferences(ctx, resolveRunConfig(input.modelCode, config), 'config.');
  if (issues.length > 0) throw invalidAll(issues);
}

/** Asks for the schedule to be made as its row says; answers the row. */
async function settle(ctx: Ctx, id: string): Promise<ScheduleView> {
  const schedule = await findSchedule(ctx, id);
  await setSchedule(
    ctx,
    'attributionSchedule',
    { entityId: id },
    {
      wallClocks: wallClocksOf(schedule),
      timeZone: schedule.timeZone,
      paused: schedule.paused,
      input: { organizationId: ctx.organizationId, scheduleId: id },
    },
  );
  return schedule;
}

export interface ScheduleTarget {
  scheduleId: string;
}

const setPaused = (paused: boolean) =>
  verb({ permission: 'attribution.execute' }, async (ctx, { scheduleId }: ScheduleTarget): Promise<ScheduleView> => {
    const { numUpdatedRows } = await ctx.tx
      .updateTable('attribution_schedules')
      .set({ paused })
      .where('id', '=', scheduleId)
      .where('deleted_at', 'is', null)
      .where('paused', '=', !paused)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) {
      await findSchedule(ctx, scheduleId);
      throw conflict(
        paused ? 'ALREADY_PAUSED' : 'NOT_PAUSED',
        `The schedule is ${paused ? '' : 'not '}paused already.`,
        {
          hint: 'Nothing was changed.',
        },
      );
    }
    await audit(ctx, paused ? 'attribution_schedule.pause' : 'attribution_schedule.resume', {
      entityType: 'attribution_schedule',
      entityId: scheduleId,
      before: { paused: !paused },
      after: { paused },
    });
    return settle(ctx, scheduleId);
  });

/** @throws AppError not_found; conflict `ALREADY_PAUSED`. */
export const pauseSchedule = setPaused(true);
/** What was missed while it was paused is not made up for. @throws AppError not_found; conflict `NOT_PAUSED`. */
export const resumeSchedule = setPaused(false);

/** Its runs stay. @throws AppError not_found; precondition_failed. */
export const deleteSchedule = verb(
  { permission: 'attribution.execute' },
  async (ctx, input: ScheduleTarget & { expectedVersion?: number | undefined }): Promise<{ id: string }> => {
    const id = input.scheduleId;
    const row = await ctx.tx
      .selectFrom('attribution_schedules')
      .select('version')
      .where('id', '=', id)
      .where('deleted_at', 'is', null)
      .forUpdate()
      .executeTakeFirst();
    if (!row) throw notFound('The schedule');
    requireVersion(row.version, input.expectedVersion);
    await ctx.tx.updateTable('attribution_schedules').set({ deleted_at: ctx.now }).where('id', '=', id).execute();
    await setSchedule(ctx, 'attributionSchedule', { entityId: id }, null);
    await audit(ctx, 'attribution_schedule.delete', { entityType: 'attribution_schedule', entityId: id });
    return { id };
  },
);

/** @throws AppError not_found. */
export const getSchedule = verb(
  { permission: 'attribution.view' },
  (ctx, input: ScheduleTarget): Promise<ScheduleView> => findSchedule(ctx, input.scheduleId),
);

/** Newest first. */
export const listSchedules = verb(
  { permission: 'attribution.view' },
  async (ctx, input: PageInput): Promise<{ items: ScheduleView[]; total: number }> => {
    const ordered = selectSchedules(ctx)
      .select((eb) => eb.fn.countAll<number>().over().as('total'))
      .orderBy('s.created_at', 'desc')
      .orderBy('s.id');
    const { rows, total } = await readPage(input, (limit, offset) => ordered.limit(limit).offset(offset).execute());
    return { items: rows.map(toView), total };
  },
);

async function findSchedule(ctx: Ctx, id: string): Promise<ScheduleView> {
  const row = await selectSchedules(ctx).where('s.id', '=', id).executeTakeFirst();
  if (!row) throw notFound('The schedule');
  return toView(row);
}

/** The next time by the wall clock; where a change of the clock leaves it out, an hour later, like the firing itself. */
const selectSchedules = (ctx: Ctx) =>
  ctx.tx
    .selectFrom('attribution_schedules as s')
    .selectAll('s')
    .select(
      sql<Date | null>`case when not s.paused then (
        select min(due.at) from (
          select (day + s.time_of_day::time) at time zone s.time_zone as at
          from generate_series(
            (${ctx.now}::timestamptz at time zone s.time_zone)::date::timestamp, 
            (${ctx.now}::timestamptz at time zone s.time_zone)::date + interval '32 days', interval '1 day') day
          where (s.weekday is null or extract(isodow from day) = s.weekday)
            and (s.month_day is null or extract(day from day) = s.month_day)
        ) due where due.at > ${ctx.now}) end`.as('next_run_at'),
    )
    .select(
      sql<ScheduleView['lastRun']>`(
        select jsonb_build_object('id', r.id, 'day', r.scheduled_day, 'status', r.status) from attribution_runs r
        where r.organization_id = s.organization_id and r.schedule_id = s.id order by r.scheduled_day desc limit 1)`.as(
        'last_run',
      ),
    )
    .where('s.deleted_at', 'is', null);

const toView = (row: ScheduleRow & { next_run_at: Date | null; last_run: ScheduleView['lastRun'] }): ScheduleView => ({
  id: row.id,
  name: row.name,
  modelCode: row.model_code as ModelCode,
  config: row.config as RunConfigInput,
  periodDays: row.period_days,
  frequency: row.frequency as Frequency,
  weekday: row.weekday,
  monthDay: row.month_day,
  timeOfDay: row.time_of_day,
  timeZone: row.time_zone,
  paused: row.paused,
  nextRunAt: row.next_run_at,
  lastRun: row.last_run,
  skipped: row.skipped,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  version: row.version,
});
