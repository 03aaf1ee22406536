import { sql } from 'kysely';
import type { InboundKind } from '../../../domain/outreach/inbound-kind.rules.ts';
import { verb } from '../../core/context.ts';
import { type PageInput, readPage } from '../../core/page.ts';
import type { InboundAttachmentView } from './inbound-attachments.ts';

export interface InboundMessageView {
  id: string;
  channel: 'email' | 'sms';
  from: string;
  fromName: string | null;
  to: string;
  subject: string | null;
  text: string;
  kind: InboundKind;
  /** The rule that told its kind. */
  rule: string;
  emailId: string | null;
  threadId: string | null;
  prospectId: string | null;
  returnsOn: string | null;
  referredTo: string | null;
  receivedAt: Date;
  attachments: InboundAttachmentView[];
}

export interface ListInboundInput extends PageInput {
  channel?: 'email' | 'sms' | undefined;
  kind?: InboundKind | undefined;
  prospectId?: string | undefined;
  threadId?: string | undefined;
  emailId?: string | undefined;
}

/**
 * What came back, newest first: by whom, what it is and by which rule, and what hangs on it. Whoever is limited to teams
 * sees what came from people, or answers e-mails, that they see.
 */
export const listInboundMessages = verb(
  { permission: 'emails.view' },
  async (ctx, input: ListInboundInput): Promise<{ items: InboundMessageView[]; total: number }> => {
    const { channel = null, kind = null, prospectId = null, threadId = null, emailId = null } = input;
    const { rows, total } = await readPage(input, async (limit, offset) => {
      const page = await sql<InboundMessageView & { total: number }>`
        select i.id, i.channel, i.from_address as "from", i.from_name as "fromName", i.to_address as "to", i.subject, i.text,
               i.kind, i.rule, i.email_id as "emailId", i.thread_id as "threadId", i.prospect_id as "prospectId",
               to_char(i.returns_on, 'YYYY-MM-DD') as "returnsOn", i.referred_to as "referredTo",
               i.received_at as "receivedAt", coalesce((
                 select jsonb_agg(jsonb_build_object('id', a.id, 'fileName', a.file_name, 'mediaType', a.media_type,
                                                     'sizeBytes', a.size_bytes) order by a.id)
                 from inbound_attachments a
                 where a.organization_id = i.organization_id and a.message_id = i.id), '[]') as attachments,
               count(*) over ()::integer as total
        from inbound_messages i
        where i.organization_id = ${ctx.organizationId}
          and (${channel}::text is null or i.channel = ${channel})
          and (${kind}::text is null or i.kind = ${kind})
          and (${prospectId}::uuid is null or i.prospect_id = ${prospectId}::uuid)
          and (${threadId}::uuid is null or i.thread_id = ${threadId}::uuid)
          and (${emailId}::uuid is null or i.email_id = ${emailId}::uuid)
        order by i.received_at desc, i.id desc limit ${limit}::integer offset ${offset}::bigint`.execute(ctx.tx);
      return page.rows;
    });
    return { items: rows.map(({ total: _, ...row }) => row), total };
  },
);
