import { type CreditExplanation, explainCredit, getModelDetails } from '../../services/insight/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { RunParams } from './attribution.dto.ts';
import { toCredit } from './attribution.routes.ts';
import { ExplainParams, Explanation } from './explanation.dto.ts';
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

export const explainResultEndpoint = defineEndpoint({
  operationId: 'explainAttributionResult',
  face,
  method: 'get',
  path: '/attribution/runs/{runId}/results/{resultId}/explain',
  tag,
  summary: 'Explain one credit',
  description:
    "Computes the credit again from the run's frozen input: every touch with its inputs and undivided weight, every share with the rounding, the parameters of the model, the steps, and the rules that decided. Enough to recompute the weight by hand.",
  errors: [404],
  message: 'Explanation',
  params: ExplainParams,
  response: Explanation,
  verb: explainCredit,
  input: ({ params }) => params,
  output: (explanation: CreditExplanation) => ({
    ...explanation,
    result: toCredit(explanation.result),
    conversion: { ...explanation.conversion, amount: Number(explanation.conversion.amount) },
  }),
  examples: [
    {
      name: 'A credit of a month',
      params: {
        runId: '{{createAttributionRun[A month back].id}}',
        resultId: '{{listAttributionResults[Once it is completed].0.id}}',
      },
    },
  ],
});
