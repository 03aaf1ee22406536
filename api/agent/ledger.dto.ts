import { z } from 'zod';
import { CALL_PURPOSES } from '../../domain/agent/model.port.ts';
import {
  CALL_STATUSES,
  type CallFigures,
  type ModelCallTrace,
  type ModelCallView,
  type PromptVersionView,
  type PromptView,
  USAGE_GROUPS,
  type Usage,
} from '../../services/agent/ledger/index.ts';
import { id, pageQuery, reportDay, text, timestamp } from '../http/schemas.ts';

const usd = (micros: number): number => micros / 1_000_000;

const figures = {
  calls: z.number(),
  succeeded: z.number(),
  failed: z.number(),
  pending: z.number(),
  inputTokens: z.number(),
  outputTokens: z.number(),
  cachedTokens: z.number(),
  costMicros: z.number().describe('Millionths of a dollar, exact'),
  costUsd: z.number(),
  countedMicros: z
    .number()
    .describe('Counted against the budget: where a price or an answer was lost, the most it can be'),
  unpriced: z.number().describe('Settled calls of unknown cost, which no cost here holds'),
};
const withUsd = <F extends CallFigures>(line: F) => ({ ...line, costUsd: usd(line.costMicros) });

const amounts = {
  limitMicros: z.number(),
  reservedMicros: z.number(),
  spentMicros: z.number(),
  leftMicros: z.number(),
};

export const UsageQuery = z.strictObject({
  groupBy: z.enum(USAGE_GROUPS).default('purpose'),
  from: reportDay().optional().describe('First day (UTC); default: the first of the month of `to`'),
  to: reportDay().optional().describe('Last day (UTC), included; default: today'),
});

export const AiUsage = z
  .strictObject({
    from: z.string(),
    to: z.string(),
    groupBy: z.enum(USAGE_GROUPS),
    total: z.strictObject(figures),
    groups: z.array(
      z.strictObject({
        key: z.string().nullable().describe('Of `person` an id; null: the product asked by itself'),
        label: z.string().nullable().describe('Of `person` the name, else the key'),
        ...figures,
      }),
    ),
    budget: z
      .strictObject({
        month: z.string(),
        ...amounts,
        limitUsd: z.number(),
        reservedUsd: z.number(),
        spentUsd: z.number(),
        leftUsd: z.number(),
      })
      .describe('Of the current month. Reserved: the most that calls can cost that are going on'),
  })
  .meta({ id: 'AiUsage' });

export function toUsage({ budget, ...usage }: Usage) {
  const { month, limitMicros, reservedMicros, spentMicros } = budget;
  const leftMicros = Math.max(limitMicros - reservedMicros - spentMicros, 0);
  return {
    ...usage,
    total: withUsd(usage.total),
    groups: usage.groups.map(withUsd),
    budget: {
      month: month.slice(0, 7),
      limitMicros,
      reservedMicros,
      spentMicros,
      leftMicros,
      limitUsd: usd(limitMicros),
      reservedUsd: usd(reservedMicros),
      spentUsd: usd(spentMicros),
      leftUsd: usd(leftMicros),
    },
  };
}

export const CallParams = z.strictObject({ id: id() });

export const CallQuery = z.strictObject({
  ...pageQuery,
  purpose: z.enum(CALL_PURPOSES).optional(),
  model: text(100).optional().describe("The vendor's name of it, or `offline`"),
  status: z.enum(CALL_STATUSES).optional(),
  promptVersion: text(120).optional().describe('Such as `letter@1`'),
  userId: id().optional().describe('Who asked'),
  prospectId: id().optional().describe('Whom it was about'),
  from: timestamp().optional(),
  until: timestamp().optional(),
});

const callFields = {
  id: id(),
  purpose: z.enum(CALL_PURPOSES),
  promptVersion: z.string(),
  provider: z.string(),
  model: z.string(),
  status: z.enum(CALL_STATUSES),
  failure: z.string().nullable(),
  userId: id().nullable().describe('null: the product asked by itself'),
  prospectId: id().nullable(),
  executionId: id().nullable().describe('The work of the agent that it was for'),
  approvalId: id().nullable().describe('The message that it is charged to'),
  inputTokens: z.number().nullable(),
  outputTokens: z.number().nullable(),
  cachedTokens: z.number().nullable(),
  reservedMicros: z.number().describe('The most that it could cost'),
  countedMicros: z.number().nullable(),
  costMicros: z.number().nullable().describe('null: not known'),
  costUsd: z.number().nullable(),
  priceId: z.string().nullable(),
  latencyMs: z.number().nullable(),
  askedAt: timestamp(),
  settledAt: timestamp().nullable(),
  redactedAt: timestamp().nullable(),
};
export const ModelCall = z.strictObject(callFields).meta({ id: 'ModelCall' });
export const toCall = (call: ModelCallView) => ({
  ...call,
  costUsd: call.costMicros === null ? null : usd(call.costMicros),
});

const TEXTS = ['request', 'answer'] as const;
export const Trace = z
  .strictObject({
    ...callFields,
    system: z.string().nullable().describe('The system text of this version of the prompt'),
    request: z.string().nullable().describe('What the model read; null: redacted'),
    answer: z.string().nullable().describe('Word for word; null: redacted, or there was none'),
    redacted: z.array(z.enum(TEXTS)).describe('Texts that were taken out for good; the figures stay'),
  })
  .meta({ id: 'ModelCallTrace' });
export const toTrace = (trace: ModelCallTrace) => ({
  ...trace,
  ...toCall(trace),
  redacted: trace.redactedAt === null ? [] : [...TEXTS],
});

const promptFields = {
  name: z.string(),
  purpose: z.enum(CALL_PURPOSES),
  version: z.number(),
  firstUsedAt: timestamp(),
  lastUsedAt: timestamp().nullable(),
  ...figures,
};
export const PromptSummary = z
  .strictObject({ ...promptFields, versions: z.number().describe('How many were used here; `version` is the newest') })
  .meta({ id: 'AiPrompt' });
export const toPrompt = (prompt: PromptView) => withUsd(prompt);

export const PromptParams = z.strictObject({ name: text(100) });
export const PromptVersion = z
  .strictObject({
    ...promptFields,
    promptVersion: z.string().describe('What texts and calls name'),
    systemText: z.string().describe('Word for word'),
  })
  .meta({ id: 'AiPromptVersion' });
export const toPromptVersion = (version: PromptVersionView) => withUsd(version);
