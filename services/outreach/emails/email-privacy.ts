import { type RawBuilder, sql } from 'kysely';
import { ERASED } from '../../../domain/data/privacy.rules.ts';
import type { Ctx } from '../../core/context.ts';
import type { PersonRecords, PersonSection } from '../../data/index.ts';
import { eraseAuditContents } from '../../platform/audit/index.ts';

/** Rows about the person: by their prospect, or by an address of theirs. */
function isAbout(ctx: Ctx, recordIds: readonly string[], address: string): RawBuilder<unknown> {
  const records = sql`${sql.val([...recordIds])}::uuid[]`;
  return sql`(
    prospect_id in (select p.id from prospects p
                    where p.organization_id = ${ctx.organizationId} and p.customer_id = any(${records}))
    or lower(${sql.ref(address)}) in (
      select i.value from customer_identifiers i
      where i.organization_id = ${ctx.organizationId} and i.type in ('email', 'phone') and i.customer_id = any(${records})))`;
}

const section = (table: string, address: string): PersonSection => ({
  table,
  belongs: (ctx, recordIds) => isAbout(ctx, recordIds, address),
});

/**
 * Words, addresses and devices go; that something was sent, when and how it went stays, so that figures do not change.
 * Unsubscribes and the blacklist keep their address: without it, whoever objected would be written to again.
 */
async function erase(ctx: Ctx, recordIds: readonly string[]): Promise<Record<string, number>> {
  const here = sql`organization_id = ${ctx.organizationId}`;
  const { rows } = await sql<{ id: string }>`
    select id from emails where ${here} and ${isAbout(ctx, recordIds, 'address')} order by id for update`.execute(
    ctx.tx,
  );
  const ids = rows.map(({ id }) => id);
  const own = sql`${sql.val(ids)}::uuid[]`;
  const change = async (statement: RawBuilder<unknown>): Promise<number> =>
    Number((await statement.execute(ctx.tx)).numAffectedRows ?? 0n);
  const answers = sql`(select id from inbound_messages
    where ${here} and (${isAbout(ctx, recordIds, 'from_address')} or email_id = any(${own})))`;
  const files = await sql<{ id: string }>`
    delete from inbound_attachments where ${here} and message_id in ${answers} returning blob_id as id`.execute(ctx.tx);
  const blobs = files.rows.map(({ id }) => id);
  await sql`delete from blobs where ${here} and id = any(${sql.val(blobs)}::uuid[])`.execute(ctx.tx);
  return {
    inbound_attachments: blobs.length,
    email_tracking_events: await change(sql`
      update email_tracking_events set ip_address = null, user_agent = null, url = null, data = '{}'
      where ${here} and email_id = any(${own})
        and (ip_address is not null or user_agent is not null or url is not null or data <> '{}')`),
    email_bounces: await change(sql`
      update email_bounces set address = ${ERASED}, reason = null
      where ${here} and ${isAbout(ctx, recordIds, 'address')} and address <> ${ERASED}`),
    bulk_email_recipients: await change(sql`
      update bulk_email_recipients set address = ${ERASED} || ordinal, name = null, variables = null
      where ${here} and ${isAbout(ctx, recordIds, 'address')} and address <> ${ERASED} || ordinal`),
    inbound_messages: await change(sql`
      update inbound_messages
      set from_address = ${ERASED}, from_name = null, subject = null, text = '', referred_to = null
      where ${here} and (${isAbout(ctx, recordIds, 'from_address')} or email_id = any(${own})) and from_address <> ${ERASED}`),
    emails: await change(sql`
      update emails
      set "to" = '[]', cc = '[]', bcc = '[]', subject = ${ERASED}, html = '', text = '', sent_html = '', sent_text = '',
          address = ${ERASED}, reply_to = null, headers = '{}', links = '[]', attachments = '[]'
      where ${here} and id = any(${own}) and address <> ${ERASED}`),
    audit_entries: await eraseAuditContents(ctx, 'email', ids),
  };
}

/** What outreach knows of a person. */
export const EMAIL_RECORDS: PersonRecords = {
  erase,
  sections: {
    emails: section('emails', 'address'),
    inbound_messages: section('inbound_messages', 'from_address'),
    inbound_attachments: {
      table: 'inbound_attachments',
      belongs: (ctx, recordIds) => sql`message_id in (
        select id from inbound_messages
        where organization_id = ${ctx.organizationId} and ${isAbout(ctx, recordIds, 'from_address')})`,
    },
  },
};
