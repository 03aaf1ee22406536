import { type RawBuilder, sql } from 'kysely';
import { notFound } from '../../../domain/core/errors.ts';
import type { MailAddress } from '../../../domain/platform/mail.port.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { containing } from '../../core/filter.ts';
import { type PageInput, readPage } from '../../core/page.ts';

export const EMAIL_STATUSES = [
  'scheduled',
  'queued',
  'sent',
  'delivered',
  'bounced',
  'failed',
  'suppressed',
  'unknown',
  'cancelled',
] as const;
export type EmailStatus = (typeof EMAIL_STATUSES)[number];
export const EMAIL_CATEGORIES = ['transactional', 'marketing', 'one_to_one', 'sequence'] as const;
export type EmailCategory = (typeof EMAIL_CATEGORIES)[number];

export interface EmailSummary {
  id: string;
  userId: string | null;
  to: MailAddress[];
  cc: MailAddress[];
  bcc: MailAddress[];
  from: string;
  subject: string;
  status: EmailStatus;
  category: EmailCategory;
  opened: boolean;
  clicked: boolean;
  bounced: boolean;
  replied: boolean;
  openCount: number;
  clickCount: number;
  /** Opens and clicks that were no person's. */
  machineCount: number;
  sendgridMessageId: string | null;
  prospectId: string | null;
  dealId: string | null;
  campaignId: string | null;
  senderId: string | null;
  templateId: string | null;
  templateNumber: number | null;
  threadId: string;
  inReplyTo: string | null;
  bulkJobId: string | null;
  scheduledAt: Date | null;
  sentAt: Date | null;
  deliveredAt: Date | null;
  openedAt: Date | null;
  clickedAt: Date | null;
  repliedAt: Date | null;
  transport: string | null;
  suppressedBy: string | null;
  errorCode: string | null;
  /** Why it has not left yet, e.g. a cap of its sender. */
  heldBy: string | null;
  isTest: boolean;
  createdAt: Date;
  version: number;
}

export interface EmailView extends EmailSummary {
  html: string;
  text: string;
  attachments: { fileName: string; mediaType: string; size: number }[];
  messageId: string;
}

const SUMMARY = `
  e.id, e.user_id as "userId", e."to", e.cc, e.bcc, e.from_address as "from", e.subject, e.status, e.category, e.opened,
  e.clicked, e.bounced, e.replied_at is not null as replied, e.open_count as "openCount", e.click_count as "clickCount",
  e.machine_count as "machineCount", e.sendgrid_message_id as "sendgridMessageId", e.prospect_id as "prospectId",
  e.deal_id as "dealId", e.campaign_id as "campaignId", e.sender_id as "senderId", e.template_id as "templateId",
  e.template_number as "templateNumber", e.thread_id as "threadId", e.in_reply_to as "inReplyTo",
  e.bulk_job_id as "bulkJobId", e.scheduled_at as "scheduledAt", e.sent_at as "sentAt",
  e.delivered_at as "deliveredAt", e.opened_at as "openedAt", e.clicked_at as "clickedAt", e.replied_at as "repliedAt",
  e.transport, e.suppressed_by as "suppressedBy", e.error_code as "errorCode",
  case when e.status = 'queued' then s.held_by end as "heldBy", e.is_test as "isTest", e.created_at as "createdAt",
  e.version`;
const COLUMNS: RawBuilder<unknown> = sql.raw(SUMMARY);
const DETAIL: RawBuilder<unknown> = sql.raw(`${SUMMARY}, e.html, e.text, e.attachments, e.message_id as "messageId"`);
const SOURCE: RawBuilder<unknown> = sql.raw(
  'emails e left join sends s on s.organization_id = e.organization_id and s.id = e.send_id',
);

/** @throws AppError not_found. */
export async function readEmail(ctx: Ctx, id: string): Promise<EmailView> {
  const { rows } = await sql<EmailView>`
    select ${DETAIL} from ${SOURCE}
    where e.organization_id = ${ctx.organizationId} and e.id = ${id}`.execute(ctx.tx);
  if (!rows[0]) throw notFound('The e-mail');
  return rows[0];
}

/** @throws AppError not_found. */
export const getEmail = verb(
  { permission: 'emails.view' },
  (ctx, input: { id: string }): Promise<EmailView> => readEmail(ctx, input.id),
);

export interface ListEmailsInput extends PageInput {
  status?: EmailStatus | undefined;
  category?: EmailCategory | undefined;
  prospectId?: string | undefined;
  dealId?: string | undefined;
  campaignId?: string | undefined;
  senderId?: string | undefined;
  templateId?: string | undefined;
  threadId?: string | undefined;
  bulkJobId?: string | undefined;
  userId?: string | undefined;
  /** The whole address of a recipient, in any case. */
  to?: string | undefined;
  /** Part of the subject. */
  q?: string | undefined;
  from?: Date | undefined;
  until?: Date | undefined;
}

const EQUAL = [
  ['status', 'status'],
  ['category', 'category'],
  ['prospectId', 'prospect_id'],
  ['dealId', 'deal_id'],
  ['campaignId', 'campaign_id'],
  ['senderId', 'sender_id'],
  ['templateId', 'template_id'],
  ['threadId', 'thread_id'],
  ['bulkJobId', 'bulk_job_id'],
  ['userId', 'user_id'],
] as const;

/** Newest first. */
export const listEmails = verb(
  { permission: 'emails.view' },
  async (ctx, input: ListEmailsInput): Promise<{ items: EmailSummary[]; total: number }> => {
    const where = sql.join(
      [
        sql`e.organization_id = ${ctx.organizationId}`,
        ...EQUAL.flatMap(([field, column]) =>
          input[field] === undefined ? [] : [sql`${sql.ref(`e.${column}`)} = ${input[field]}`],
        ),
        ...(input.to === undefined ? [] : [sql`lower(e.address) = lower(${input.to})`]),
        ...(input.q === undefined ? [] : [sql`e.subject ilike ${containing(input.q)}`]),
        ...(input.from === undefined ? [] : [sql`e.created_at >= ${input.from}`]),
        ...(input.until === undefined ? [] : [sql`e.created_at <= ${input.until}`]),
      ],
      sql` and `,
    );
    const { rows, total } = await readPage(input, async (limit, offset) => {
      const page = await sql<EmailSummary & { total: number }>`
        select ${COLUMNS}, (select count(*) from emails e where ${where})::integer as total
        from ${SOURCE} where ${where}
        order by e.created_at desc, e.id desc limit ${limit}::integer offset ${offset}::bigint`.execute(ctx.tx);
      return page.rows;
    });
    return { items: rows.map(({ total: _, ...row }) => row), total };
  },
);
