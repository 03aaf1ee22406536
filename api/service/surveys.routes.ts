import { z } from 'zod';
import {
  answerSurveyPage,
  createSurveyLink,
  listSurveys,
  rateTicket,
  readSurveyPage,
  readSurveyToken,
} from '../../services/service/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { PAGE_POLICY } from '../http/page.ts';
import { id, pageQuery, text, timestamp } from '../http/schemas.ts';
import type { Tools } from '../http/tools.ts';
import { surveyPage } from './survey-page.ts';
import { params } from './tickets.dto.ts';

const face = 'b' as const;
const tag = 'tickets';

export const createSurveyLinkEndpoint = defineEndpoint({
  operationId: 'createSatisfactionLink',
  face,
  method: 'post',
  path: '/tickets/{id}/satisfaction-link',
  tag,
  summary: 'Make a link with which a customer rates a ticket',
  description: 'Signed; it opens one rating of this ticket. A resolved ticket sends its requester one by itself.',
  errors: [404],
  status: 201,
  secretAnswer: true,
  params,
  response: z
    .strictObject({ ticketId: id(), url: z.string(), token: z.string(), expiresAt: timestamp() })
    .meta({ id: 'SatisfactionLink' }),
  verb: createSurveyLink,
  prepare: async (_, { mailing }) => ({ value: { mailing } }),
  input: ({ params: given }, prepared) => ({ ...given, ...prepared }),
  shownBy: { operation: 'listTicketSurveys' },
  examples: [{ name: 'For a chat' }],
});

export const listSurveysEndpoint = defineEndpoint({
  operationId: 'listTicketSurveys',
  face,
  method: 'get',
  path: '/tickets/{id}/satisfaction',
  tag,
  summary: 'The satisfaction surveys of a ticket, the newest first',
  errors: [404],
  list: 'page',
  params,
  query: z.strictObject(pageQuery),
  response: z
    .strictObject({
      id: id(),
      ticketId: id(),
      status: z.enum(['planned', 'sent', 'answered', 'expired', 'cancelled']),
      score: z.number().nullable(),
      comment: z.string().nullable(),
      sendAt: timestamp(),
      sentAt: timestamp().nullable(),
      expiresAt: timestamp(),
      answeredAt: timestamp().nullable(),
    })
    .meta({ id: 'TicketSurvey' }),
  verb: listSurveys,
  input: ({ params: given, query }) => ({ ...given, ...query }),
});

export const rateTicketEndpoint = defineEndpoint({
  operationId: 'rateTicket',
  face,
  method: 'post',
  path: '/tickets/{id}/satisfaction',
  tag,
  summary: 'Answer the satisfaction survey of a ticket',
  description: 'For customers: the signed token of the link is all that it needs. A survey is answered once.',
  errors: [404, 409],
  credential: 'none',
  params,
  body: z
    .strictObject({
      token: z.string().max(400),
      score: z.number().int('must be a whole number').min(1, 'must be 1 or more').max(5, 'must be 5 or less'),
      comment: text(5_000).nullish(),
    })
    .meta({ id: 'TicketRatingInput' }),
  response: z
    .strictObject({ ticketId: id(), score: z.number(), comment: z.string().nullable(), answeredAt: timestamp() })
    .meta({ id: 'TicketRating' }),
  verb: rateTicket,
  prepare: async ({ body: { token } }, { mailing }) => {
    const { organizationId, ...survey } = readSurveyToken(token);
    return { value: { survey, mailing }, as: { organizationId, userId: null } };
  },
  input: ({ params: given, body: { token: _, ...said } }, prepared) => ({ ...given, ...said, ...prepared }),
  shownBy: { operation: 'getTicket', shows: { satisfactionScore: 5 } },
  examples: [
    {
      name: 'Very satisfied',
      params: { id: '{{createSatisfactionLink.ticketId}}' },
      body: { token: '{{createSatisfactionLink.token|…}}', score: 5, comment: 'Quick and friendly' },
    },
  ],
});

/** Whoever opens the link of a mail has no credential; the token says whose it is, and the verb whether it is signed. */
const linked = {
  face,
  tag,
  path: '/ticket-surveys/{token}',
  credential: 'none',
  rateLimit: 'webhook',
  errors: [404],
  params: z.strictObject({ token: z.string().max(400) }),
  response: z.string(),
} as const;
const preparedLink = async ({ params: { token } }: { params: { token: string } }, { mailing }: Tools) => {
  const { organizationId, ...survey } = readSurveyToken(token);
  return { value: { survey, mailing }, as: { organizationId, userId: null } };
};
const ofChat = { params: { token: '{{createSatisfactionLink.token|…}}' } };

export const showSurveyEndpoint = defineEndpoint({
  ...linked,
  operationId: 'showTicketSurvey',
  method: 'get',
  summary: 'The page of a satisfaction survey; looking rates nothing',
  reply: {
    mediaType: 'text/html; charset=utf-8',
    render: (survey) => ({ body: surveyPage(survey), headers: PAGE_POLICY }),
  },
  verb: readSurveyPage,
  prepare: preparedLink,
  input: (_, prepared) => prepared,
  examples: [{ name: 'Of a chat', ...ofChat }],
});

export const answerSurveyEndpoint = defineEndpoint({
  ...linked,
  operationId: 'answerTicketSurvey',
  method: 'post',
  summary: 'Answer a satisfaction survey from its page',
  description: 'The first answer counts; whoever sends another one is thanked, and nothing changes.',
  idempotent: false,
  bodyKind: 'form',
  body: z
    .strictObject({
      score: z.coerce.number().int('must be a whole number').min(1, 'must be 1 or more').max(5, 'must be 5 or less'),
      comment: z.string().max(5_000).optional(),
    })
    .meta({ id: 'TicketSurveyForm' }),
  reply: {
    mediaType: 'text/html; charset=utf-8',
    render: (survey) => ({ body: surveyPage(survey), headers: PAGE_POLICY }),
  },
  verb: answerSurveyPage,
  prepare: preparedLink,
  input: ({ body: { score, comment } }, prepared) => ({ score, comment: comment?.trim() || null, ...prepared }),
  shownBy: {
    operation: 'getTicket',
    params: { id: '{{createSatisfactionLink.ticketId}}' },
    shows: { satisfactionScore: 4 },
  },
  examples: [{ name: 'Satisfied', ...ofChat, body: { score: '4', comment: 'Quick' } }],
});
