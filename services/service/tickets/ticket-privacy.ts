import { type RawBuilder, sql } from 'kysely';
import { ERASED } from '../../../domain/data/privacy.rules.ts';
import type { Ctx } from '../../core/context.ts';
import type { PersonRecords, PersonSection } from '../../data/index.ts';
import { eraseAuditContents } from '../../platform/audit/index.ts';

/** Tickets that a person asked: by their prospect, or by an address of theirs. */
const ticketsOf = (ctx: Ctx, recordIds: readonly string[]): RawBuilder<unknown> => {
  const records = sql`${sql.val([...recordIds])}::uuid[]`;
  return sql`(
    select t.id from tickets t
    where t.organization_id = ${ctx.organizationId} and (
      t.prospect_id in (select p.id from prospects p
                        where p.organization_id = ${ctx.organizationId} and p.customer_id = any(${records}))
      or lower(t.requester_email) in (
        select i.value from customer_identifiers i
        where i.organization_id = ${ctx.organizationId} and i.type = 'email' and i.customer_id = any(${records}))))`;
};

const section = (table: string, column: string): PersonSection => ({
  table,
  belongs: (ctx, recordIds) => sql`${sql.ref(column)} in ${ticketsOf(ctx, recordIds)}`,
});

/** Words and names go, also those of colleagues in them; times and clocks stay, so that figures of support do not change. */
async function erase(ctx: Ctx, recordIds: readonly string[]): Promise<Record<string, number>> {
  const { rows } = await sql<{ id: string }>`
    select id from tickets where organization_id = ${ctx.organizationId} and id in ${ticketsOf(ctx, recordIds)}
    order by id for update`.execute(ctx.tx);
  const ids = rows.map(({ id }) => id);
  const own = sql`${sql.val(ids)}::uuid[]`;
  const here = sql`organization_id = ${ctx.organizationId}`;
  const change = async (statement: RawBuilder<unknown>): Promise<number> =>
    Number((await statement.execute(ctx.tx)).numAffectedRows ?? 0n);
  const attachments = await sql<{ id: string }>`
    delete from ticket_attachments where ${here} and ticket_id = any(${own}) returning blob_id as id`.execute(ctx.tx);
  const blobs = attachments.rows.map(({ id }) => id);
  await sql`delete from blobs where ${here} and id = any(${sql.val(blobs)}::uuid[])`.execute(ctx.tx);
  return {
    ticket_attachments: blobs.length,
    ticket_replies: await change(sql`
      update ticket_replies set body = ${ERASED}, author_email = null, author_name = null
      where ${here} and ticket_id = any(${own}) and body <> ${ERASED}`),
    ticket_surveys: await change(sql`
      update ticket_surveys set comment = null where ${here} and ticket_id = any(${own}) and comment is not null`),
    ticket_mails: await change(sql`
      update ticket_inbox set from_email = null, subject = null
      where ${here} and ticket_id = any(${own}) and (from_email is not null or subject is not null)`),
    notifications: await change(sql`delete from notifications where ${here} and entity_id = any(${own})`),
    tickets: await change(sql`
      update tickets set subject = ${ERASED}, description = null, requester_email = null, requester_name = null, custom = '{}'
      where ${here} and id = any(${own}) and subject <> ${ERASED}`),
    audit_entries: await eraseAuditContents(ctx, 'ticket', ids),
  };
}

/** What support knows of a person. */
export const TICKET_RECORDS: PersonRecords = {
  erase,
  sections: { tickets: section('tickets', 'id'), ticket_replies: section('ticket_replies', 'ticket_id') },
};
