import type { Db } from '../../schema/db.ts';
import type { Clock } from '../../services/core/clock.ts';
import { SYSTEM_PRINCIPAL } from '../../services/core/context.ts';
import type { FaultPoint } from '../../services/core/fault-points.ts';
import { inTransaction } from '../../services/core/transaction.ts';
import {
  attendEnrollment,
  type EnrollmentAttention,
  type StepMessenger,
} from '../../services/outreach/cadences/index.ts';
import type { CadenceEnrollmentInput } from '../../workflows/outreach/cadence-enrollment.contract.ts';

export type CadenceActivities = ReturnType<typeof createCadenceActivities>;

export interface CadencesDeps {
  db: Db;
  clock: Clock;
  faultPoint: FaultPoint;
  messenger: StepMessenger;
}

export function createCadenceActivities({ db, clock, faultPoint, messenger }: CadencesDeps) {
  return {
    /** Does the step of an enrollment that is due and says when to look again. */
    cadencesAttend: async ({ organizationId, enrollmentId }: CadenceEnrollmentInput): Promise<EnrollmentAttention> => {
      await faultPoint('cadences.before-attend');
      const attention = await inTransaction(
        db,
        { organizationId, principal: SYSTEM_PRINCIPAL, now: clock.now() },
        (ctx) => attendEnrollment(ctx, messenger, enrollmentId),
      );
      await faultPoint('cadences.after-attend');
      return attention;
    },
  };
}
