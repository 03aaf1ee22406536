import { z } from 'zod';
import { FACT_KINDS } from '../../domain/agent/fact.rules.ts';
import { DRAFT_PROBLEMS } from '../../domain/agent/grounding.rules.ts';
import {
  LETTER_LANGUAGES,
  LETTER_LENGTHS,
  LETTER_PURPOSES,
  LETTER_STRATEGIES,
  LETTER_TONES,
} from '../../domain/agent/letter.rules.ts';
import { MODEL_PROVIDERS, MODEL_PURPOSES } from '../../domain/agent/model.port.ts';
import {
  keepLetter,
  keepVariants,
  listBestPerformers,
  listModels,
  type OpenPreview,
  type Preview,
  readPreview,
  startPreview,
  writeLetter,
  writeVariants,
} from '../../services/agent/writer/index.ts';
import { defineEndpoint, type RawRequest } from '../http/endpoint.ts';
import { id, text, timestamp } from '../http/schemas.ts';

const face = 'b' as const;
const tag = 'ai-writer';

const fields = {
  prospectId: id().optional().describe('Whose record the letter is written from'),
  purpose: z.enum(LETTER_PURPOSES).default('introduction'),
  tone: z.enum(LETTER_TONES).default('professional'),
  length: z.enum(LETTER_LENGTHS).default('medium'),
  language: z.enum(LETTER_LANGUAGES).optional().describe("Default: the prospect's, else English"),
  keyPoints: z.array(text(300)).max(10).default([]).describe('Statements of yours that the letter may make'),
  model: text(60).optional().describe('Id of GET /ai/models; default: the route of the purpose'),
};

export const evidenceFact = z
  .strictObject({
    id: z.string(),
    kind: z.enum(FACT_KINDS),
    text: z.string(),
    values: z.record(z.string(), z.string()),
    source: z.strictObject({ type: z.string(), id: z.string().nullable() }),
    observedAt: timestamp().nullable(),
    confidence: z.number(),
  })
  .meta({ id: 'Evidence' });

export const draftSentence = z
  .strictObject({
    text: z.string(),
    evidence: z.array(z.string()).describe('Ids of the facts that the sentence rests on'),
    paragraph: z.number(),
  })
  .meta({ id: 'DraftSentence' });

export const draftReason = z
  .strictObject({ problem: z.enum(DRAFT_PROBLEMS), text: z.string() })
  .meta({ id: 'DraftReason' });

const Letter = z
  .strictObject({
    subject: z.string(),
    body: z.string(),
    sentences: z.array(draftSentence),
    evidence: z.array(evidenceFact),
    grounded: z
      .boolean()
      .describe('Every sentence that states something rests on a fact, and nothing forbidden is in it'),
    reasons: z.array(draftReason),
    strategy: z.enum(LETTER_STRATEGIES),
    rationale: z.string(),
    language: z.enum(LETTER_LANGUAGES),
    model: z.string().describe('`offline`: the built-in model, which needs no key'),
    provider: z.string(),
    promptVersion: z.string(),
    callId: id(),
    costUsd: z.number().nullable(),
  })
  .meta({ id: 'GeneratedEmail' });

const scopeOf = ({ organizationId, principal, now }: RawRequest) => ({ organizationId, principal, now });

export const generateEmailEndpoint = defineEndpoint({
  operationId: 'generateEmail',
  face,
  method: 'post',
  path: '/ai/email/generate',
  tag,
  summary: 'Write an e-mail from what is known of a prospect',
  description:
    'Each sentence names the facts it rests on; `reasons` says what a checker found. Without keys of a vendor a built-in model answers. 409 `AI_BUDGET_EXHAUSTED`, `MODEL_REFUSED`, `MODEL_ANSWER_TRUNCATED` or `MODEL_NOT_AVAILABLE`; 503 while no model can be reached.',
  errors: [404, 409],
  transaction: 'external',
  body: z.strictObject(fields).meta({ id: 'EmailRequest' }),
  response: Letter,
  verb: keepLetter,
  prepare: async ({ body, raw }, tools) => ({ value: await writeLetter(tools, scopeOf(raw), body) }),
  input: (_, written) => written,
  shownBy: { operation: 'listAiModels' },
  examples: [
    { name: 'To a prospect', body: { prospectId: '{{createProspect.id}}', purpose: 'introduction', tone: 'friendly' } },
    { name: 'From statements alone', body: { purpose: 'follow_up', keyPoints: ['Our team answers within one day.'] } },
  ],
});

