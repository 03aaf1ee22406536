import { z } from 'zod';
import { INSIGHT_KINDS } from '../../domain/agent/conversation.rules.ts';
import type { ConversationView } from '../../services/agent/conversations/index.ts';
import { freeForm, id, pageQuery, text, timestamp } from '../http/schemas.ts';

export const ConversationParams = z.strictObject({ id: id() });
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

export const Conversation = z
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
export const toConversation = (view: ConversationView) => view;

export const CreateBody = z
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

export const TranscribeBody = z
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

export const ConversationQuery = z.strictObject({
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
});

export const Coaching = z
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
  .meta({ id: 'Coaching' });

export const Statement = z
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
  .meta({ id: 'Statement' });

export const ConversationInsights = z
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
  .meta({ id: 'ConversationInsights' });
