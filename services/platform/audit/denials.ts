import { sql } from 'kysely';
import type { Db } from '../../../schema/db.ts';
import type { Principal } from '../../core/context.ts';
import { inTransaction } from '../../core/transaction.ts';

export interface Denial {
  readonly organizationId: string;
  readonly principal: Pick<Principal, 'kind' | 'id' | 'userId'>;
  /** Stable code of the refusal, e.g. `FORBIDDEN`. */
  readonly code: string;
  readonly operationId: string;
  /** The permission that was missing. */
  readonly permission?: string | undefined;
  readonly requestId: string;
  readonly at: Date;
}

export interface DenialLog {
  /** Notes a refusal; never awaits and never throws. */
  record(denial: Denial): void;
  flush(): Promise<void>;
}

/** One row per principal, operation and code in this time, with the number of repetitions in the next one. */
const REPEAT_MS = 60_000;
const ROWS_PER_MINUTE = 60;
const REMEMBERED = 10_000;

interface Seen {
  readonly since: number;
  repeated: number;
}

/**
 * Failed authorizations for the audit log. A flood of them becomes few rows: at most 60 a minute per organization and
 * process, and what is left out is counted. Written in the background, several organizations one after the other.
 */
export function createDenialLog(db: Db, onError: (error: unknown) => void): DenialLog {
  const seen = new Map<string, Seen>();
  const minutes = new Map<string, { since: number; rows: number }>();
  let waiting = new Map<string, object[]>();
  let clock = new Date(0);

  const hasRoom = (organizationId: string, at: number): boolean => {
    const minute = minutes.get(organizationId);
    if (!minute || at - minute.since >= REPEAT_MS) {
      if (minutes.size >= REMEMBERED) minutes.clear();
      minutes.set(organizationId, { since: at, rows: 1 });
      return true;
    }
    minute.rows++;
    return minute.rows <= ROWS_PER_MINUTE;
  };

  return {
    record(denial) {
      const at = denial.at.getTime();
      const key = [denial.organizationId, denial.principal.id, denial.operationId, denial.code].join(' ');
      const before = seen.get(key);
      if (before && at - before.since < REPEAT_MS) {
        before.repeated++;
        return;
      }
      if (!hasRoom(denial.organizationId, at)) return;
      if (seen.size >= REMEMBERED) seen.clear();
      seen.set(key, { since: at, repeated: 0 });
      clock = denial.at;
      const rows = waiting.get(denial.organizationId) ?? [];
      waiting.set(denial.organizationId, rows);
      const { principal, code, operationId, permission } = denial;
      rows.push({
        actor_kind: principal.kind,
        actor_id: principal.id,
        on_behalf_of: principal.kind === 'user' ? null : (principal.userId ?? null),
        request_id: denial.requestId,
        after: {
          code,
          operationId,
          ...(permission ? { permission } : {}),
          ...(before?.repeated ? { repeatedBefore: before.repeated } : {}),
        },
      });
    },
    async flush() {
      const batch = waiting;
      waiting = new Map();
      for (const [organizationId, rows] of batch) {
        const scope = {
          organizationId,
          principal: { kind: 'system' as const, id: null, permissions: 'all' as const },
          now: clock,
        };
        await inTransaction(db, scope, async (ctx) => {
          await sql`
            insert into audit_logs (actor_kind, actor_id, on_behalf_of, action, entity_type, outcome, request_id, after)
            select actor_kind, actor_id, on_behalf_of, 'access.denied', 'access', 'denied', request_id, after
            from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
              as r(actor_kind text, actor_id uuid, on_behalf_of uuid, request_id text, after jsonb)`.execute(ctx.tx);
        }).catch(onError);
      }
    },
  };
}
