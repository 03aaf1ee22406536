import { AppError } from '../../../domain/core/errors.ts';
import { readShape } from '../../../domain/core/validation.input.ts';
import { ConversionBody, InteractionBody, toConversion, toParticipants } from '../../../domain/data/fact.input.ts';
import { SpendBody } from '../../../domain/data/spend.input.ts';
import type { Ctx } from '../../core/context.ts';
import type { GroupOutcome } from '../../core/group.ts';
import { type ImportedRow, type ImportKind, repeatedRow } from '../../platform/imports/index.ts';
import type { ConversionInput, InteractionInput } from '../ingestion/facts.ts';
import { ingestConversion } from '../ingestion/ingest-conversions.ts';
import { ingestInteraction } from '../ingestion/ingest-interactions.ts';
import { ingestSpend, type SpendInput, spendKey } from '../spend/ingest-spend.ts';
import {
  CUSTOMER_FIELDS,
  camelElements,
  IDENTIFIER_FIELDS,
  identifiersOf,
  jsonOf,
  numberOf,
  present,
  without,
} from './read-values.ts';
import { voidImported } from './void-imported.ts';

export const optional = (name: string, ...synonyms: string[]) => ({ name, required: false, synonyms });
export const required = (name: string, ...synonyms: string[]) => ({ name, required: true, synonyms });

type Values = Readonly<Record<string, unknown>>;

/** All rows of an ingestion verb are new ones. */
const asCreated = (outcomes: readonly GroupOutcome<{ id: string }>[]): GroupOutcome<ImportedRow>[] =>
  outcomes.map((outcome) => (outcome.ok ? { ok: true, value: { id: outcome.value.id, created: true } } : outcome));

const UTM = ['source', 'medium', 'campaign', 'term', 'content'] as const;
const UTM_FIELDS = UTM.map((part) => [part, `utm${part[0]!.toUpperCase()}${part.slice(1)}`] as const);
const AGENT_FIELDS = ['agentId', 'agentName', 'teamId'];
/** Fields of a file that the API takes together. */
const COMBINED = new Set([...CUSTOMER_FIELDS, ...AGENT_FIELDS, ...UTM_FIELDS.map(([, field]) => field)]);

function interactionBody(values: Values, identifiers: unknown): Record<string, unknown> {
  const body = without(values, COMBINED);
  body.customerIdentifiers = identifiers;
  const utm = utmOf(values) ?? jsonOf(values.utm);
  const participants = participantsOf(values);
  if (utm !== undefined) body.utm = utm;
  if (participants !== undefined) body.participants = participants;
  if (values.metadata !== undefined) body.metadata = jsonOf(values.metadata);
  if (values.purchaseProbability !== undefined) body.purchaseProbability = numberOf(values.purchaseProbability);
  return body;
}

function utmOf(values: Values): Record<string, unknown> | undefined {
  const given = UTM_FIELDS.filter(([, field]) => values[field] !== undefined);
  return given.length > 0 ? Object.fromEntries(given.map(([part, field]) => [part, values[field]])) : undefined;
}

function participantsOf(values: Values): unknown {
  const { agentId, agentName, teamId } = values;
  const participants = camelElements(jsonOf(values.participants));
  if (agentId === undefined) return participants;
  return [present({ agentId, agentName, teamId }), ...(Array.isArray(participants) ? participants : [])];
}

export const interactionKind: ImportKind = {
  name: 'interactions',
  fields: [
    required('externalInteractionId', 'interaction id', 'external id', 'call id', 'id', 'conversation id'),
    required('channel', 'medium', 'interaction type'),
    required('startedAt', 'start', 'start time', 'started', 'timestamp', 'date', 'call time', 'occurred at'),
    ...IDENTIFIER_FIELDS,
    optional('vendorCode', 'vendor', 'bpo', 'provider'),
    optional('endedAt', 'end', 'end time', 'ended'),
    optional('direction', 'call direction'),
    optional('language', 'lang', 'locale'),
    optional('primaryIntent', 'intent'),
    optional('purchaseProbability', 'probability', 'purchase likelihood'),
    optional('transcriptUrl', 'transcript', 'recording url'),
    optional('participants'),
    optional('agentId', 'agent', 'agent external id', 'agent code'),
    optional('agentName', 'agent full name'),
    optional('teamId', 'team'),
    optional('campaign', 'campaign name', 'campaign id'),
    optional('utm'),
    ...UTM_FIELDS.map(([, field]) => optional(field)),
    optional('clickId', 'gclid', 'fbclid', 'click'),
    optional('contentId', 'content'),
    optional('cost', 'price'),
    optional('costCurrency', 'currency'),
    optional('metadata', 'custom', 'attributes'),
  ],
  decimals: new Set(['cost']),
  read(values) {
    const { list, fieldOf } = identifiersOf(values);
    const body = readShape(InteractionBody, interactionBody(values, list));
    if (body instanceof AppError) return withFields(body, fieldOf);
    const input = body.participants ? { ...body, participants: toParticipants(body.participants) } : body;
    return { input, fieldOf };
  },
  store: async (ctx: Ctx, inputs) => asCreated(await ingestInteraction.group(ctx, inputs as InteractionInput[])),
  repetition: {
    keyOf: (input) => (input as InteractionInput).externalInteractionId,
    refusal: (input) =>
      repeatedRow('DUPLICATE_INTERACTION', 'externalInteractionId', (input as InteractionInput).externalInteractionId),
  },
  undo: (ctx, records) => voidImported(ctx, 'interactions', records),
};

