import { z } from 'zod';
import { MISSING_POLICIES } from '../../domain/outreach/template.rules.ts';
import { email } from '../../domain/platform/person.input.ts';
import { EMAIL_CATEGORIES, EMAIL_STATUSES } from '../../services/outreach/index.ts';
import { freeForm, id, text, timestamp } from '../http/schemas.ts';

const Address = z.strictObject({ email: z.string(), name: z.string().nullable() });

const summary = {
  id: id(),
  userId: id().nullable(),
  to: z.array(Address),
  cc: z.array(Address),
  bcc: z.array(Address),
  from: z.string(),
  subject: z.string(),
  status: z.enum(EMAIL_STATUSES),
  category: z.enum(EMAIL_CATEGORIES),
  opened: z.boolean().describe('By a person, as far as that can be told'),
  clicked: z.boolean(),
  bounced: z.boolean(),
  replied: z.boolean(),
  openCount: z.number(),
  clickCount: z.number(),
  machineCount: z.number().describe("Opens and clicks that were no person's"),
  sendgridMessageId: z.string().nullable(),
  prospectId: id().nullable(),
  dealId: id().nullable(),
  campaignId: id().nullable(),
  senderId: id().nullable(),
  templateId: id().nullable(),
  templateNumber: z.number().nullable(),
  threadId: id(),
  inReplyTo: id().nullable(),
  bulkJobId: id().nullable(),
  scheduledAt: timestamp().nullable(),
  sentAt: timestamp().nullable(),
  deliveredAt: timestamp().nullable(),
  openedAt: timestamp().nullable(),
  clickedAt: timestamp().nullable(),
  repliedAt: timestamp().nullable(),
  transport: z.string().nullable().describe('`outbox`: nothing left the machine, read it with GET /outbox'),
  suppressedBy: z.string().nullable(),
  errorCode: z.string().nullable(),
  heldBy: z.string().nullable().describe('Why it has not left yet, e.g. a cap of its sender'),
  isTest: z.boolean(),
  createdAt: timestamp(),
  version: z.number(),
};

export const EmailSummary = z.strictObject(summary).meta({ id: 'EmailSummary' });

export const Email = z
  .strictObject({
    ...summary,
    html: z.string(),
    text: z.string(),
    attachments: z.array(z.strictObject({ fileName: z.string(), mediaType: z.string(), size: z.number() })),
    messageId: z.string(),
  })
  .meta({ id: 'Email' });

export const Recipient = z.strictObject({
  email: email(),
  name: z
    .string()
    .trim()
    .max(200)
    .optional()
    .transform((name) => name || null),
});

/** What is said, with or without a template. */
export const contentFields = {
  templateId: id().optional(),
  subject: text(998).optional().describe("Wins over the template's"),
  html: z.string().min(1, 'must not be empty').max(500_000).optional(),
  text: z.string().min(1, 'must not be empty').max(200_000).optional(),
  variables: freeForm().optional(),
  missingVariables: z.enum(MISSING_POLICIES).optional().describe('Default: what the template says, else refuse'),
};

export const SendEmailBody = z
  .strictObject({
    ...contentFields,
    to: z.array(Recipient).min(1, 'at least one recipient is needed').max(50),
    cc: z.array(Recipient).max(50).optional(),
    bcc: z.array(Recipient).max(50).optional(),
    prospectId: id().optional().describe('Default: the prospect with the first address'),
    dealId: id().optional(),
    senderId: id().optional().describe("Default: the writing person's sender, else the default one"),
    category: z
      .enum(['transactional', 'marketing', 'one_to_one'])
      .optional()
      .describe("Default: the template's, else one_to_one"),
    trackOpens: z.boolean().optional().describe('Default: for marketing'),
    trackClicks: z.boolean().optional().describe('Default: for marketing'),
    scheduledAt: timestamp().optional().describe('In the past: at once'),
    inReplyTo: id().optional().describe('An e-mail whose thread this one goes on with'),
    attachments: z
      .array(
        z.strictObject({
          fileName: z
            .string()
            .trim()
            .regex(/^[^\p{C}/\\"]{1,200}$/u, 'must be a file name'),
          mediaType: z
            .string()
            .regex(/^[\w.+-]+\/[\w.+-]+$/, 'must be a media type like application/pdf')
            .max(100),
          content: z
            .string()
            .min(4)
            .regex(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/, 'must be base64')
            .describe('Base64; 500 kB for all of them together'),
        }),
      )
      .max(10)
      .optional(),
    test: z.boolean().optional().describe('To people of the organization alone; not tracked, not counted'),
  })
  .meta({ id: 'EmailInput' });
