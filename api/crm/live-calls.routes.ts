import { z } from 'zod';
import {
  getLiveCall,
  type LiveCallsNow,
  type LiveCallView,
  listLiveCalls,
  watchLiveCalls,
} from '../../services/crm/index.ts';
import { defineEndpoint, type Endpoint } from '../http/endpoint.ts';
import { id, pageQuery, text, timestamp } from '../http/schemas.ts';

const face = 'a' as const;
const tag = 'realtime';

const LiveCall = z
  .strictObject({
    id: id(),
    source: z.string().describe('The integration that tells of it'),
    callId: z.string().describe('Of the telephone system'),
    status: z.enum(['live', 'ended']),
    endReason: z.enum(['reported', 'silence']).nullable().describe('silence: nobody told of the end'),
    direction: z.enum(['inbound', 'outbound']).nullable(),
    from: z.string().nullable(),
    to: z.string().nullable(),
    agent: z.strictObject({ id: id().nullable(), externalId: z.string(), name: z.string().nullable() }).nullable(),
    vendorCode: z.string().nullable(),
    startedAt: timestamp().nullable(),
    endedAt: timestamp().nullable(),
    durationSeconds: z.number().nullable(),
    primaryIntent: z.string().nullable(),
    purchaseProbability: z.number().nullable(),
    outcome: z.string().nullable(),
    hasTranscript: z.boolean(),
    interactionId: id().nullable(),
    callLogId: id().nullable().describe('Where the other side is a prospect'),
    customerId: id().nullable(),
    prospect: z.strictObject({ id: id(), name: z.string().nullable() }).nullable(),
    lastEventAt: timestamp(),
    problem: z.string().nullable().describe('Why it could not become an interaction'),
  })
  .meta({ id: 'LiveCall' });
const toCall = (call: LiveCallView) => call;

export const LIVE_CALL_ENDPOINTS: readonly Endpoint[] = [
  defineEndpoint({
    operationId: 'listLiveCalls',
    face,
    method: 'get',
    path: '/realtime/calls',
    tag,
    summary: 'List the calls that telephony tells of, the latest first',
    description:
      'Those that go on: `status=live`. Calls come in at POST /v1/webhooks/convin and /v1/webhooks/telephony.',
    list: 'page',
    message: 'Calls',
    query: z.strictObject({
      ...pageQuery,
      status: z.enum(['live', 'ended']).optional(),
      source: text(64).optional(),
      callId: text(200).optional(),
      agentExternalId: text(255).optional(),
    }),
    response: LiveCall,
    verb: listLiveCalls,
    input: ({ query }) => query,
    output: toCall,
  }),
  defineEndpoint({
    operationId: 'streamLiveCalls',
    face,
    method: 'get',
    path: '/realtime/calls/stream',
    tag,
    summary: 'The calls that go on, as server-sent events',
    description:
      'An event `calls` with up to 200 calls whenever something has changed, at most one a second; without changes a comment every 15 seconds. Up to 20 streams of an organization are open at once.',
    query: z.strictObject({
      maxSeconds: z.coerce.number().int().min(1).max(900).default(900).describe('After which the stream ends'),
    }),
    response: z
      .strictObject({ live: z.number().describe('How many go on, also beyond those shown'), calls: z.array(LiveCall) })
      .meta({ id: 'LiveCallsNow' }),
    stream: {
      event: 'calls',
      isLast: () => false,
      maxTicks: ({ maxSeconds }: { maxSeconds?: number | undefined }) => maxSeconds,
    },
    verb: watchLiveCalls,
    input: ({ query }) => query,
    output: (now: LiveCallsNow) => now,
    examples: [{ name: 'A moment', query: { maxSeconds: '1' } }],
  }),
  defineEndpoint({
    operationId: 'getLiveCall',
    face,
    method: 'get',
    path: '/realtime/calls/{id}',
    tag,
    summary: 'Get a call that telephony tells of',
    errors: [404],
    message: 'Call',
    params: z.strictObject({ id: id() }),
    response: LiveCall,
    verb: getLiveCall,
    input: ({ params }) => params,
    output: toCall,
    examples: [
      {
        name: 'A call that has just begun',
        params: { id: '{{listLiveCalls.0.id}}' },
        after: ['receiveConvinWebhook', { operation: 'listLiveCalls', until: { '0.status': 'live' } }],
      },
    ],
  }),
];
