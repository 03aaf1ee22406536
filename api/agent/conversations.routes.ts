import { z } from 'zod';
import { INSIGHT_KINDS } from '../../domain/agent/conversation.rules.ts';
import {
  type ConversationView,
  createConversation,
  deleteConversation,
  getConversation,
  getInsights,
  type Insights,
  listConversations,
  listStatements,
  type RepCoaching,
  readCoaching,
  type StatementView,
  transcribeConversation,
} from '../../services/agent/conversations/index.ts';
import { defineEndpoint, type Endpoint } from '../http/endpoint.ts';
import { freeForm, id, pageQuery, text, timestamp } from '../http/schemas.ts';

const face = 'b' as const;
const tag = 'conversations';
const params = z.strictObject({ id: id() });
const KINDS = ['call', 'meeting', 'chat'] as const;
const STATUSES = ['waiting', 'analyzing', 'completed', 'failed'] as const;
const SENTIMENTS = ['positive', 'neutral', 'negative'] as const;
const sentiment = z.enum(SENTIMENTS);
const role = z.enum(['rep', 'customer']);

const url = () => z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }).max(2048);
const Participant = z.strictObject({ name: text(100), role });
const participants = z
  .array(Participant)
  .max(20)
  .optional()
  .describe('Who speaks for whom; names as in the transcript');
const transcript = z
  .union([
    z.string().min(1).max(900_000),
    z
      .array(
        z.strictObject({
          speaker: text(100).optional(),
          text: z.string().max(20_000),
          startSeconds: z.number().min(0).max(604_800).optional(),
          endSeconds: z.number().min(0).max(604_800).optional(),
        }),
      )
      .min(1)
      .max(20_000),
  ])
  .optional()
  .describe('Statements with their speakers, WebVTT, SubRip, or lines like "Ada: good morning"');

const Analysis = z.strictObject({
  rules: z.string(),
  lexicon: z.string().nullable(),
  model: z.string().nullable().describe('null: no model was asked'),
  computed: z.array(z.string()),
  notComputed: z.array(z.strictObject({ what: z.string(), why: z.string() })),
});

const Conversation = z
  .strictObject({
    id: id(),
    kind: z.enum(KINDS),
    title: z.string().nullable(),
    status: z.enum(STATUSES).describe('waiting: for a transcript'),
    errorCode: z.string().nullable(),
    generation: z.number(),
    interactionId: id().nullable(),
    liveCallId: id().nullable(),
    callLogId: id().nullable(),
    meetingId: id().nullable(),
    prospectId: id().nullable(),
    accountId: id().nullable(),
    dealId: id().nullable(),
    userId: id().nullable().describe('Who led it'),
    agentId: id().nullable(),
    recordingUrl: z.string().nullable(),
    transcriptUrl: z.string().nullable(),
    transcriptFormat: z.string().nullable(),
    language: z.string().nullable(),
    participants: z.array(Participant),
    startedAt: timestamp(),
    durationSeconds: z.number().nullable(),
    talkListen: z
      .strictObject({
        talk: z.number().describe('Share of those who speak for the organization'),
        listen: z.number(),
        basis: z.enum(['time', 'words']),
        speakers: z.array(z.strictObject({ speaker: z.string(), share: z.number() })),
        longestMonologueSeconds: z.number().nullable(),
      })
      .nullable(),
    sentiment: sentiment.nullable(),
    sentimentScore: z.number().nullable().describe('From -1 to 1'),
    repQuestions: z.number().nullable(),
    analysis: Analysis.nullable(),
    analyzedAt: timestamp().nullable(),
    createdAt: timestamp(),
    updatedAt: timestamp(),
    version: z.number(),
  })
  .meta({ id: 'Conversation' });
const toConversation = (view: ConversationView) => view;

