import { conflict, notFound } from '../../../domain/core/errors.ts';
import type { EnrollmentStatus } from '../../../domain/outreach/cadence.rules.ts';
import { audit } from '../../core/audit.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { tell } from './change-cadence.ts';
import { endEnrollments, pauseEnrollments } from './enrollment-state.ts';
import { type EnrollmentDetail, type EnrollmentKey, readEnrollment } from './enrollment-view.ts';

/** @throws AppError not_found; conflict `ENROLLMENT_ENDED`, `ENROLLMENT_PAUSED`. */
export const pauseEnrollment = verb(
  { permission: 'cadences.edit' },
  async (ctx, input: EnrollmentKey): Promise<EnrollmentDetail> => {
    const { status } = await lockEnrollment(ctx, input);
    requireOpen(status);
    if (status === 'paused') throw conflict('ENROLLMENT_PAUSED', 'The enrollment is paused already.');
    await pauseEnrollments(ctx, [input.enrollmentId], { reason: 'person', until: null });
    await note(ctx, input, 'cadence.pause');
    return readEnrollment(ctx, input);
  },
);

/**
 * Goes on where it stopped: what was due meanwhile is due now. Who rests with the whole cadence goes on with it.
 * @throws AppError not_found; conflict `ENROLLMENT_ENDED`, `ENROLLMENT_ACTIVE`, `CADENCE_INACTIVE`.
 */
export const resumeEnrollment = verb(
  { permission: 'cadences.edit' },
  async (ctx, input: EnrollmentKey): Promise<EnrollmentDetail> => {
    const { status, isActive } = await lockEnrollment(ctx, input);
    requireOpen(status);
    if (status === 'active') throw conflict('ENROLLMENT_ACTIVE', 'The enrollment is not paused.');
    if (!isActive) {
      throw conflict('CADENCE_INACTIVE', 'The cadence is not active.', { hint: 'Activate the cadence first.' });
    }
    await ctx.tx
      .updateTable('cadence_enrollments')
      .set({ status: 'active', pause_reason: null, paused_at: null, paused_until: null })
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', input.enrollmentId)
      .execute();
    await tell(ctx, [{ id: input.enrollmentId }]);
    await note(ctx, input, 'cadence.resume');
    return readEnrollment(ctx, input);
  },
);

/** @throws AppError not_found; conflict `ENROLLMENT_ENDED`. */
export const unenroll = verb(
  { permission: 'cadences.edit' },
  async (ctx, input: EnrollmentKey): Promise<EnrollmentDetail> => {
    const { status } = await lockEnrollment(ctx, input);
    requireOpen(status);
    await endEnrollments(ctx, [input.enrollmentId], { status: 'unenrolled', reason: 'unenrolled' });
    await note(ctx, input, 'cadence.unenroll');
    return readEnrollment(ctx, input);
  },
);

async function lockEnrollment(ctx: Ctx, { id, enrollmentId }: EnrollmentKey) {
  const row = await ctx.tx
    .selectFrom('cadence_enrollments as e')
    .innerJoin('cadences as c', (join) =>
      join.onRef('c.organization_id', '=', 'e.organization_id').onRef('c.id', '=', 'e.cadence_id'),
    )
    .select(['e.status', 'c.is_active as isActive'])
    .where('e.organization_id', '=', ctx.organizationId)
    .where('e.cadence_id', '=', id)
    .where('e.id', '=', enrollmentId)
    .forNoKeyUpdate('e')
    .executeTakeFirst();
  if (!row) throw notFound('The enrollment');
  return { status: row.status as EnrollmentStatus, isActive: row.isActive };
}

function requireOpen(status: EnrollmentStatus): void {
  if (status === 'active' || status === 'paused') return;
  throw conflict('ENROLLMENT_ENDED', `The enrollment has ended: ${status}.`, {
    hint: 'Enroll the person anew.',
    details: { status },
  });
}

const note = (ctx: Ctx, { id, enrollmentId }: EnrollmentKey, action: string): Promise<void> =>
  audit(ctx, action, { entityType: 'cadence', entityId: id, after: { enrollmentId } });
