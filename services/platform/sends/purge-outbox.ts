import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';

const KEPT_MS = 90 * 86_400_000;
const BATCH = 1_000;

/**
 * One batch of an organization: messages that the built-in transport took more than 90 days ago. The ledger itself stays,
 * for nothing may be sent twice. Answers whether there may be more.
 */
export async function purgeOutbox(ctx: Ctx): Promise<boolean> {
  // Ids begin with the time, so the key itself finds the oldest.
  const time = (ctx.now.getTime() - KEPT_MS).toString(16).padStart(12, '0');
  const before = `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`;
  const { numAffectedRows } = await sql`
    delete from outbox_messages where organization_id = ${ctx.organizationId} and id in (
      select id from outbox_messages
      where organization_id = ${ctx.organizationId} and id < ${before}::uuid order by id limit ${BATCH})`.execute(
    ctx.tx,
  );
  return numAffectedRows === BigInt(BATCH);
}
