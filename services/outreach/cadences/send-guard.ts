import { sql } from 'kysely';
import type { SendGuard } from '../../platform/sends/index.ts';

const LOOK_AGAIN_MS = 900_000;

/**
 * A message of a step leaves only while its enrollment goes on: it waits while the person rests, and never leaves once
 * they have left. The row is held, so that a reply that is being written down is waited for.
 */
export const enrollmentAllows: SendGuard = async (ctx, send) => {
  if (send.purpose !== 'sequence') return null;
  const { rows } = await sql<{ status: string; reason: string | null; replied: boolean }>`
    select e.status, e.end_reason as reason,
           e.replied_at >= x.executed_at and coalesce(c.settings ->> 'autoPauseOnReply', 'true') <> 'false' as replied
    from sends s
    join cadence_enrollments e on e.organization_id = s.organization_id and e.id = (s.touch ->> 'enrollmentId')::uuid
    join cadence_step_executions x on x.organization_id = s.organization_id and x.enrollment_id = e.id
      and x.step_id = (s.touch ->> 'stepId')::uuid
    join cadences c on c.organization_id = e.organization_id and c.id = e.cadence_id
    where s.organization_id = ${ctx.organizationId} and s.id = ${send.id}
    for share of e`.execute(ctx.tx);
  const enrollment = rows[0];
  if (!enrollment || enrollment.status === 'active') return null;
  // The last message of a cadence leaves when it is over; whoever has answered meanwhile does not get it any more.
  if (enrollment.status === 'completed') return enrollment.replied ? 'replied' : null;
  if (enrollment.status === 'paused') return { code: 'paused', until: new Date(ctx.now.getTime() + LOOK_AGAIN_MS) };
  // The last step may be followed by a condition that ends the cadence.
  return enrollment.reason === 'condition' ? null : (enrollment.reason ?? 'unenrolled');
};
