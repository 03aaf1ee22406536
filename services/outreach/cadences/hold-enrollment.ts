import { sql } from 'kysely';
import type { CadenceSettings, EnrollmentStatus, PauseReason } from '../../../domain/outreach/cadence.rules.ts';
import type { Ctx } from '../../core/context.ts';
import type { DuePerson } from './perform-step.ts';

/** An enrollment under its row lock, with all that its next step needs. */
export interface HeldEnrollment extends DuePerson {
  readonly status: EnrollmentStatus;
  readonly settings: CadenceSettings;
  readonly timeZone: string;
  readonly isGone: boolean;
  /** The cadence is. */
  readonly isActive: boolean;
  readonly since: Date;
  readonly fromNumber: number;
  readonly nextRunAt: Date | null;
  readonly waitingUntil: Date | null;
  readonly pauseReason: PauseReason | null;
  readonly pausedUntil: Date | null;
  readonly endedAt: Date | null;
  readonly endReason: string | null;
}

/** Null: there is no such enrollment. */
export async function holdEnrollment(ctx: Ctx, enrollmentId: string): Promise<HeldEnrollment | null> {
  const { rows } = await sql<HeldEnrollment>`
    select e.id as "enrollmentId", e.cadence_id as "cadenceId", e.prospect_id as "prospectId",
           p.account_id as "accountId", e.user_id as "userId", p.owner_id as "ownerId", p.email,
           nullif(trim(concat_ws(' ', p.first_name, p.last_name)), '') as name, e.status, c.settings,
           coalesce(p.time_zone, c.settings ->> 'timezone', o.time_zone) as "timeZone",
           p.deleted_at is not null as "isGone", c.is_active as "isActive", e.since, e.from_number as "fromNumber", e.next_run_at as "nextRunAt",
           e.waiting_until as "waitingUntil", e.pause_reason as "pauseReason", e.paused_until as "pausedUntil",
           e.ended_at as "endedAt", e.end_reason as "endReason",
           (select x.email_id from cadence_step_executions x
            where x.organization_id = e.organization_id and x.enrollment_id = e.id and x.email_id is not null
            order by x.executed_at desc, x.id desc limit 1) as "lastEmailId"
    from cadence_enrollments e
    join cadences c on c.organization_id = e.organization_id and c.id = e.cadence_id
    join prospects p on p.organization_id = e.organization_id and p.id = e.prospect_id
    join organizations o on o.id = e.organization_id
    where e.organization_id = ${ctx.organizationId} and e.id = ${enrollmentId}
    for no key update of e`.execute(ctx.tx);
  return rows[0] ?? null;
}
