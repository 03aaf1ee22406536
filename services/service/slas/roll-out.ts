import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { slaChanged } from '../events.ts';
import { advanceClock } from './ticket-clock.ts';

/** Tickets of one transaction. */
const BATCH = 100;

/**
 * Looks at open tickets of a changed policy, a batch per event; the last event of the chain finds less than a batch. Whoever
 * is looked at earlier for another reason has taken the change in already: it counts from its own moment.
 */
export async function rollOut(
  ctx: Ctx,
  { id, number, afterTicketId }: { id: string; number: number; afterTicketId: string | null },
): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select id from tickets
    where organization_id = ${ctx.organizationId} and sla_id = ${id} and status in ('new', 'open', 'pending')
      and deleted_at is null ${afterTicketId === null ? sql`` : sql`and id > ${afterTicketId}::uuid`}
    order by id limit ${BATCH} for no key update`.execute(ctx.tx);
  for (const ticket of rows) await advanceClock(ctx, ticket.id);
  const last = rows.at(-1);
  if (rows.length < BATCH || !last) return;
  await emit(ctx, slaChanged, { entityId: id, data: { id, number, afterTicketId: last.id } });
}
