import { z } from 'zod';
import { emailAddress } from '../../domain/crm/record.input.ts';
import { SLA_METRICS } from '../../domain/service/sla.rules.ts';
import { TICKET_CHANNELS, TICKET_PRIORITIES, TICKET_STATUSES } from '../../domain/service/ticket.rules.ts';
import { freeForm, id, text, timestamp } from '../http/schemas.ts';

export const status = z.enum(TICKET_STATUSES);
export const priority = z.enum(TICKET_PRIORITIES);
export const channel = z.enum(TICKET_CHANNELS);
export const slaState = z.enum(['none', 'running', 'paused', 'warned', 'breached', 'met']);
export const metric = z.enum(SLA_METRICS);
export const params = z.strictObject({ id: id() });
export const language = () => z.string().regex(/^[a-z]{2,3}(-[A-Z]{2})?$/, 'must be a language code, like en or pt-BR');
const tag = () => text(50);
const ids = () => z.array(id()).max(100, 'must have at most 100 entries');

export const Attachment = z
  .strictObject({
    id: id(),
    replyId: id().nullable(),
    fileName: z.string(),
    mediaType: z.string(),
    sizeBytes: z.number(),
  })
  .meta({ id: 'TicketAttachment' });

const ticketShape = {
  id: id(),
  number: z.number().describe('Counted in your organization; people name tickets by it'),
  subject: z.string(),
  description: z.string().nullable(),
  status,
  priority,
  channel,
  requesterEmail: z.string().nullable(),
  requesterName: z.string().nullable(),
  prospectId: id().nullable(),
  accountId: id().nullable(),
  assigneeId: id().nullable(),
  teamId: id().nullable(),
  tags: z.array(z.string()),
  language: z.string().nullable(),
  custom: freeForm(),
  slaId: id().nullable(),
  slaState: slaState.describe('The worst that is going on; `none`: nothing was promised'),
  firstResponseDueAt: timestamp().nullable(),
  nextResponseDueAt: timestamp().nullable(),
  resolutionDueAt: timestamp().nullable().describe('Null while paused, or where nothing was promised'),
  firstResponseBreached: z.boolean(),
  nextResponseBreached: z.boolean(),
  resolutionBreached: z.boolean(),
  firstRespondedAt: timestamp().nullable(),
  lastReplyAt: timestamp().nullable(),
  resolvedAt: timestamp().nullable(),
  closedAt: timestamp().nullable(),
  reopenedCount: z.number(),
  satisfactionScore: z.number().nullable(),
  mergedIntoId: id().nullable(),
  splitFromId: id().nullable(),
  createdBy: id().nullable(),
  createdAt: timestamp(),
  updatedAt: timestamp(),
  version: z.number(),
};
export const Ticket = z.strictObject(ticketShape).meta({ id: 'Ticket' });
export const TicketDetail = z
  .strictObject({
    ...ticketShape,
    watcherIds: z.array(id()),
    dealIds: z.array(id()),
    prospectIds: z.array(id()),
    replyCount: z.number(),
    firstResponseSeconds: z.number().nullable().describe('By the clock on the wall; business time is in the SLA'),
    resolutionSeconds: z.number().nullable(),
    attachments: z.array(Attachment),
  })
  .meta({ id: 'TicketDetail' });

export const ticketFields = {
  subject: text(300),
  description: text(50_000).nullish(),
  priority: priority.optional(),
  requesterEmail: emailAddress().nullish(),
  requesterName: text(200).nullish(),
  prospectId: id().nullish(),
  accountId: id().nullish(),
  tags: z.array(tag()).max(20, 'must have at most 20 tags').optional(),
  language: language().nullish(),
  custom: freeForm().optional(),
  slaId: id().nullish().describe('Named: no other policy takes its place'),
  watcherIds: ids().optional(),
  dealIds: ids().optional(),
  prospectIds: ids().optional(),
};

export const TicketInput = z
  .strictObject({
    ...ticketFields,
    channel: channel.optional(),
    assigneeId: id().nullish().describe('Named: the routing rules are not asked'),
    teamId: id().nullish(),
  })
  .meta({ id: 'TicketInput' });

export const Reply = z
  .strictObject({
    id: id(),
    ticketId: id(),
    author: z.enum(['agent', 'customer', 'system']),
    authorId: id().nullable(),
    authorName: z.string().nullable(),
    authorEmail: z.string().nullable(),
    body: z.string(),
    isInternal: z.boolean(),
    cannedResponseId: id().nullable(),
    channel: z.string(),
    sendId: id().nullable().describe('The mail that takes it to the requester'),
    createdAt: timestamp(),
  })
  .meta({ id: 'TicketReply' });

const Clock = z
  .strictObject({
    targetMinutes: z.number(),
    dueAt: timestamp().nullable().describe('Null while paused'),
    metAt: timestamp().nullable(),
    breached: z.boolean(),
    remainingSeconds: z.number().describe('Business time; negative once it is late'),
    countedSeconds: z.number(),
  })
  .meta({ id: 'SlaClock' });

export const SlaState = z
  .strictObject({
    slaId: id().nullable(),
    paused: z.boolean(),
    firstResponse: Clock.nullable(),
    nextResponse: Clock.nullable().describe('Only while the customer waits for another answer'),
    resolution: Clock.nullable(),
    explanation: z
      .array(
        z.strictObject({
          from: timestamp(),
          to: timestamp(),
          seconds: z.number(),
          counted: z.boolean(),
          reason: z.enum(['counting', 'outside_hours', 'holiday', 'pending', 'resolved', 'closed', 'no_policy']),
          status,
          priority,
        }),
      )
      .describe('Every moment since the ticket was created, without a gap'),
  })
  .meta({ id: 'SlaState' });
