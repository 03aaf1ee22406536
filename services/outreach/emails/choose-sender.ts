import { sql } from 'kysely';
import { conflict, invalid } from '../../../domain/core/errors.ts';
import { isVerified } from '../../../domain/outreach/sending-domain.rules.ts';
import { headerText } from '../../../domain/platform/mail.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { whyNotReady } from '../senders/sender-view.ts';
import type { OutreachTools } from '../tools.ts';
import type { EmailCategory } from './email-view.ts';

export interface ChosenSender {
  /** Null: the product's own address, where the organization has no sender. */
  readonly id: string | null;
  readonly name: string | null;
  readonly email: string;
  readonly replyTo: string | null;
  readonly signatureHtml: string | null;
  readonly postalAddress: string | null;
}

interface Wanted {
  readonly senderId: string | undefined;
  readonly userId: string | null;
  readonly category: EmailCategory;
}

/**
 * The sender that is named, else the one of the person who writes, else the default one.
 * @throws AppError validation for an unknown one; conflict `SENDER_NOT_READY` where marketing or a sequence may not leave
 */
export async function chooseSender(ctx: Ctx, tools: OutreachTools, wanted: Wanted): Promise<ChosenSender> {
  const { senderId = null, userId, category } = wanted;
  const { rows } = await sql<Row>`
    select s.id, s.name, s.email, s.reply_to as "replyTo", s.signature_html as "signatureHtml",
           s.postal_address as "postalAddress", d.spf, d.dkim, d.dmarc
    from senders s
    left join sending_domains d on d.organization_id = s.organization_id and d.domain = s.domain
    where s.organization_id = ${ctx.organizationId} and s.deleted_at is null
      and case when ${senderId}::uuid is null then s.is_default or s.user_id = ${userId}::uuid else s.id = ${senderId} end
    order by coalesce(s.user_id = ${userId}::uuid, false) desc, s.is_default desc, s.created_at, s.id
    limit 1`.execute(ctx.tx);
  const row = rows[0];
  if (!row && senderId !== null) throw invalid('senderId', 'names no sender', senderId);
  const isToMany = category === 'marketing' || category === 'sequence';
  const verified = row !== undefined && row.spf !== null && isVerified(row as Parameters<typeof isVerified>[0]);
  const notReady = row ? whyNotReady({ postalAddress: row.postalAddress, verified }) : ['NO_SENDER'];
  if (isToMany && notReady.length > 0 && !tools.allowUnverified) {
    throw conflict(
      'SENDER_NOT_READY',
      'Marketing and sequences need a sender with a checked domain and a postal address.',
      {
        details: { notReady, ...(row ? { senderId: row.id } : {}) },
        hint: 'Publish SPF, DKIM and DMARC and check again with PUT /senders/{id}; in development OUTREACH_ALLOW_UNVERIFIED=true passes over this.',
      },
    );
  }
  if (row) return row;
  const { from } = tools.mailing;
  return { id: null, name: null, email: from, replyTo: null, signatureHtml: null, postalAddress: null };
}

type Row = ChosenSender & { spf: string | null; dkim: string | null; dmarc: string | null };

/** `"Ada Lovelace" <ada@acme.example>`, whatever stands in the name. */
export function fromHeader({ name, email }: Pick<ChosenSender, 'name' | 'email'>): string {
  if (name === null || name.trim() === '') return email;
  return `"${headerText(name).replace(/["\\]/g, '')}" <${email}>`;
}
