import type { Db } from '../../schema/db.ts';
import type { Clock } from '../../services/core/clock.ts';
import { SYSTEM_PRINCIPAL } from '../../services/core/context.ts';
import type { FaultPoint } from '../../services/core/fault-points.ts';
import { inTransaction } from '../../services/core/transaction.ts';
import { type Attention, attendInvitation } from '../../services/platform/invitations/index.ts';
import type { Mailing } from '../../services/platform/sends/index.ts';
import type { InvitationInput } from '../../workflows/platform/invitation.contract.ts';

export type InvitationActivities = ReturnType<typeof createInvitationActivities>;

export interface InvitationsDeps {
  db: Db;
  clock: Clock;
  mailing: Mailing;
  /** Life of an invitation. */
  lifeHours: number;
  faultPoint: FaultPoint;
}

export function createInvitationActivities({ db, clock, mailing, lifeHours, faultPoint }: InvitationsDeps) {
  return {
    /** Does what is due (the reminder, the expiry) and says when to look again. */
    invitationsAttend: async (input: InvitationInput): Promise<Attention> => {
      const { organizationId, invitationId, generation } = input;
      await faultPoint('invitation.before-attend');
      const attention = await inTransaction(
        db,
        { organizationId, principal: SYSTEM_PRINCIPAL, now: clock.now() },
        (ctx) => attendInvitation(ctx, mailing, { invitationId, generation, lifeHours }),
      );
      await faultPoint('invitation.after-attend');
      return attention;
    },
  };
}
