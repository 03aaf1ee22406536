import { type RawBuilder, sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import { ERASE_BATCH, type PersonRecords } from '../../data/index.ts';
import { ERASED_CALL } from './apply-events.ts';

const callsOf = (ctx: Ctx, recordIds: readonly string[]): RawBuilder<unknown> => sql`(
  select c.id from live_calls c
  join interactions i on i.organization_id = c.organization_id and i.id = c.interaction_id
  where c.organization_id = ${ctx.organizationId} and i.customer_id = any(${sql.val([...recordIds])}::uuid[]))`;

/** Calls as telephony told of them; an erased one takes nothing in any more, however late it comes. */
async function erase(ctx: Ctx, recordIds: readonly string[]): Promise<Record<string, number>> {
  const transcripts = await sql`
    delete from call_transcripts
    where organization_id = ${ctx.organizationId} and live_call_id in ${callsOf(ctx, recordIds)}`.execute(ctx.tx);
  const calls = await sql`
    update live_calls set facts = '{}', caller = null, callee = null, outcome = null, problem = ${ERASED_CALL}
    where organization_id = ${ctx.organizationId} and id in ${callsOf(ctx, recordIds)}
      and problem is distinct from ${ERASED_CALL}`.execute(ctx.tx);
  return {
    call_transcripts: Number(transcripts.numAffectedRows ?? 0n),
    live_calls: Number(calls.numAffectedRows ?? 0n),
  };
}

/** Who called whom and what was said; that there was a call, when and how long, stays. */
async function retain(ctx: Ctx, before: Date): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    update live_calls set facts = '{}', caller = null, callee = null, outcome = null, problem = ${ERASED_CALL}
    where organization_id = ${ctx.organizationId} and id = any(array(
      select id from live_calls
      where organization_id = ${ctx.organizationId} and closed_at is not null and last_event_at < ${before}
        and problem is distinct from ${ERASED_CALL}
      limit ${ERASE_BATCH}::integer for no key update))
    returning id`.execute(ctx.tx);
  await sql`
    delete from call_transcripts
    where organization_id = ${ctx.organizationId}
      and live_call_id = any(${sql.val(rows.map(({ id }) => id))}::uuid[])`.execute(ctx.tx);
  return rows.length;
}

export const CALL_RECORDS: PersonRecords = {
  erase,
  retain,
  sections: {
    live_calls: { table: 'live_calls', belongs: (ctx, recordIds) => sql`id in ${callsOf(ctx, recordIds)}` },
    call_transcripts: {
      table: 'call_transcripts',
      key: 'live_call_id',
      belongs: (ctx, recordIds) => sql`live_call_id in ${callsOf(ctx, recordIds)}`,
    },
  },
};
