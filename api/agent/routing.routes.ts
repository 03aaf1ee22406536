import { z } from 'zod';
import { changeRouting, getRouting, listRoutings } from '../../services/agent/routing/index.ts';
import { defineEndpoint, type Endpoint } from '../http/endpoint.ts';
import { pageQuery } from '../http/schemas.ts';
import { AiRouting, AiRoutingRevision, fromChanges, RoutingChanges, toRevision, toRouting } from './routing.dto.ts';

const face = 'b' as const;
const tag = 'ai-writer';

export const AI_ROUTING_ENDPOINTS: readonly Endpoint[] = [
  defineEndpoint({
    operationId: 'getAiRouting',
    face,
    method: 'get',
    path: '/ai/routing',
    tag,
    summary: 'Which models are asked for what: your own rules, qualities and prices, and what is in force',
    response: AiRouting,
    verb: getRouting,
    prepare: async (_, tools) => ({ value: tools.models.entries }),
    input: (_, entries) => ({ entries }),
    output: toRouting,
    etag: ({ revision }) => revision,
  }),
  defineEndpoint({
    operationId: 'changeAiRouting',
    face,
    method: 'put',
    path: '/ai/routing',
    tag,
    summary: 'Say which models are asked for what, how good you find them and what you pay (partial)',
    description:
      'A list that is named replaces yours; an empty one goes back to the catalogue. In force for the next call to a model. A call keeps the price it was made at: `priceId` ends with the revision that says it.',
    errors: [412],
    body: RoutingChanges,
    response: AiRouting,
    verb: changeRouting,
    prepare: async (_, tools) => ({ value: tools.models.entries }),
    input: ({ body, raw }, entries) => ({ expectedVersion: raw.ifMatch, changes: fromChanges(body), entries }),
    output: toRouting,
    etag: ({ revision }) => revision,
    examples: [
      {
        name: 'The cheapest that will do reads answers, and a price by contract',
        body: {
          routes: [{ purpose: 'classify', minQuality: 2, prefer: 'price' }],
          prices: [
            {
              model: 'gpt-4.1',
              effectiveFrom: '2026-01-01',
              inputUsdPerMillion: 1.8,
              outputUsdPerMillion: 7.2,
              cachedUsdPerMillion: 0.45,
              source: 'Contract of January',
            },
          ],
        },
      },
      { name: 'Back to the catalogue', body: { routes: [], qualities: [], prices: [] } },
    ],
  }),
  defineEndpoint({
    operationId: 'listAiRoutingRevisions',
    face,
    method: 'get',
    path: '/ai/routing/revisions',
    tag,
    summary: 'The history of your routing and prices, word by word, newest first',
    list: 'page',
    query: z.strictObject(pageQuery),
    response: AiRoutingRevision,
    verb: listRoutings,
    input: ({ query }) => query,
    output: toRevision,
  }),
];