export const emailVariantsEndpoint = defineEndpoint({
  operationId: 'generateEmailVariants',
  face,
  method: 'post',
  path: '/ai/email/variants',
  tag,
  summary: 'Write variants of an e-mail to compare, each with its reason',
  errors: [404, 409],
  transaction: 'external',
  body: z
    .strictObject({ ...fields, count: z.int().min(2).max(LETTER_STRATEGIES.length).default(2) })
    .meta({ id: 'EmailVariantsRequest' }),
  response: z.strictObject({ variants: z.array(Letter) }),
  verb: keepVariants,
  prepare: async ({ body, raw }, tools) => ({ value: await writeVariants(tools, scopeOf(raw), body) }),
  input: (_, variants) => variants,
  shownBy: { operation: 'listAiModels' },
  examples: [{ name: 'Three ways to begin', body: { prospectId: '{{createProspect.id}}', count: 3 } }],
});

export const previewEmailEndpoint = defineEndpoint({
  operationId: 'previewEmail',
  face,
  method: 'post',
  path: '/ai/email/preview',
  tag,
  summary: 'Watch an e-mail being written (server-sent events)',
  description: 'Events `preview` hold the whole text so far; the last one is complete or says what went wrong.',
  errors: [404, 409],
  transaction: 'read',
  idempotent: false,
  body: z.strictObject(fields).meta({ id: 'EmailPreviewRequest' }),
  response: z
    .strictObject({
      text: z.string(),
      isComplete: z.boolean(),
      error: z.string().nullable(),
      model: z.string().nullable(),
    })
    .meta({ id: 'EmailPreview' }),
  stream: {
    event: 'preview',
    isLast: ({ isComplete }: Preview) => isComplete,
    maxTicks: () => 120,
    ended: (preview: OpenPreview) => preview.stop(),
  },
  verb: readPreview,
  prepare: async ({ body, raw }, tools) => ({ value: await startPreview(tools, scopeOf(raw), body) }),
  input: (_, preview) => preview,
  shownBy: { operation: 'listAiModels' },
  examples: [{ name: 'A question', body: { prospectId: '{{createProspect.id}}', purpose: 'meeting_request' } }],
});

export const bestPerformersEndpoint = defineEndpoint({
  operationId: 'listBestPerformers',
  face,
  method: 'get',
  path: '/ai/email/best-performers',
  tag,
  summary: 'What has earned the most answers so far; writers learn from it',
  description: 'Ranked by the lower bound of the rate of answers, so that few messages do not win by luck.',
  query: z.strictObject({ limit: z.coerce.number().int().min(1).max(200).default(10) }),
  response: z
    .strictObject({
      performers: z.array(
        z.strictObject({
          strategy: z.string(),
          promptVersion: z.string(),
          language: z.string(),
          subject: z.string(),
          sent: z.number(),
          replied: z.number(),
          replyRate: z.number(),
          score: z.number(),
        }),
      ),
    })
    .meta({ id: 'BestPerformers' }),
  verb: listBestPerformers,
  input: ({ query }) => query,
  output: ({ performers }) => ({ performers: [...performers] }),
});

export const listAiModelsEndpoint = defineEndpoint({
  operationId: 'listAiModels',
  face,
  method: 'get',
  path: '/ai/models',
  tag,
  summary: 'Models, which of them is asked for what, and what they cost this month',
  response: z
    .strictObject({
      models: z.array(
        z.strictObject({
          id: z.string(),
          label: z.string(),
          provider: z.enum(MODEL_PROVIDERS),
          model: z.string(),
          quality: z.number(),
          inputUsdPerMillion: z.number().nullable().describe('Per million tokens; null: not known'),
          outputUsdPerMillion: z.number().nullable(),
          cachedUsdPerMillion: z.number().nullable(),
          price: z
            .strictObject({ effectiveFrom: z.string(), source: z.string(), checkedOn: z.string() })
            .nullable()
            .describe('Null: not known; counted against the budget at a rate dearer than any'),
          calls: z.number(),
          failed: z.number(),
          costUsd: z.number(),
          unpriced: z.number().describe('Calls of unknown price; they count against the budget at the dearest rate'),
        }),
      ),
      routes: z.array(z.strictObject({ purpose: z.enum(MODEL_PURPOSES), models: z.array(z.string()) })),
      budget: z.strictObject({
        month: z.string(),
        limitUsd: z.number(),
        spentUsd: z.number(),
        reservedUsd: z.number(),
      }),
    })
    .meta({ id: 'AiModels' }),
  verb: listModels,
  prepare: async (_, tools) => ({ value: tools.models.entries }),
  input: (_, entries) => ({ entries }),
});
