import type { Db } from '../../schema/db.ts';
import type { Clock } from '../../services/core/clock.ts';
import { SYSTEM_PRINCIPAL } from '../../services/core/context.ts';
import type { FaultPoint } from '../../services/core/fault-points.ts';
import { inTransaction } from '../../services/core/transaction.ts';
import { attendCall, type CallAttention } from '../../services/crm/index.ts';
import type { LiveCallInput } from '../../workflows/crm/live-call.contract.ts';

export type CallActivities = ReturnType<typeof createCallActivities>;

export interface CallsDeps {
  db: Db;
  clock: Clock;
  faultPoint: FaultPoint;
}

export function createCallActivities({ db, clock, faultPoint }: CallsDeps) {
  return {
    /** Ends or closes a call when it is time, and says when to look again. */
    callsAttend: async ({ organizationId, callId }: LiveCallInput): Promise<CallAttention> => {
      await faultPoint('call.before-attend');
      const attention = await inTransaction(
        db,
        { organizationId, principal: SYSTEM_PRINCIPAL, now: clock.now() },
        (ctx) => attendCall(ctx, callId),
      );
      await faultPoint('call.after-attend');
      return attention;
    },
  };
}
