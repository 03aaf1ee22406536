import { z } from 'zod';
import { APPROVAL_STATUSES, MESSAGE_KINDS } from '../../domain/agent/bdr.rules.ts';
import {
  approveMessage,
  decideLinkedMessage,
  editApproval,
  getLinkedMessage,
  listApprovals,
  readDecisionLink,
  recordReply,
  rejectMessage,
} from '../../services/agent/bdr/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { id, pageQuery, text, timestamp } from '../http/schemas.ts';
import { teamQuery } from './bdr-config.routes.ts';
import { Execution } from './bdr-work.routes.ts';
import { draftReason, draftSentence, evidenceFact } from './writer.routes.ts';

const face = 'b' as const;
const tag = 'bdr';
const params = z.strictObject({ id: id() });
const status = z.enum(APPROVAL_STATUSES);

const Message = z
  .strictObject({
    id: id(),
    teamId: id(),
    prospectId: id(),
    prospectName: z.string().nullable(),
    company: z.string().nullable(),
    executionId: id(),
    channel: z.string(),
    kind: z.enum(MESSAGE_KINDS),
    touchNumber: z.number(),
    attempt: z.number(),
    recipient: z.string(),
    subject: z.string(),
    body: z.string(),
    sentences: z.array(draftSentence),
    evidence: z.array(evidenceFact.omit({ values: true })).describe('What the sentences rest on, as it was stored'),
    grounded: z.boolean(),
    reasons: z.array(draftReason),
    strategy: z.string(),
    language: z.string(),
    edits: z.number(),
    status,
    held: z.boolean().describe('Approved, and waiting for the agent to go on'),
    autoApproved: z.boolean(),
    decidedBy: id().nullable(),
    decidedAt: timestamp().nullable(),
    decisionReason: z.string().nullable(),
    expiresAt: timestamp(),
    escalatedAt: timestamp().nullable(),
    sentAt: timestamp().nullable(),
    repliedAt: timestamp().nullable(),
    promptVersion: z.string(),
    model: z.string(),
    costUsd: z.number().nullable(),
    createdAt: timestamp(),
    version: z.number(),
  })
  .meta({ id: 'BdrMessage' });

/** A message that waits for a decision: the agent is on, has a prospect, and has written. */
const WAITING = [
  { operation: 'configureBdr', example: 'Around the clock' },
  'startBdrProspect',
  { operation: 'listBdrApprovals', until: { '0.status': 'pending' } },
];
const FIRST = { id: '{{listBdrApprovals.0.id}}' };

export const listBdrApprovalsEndpoint = defineEndpoint({
  operationId: 'listBdrApprovals',
  face,
  method: 'get',
  path: '/bdr/approvals',
  tag,
  summary: 'Messages of the agent and what was decided about them; first those that wait',
  errors: [404],
  list: 'page',
  query: z.strictObject({
    ...pageQuery,
    ...teamQuery,
    status: status.optional(),
    prospectId: id().optional(),
  }),
  response: Message,
  verb: listApprovals,
  input: ({ query }) => query,
});

const edit = { subject: text(200).optional(), body: text(6_000).optional() };

export const editBdrApprovalEndpoint = defineEndpoint({
  operationId: 'editBdrApproval',
  face,
  method: 'put',
  path: '/bdr/approvals/{id}',
  tag,
  summary: 'Edit a message that waits; it is checked again',
  description:
    'Sentences that stay keep their evidence. `grounded` and `reasons` say what the checker found: a person may approve it all the same.',
  errors: [404, 409, 412],
  params,
  body: z.strictObject(edit).meta({ id: 'BdrMessageChanges' }),
  response: Message,
  verb: editApproval,
  input: ({ params: given, body, raw }) => ({ ...given, ...body, expectedVersion: raw.ifMatch }),
  etag: ({ version }) => version,
  shownBy: { operation: 'listBdrApprovals', shows: { '0.edits': 1 } },
  examples: [{ name: 'Another subject', params: FIRST, after: WAITING, body: { subject: 'A short question' } }],
});