function conversionBody(values: Values, identifiers: unknown): Record<string, unknown> {
  const body = without(values, CUSTOMER_FIELDS);
  if (identifiers !== undefined) body.customerIdentifiers = identifiers;
  if (values.metadata !== undefined) body.metadata = jsonOf(values.metadata);
  return body;
}

export const conversionKind: ImportKind = {
  name: 'conversions',
  fields: [
    required('externalEventId', 'event id', 'external id', 'order id', 'conversion id', 'transaction id', 'id'),
    required('eventType', 'type', 'conversion type', 'event'),
    required('amountDecimal', 'amount', 'revenue', 'value', 'total', 'order value'),
    required('currency', 'currency code'),
    required('occurredAt', 'timestamp', 'date', 'time', 'order date', 'conversion time'),
    required('eventSource', 'source', 'system'),
    optional('refundOf', 'refund of', 'refunded order', 'original order', 'original id', 'original event id'),
    ...IDENTIFIER_FIELDS,
    optional('metadata', 'custom', 'attributes'),
  ],
  decimals: new Set(['amountDecimal', 'amount_decimal', 'amount', 'revenue']),
  read(values) {
    const { list, fieldOf } = identifiersOf(values);
    const body = readShape(ConversionBody, conversionBody(values, list));
    return body instanceof AppError ? withFields(body, fieldOf) : { input: toConversion(body), fieldOf };
  },
  store: async (ctx: Ctx, inputs) => asCreated(await ingestConversion.group(ctx, inputs as ConversionInput[])),
  repetition: {
    keyOf: (input) => (input as ConversionInput).externalEventId,
    buildsOn: (input) => (input as ConversionInput).refundOf ?? null,
    refusal: (input) =>
      repeatedRow('DUPLICATE_CONVERSION', 'externalEventId', (input as ConversionInput).externalEventId),
  },
  undo: (ctx, records) => voidImported(ctx, 'conversions', records),
};

export const spendKind: ImportKind = {
  name: 'spend',
  fields: [
    required('date', 'day', 'spend date'),
    required('channel', 'medium'),
    required('amountDecimal', 'amount', 'spend', 'cost', 'budget spent'),
    required('currency', 'currency code', 'cost currency'),
    optional('vendorCode', 'vendor', 'bpo', 'provider'),
    optional('campaign', 'campaign name', 'campaign id'),
    optional('externalId', 'id', 'spend id'),
  ],
  decimals: new Set(['amountDecimal', 'amount_decimal', 'amount', 'spend', 'cost']),
  read(values) {
    const input = readShape(SpendBody, values);
    return input instanceof AppError ? input : { input };
  },
  store: async (ctx: Ctx, inputs) => asCreated(await ingestSpend.group(ctx, inputs as SpendInput[])),
  repetition: {
    keyOf: (input) => spendKey(input as SpendInput),
    refusal: (input) => repeatedRow('DUPLICATE_SPEND', 'externalId', spendKey(input as SpendInput)),
  },
  undo: (ctx, records) => voidImported(ctx, 'spend', records),
};

/** A refusal whose paths lead back to the columns of the file. */
function withFields(error: AppError, fieldOf: (path: string) => string): AppError {
  const issues = (error.extras.issues ?? []).map((issue) => ({ ...issue, field: fieldOf(issue.field) }));
  return new AppError(error.kind, error.code, error.message, { ...error.extras, issues });
}
