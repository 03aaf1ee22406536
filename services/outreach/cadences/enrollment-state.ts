import { sql } from 'kysely';
import { DAY_MS, DEFAULT_REPLY_PAUSE_DAYS, type PauseReason } from '../../../domain/outreach/cadence.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { tell } from './change-cadence.ts';
import { cadenceCompleted, cadenceExited, cadencePaused } from './events.ts';

interface Moved {
  id: string;
  cadenceId: string;
  prospectId: string;
}

const MOVED = sql.raw('id, cadence_id as "cadenceId", prospect_id as "prospectId"');

/** Ends enrollments that are open. Answers which ones; those that had ended before stay as they are. */
export async function endEnrollments(
  ctx: Ctx,
  ids: readonly string[],
  end: { status: 'completed' | 'exited' | 'unenrolled'; reason: string; isTold?: true },
): Promise<Moved[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<Moved>`
    update cadence_enrollments
    set status = ${end.status}, end_reason = ${end.reason}, ended_at = ${ctx.now}, next_run_at = null, held_by = null,
        next_step_id = null, next_step_number = null, pause_reason = null, waiting_task_id = null, waiting_until = null
    where organization_id = ${ctx.organizationId} and id = any(${sql.val([...ids])}::uuid[]) and ended_at is null
    returning ${MOVED}`.execute(ctx.tx);
  for (const data of rows) {
    if (end.status === 'completed') await emit(ctx, cadenceCompleted, { entityId: data.id, data });
    else await emit(ctx, cadenceExited, { entityId: data.id, data: { ...data, reason: end.reason } });
  }
  if (!end.isTold) await tell(ctx, rows);
  return rows;
}

export interface Pause {
  readonly reason: PauseReason;
  /** When it ends by itself; null: when somebody resumes it. */
  readonly until: Date | null;
}

/**
 * Rests that end by themselves or with their cadence give way: whoever has answered meanwhile is not written to when the
 * rest is over, and a later day of return counts.
 */
const GIVES_WAY: Readonly<Partial<Record<PauseReason, readonly PauseReason[]>>> = {
  reply: ['account_reply', 'out_of_office', 'cadence'],
  account_reply: ['out_of_office', 'cadence'],
  out_of_office: ['out_of_office'],
};

/** Lets enrollments rest that are active, or rest for a lesser reason. Answers which ones. */
export async function pauseEnrollments(ctx: Ctx, ids: readonly string[], pause: Pause): Promise<Moved[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<Moved>`
    update cadence_enrollments
    set status = 'paused', pause_reason = ${pause.reason}, paused_at = ${ctx.now}, paused_until = ${pause.until},
        next_run_at = null, held_by = null
    where organization_id = ${ctx.organizationId} and id = any(${sql.val([...ids])}::uuid[])
      and (status = 'active'
           or status = 'paused' and pause_reason = any(${sql.val([...(GIVES_WAY[pause.reason] ?? [])])}::text[]))
    returning ${MOVED}`.execute(ctx.tx);
  for (const data of rows)
    await emit(ctx, cadencePaused, { entityId: data.id, data: { ...data, reason: pause.reason } });
  await tell(ctx, rows);
  return rows;
}

/** The default of a pause by a reply: somebody is expected to answer. */
export const replyPauseEnd = (ctx: Ctx, days: number | undefined): Date =>
  new Date(ctx.now.getTime() + (days ?? DEFAULT_REPLY_PAUSE_DAYS) * DAY_MS);
