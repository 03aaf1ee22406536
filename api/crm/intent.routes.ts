import { z } from 'zod';
import { SignalBody } from '../../domain/crm/intent.input.ts';
import { INTENT_SIGNAL_TYPE_NAMES } from '../../domain/crm/intent.rules.ts';
import {
  acknowledgeIntentAlert,
  INTENT_ALERT_TYPES,
  listIntentAlerts,
  listSignals,
  listTopIntentProspects,
  readAccountIntent,
  readIntentSummary,
  readProspectIntent,
  recordSignal,
  SIGNAL_FIELDS,
} from '../../services/crm/intent/index.ts';
import { defineEndpoint, type Endpoint } from '../http/endpoint.ts';
import { sortQuery } from '../http/filter-query.ts';
import { id, pageQuery, text } from '../http/schemas.ts';
import {
  AccountIntent,
  IntentAlert,
  IntentProspect,
  IntentSummary,
  ProspectIntent,
  RecordedSignal,
  Signal,
  trueOrFalse,
} from './intent.dto.ts';

const face = 'b' as const;
const tag = 'intent';
const params = z.strictObject({ id: id() });

const readProspectIntentEndpoint = defineEndpoint({
  operationId: 'readProspectIntent',
  face,
  method: 'get',
  path: '/prospects/{id}/intent',
  tag,
  summary: 'Explain the intent of a prospect: score, tier, trend, signals, history',
  description:
    'A signal is worth its strength when it happens and half as much after each half-life. Signals add up as independent evidence: score = 100 × (1 − Π(1 − worth/100)). What happened at the company counts half.',
  errors: [404],
  params,
  response: ProspectIntent,
  verb: readProspectIntent,
  input: ({ params: given }) => given,
});

const readAccountIntentEndpoint = defineEndpoint({
  operationId: 'readAccountIntent',
  face,
  method: 'get',
  path: '/intent/accounts/{id}',
  tag,
  summary: 'Explain the intent of a company: its own signals and those of its people',
  errors: [404],
  params,
  response: AccountIntent,
  verb: readAccountIntent,
  input: ({ params: given }) => given,
  examples: [{ name: 'A company', params: { id: '{{createAccount.id}}' } }],
});

const listSignalsEndpoint = defineEndpoint({
  operationId: 'listSignals',
  face,
  method: 'get',
  path: '/intent/signals',
  tag,
  summary: 'List intent signals, latest first',
  list: 'page',
  query: z.strictObject({
    ...pageQuery,
    type: z.enum(INTENT_SIGNAL_TYPE_NAMES).optional(),
    prospectId: id().optional(),
    accountId: id().optional().describe('The signals of the company and of its people'),
    source: text(64).optional(),
    includeExpired: trueOrFalse().optional(),
    sort: sortQuery(SIGNAL_FIELDS, 'b', '-occurredAt'),
  }),
  response: Signal,
  verb: listSignals,
  input: ({ query }) => query,
});

const recordSignalEndpoint = defineEndpoint({
  operationId: 'recordSignal',
  face,
  method: 'post',
  path: '/intent/signals',
  tag,
  summary: 'Record an intent signal of a prospect or a company',
  description:
    'The scores of the person and the company follow in the same request; `effect` says how, and which alerts it raised. A sourceKey that exists is a conflict and changes nothing. An array of up to 1,000 answers 200 with one outcome per row.',
  errors: [409],
  status: 201,
  bulk: true,
  body: SignalBody,
  response: RecordedSignal,
  verb: recordSignal,
  input: ({ body }) => body,
  examples: [
    {
      name: 'A visit of the pricing page',
      body: { type: 'website_visit', prospectId: '{{createProspect.id}}', strength: 60, topic: 'pricing' },
    },
    {
      name: 'A company raised money',
      body: { type: 'funding', accountId: '{{createAccount.id}}', title: 'Series B, 40 million', source: 'newswire' },
    },
  ],
});

const readIntentSummaryEndpoint = defineEndpoint({
  operationId: 'readIntentSummary',
  face,
  method: 'get',
  path: '/intent/summary',
  tag,
  summary: 'Summarize the intent of a team, or of the whole organization',
  query: z.strictObject({ teamId: id().optional() }),
  response: IntentSummary,
  verb: readIntentSummary,
  input: ({ query }) => query,
});

const listTopIntentProspectsEndpoint = defineEndpoint({
  operationId: 'listTopIntentProspects',
  face,
  method: 'get',
  path: '/intent/top-prospects',
  tag,
  summary: 'Name the prospects with the highest intent',
  query: z.strictObject({ teamId: id().optional(), limit: pageQuery.limit.default(10) }),
  response: z.array(IntentProspect),
  verb: listTopIntentProspects,
  input: ({ query }) => query,
});

const listIntentAlertsEndpoint = defineEndpoint({
  operationId: 'listIntentAlerts',
  face,
  method: 'get',
  path: '/intent/alerts',
  tag,
  summary: 'List intent alerts, latest first',
  description:
    '`spike`: within a day three times what is usual of the four weeks before, and signals of at least 40 together. `tier_change`: hot or burning now.',
  list: 'page',
  query: z.strictObject({
    ...pageQuery,
    type: z.enum(INTENT_ALERT_TYPES).optional(),
    acknowledged: trueOrFalse().optional(),
    prospectId: id().optional(),
    accountId: id().optional(),
  }),
  response: IntentAlert,
  verb: listIntentAlerts,
  input: ({ query }) => query,
});

const acknowledgeIntentAlertEndpoint = defineEndpoint({
  operationId: 'acknowledgeIntentAlert',
  face,
  method: 'post',
  path: '/intent/alerts/{id}/acknowledge',
  tag,
  summary: 'Acknowledge an intent alert',
  errors: [404, 409],
  params,
  body: z
    .strictObject({ note: text(1_000).optional() })
    .default({})
    .meta({ id: 'IntentAlertAcknowledgement' }),
  response: IntentAlert,
  verb: acknowledgeIntentAlert,
  input: ({ params: given, body }) => ({ ...given, ...body }),
  examples: [
    {
      name: 'Seen to',
      params: { id: '{{recordSignal.effect.alerts.0.id}}' },
      body: { note: 'Called, wants an offer' },
    },
  ],
});

export const INTENT_ENDPOINTS: readonly Endpoint[] = [
  readProspectIntentEndpoint,
  readAccountIntentEndpoint,
  listSignalsEndpoint,
  recordSignalEndpoint,
  readIntentSummaryEndpoint,
  listTopIntentProspectsEndpoint,
  listIntentAlertsEndpoint,
  acknowledgeIntentAlertEndpoint,
];
