import { z } from 'zod';
import { workSourceOf } from '../../domain/data/touch-source.rules.ts';
import {
  type CreditView,
  cancelRun,
  createRun,
  executeRun,
  getRun,
  listModels,
  listResults,
  listRuns,
  listUnattributed,
  type RunView,
  type UnattributedView,
} from '../../services/insight/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import {
  AttributionModel,
  CreateRunBody,
  Credit,
  ListResultsQuery,
  ListRunsQuery,
  PageQuery,
  Run,
  RunParams,
  Unattributed,
} from './attribution.dto.ts';

const face = 'a' as const;
const tag = 'attribution';

const toRun = (run: RunView) => {
  const { minPurchaseAmount } = run.config;
  return {
    ...run,
    config: { ...run.config, minPurchaseAmount: minPurchaseAmount === null ? null : Number(minPurchaseAmount) },
  };
};

// Amounts below 10^12 minor units and weights of 12 places are exact to the digit as JSON numbers.
export const toCredit = (credit: CreditView) => ({
  ...credit,
  weight: Number(credit.weight),
  attributedAmount: Number(credit.attributedAmount),
});

export const createRunEndpoint = defineEndpoint({
  operationId: 'createAttributionRun',
  face,
  method: 'post',
  path: '/attribution/runs',
  tag,
  summary: 'Create an attribution run (status pending)',
  description: 'Nothing is computed before the run is executed.',
  status: 201,
  message: 'Attribution run created',
  body: CreateRunBody,
  response: Run,
  verb: createRun,
  input: ({ body }) => body,
  output: toRun,
  etag: (run) => run.version,
  location: (run) => `/attribution/runs/${run.id}`,
  examples: [
    {
      name: 'Time decay over a quarter',
      body: {
        modelCode: 'TIME_DECAY',
        name: 'Q1 2024 Attribution',
        config: {
          timeWindowHours: 72,
          includeChannels: ['call', 'email', 'chat'],
          eventTypes: ['purchase', 'signup'],
          minPurchaseAmount: 100.0,
        },
      },
    },
    {
      name: 'A shorter window',
      body: { modelCode: 'TIME_DECAY', name: 'A day back', config: { timeWindowHours: 24 } },
    },
    { name: 'A month back', body: { modelCode: 'LINEAR', name: 'A month back', config: { timeWindowHours: 720 } } },
  ],
});

export const listRunsEndpoint = defineEndpoint({
  operationId: 'listAttributionRuns',
  face,
  method: 'get',
  path: '/attribution/runs',
  tag,
  summary: 'List attribution runs, newest first',
  list: 'page',
  message: 'Attribution runs',
  query: ListRunsQuery,
  response: Run,
  verb: listRuns,
  input: ({ query }) => query,
  output: toRun,
});

export const getRunEndpoint = defineEndpoint({
  operationId: 'getAttributionRun',
  face,
  method: 'get',
  path: '/attribution/runs/{runId}',
  tag,
  summary: 'Get an attribution run: status, times, progress, counts and configuration',
  errors: [404],
  message: 'Attribution run',
  params: RunParams,
  response: Run,
  verb: getRun,
  input: ({ params }) => params,
  output: toRun,
  etag: (run) => run.version,
  examples: [
    { name: 'The run' },
    { name: 'Another run', params: { runId: '{{createAttributionRun[A shorter window].id}}' } },
    { name: 'A month back', params: { runId: '{{createAttributionRun[A month back].id}}' } },
  ],
});

export const executeRunEndpoint = defineEndpoint({
  operationId: 'executeAttributionRun',
  face,
  method: 'post',
  path: '/attribution/runs/{runId}/execute',
  tag,
  summary: 'Execute an attribution run',
  description:
    'Starts the durable process and answers at once. A run that is going on is answered as it is; a finished one is computed again as a new generation over the same frozen input.',
  errors: [404],
  message: (run) => (run.status === 'running' ? 'Attribution run is running' : `Attribution run is ${run.status}`),
  params: RunParams,
  response: Run,
  verb: executeRun,
  input: ({ params }) => params,
  output: toRun,
  examples: [
    { name: 'The run' },
    { name: 'Another run', params: { runId: '{{createAttributionRun[A shorter window].id}}' } },
    { name: 'A month back', params: { runId: '{{createAttributionRun[A month back].id}}' } },
  ],
});

export const cancelRunEndpoint = defineEndpoint({
  operationId: 'cancelAttributionRun',
  face,
  method: 'post',
  path: '/attribution/runs/{runId}/cancel',
  tag,
  summary: 'Cancel a pending or running attribution run',
  description: 'The run becomes failed with code CANCELLED; running statements are stopped.',
  errors: [404, 409],
  message: 'Attribution run cancelled',
  params: RunParams,
  response: Run,
  verb: cancelRun,
  input: ({ params }) => params,
  output: toRun,
});

export const listResultsEndpoint = defineEndpoint({
  operationId: 'listAttributionResults',
  face,
  method: 'get',
  path: '/attribution/runs/{runId}/results',
  tag,
  summary: 'Credits of the published generation',
  errors: [404],
  list: 'page',
  message: 'Attribution results',
  params: RunParams,
  query: ListResultsQuery,
  response: Credit,
  verb: listResults,
  input: ({ params, query }) => ({ ...params, ...query, work: workSourceOf(query) }),
  output: toCredit,
  examples: [
    { name: 'All' },
    {
      name: 'Once it is completed',
      after: [
        'ingestInteraction',
        'ingestConversion',
        { operation: 'executeAttributionRun', example: 'A month back' },
        { operation: 'getAttributionRun', example: 'A month back', until: { status: 'completed' } },
      ],
      params: { runId: '{{createAttributionRun[A month back].id}}' },
    },
  ],
});

export const listUnattributedEndpoint = defineEndpoint({
  operationId: 'listUnattributedConversions',
  face,
  method: 'get',
  path: '/attribution/runs/{runId}/unattributed',
  tag,
  summary: 'Conversions without credit, with the nearest touch',
  errors: [404],
  list: 'page',
  message: 'Unattributed conversions',
  params: RunParams,
  query: PageQuery,
  response: Unattributed,
  verb: listUnattributed,
  input: ({ params, query }) => ({ ...params, ...query }),
  output: (conversion: UnattributedView) => ({ ...conversion, amount: Number(conversion.amount) }),
});

export const listModelsEndpoint = defineEndpoint({
  operationId: 'listAttributionModels',
  face,
  method: 'get',
  path: '/attribution/models',
  tag,
  summary: 'List all attribution models',
  message: 'Attribution models',
  response: z.array(AttributionModel),
  verb: listModels,
  input: () => undefined,
  output: (models) => [...models],
});
