import { type Selectable, sql } from 'kysely';
import type { ModelCode } from '../../../domain/insight/attribution.rules.ts';
import type { RunConfigInput } from '../../../domain/insight/run-config.rules.ts';
import { periodBefore } from '../../../domain/insight/schedule.rules.ts';
import type { AttributionSchedules } from '../../../schema/database.gen.ts';
import type { AttributionScheduleResult } from '../../../workflows/insight/attribution-schedule.contract.ts';
import { audit } from '../../core/audit.ts';
import type { Ctx } from '../../core/context.ts';
import { createRun } from '../attribution/create-run.ts';
import { executeRun } from '../attribution/execute-run.ts';

/**
 * Makes and executes the run of one day, in one transaction. A day has one run, however often it is fired: by a repeated
 * attempt, by the hour that a change to winter time repeats, by the second chance of a night time.
 */
export async function fireSchedule(
  ctx: Ctx,
  { scheduleId, scheduledAt }: { scheduleId: string; scheduledAt: string },
): Promise<AttributionScheduleResult> {
  const schedule = await ctx.tx
    .selectFrom('attribution_schedules')
    .selectAll()
    .select(sql<string>`((${scheduledAt}::timestamptz at time zone time_zone)::date)::text`.as('day'))
    .where('id', '=', scheduleId)
    .forUpdate()
    .executeTakeFirst();
  if (!schedule || schedule.paused || schedule.deleted_at) return { status: 'gone', runId: null };
  const { day } = schedule;
  const made = await runOf(ctx, scheduleId, sql`scheduled_day = ${day}::date`);
  if (made) return { status: 'repeated', runId: made };
  const open = await runOf(ctx, scheduleId, sql`status = 'running'`);
  if (open) return skip(ctx, scheduleId, day);
  const run = await createRun(ctx, {
    modelCode: schedule.model_code as ModelCode,
    name: `${schedule.name} · ${day}`.slice(0, 200),
    config: { ...(schedule.config as RunConfigInput), ...periodBefore(day, schedule.period_days) },
  });
  await ctx.tx
    .updateTable('attribution_runs')
    .set({ schedule_id: scheduleId, scheduled_day: sql<Date>`${day}::date` })
    .where('id', '=', run.id)
    .execute();
  await executeRun(ctx, { runId: run.id });
  return { status: 'started', runId: run.id };
}

export type ScheduleRow = Selectable<AttributionSchedules>;

async function runOf(ctx: Ctx, scheduleId: string, which: ReturnType<typeof sql>): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select id from attribution_runs
    where organization_id = ${ctx.organizationId} and schedule_id = ${scheduleId} and ${which} limit 1`.execute(ctx.tx);
  return rows[0]?.id ?? null;
}

/** Counted once per day: a repeated attempt finds that it is told already. */
async function skip(ctx: Ctx, scheduleId: string, day: string): Promise<AttributionScheduleResult> {
  const { numUpdatedRows } = await ctx.tx
    .updateTable('attribution_schedules')
    .set({ skipped: sql<number>`skipped + 1`, last_skipped_day: sql<Date>`${day}::date` })
    .where('id', '=', scheduleId)
    .where(sql<boolean>`last_skipped_day is distinct from ${day}::date`)
    .executeTakeFirst();
  if (numUpdatedRows > 0n) {
    await audit(ctx, 'attribution_schedule.skip', {
      entityType: 'attribution_schedule',
      entityId: scheduleId,
      after: { day },
    });
  }
  return { status: 'skipped', runId: null };
}
