import { sql } from 'kysely';
import { AppError } from '../../../domain/core/errors.ts';
import type { Ctx } from '../../core/context.ts';

const ERASED = 'erased';

/**
 * Messages to these addresses lose address, name and contents; those that have not left never will. The rows stay, for
 * nothing may be sent twice. Answers how many. @throws AppError unavailable while one is just leaving.
 */
export async function eraseRecipient(ctx: Ctx, addresses: readonly string[]): Promise<number> {
  if (addresses.length === 0) return 0;
  const { rows } = await sql<{ id: string; state: string }>`
    select id, state from sends
    where organization_id = ${ctx.organizationId} and lower(to_address) = any(${sql.val([...addresses])}::text[])
    order by id for update`.execute(ctx.tx);
  if (rows.some(({ state }) => state === 'claimed' || state === 'dispatching')) {
    throw new AppError('unavailable', 'SEND_UNDER_WAY', 'A message to the person is just leaving.');
  }
  const ids = sql.val(rows.map(({ id }) => id));
  await sql`
    delete from outbox_messages
    where organization_id = ${ctx.organizationId} and send_id = any(${ids}::uuid[])`.execute(ctx.tx);
  await sql`
    update sends
    set to_address = ${ERASED}, to_name = null, content = ''::bytea, dedupe_key = 'erased:' || id::text,
        state = case when settled_at is null then 'suppressed' else state end,
        suppressed_by = case when settled_at is null then ${ERASED} else suppressed_by end,
        settled_at = coalesce(settled_at, ${ctx.now})
    where organization_id = ${ctx.organizationId} and id = any(${ids}::uuid[])`.execute(ctx.tx);
  return rows.length;
}
