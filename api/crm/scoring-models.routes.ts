import { z } from 'zod';
import { createScoringModel, listScoringModels, updateScoringModel } from '../../services/crm/lead-scoring/index.ts';
import { defineEndpoint, type Endpoint, type Face } from '../http/endpoint.ts';
import { id, pageQuery } from '../http/schemas.ts';
import { trueOrFalse } from './intent.dto.ts';
import { Model, ModelBody, ModelChanges } from './lead-scoring.dto.ts';

interface Names {
  readonly face: Face;
  readonly path: `/${string}`;
  readonly list: string;
  readonly create: string;
  readonly update: string;
}

const tag = 'lead-scoring';

/** Scoring models as both faces know them, each under names of its own. */
const scoringModels = (
  { face, path, ...names }: Names,
  example: { name: string; body: object },
): readonly Endpoint[] => [
  defineEndpoint({
    operationId: names.list,
    face,
    method: 'get',
    path,
    tag,
    summary: 'List scoring models, the active one first',
    message: 'Scoring models',
    list: 'page',
    query: z.strictObject({ ...pageQuery, isActive: trueOrFalse().optional() }),
    response: Model,
    verb: listScoringModels,
    input: ({ query }) => query,
  }),
  defineEndpoint({
    operationId: names.create,
    face,
    method: 'post',
    path,
    tag,
    summary: 'Create a scoring model',
    message: 'Scoring model created',
    errors: [409],
    status: 201,
    body: ModelBody,
    response: Model,
    verb: createScoringModel,
    input: ({ body }) => body,
    etag: (model) => model.version,
    shownBy: { operation: names.list },
    examples: [example],
  }),
  defineEndpoint({
    operationId: names.update,
    face,
    method: 'put',
    path: `${path}/{id}`,
    tag,
    summary: 'Update or activate a scoring model (partial)',
    description:
      'Weights, profile and thresholds are given as a whole. A change of them is a new revision; scores keep theirs.',
    message: 'Scoring model updated',
    errors: [404, 409, 412],
    params: z.strictObject({ id: id() }),
    body: ModelChanges,
    response: Model,
    verb: updateScoringModel,
    input: ({ params, body, raw }) => ({ ...params, expectedVersion: raw.ifMatch, changes: body }),
    etag: (model) => model.version,
    shownBy: { operation: names.list },
    examples: [{ name: 'Active', body: { isActive: true } }],
  }),
];

export const LEAD_MODEL_ENDPOINTS = scoringModels(
  { face: 'a', path: '/leads/models', list: 'listLeadModels', create: 'createLeadModel', update: 'updateLeadModel' },
  {
    name: 'Conversations first',
    body: {
      name: 'Conversations {{unique}}',
      weights: {
        interactionHistory: 30,
        intent: 25,
        engagementLevel: 15,
        purchaseProbability: 20,
        accountAttributes: 10,
      },
    },
  },
);

export const SCORING_MODEL_ENDPOINTS = scoringModels(
  {
    face: 'b',
    path: '/scoring/models',
    list: 'listScoringModels',
    create: 'createScoringModel',
    update: 'updateScoringModel',
  },
  {
    name: 'Large companies that show interest',
    body: {
      name: 'Enterprise {{unique}}',
      weights: { demographic: 20, behavioral: 20, intent: 30, firmographic: 20, technographic: 10 },
      profile: { titles: ['CTO', 'Head of'], industries: ['Software'], minEmployees: 200 },
      thresholds: { a: 75, b: 50, c: 25 },
    },
  },
);
