import { z } from 'zod';
import {
  deleteScoringModel,
  deleteThreshold,
  listProspectScores,
  listThresholds,
  readProspectScore,
  scoreProspect,
  THRESHOLD_ACTIONS,
} from '../../services/crm/lead-scoring/index.ts';
import { createEnrollingThreshold } from '../../services/outreach/cadences/index.ts';
import { defineEndpoint, type Endpoint } from '../http/endpoint.ts';
import { id, pageQuery } from '../http/schemas.ts';
import { Prediction, Score, Threshold, ThresholdBody } from './lead-scoring.dto.ts';
import { SCORING_MODEL_ENDPOINTS } from './scoring-models.routes.ts';

const face = 'b' as const;
const tag = 'lead-scoring';
const params = z.strictObject({ id: id() });

const scoreProspectEndpoint = defineEndpoint({
  operationId: 'scoreProspect',
  face,
  method: 'post',
  path: '/prospects/{id}/score',
  tag,
  summary: 'Score a prospect now, with every factor and its evidence',
  description:
    'By the active model, else the built-in one; becomes the priorityScore, and thresholds act on whoever comes over them. Scores follow by themselves when the intent tier changes, and every hour; a priorityScore that was set by hand then stays.',
  errors: [404],
  params,
  response: Score,
  verb: scoreProspect,
  input: ({ params: given }) => given,
});

const readProspectScoreEndpoint = defineEndpoint({
  operationId: 'readProspectScore',
  face,
  method: 'get',
  path: '/prospects/{id}/score',
  tag,
  summary: 'Read the latest score of a prospect with its factors',
  errors: [404],
  params,
  response: Prediction,
  verb: readProspectScore,
  input: ({ params: given }) => given,
  examples: [{ name: 'After it was scored', after: ['scoreProspect'] }],
});

const listProspectScoresEndpoint = defineEndpoint({
  operationId: 'listProspectScores',
  face,
  method: 'get',
  path: '/prospects/{id}/score-history',
  tag,
  summary: 'List the scores of a prospect, latest first',
  errors: [404],
  list: 'page',
  params,
  query: z.strictObject(pageQuery),
  response: Prediction,
  verb: listProspectScores,
  input: ({ params: given, query }) => ({ ...given, ...query }),
});

const deleteScoringModelEndpoint = defineEndpoint({
  operationId: 'deleteScoringModel',
  face,
  method: 'delete',
  path: '/scoring/models/{id}',
  tag,
  summary: 'Delete a scoring model that is not in use',
  errors: [404, 409, 412],
  params,
  response: z.strictObject({ id: id() }),
  verb: deleteScoringModel,
  input: ({ params: given, raw }) => ({ ...given, expectedVersion: raw.ifMatch }),
  shownBy: { operation: 'listScoringModels' },
});

const listThresholdsEndpoint = defineEndpoint({
  operationId: 'listThresholds',
  face,
  method: 'get',
  path: '/scoring/thresholds',
  tag,
  summary: 'List what happens when a score reaches a threshold',
  list: 'page',
  query: z.strictObject({ ...pageQuery, action: z.enum(THRESHOLD_ACTIONS).optional() }),
  response: Threshold,
  verb: listThresholds,
  input: ({ query }) => query,
});

const createThresholdEndpoint = defineEndpoint({
  operationId: 'createThreshold',
  face,
  method: 'post',
  path: '/scoring/thresholds',
  tag,
  summary: 'Create a threshold: assign, enroll into a static list or a cadence, or notify',
  description:
    'Acts once on whoever comes over it, and anew after they fell below. Webhooks learn of it by lead.threshold_reached.',
  status: 201,
  body: ThresholdBody,
  response: Threshold,
  verb: createEnrollingThreshold,
  input: ({ body }) => body,
  etag: (threshold) => threshold.version,
  shownBy: { operation: 'listThresholds' },
  examples: [
    { name: 'Tell the owner', body: { name: 'Worth a call', minScore: 70, action: 'notify' } },
    {
      name: 'Put on a list',
      body: {
        name: 'Warm',
        minScore: 50,
        action: 'enroll',
        config: { listId: '{{createContactList[Filled by hand].id}}' },
      },
    },
    {
      name: 'Into a cadence',
      body: { name: 'Hot', minScore: 80, action: 'enroll', config: { cadenceId: '{{createCadence.id}}' } },
    },
  ],
});

const deleteThresholdEndpoint = defineEndpoint({
  operationId: 'deleteThreshold',
  face,
  method: 'delete',
  path: '/scoring/thresholds/{id}',
  tag,
  summary: 'Delete a threshold',
  errors: [404, 412],
  params,
  response: z.strictObject({ id: id() }),
  verb: deleteThreshold,
  input: ({ params: given, raw }) => ({ ...given, expectedVersion: raw.ifMatch }),
  shownBy: { operation: 'listThresholds' },
});

export const LEAD_SCORING_ENDPOINTS: readonly Endpoint[] = [
  scoreProspectEndpoint,
  readProspectScoreEndpoint,
  listProspectScoresEndpoint,
  ...SCORING_MODEL_ENDPOINTS,
  deleteScoringModelEndpoint,
  listThresholdsEndpoint,
  createThresholdEndpoint,
  deleteThresholdEndpoint,
];