const CreateBody = z
  .strictObject({
    kind: z.enum(KINDS).optional(),
    title: text(200).optional(),
    startedAt: timestamp().optional(),
    durationSeconds: z.int().min(0).max(604_800).optional(),
    language: text(35).optional(),
    recordingUrl: url().optional(),
    transcriptUrl: url().optional().describe('Fetched from there'),
    transcript,
    participants,
    interactionId: id().optional(),
    callLogId: id().optional().describe('Brings its prospect, deal and interaction'),
    meetingId: id().optional(),
    prospectId: id().optional(),
    accountId: id().optional(),
    dealId: id().optional(),
    userId: id().optional(),
  })
  .meta({ id: 'ConversationInput' });

const TranscribeBody = z
  .strictObject({ transcript, transcriptUrl: url().optional(), participants })
  .meta({ id: 'TranscribeInput' });

const Insight = z.strictObject({
  id: id(),
  kind: z.enum(INSIGHT_KINDS),
  code: z.string(),
  text: z.string(),
  statement: z.number().nullable().describe('Ordinal of the statement that shows it'),
  engine: z.enum(['rules', 'model']),
  data: freeForm(),
});

const WALK_TRANSCRIPT = [
  'Asha: Good morning Ben, thanks for taking the time. What would help you most?',
  'Ben: We currently use Gong, and honestly it is too expensive for us.',
  'Asha: I understand. How many people would use it?',
  'Ben: About forty. How soon could we start? That sounds great.',
  "Asha: I'll send the proposal by the end of the week.",
].join('\n');

