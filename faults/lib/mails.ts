import { randomUUID } from 'node:crypto';
import type postgres from 'postgres';
import type { SendChannel } from '../../domain/platform/mail.port.ts';
import { SYSTEM_PRINCIPAL } from '../../services/core/context.ts';
import { inTransaction } from '../../services/core/transaction.ts';
import { planMessage } from '../../services/platform/sends/index.ts';
import type { TestDatabase } from '../../test/database.ts';
import { testSecrets } from '../../test/secrets.ts';

/** Enters messages into the ledger as the product itself does, `count` in one transaction. @returns their ids */
export function planMails(
  database: TestDatabase,
  organizationId: string,
  count: number,
  { channel = 'email', notBefore }: { channel?: SendChannel; notBefore?: Date } = {},
): Promise<string[]> {
  const scope = { organizationId, principal: SYSTEM_PRINCIPAL, now: new Date() };
  return inTransaction(database.app, scope, async (ctx) => {
    const ids: string[] = [];
    for (let index = 0; index < count; index++) {
      const key = randomUUID();
      const id = await planMessage(
        ctx,
        { secrets: testSecrets() },
        {
          dedupeKey: key,
          ...(notBefore ? { notBefore } : {}),
          channel,
          purpose: 'transactional',
          from: 'no-reply@revloop.example',
          to: { email: channel === 'sms' ? '+15005550006' : `${key}@acme.example`, name: null },
          subject: { type: 'fault', id: organizationId },
          content: { subject: 'Hello', html: '<p>Hello</p>', text: 'Hello', headers: {} },
        },
      );
      ids.push(id!);
    }
    return ids;
  });
}

/**
 * Moves the ledger's open questions a quarter of an hour on, as if that time had passed: an outcome that nobody knows
 * waits so long for events before anything is decided.
 */
export async function passTheWait(owner: postgres.Sql): Promise<void> {
  await owner`
    update sends set next_attempt_at = now(), claimed_until = null where state = 'unknown' and settled_at is null`;
}

export async function sendStates(owner: postgres.Sql): Promise<Record<string, number>> {
  const rows = await owner<{ state: string; count: number }[]>`
    select state || case when settled_at is null then '' else ' (settled)' end as state, count(*)::int as count
    from sends group by 1`;
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
}
