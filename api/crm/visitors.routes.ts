import { z } from 'zod';
import { INTENT_TIERS, LINKEDIN_ENGAGEMENT_TYPES } from '../../domain/crm/intent.rules.ts';
import {
  getVisitor,
  listLinkedinEngagements,
  listVisitors,
  recordLinkedinEngagement,
  trackVisit,
} from '../../services/crm/intent/index.ts';
import type { StoredPlain } from '../../services/data/index.ts';
import { defineEndpoint, type Endpoint } from '../http/endpoint.ts';
import { id, pageQuery } from '../http/schemas.ts';
import { LinkedinBody, LinkedinEngagement, trueOrFalse, VisitBody, Visitor, VisitorDetail } from './intent.dto.ts';

const face = 'b' as const;
const tag = 'intent';

/** Whose the row is stays unsaid: anybody may read a public key out of a page. */
const VisitReceipt = z.strictObject({ id: id(), externalId: z.string().nullable() }).meta({ id: 'VisitReceipt' });

/** As much as a browser sends after its page is gone. */
const BODY_LIMIT_BYTES = 65_536;

const trackVisitEndpoint = defineEndpoint({
  operationId: 'trackVisit',
  face,
  method: 'post',
  path: '/intent/track',
  tag,
  summary: 'Receive a page view from a website',
  description:
    'For a beacon of your own, with the public key in the URL and the `Origin` of a listed page, like `/v1/collect`, whose page views are the same rows. High-intent pages (demo, trial, pricing, comparison, evidence, evaluation, product) raise signals of known people: one per topic and day, stronger by repetition. An array of up to 1,000 answers 200 with one outcome per row.',
  credential: 'write_key',
  bodyKind: 'beacon',
  bodyLimitBytes: BODY_LIMIT_BYTES,
  errors: [409],
  rateLimit: 'ingest',
  idempotent: false,
  bulk: true,
  status: 201,
  body: VisitBody,
  response: VisitReceipt,
  verb: trackVisit,
  input: ({ body }) => body,
  output: ({ id: rowId, externalId }: StoredPlain) => ({ id: rowId, externalId }),
  shownBy: { operation: 'listVisitors' },
  examples: [
    {
      name: 'A look at the prices',
      body: {
        visitorId: 'visitor-{{unique}}',
        url: 'https://www.example.com/pricing',
        referrer: 'https://www.google.com/',
        durationSeconds: 75,
      },
    },
  ],
});

const listVisitorsEndpoint = defineEndpoint({
  operationId: 'listVisitors',
  face,
  method: 'get',
  path: '/intent/visitors',
  tag,
  summary: 'List website visitors, the latest first, with the person and company they are known to be',
  list: 'page',
  query: z.strictObject({
    ...pageQuery,
    identified: trueOrFalse().optional(),
    accountId: id().optional(),
    prospectId: id().optional(),
    tier: z.enum(INTENT_TIERS).optional(),
    sort: z.enum(['lastSeenAt', 'intentScore', 'pageViews']).default('lastSeenAt').describe('The highest first'),
  }),
  response: Visitor,
  verb: listVisitors,
  input: ({ query }) => query,
});

const getVisitorEndpoint = defineEndpoint({
  operationId: 'getVisitor',
  face,
  method: 'get',
  path: '/intent/visitors/{id}',
  tag,
  summary: 'Get a website visitor: score of now, topics, page views',
  description: 'The id of a browser or session that turned out to be somebody answers with that person.',
  errors: [404],
  params: z.strictObject({ id: id() }),
  response: VisitorDetail,
  verb: getVisitor,
  input: ({ params }) => params,
  examples: [{ name: 'The latest', after: ['trackVisit'], params: { id: '{{listVisitors.0.id}}' } }],
});

const recordLinkedinEngagementEndpoint = defineEndpoint({
  operationId: 'recordLinkedinEngagement',
  face,
  method: 'post',
  path: '/intent/linkedin-engagements',
  tag,
  summary: 'Record what a prospect did on LinkedIn',
  description:
    'Becomes a signal and a line of the timeline and, unless it was only a look at a profile, an interaction of the person.',
  errors: [409],
  status: 201,
  body: LinkedinBody,
  response: LinkedinEngagement,
  verb: recordLinkedinEngagement,
  input: ({ body }) => body,
  examples: [
    { name: 'A look at a profile', body: { prospectId: '{{createProspect.id}}', type: 'profile_view' } },
    {
      name: 'A comment',
      body: {
        prospectId: '{{createProspect.id}}',
        type: 'comment',
        contentUrl: 'https://www.linkedin.com/posts/1',
        notes: 'Asks for the price',
      },
    },
  ],
});

const listLinkedinEngagementsEndpoint = defineEndpoint({
  operationId: 'listLinkedinEngagements',
  face,
  method: 'get',
  path: '/intent/linkedin-engagements',
  tag,
  summary: 'List what prospects did on LinkedIn, latest first',
  list: 'page',
  query: z.strictObject({
    ...pageQuery,
    prospectId: id().optional(),
    type: z.enum(LINKEDIN_ENGAGEMENT_TYPES).optional(),
  }),
  response: LinkedinEngagement,
  verb: listLinkedinEngagements,
  input: ({ query }) => query,
});

export const VISITOR_ENDPOINTS: readonly Endpoint[] = [
  trackVisitEndpoint,
  listVisitorsEndpoint,
  getVisitorEndpoint,
  recordLinkedinEngagementEndpoint,
  listLinkedinEngagementsEndpoint,
];
