import { z } from 'zod';
import {
  acceptHandoff,
  getHandoff,
  type HandoffDetail,
  type HandoffView,
  listHandoffs,
  rejectHandoff,
} from '../../services/agent/bdr/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { id, pageQuery, text, timestamp } from '../http/schemas.ts';
import { teamQuery } from './bdr-config.routes.ts';

const face = 'b' as const;
const tag = 'bdr';
const params = z.strictObject({ id: id() });
const status = z.enum(['pending', 'accepted', 'rejected']);

const fields = {
  id: id(),
  teamId: id(),
  prospectId: id(),
  prospectName: z.string().nullable(),
  company: z.string().nullable(),
  email: z.string().nullable(),
  executionId: id(),
  status,
  framework: z.string(),
  score: z.number(),
  answers: z.array(
    z.strictObject({
      criterion: z.string(),
      label: z.string(),
      status: z.enum(['met', 'not_met', 'unknown']),
      points: z.number(),
      evidence: z.array(z.string()).describe('Ids of facts of the prospect'),
      reason: z.string(),
    }),
  ),
  summary: z.string(),
  nextStep: z.string(),
  assignedTo: id().nullable(),
  decidedBy: id().nullable(),
  decidedAt: timestamp().nullable(),
  decisionReason: z.string().nullable(),
  reminders: z.number(),
  dealId: id().nullable(),
  createdAt: timestamp(),
};
const Handoff = z.strictObject(fields).meta({ id: 'BdrHandoff' });
const Detail = z
  .strictObject({
    ...fields,
    conversation: z.array(
      z.strictObject({
        direction: z.enum(['sent', 'received']),
        at: timestamp(),
        subject: z.string().nullable(),
        text: z.string().nullable(),
        intent: z.string().nullable().describe('What an answer was read as'),
      }),
    ),
    decisions: z.array(
      z.strictObject({ type: z.string(), decision: z.string(), reasoning: z.string(), decidedAt: timestamp() }),
    ),
  })
  .meta({ id: 'BdrHandoffDetail' });

const copy = (handoff: HandoffView) => ({
  ...handoff,
  answers: handoff.answers.map((answer) => ({ ...answer, evidence: [...answer.evidence] })),
});
const detail = (handoff: HandoffDetail) => ({
  ...handoff,
  ...copy(handoff),
  conversation: [...handoff.conversation],
  decisions: [...handoff.decisions],
});

/** A handoff that waits: a threshold of nothing hands everybody over at once. */
const WAITING = [
  { operation: 'configureBdr', example: 'Hands over at once' },
  'startBdrProspect',
  { operation: 'listBdrHandoffs', until: { '0.status': 'pending' } },
];
const FIRST = { id: '{{listBdrHandoffs.0.id}}' };

export const listBdrHandoffsEndpoint = defineEndpoint({
  operationId: 'listBdrHandoffs',
  face,
  method: 'get',
  path: '/bdr/handoffs',
  tag,
  summary: 'Prospects that are ready for people; first those that wait',
  errors: [404],
  list: 'page',
  query: z.strictObject({ ...pageQuery, ...teamQuery, status: status.optional(), prospectId: id().optional() }),
  response: Handoff,
  verb: listHandoffs,
  input: ({ query }) => query,
  output: copy,
});

export const getBdrHandoffEndpoint = defineEndpoint({
  operationId: 'getBdrHandoff',
  face,
  method: 'get',
  path: '/bdr/handoffs/{id}',
  tag,
  summary: 'A handoff with the conversation, the qualification and the decisions behind it',
  errors: [404],
  params,
  response: Detail,
  verb: getHandoff,
  input: ({ params: given }) => given,
  output: detail,
  examples: [{ name: 'The first one', params: FIRST, after: WAITING }],
});

export const acceptBdrHandoffEndpoint = defineEndpoint({
  operationId: 'acceptBdrHandoff',
  face,
  method: 'post',
  path: '/bdr/handoffs/{id}/accept',
  tag,
  summary: 'Take a prospect over',
  description: 'The prospect is yours then, with a deal if asked. 409 `HANDOFF_DECIDED` when somebody was first.',
  errors: [404, 409],
  params,
  body: z
    .strictObject({ createDeal: z.boolean().optional().describe('Default: as configured') })
    .meta({ id: 'BdrHandoffAcceptance' }),
  response: Detail,
  verb: acceptHandoff,
  input: ({ params: given, body }) => ({ ...given, ...body }),
  output: detail,
  examples: [{ name: 'With a deal', params: FIRST, after: WAITING, body: { createDeal: true } }],
});

export const rejectBdrHandoffEndpoint = defineEndpoint({
  operationId: 'rejectBdrHandoff',
  face,
  method: 'post',
  path: '/bdr/handoffs/{id}/reject',
  tag,
  summary: 'Give a prospect back, with the reason',
  errors: [404, 409],
  params,
  body: z.strictObject({ reason: text(500) }).meta({ id: 'BdrHandoffRejection' }),
  response: Detail,
  verb: rejectHandoff,
  input: ({ params: given, body }) => ({ ...given, ...body }),
  output: detail,
  examples: [{ name: 'Too small', params: FIRST, after: WAITING, body: { reason: 'Fewer than ten seats' } }],
});
