import { sql } from 'kysely';
import type { Attachment, MailAddress } from '../../../domain/platform/mail.port.ts';
import { type Ctx, letGo } from '../../core/context.ts';
import { planMessage } from '../../platform/sends/index.ts';
import { linkSigner } from '../links.ts';
import type { OutreachTools } from '../tools.ts';
import type { EmailCategory } from './email-view.ts';

interface LedgerRow {
  address: string;
  to: MailAddress[];
  cc: MailAddress[];
  bcc: MailAddress[];
  from: string;
  subject: string;
  html: string;
  text: string;
  headers: Record<string, string>;
  attachments: Attachment[];
  category: EmailCategory;
  message_id: string;
  references: string[];
  reply_to: string | null;
  generation: number;
  prospect_id: string | null;
  account_id: string | null;
  sender_id: string | null;
  user_id: string | null;
  touch: Record<string, unknown>;
  is_test: boolean;
}

/** The message as it leaves now. Each generation leaves once; one that was entered before is found by its key. */
export async function enterLedger(ctx: Ctx, tools: OutreachTools, emailId: string): Promise<string | null> {
  const { rows } = await sql<LedgerRow>`
    select e.address, e."to", e.cc, e.bcc, e.from_address as "from", e.subject, e.sent_html as html, e.sent_text as text,
           e.headers, e.attachments, e.category, e.message_id, e.reply_to, e.generation, e.prospect_id, e.sender_id,
           e.user_id, e.is_test, p.account_id,
           e.touch || jsonb_strip_nulls(jsonb_build_object('senderId', e.sender_id, 'templateId', e.template_id,
             'templateNumber', e.template_number, 'campaignId', e.campaign_id)) as touch,
           -- Read before it is ordered, or a planner without statistics walks all e-mails backwards for each new thread.
           array(select t.message_id from (
                   select o.id, o.message_id from emails o
                   where o.organization_id = e.organization_id and o.thread_id = e.thread_id and o.id < e.id
                     and o.sent_at is not null offset 0) t
                 order by t.id desc limit 10) as "references"
    from emails e
    left join prospects p on p.organization_id = e.organization_id and p.id = e.prospect_id
    where e.organization_id = ${ctx.organizationId} and e.id = ${emailId}`.execute(ctx.tx);
  const row = rows[0]!;
  const [to, ...others] = row.to;
  const signer = await linkSigner(ctx, tools.mailing.secrets);
  const replyTo = tools.replyDomain === null ? row.reply_to : `reply+${signer.signReply(emailId)}@${tools.replyDomain}`;
  const isAlone = others.length + row.cc.length + row.bcc.length === 0;
  const threaded =
    row.references.length === 0
      ? {}
      : {
          'In-Reply-To': row.references[0]!,
          References: row.references.toReversed().join(' '),
        };
  const sendId = await planMessage(ctx, tools.mailing, {
    dedupeKey: `email:${emailId}:${row.generation}`,
    channel: 'email',
    purpose: row.category,
    from: row.from,
    to: to!,
    subject: { type: 'email', id: emailId },
    content: {
      subject: row.subject,
      html: row.html,
      text: row.text,
      headers: { 'Message-ID': row.message_id, ...threaded, ...row.headers },
      ...(isAlone ? {} : { others: { to: others, cc: row.cc, bcc: row.bcc } }),
      ...(replyTo === null ? {} : { replyTo }),
      ...(row.attachments.length === 0 ? {} : { attachments: row.attachments }),
    },
    prospectId: row.is_test ? null : row.prospect_id,
    accountId: row.is_test ? null : row.account_id,
    senderId: row.sender_id,
    userId: row.user_id,
    ...(row.is_test ? {} : { touch: row.touch }),
  });
  if (sendId !== null) {
    const entered = sql`update emails set send_id = ${sendId}, status = 'queued'
              where organization_id = ${ctx.organizationId} and id = ${emailId}`;
    await letGo(ctx, entered.execute(ctx.tx));
  }
  return sendId;
}