export const approveBdrMessageEndpoint = defineEndpoint({
  operationId: 'approveBdrMessage',
  face,
  method: 'post',
  path: '/bdr/approvals/{id}/approve',
  tag,
  summary: 'Approve a message, with another text if given',
  description:
    'The decision is bound to recipient, subject and body. `held` while the agent is paused. 409 `MESSAGE_DECIDED` or `MESSAGE_EXPIRED` when it comes too late.',
  errors: [404, 409, 412],
  params,
  body: z.strictObject(edit).optional().meta({ id: 'BdrMessageApproval' }),
  response: Message,
  verb: approveMessage,
  input: ({ params: given, body, raw }) => ({ ...given, ...body, expectedVersion: raw.ifMatch }),
  etag: ({ version }) => version,
  shownBy: { operation: 'listBdrApprovals' },
  examples: [{ name: 'As written', params: FIRST, after: WAITING, body: {} }],
});

export const rejectBdrMessageEndpoint = defineEndpoint({
  operationId: 'rejectBdrMessage',
  face,
  method: 'post',
  path: '/bdr/approvals/{id}/reject',
  tag,
  summary: 'Reject a message; have it written anew, or leave this touch out',
  errors: [404, 409, 412],
  params,
  body: z
    .strictObject({ reason: text(500), regenerate: z.boolean().default(false) })
    .meta({ id: 'BdrMessageRejection' }),
  response: Message,
  verb: rejectMessage,
  input: ({ params: given, body, raw }) => ({ ...given, ...body, expectedVersion: raw.ifMatch }),
  etag: ({ version }) => version,
  shownBy: { operation: 'listBdrApprovals' },
  examples: [{ name: 'Too early', params: FIRST, after: WAITING, body: { reason: 'They have just moved offices' } }],
});

export const recordBdrReplyEndpoint = defineEndpoint({
  operationId: 'recordBdrReply',
  face,
  method: 'post',
  path: '/bdr/prospects/{prospectId}/replies',
  tag,
  summary: 'Tell the agent of an answer that came another way',
  description:
    'By telephone, in another mailbox. It is read like any other; who wants no more messages is out at once. The same `externalId` again changes nothing.',
  errors: [404, 409],
  status: 201,
  params: z.strictObject({ prospectId: id() }),
  body: z
    .strictObject({ text: text(20_000), externalId: text(200).optional(), receivedAt: timestamp().optional() })
    .meta({ id: 'BdrReply' }),
  response: Execution,
  verb: recordReply,
  input: ({ params, body }) => ({ ...params, ...body }),
  location: (execution) => `/bdr/workflows/${execution.id}`,
  examples: [
    {
      name: 'Interested',
      params: { prospectId: '{{startBdrProspect.prospectId}}' },
      body: { text: 'We need this. A budget is set aside, and I decide about it. Can we talk next week?' },
    },
  ],
});

const link = z.strictObject({ token: text(80) });

/** The link stands in a mail to whom the agent answers to. */
const MAIL = [
  { operation: 'configureBdr', example: 'With a manager' },
  'startBdrProspect',
  { operation: 'listOutbox', until: { '0.purpose': 'transactional' } },
];
const MAILED = { token: '{{listOutbox.0.text~decide/([\\w.-]+)}}' };

const linked = {
  face,
  tag,
  path: '/bdr/decide/{token}' as const,
  credential: 'none' as const,
  errors: [404, 409] as (404 | 409)[],
  params: link,
  response: Message,
};
const asOrganization = (token: string) => {
  const { organizationId, hash } = readDecisionLink(token);
  return { value: hash, as: { organizationId, userId: null } };
};

export const getLinkedMessageEndpoint = defineEndpoint({
  ...linked,
  operationId: 'getLinkedBdrMessage',
  method: 'get',
  summary: 'The message of a link in a mail; looking decides nothing',
  verb: getLinkedMessage,
  prepare: async ({ params: { token } }) => asOrganization(token),
  input: (_, hash) => ({ hash }),
  examples: [{ name: 'From a mail', params: MAILED, after: MAIL }],
});

export const decideLinkedMessageEndpoint = defineEndpoint({
  ...linked,
  operationId: 'decideLinkedBdrMessage',
  method: 'post',
  summary: 'Decide about the message of a link in a mail; the link ends with it',
  body: z
    .strictObject({ decision: z.enum(['approve', 'reject']), reason: text(500).optional() })
    .meta({ id: 'BdrLinkedDecision' }),
  verb: decideLinkedMessage,
  prepare: async ({ params: { token } }) => asOrganization(token),
  input: ({ body }, hash) => ({ hash, ...body }),
  shownBy: { operation: 'listBdrApprovals' },
  examples: [{ name: 'Approve', params: MAILED, after: MAIL, body: { decision: 'approve' } }],
});