export const CONVERSATION_ENDPOINTS: readonly Endpoint[] = [
  defineEndpoint({
    operationId: 'listConversations',
    face,
    method: 'get',
    path: '/conversations',
    tag,
    summary: 'List conversations, the latest first',
    list: 'page',
    query: z.strictObject({
      ...pageQuery,
      kind: z.enum(KINDS).optional(),
      status: z.enum(STATUSES).optional(),
      sentiment: sentiment.optional(),
      prospectId: id().optional(),
      accountId: id().optional(),
      dealId: id().optional(),
      userId: id().optional(),
      interactionId: id().optional(),
      from: timestamp().optional(),
      until: timestamp().optional(),
    }),
    response: Conversation,
    verb: listConversations,
    input: ({ query }) => query,
    output: toConversation,
  }),
  defineEndpoint({
    operationId: 'createConversation',
    face,
    method: 'post',
    path: '/conversations',
    tag,
    summary: 'Create a conversation from its transcript, or one that waits for it',
    description:
      'Speakers, talk and listen ratio, sentiment of each statement, objections, competitors, key moments, coaching and the next best action are computed by stated rules; `analysis` says what was computed and what was not, and why. A recording alone is not transcribed here: its conversation waits a week for a transcript. Calls of telephony make theirs by themselves.',
    errors: [409],
    status: 201,
    body: CreateBody,
    response: Conversation,
    verb: createConversation,
    input: ({ body }) => body,
    output: toConversation,
    etag: ({ version }) => version,
    location: (view) => `/conversations/${view.id}`,
    examples: [
      {
        name: 'A call',
        body: {
          title: 'First call',
          startedAt: '2026-06-30T09:00:00Z',
          transcript: WALK_TRANSCRIPT,
          participants: [{ name: 'Asha', role: 'rep' }],
        },
      },
      { name: 'A recording', body: { kind: 'meeting', recordingUrl: 'https://recordings.example/1.mp3' } },
    ],
  }),
  defineEndpoint({
    operationId: 'readCoaching',
    face,
    method: 'get',
    path: '/conversations/coaching',
    tag,
    summary: 'What each rep could do better, over all analysed conversations',
    query: z.strictObject({ from: timestamp().optional(), until: timestamp().optional(), userId: id().optional() }),
    response: z
      .strictObject({
        reps: z.array(
          z.strictObject({
            rep: z.strictObject({ userId: id().nullable(), agentId: id().nullable(), name: z.string().nullable() }),
            conversations: z.number(),
            averageTalkRatio: z.number().nullable(),
            averageQuestions: z.number().nullable(),
            averageSentimentScore: z.number().nullable(),
            opportunities: z.array(
              z.strictObject({
                code: z.string(),
                text: z.string(),
                conversations: z.number(),
                latestConversationId: id(),
              }),
            ),
          }),
        ),
      })
      .meta({ id: 'Coaching' }),
    verb: readCoaching,
    input: ({ query }) => query,
    output: (result: { reps: RepCoaching[] }) => result,
  }),
  defineEndpoint({
    operationId: 'getConversation',
    face,
    method: 'get',
    path: '/conversations/{id}',
    tag,
    summary: 'Get a conversation with its talk and listen ratio',
    errors: [404],
    params,
    response: Conversation,
    verb: getConversation,
    input: ({ params: given }) => given,
    output: toConversation,
    etag: ({ version }) => version,
  }),
  defineEndpoint({
    operationId: 'deleteConversation',
    face,
    method: 'delete',
    path: '/conversations/{id}',
    tag,
    summary: 'Delete a conversation with its transcript and insights',
    errors: [404, 412],
    params,
    response: z.strictObject({ id: id() }),
    verb: deleteConversation,
    input: ({ params: given, raw }) => ({ ...given, expectedVersion: raw.ifMatch }),
  }),
  defineEndpoint({
    operationId: 'getTranscript',
    face,
    method: 'get',
    path: '/conversations/{id}/transcript',
    tag,
    summary: 'The statements of a conversation with speakers and sentiment',
    errors: [404],
    list: 'page',
    params,
    query: z.strictObject(pageQuery),
    response: z
      .strictObject({
        ordinal: z.number(),
        speaker: z.string().nullable(),
        role: role.nullable(),
        text: z.string(),
        startMs: z.number().nullable(),
        endMs: z.number().nullable(),
        sentiment: sentiment.nullable(),
        sentimentScore: z.number().nullable(),
      })
      .meta({ id: 'Statement' }),
    verb: listStatements,
    input: ({ params: given, query }) => ({ ...given, ...query }),
    output: (statement: StatementView) => statement,
  }),
  defineEndpoint({
    operationId: 'getConversationInsights',
    face,
    method: 'get',
    path: '/conversations/{id}/insights',
    tag,
    summary: 'Objections, competitors, key moments, coaching and the next best action of a conversation',
    errors: [404],
    params,
    response: z
      .strictObject({
        status: z.enum(STATUSES),
        analysis: Analysis.nullable(),
        summary: Insight.nullable(),
        nextBestAction: Insight.nullable(),
        objections: z.array(Insight),
        competitors: z.array(Insight),
        keyMoments: z.array(Insight),
        coaching: z.array(Insight),
      })
      .meta({ id: 'ConversationInsights' }),
    verb: getInsights,
    input: ({ params: given }) => given,
    output: (insights: Insights) => insights,
    examples: [
      {
        name: 'An analysed call',
        after: ['createConversation', { operation: 'getConversation', until: { status: 'completed' } }],
      },
    ],
  }),
  defineEndpoint({
    operationId: 'transcribeConversation',
    face,
    method: 'post',
    path: '/conversations/{id}/transcribe',
    tag,
    summary: 'Analyse a conversation anew, with another transcript where one is given',
    description: 'Starts another generation of its process, `conv:<organization>:<id>:<generation>`.',
    errors: [404],
    params,
    body: TranscribeBody,
    response: Conversation,
    verb: transcribeConversation,
    input: ({ params: given, body }) => ({ ...given, ...body }),
    output: toConversation,
    etag: ({ version }) => version,
    examples: [
      { name: 'A corrected transcript', body: { transcript: `${WALK_TRANSCRIPT}\nBen: Perfect, thank you!` } },
    ],
  }),
];
