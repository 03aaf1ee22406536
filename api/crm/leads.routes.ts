import { z } from 'zod';
import { reference } from '../../domain/platform/person.input.ts';
import {
  listCustomerPredictions,
  listHighValueLeads,
  PREDICTION_TYPES,
  predictPurchase,
  readCustomerScore,
  routeLeads,
  scoreCustomer,
} from '../../services/crm/lead-scoring/index.ts';
import { defineEndpoint, type Endpoint } from '../http/endpoint.ts';
import { id, pageQuery, timestamp } from '../http/schemas.ts';
import { CustomerScore, HighValueLead, Prediction, ScoreWithHistory } from './lead-scoring.dto.ts';
import { LEAD_MODEL_ENDPOINTS } from './scoring-models.routes.ts';

const face = 'a' as const;
const tag = 'lead-scoring';
const customer = z.strictObject({ customerId: id() });
const CUSTOMER = { customerId: '{{ingestInteraction.customerId}}' };

const scoreCustomerEndpoint = defineEndpoint({
  operationId: 'scoreCustomer',
  face,
  method: 'post',
  path: '/leads/customers/{customerId}/score',
  tag,
  summary: 'Calculate the lead score of a customer',
  description:
    'Of the person with all their records; a linked prospect is scored with them. Each factor names its evidence.',
  message: 'Lead scored',
  errors: [404],
  params: customer,
  response: CustomerScore,
  verb: scoreCustomer,
  input: ({ params }) => params,
  examples: [{ name: 'A caller', params: CUSTOMER }],
});

const readCustomerScoreEndpoint = defineEndpoint({
  operationId: 'readCustomerScore',
  face,
  method: 'get',
  path: '/leads/customers/{customerId}/score',
  tag,
  summary: 'Read the latest lead score of a customer, with its history',
  message: 'Lead score',
  errors: [404],
  params: customer,
  response: ScoreWithHistory,
  verb: readCustomerScore,
  input: ({ params }) => params,
  examples: [{ name: 'After it was scored', params: CUSTOMER, after: ['scoreCustomer'] }],
});

const listHighValueLeadsEndpoint = defineEndpoint({
  operationId: 'listHighValueLeads',
  face,
  method: 'get',
  path: '/leads/high-value',
  tag,
  summary: 'List scored leads from a threshold on, by score and purchase probability',
  message: 'High-value leads',
  list: 'page',
  query: z.strictObject({
    ...pageQuery,
    threshold: z.coerce.number('must be a number').min(0).max(100).default(60),
  }),
  response: HighValueLead,
  verb: listHighValueLeads,
  input: ({ query }) => query,
});

const predictPurchaseEndpoint = defineEndpoint({
  operationId: 'predictPurchase',
  face,
  method: 'post',
  path: '/leads/predictions',
  tag,
  summary: 'Predict how likely a customer buys',
  description:
    'Learned from the customers of the past year: naive Bayes over six signs in the 30 days before they bought, or before their last touch. The answer names the base rate and by what each sign multiplies the odds.',
  message: 'Prediction created',
  errors: [404],
  status: 201,
  body: z
    .strictObject({
      customerId: id(),
      predictionType: z.enum(['purchase_probability']).default('purchase_probability'),
    })
    .meta({ id: 'PredictionInput' }),
  response: Prediction,
  verb: predictPurchase,
  input: ({ body }) => body,
  examples: [{ name: 'A caller', body: { customerId: CUSTOMER.customerId } }],
});

const listPredictionsEndpoint = defineEndpoint({
  operationId: 'listPredictions',
  face,
  method: 'get',
  path: '/leads/predictions',
  tag,
  summary: 'List predictions about customers, latest first',
  message: 'Predictions',
  errors: [404],
  list: 'page',
  query: z.strictObject({
    ...pageQuery,
    customerId: id().optional(),
    predictionType: z.enum(PREDICTION_TYPES).optional(),
    from: timestamp().optional(),
    until: timestamp().optional(),
  }),
  response: Prediction,
  verb: listCustomerPredictions,
  input: ({ query }) => query,
});

const routeLeadsEndpoint = defineEndpoint({
  operationId: 'routeLeads',
  face,
  method: 'post',
  path: '/leads/route',
  tag,
  summary: 'Route scored leads without an owner to the people of a team',
  description: 'The best lead first, each to whoever has the fewest open leads.',
  message: 'Leads routed',
  body: z
    .strictObject({
      teamId: reference().transform(String).describe('Id or number'),
      minScore: z.number().int().min(0).max(100).default(0),
      limit: z.number().int().min(1).max(500).default(100),
    })
    .meta({ id: 'RouteLeadsInput' }),
  response: z.strictObject({
    assigned: z.array(z.strictObject({ prospectId: id(), score: z.number(), ownerId: id() })),
  }),
  verb: routeLeads,
  input: ({ body }) => body,
  shownBy: { operation: 'listProspects' },
  examples: [
    {
      name: 'To a team',
      after: ['scoreProspect', 'createUser'],
      body: { teamId: 1 },
    },
  ],
});

export const LEADS_ENDPOINTS: readonly Endpoint[] = [
  scoreCustomerEndpoint,
  readCustomerScoreEndpoint,
  listHighValueLeadsEndpoint,
  predictPurchaseEndpoint,
  listPredictionsEndpoint,
  ...LEAD_MODEL_ENDPOINTS,
  routeLeadsEndpoint,
];
