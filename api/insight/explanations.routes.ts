import { getModelDetails } from '../../services/insight/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { RunParams } from './attribution.dto.ts';
import { ModelDetails } from './model-details.dto.ts';

const face = 'a' as const;
const tag = 'attribution';

export const getModelDetailsEndpoint = defineEndpoint({
  operationId: 'getAttributionModelDetails',
  face,
  method: 'get',
  path: '/attribution/runs/{runId}/model-details',
  tag,
  summary: 'What the data-driven models of a run learned',
  description:
    'Transition table, removal effects and credits of MARKOV; coalitions and Shapley values of SHAPLEY, as used for the published generation. Null for a model that the run does not have.',
  errors: [404],
  message: 'Model details',
  params: RunParams,
  response: ModelDetails,
  verb: getModelDetails,
  input: ({ params }) => params,
});
