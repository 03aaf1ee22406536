import type { Db } from '../../schema/db.ts';
import type { Clock } from '../../services/core/clock.ts';
import { SYSTEM_PRINCIPAL } from '../../services/core/context.ts';
import type { FaultPoint } from '../../services/core/fault-points.ts';
import { inTransaction } from '../../services/core/transaction.ts';
import { attendEmail, type EmailAttention, type OutreachTools } from '../../services/outreach/index.ts';
import type { EmailSendInput } from '../../workflows/outreach/email-send.contract.ts';

export type EmailActivities = ReturnType<typeof createEmailActivities>;

export interface EmailDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly faultPoint: FaultPoint;
  readonly tools: OutreachTools;
}

export function createEmailActivities({ db, clock, faultPoint, tools }: EmailDeps) {
  return {
    /** Enters an e-mail into the ledger when its time has come, and says when to look again. */
    emailsAttend: async ({ organizationId, ...email }: EmailSendInput): Promise<EmailAttention> => {
      await faultPoint('emails.before-attend');
      const scope = { organizationId, principal: SYSTEM_PRINCIPAL, now: clock.now() };
      const attention = await inTransaction(db, scope, (ctx) => attendEmail(ctx, tools, email));
      await faultPoint('emails.after-attend');
      return attention;
    },
  };
}
