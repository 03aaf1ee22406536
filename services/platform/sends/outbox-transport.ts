import { sql } from 'kysely';
import type { MailTransport } from '../../../domain/platform/mail.port.ts';
import type { Db } from '../../../schema/db.ts';
import { SYSTEM_PRINCIPAL } from '../../core/context.ts';
import { uuidv7 } from '../../core/ids.ts';
import type { Secrets } from '../../core/secrets.ts';
import { inTransaction } from '../../core/transaction.ts';
import { CONTENT_FIELD } from './plan-message.ts';

/**
 * The transport of development: nothing leaves the machine, everything can be read with GET /api/v1/outbox. It takes a
 * message only from the attempt that is going on, so that a process that was taken for dead cannot send a second one.
 */
export function createOutboxTransport({ db, secrets }: { db: Db; secrets: Secrets }): MailTransport {
  return {
    name: 'outbox',
    deliver({ organizationId, sendId, attempt, now, to, from, channel, purpose, ...mail }) {
      return inTransaction(db, { organizationId, principal: SYSTEM_PRINCIPAL, now }, async (ctx) => {
        const id = uuidv7();
        const { subject, html, text, headers, calendar, others, replyTo, attachments } = mail;
        const box = await secrets.box(ctx);
        const content = box.seal(
          { table: 'outbox_messages', field: CONTENT_FIELD, rowId: id },
          JSON.stringify({ subject, html, text, headers, calendar, others, replyTo, attachments }),
        );
        const { rows } = await sql`
          with held as (
            select id from sends
            where organization_id = ${organizationId} and id = ${sendId} and state = 'dispatching'
              and attempt = ${attempt}
            for update)
          insert into outbox_messages (id, send_id, channel, purpose, to_addresses, from_address, content)
          select ${id}::uuid, held.id, ${channel}, ${purpose}, ${JSON.stringify([to, ...(others?.to ?? [])])}::jsonb, ${from}, ${content}
          from held
          returning id`.execute(ctx.tx);
        if (rows.length === 0) throw new Error('The attempt that hands this message over has ended.');
        return { kind: 'accepted', providerId: id };
      });
    },
    find: ({ organizationId, sendId, now }) =>
      inTransaction(
        db,
        { organizationId, principal: SYSTEM_PRINCIPAL, now },
        async (ctx) => {
          const row = await ctx.tx
            .selectFrom('outbox_messages')
            .select('id')
            .where('send_id', '=', sendId)
            .executeTakeFirst();
          return row ? { providerId: row.id } : null;
        },
        { readOnly: true },
      ),
  };
}
