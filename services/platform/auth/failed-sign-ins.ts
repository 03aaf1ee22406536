import { sql } from 'kysely';
import type { Db } from '../../../schema/db.ts';
import { ANONYMOUS_PRINCIPAL } from '../../core/context.ts';
import { inTransaction } from '../../core/transaction.ts';

export interface FailedSignIn {
  readonly organizationId: string;
  readonly userId: string;
  readonly at: Date;
}

export interface FailedSignIns {
  /** Never awaits and never throws: the answer to a known address must not take longer than to an unknown one. */
  record(failure: FailedSignIn): void;
  flush(): Promise<void>;
}

/** The limit of attempts keeps them few; this is for whoever tries a list of addresses while the database is away. */
const MOST_WAITING = 10_000;

/** Failed sign-ins of people who exist, for the audit log. Collected in memory and written by the owner of the process. */
export function createFailedSignIns(db: Db, onError: (error: unknown) => void): FailedSignIns {
  let waiting: FailedSignIn[] = [];
  return {
    record(failure) {
      if (waiting.length < MOST_WAITING) waiting.push(failure);
    },
    async flush() {
      const batch = Map.groupBy(waiting, (failure) => failure.organizationId);
      waiting = [];
      for (const [organizationId, failures] of batch) {
        const scope = { organizationId, principal: ANONYMOUS_PRINCIPAL, now: failures.at(-1)!.at };
        const ids = failures.map((failure) => failure.userId);
        await inTransaction(db, scope, async (ctx) => {
          await sql`
            insert into audit_logs (actor_kind, action, outcome, entity_type, entity_id)
            select ${ANONYMOUS_PRINCIPAL.kind}, 'auth.sign_in_failed', 'denied', 'user', id
            from unnest(${sql.val(ids)}::uuid[]) as id`.execute(ctx.tx);
        }).catch(onError);
      }
    },
  };
}
