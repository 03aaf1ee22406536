import { z } from 'zod';
import { BDR_OUTCOMES, BDR_STAGES, BDR_STATUSES, BDR_TASK_TYPES } from '../../domain/agent/bdr.rules.ts';
import {
  getExecution,
  getProspectContext,
  listAgentActivities,
  listAgentDecisions,
  listAgentTasks,
  listDiscovery,
  listExecutions,
  startProspect,
  stopProspect,
} from '../../services/agent/bdr/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { freeForm, id, pageQuery, text, timestamp } from '../http/schemas.ts';
import { teamQuery } from './bdr-config.routes.ts';

const face = 'b' as const;
const tag = 'bdr';
const paged = { ...pageQuery, ...teamQuery, prospectId: id().optional() };
const stage = z.enum(BDR_STAGES);
const status = z.enum(BDR_STATUSES);

const fields = {
  id: id(),
  teamId: id(),
  prospectId: id(),
  generation: z.number(),
  stage,
  status,
  outcome: z.enum(BDR_OUTCOMES).nullable(),
  touches: z.number(),
  nextTouchAt: timestamp().nullable(),
  lastTouchAt: timestamp().nullable(),
  lastReplyAt: timestamp().nullable(),
  wakeAt: timestamp().nullable().describe('When it looks again by itself'),
  waitsFor: z.string().nullable(),
  score: z.number().nullable(),
  startedAt: timestamp(),
  endedAt: timestamp().nullable(),
  version: z.number(),
};
export const Execution = z.strictObject(fields).meta({ id: 'BdrExecution' });
const ExecutionLine = z
  .strictObject({
    ...fields,
    prospectName: z.string().nullable(),
    company: z.string().nullable(),
    processId: z.string().describe('Where operators find it'),
  })
  .meta({ id: 'BdrExecutionView' });

export const listBdrTasksEndpoint = defineEndpoint({
  operationId: 'listBdrTasks',
  face,
  method: 'get',
  path: '/bdr/tasks',
  tag,
  summary: 'What the agent has to do, the most urgent first',
  errors: [404],
  list: 'page',
  query: z.strictObject({
    ...paged,
    status: z.enum(['pending', 'completed', 'cancelled']).optional(),
    type: z.enum(BDR_TASK_TYPES).optional(),
    due: z
      .enum(['true', 'false'])
      .transform((given) => given === 'true')
      .optional()
      .describe('Only what is pending and due'),
  }),
  response: z
    .strictObject({
      id: id(),
      type: z.enum(BDR_TASK_TYPES),
      status: z.enum(['pending', 'completed', 'cancelled']),
      priority: z.number(),
      scheduledAt: timestamp(),
      completedAt: timestamp().nullable(),
      prospectId: id(),
      executionId: id(),
      prospectName: z.string().nullable(),
      company: z.string().nullable(),
      stage,
    })
    .meta({ id: 'BdrTask' }),
  verb: listAgentTasks,
  input: ({ query }) => query,
});

export const listBdrActivitiesEndpoint = defineEndpoint({
  operationId: 'listBdrActivities',
  face,
  method: 'get',
  path: '/bdr/activities',
  tag,
  summary: 'What the agent has done, newest first',
  errors: [404],
  list: 'page',
  query: z.strictObject({ ...paged, type: text(40).optional() }),
  response: z
    .strictObject({
      id: id(),
      type: z.string(),
      summary: z.string(),
      data: freeForm(),
      prospectId: id().nullable(),
      executionId: id().nullable(),
      occurredAt: timestamp(),
    })
    .meta({ id: 'BdrActivity' }),
  verb: listAgentActivities,
  input: ({ query }) => query,
});

export const listBdrDecisionsEndpoint = defineEndpoint({
  operationId: 'listBdrDecisions',
  face,
  method: 'get',
  path: '/bdr/decisions',
  tag,
  summary: 'What was decided, why, on which evidence and by which model',
  errors: [404],
  list: 'page',
  query: z.strictObject({ ...paged, type: text(40).optional() }),
  response: z
    .strictObject({
      id: id(),
      type: z.string(),
      decision: z.string(),
      reasoning: z.string(),
      evidence: z.array(z.string()),
      model: z.string().nullable(),
      promptVersion: z.string().nullable(),
      callId: id().nullable(),
      costUsd: z.number().nullable(),
      decidedBy: id().nullable(),
      prospectId: id().nullable(),
      executionId: id().nullable(),
      outcome: z.string().nullable().describe('What became of the work on this person'),
      decidedAt: timestamp(),
    })
    .meta({ id: 'BdrDecision' }),
  verb: listAgentDecisions,
  input: ({ query }) => query,
  output: (decision) => ({ ...decision, evidence: [...decision.evidence] }),
});

export const listBdrWorkflowsEndpoint = defineEndpoint({
  operationId: 'listBdrWorkflows',
  face,
  method: 'get',
  path: '/bdr/workflows',
  tag,
  summary: 'Whom the agent works on, and where each one stands',
  errors: [404],
  list: 'page',
  query: z.strictObject({ ...paged, status: status.optional(), stage: stage.optional() }),
  response: ExecutionLine,
  verb: listExecutions,
  input: ({ query }) => query,
});

export const getBdrWorkflowEndpoint = defineEndpoint({
  operationId: 'getBdrWorkflow',
  face,
  method: 'get',
  path: '/bdr/workflows/{id}',
  tag,
  summary: 'Where the work on somebody stands',
  errors: [404],
  params: z.strictObject({ id: id() }),
  response: ExecutionLine,
  verb: getExecution,
  input: ({ params }) => params,
  etag: ({ version }) => version,
  examples: [{ name: 'One that was begun by hand', params: { id: '{{startBdrProspect.id}}' } }],
});

const ofProspect = z.strictObject({ prospectId: id() });
const ONE = { prospectId: '{{createProspect.id}}' };
const ON = { operation: 'configureBdr', example: 'Around the clock' };

export const startBdrProspectEndpoint = defineEndpoint({
  operationId: 'startBdrProspect',
  face,
  method: 'post',
  path: '/bdr/prospects/{prospectId}/start',
  tag,
  summary: 'Give a prospect to the agent',
  description: 'Needs an agent that is switched on: 409 `AGENT_INACTIVE` otherwise.',
  errors: [404, 409],
  status: 201,
  params: ofProspect,
  body: z.strictObject({ teamId: id().optional() }).meta({ id: 'BdrStart' }),
  response: Execution,
  verb: startProspect,
  input: ({ params, body }) => ({ ...params, ...body }),
  location: (execution) => `/bdr/workflows/${execution.id}`,
  examples: [{ name: 'With the agent of the first team', params: ONE, after: [ON], body: {} }],
});

export const stopBdrProspectEndpoint = defineEndpoint({
  operationId: 'stopBdrProspect',
  face,
  method: 'post',
  path: '/bdr/prospects/{prospectId}/stop',
  tag,
  summary: 'Take a prospect from the agent; what waits to be sent is withdrawn',
  errors: [404, 409],
  params: ofProspect,
  body: z.strictObject({ reason: text(500).optional() }).meta({ id: 'BdrStop' }),
  response: Execution,
  verb: stopProspect,
  input: ({ params, body }) => ({ ...params, ...body }),
  shownBy: { operation: 'listBdrWorkflows', shows: { '0.status': 'stopped' } },
  examples: [
    {
      name: 'Somebody calls them instead',
      params: { prospectId: '{{startBdrProspect.prospectId}}' },
      body: { reason: 'We have met them at a fair' },
    },
  ],
});

export const getBdrContextEndpoint = defineEndpoint({
  operationId: 'getBdrContext',
  face,
  method: 'get',
  path: '/bdr/prospects/{prospectId}/context',
  tag,
  summary: 'What the agent knows of somebody, each with its source',
  errors: [404],
  params: ofProspect,
  response: z
    .strictObject({
      prospectId: id(),
      facts: z.array(
        z.strictObject({
          id: id(),
          kind: z.string(),
          text: z.string(),
          values: z.record(z.string(), z.string()),
          sourceType: z.string(),
          sourceId: id().nullable(),
          sourceUrl: z.string().nullable().describe('Of a web page'),
          confidence: z.number(),
          observedAt: timestamp().nullable(),
        }),
      ),
    })
    .meta({ id: 'BdrContext' }),
  verb: getProspectContext,
  input: ({ params }) => params,
  examples: [{ name: 'Of a prospect', params: ONE }],
});

export const listBdrDiscoveryEndpoint = defineEndpoint({
  operationId: 'listBdrDiscovery',
  face,
  method: 'get',
  path: '/bdr/discovery',
  tag,
  summary: 'Whom the agent would begin with next',
  errors: [404],
  query: z.strictObject({
    ...teamQuery,
    minIntentScore: z.coerce.number().int().min(0).max(100).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(20),
  }),
  response: z
    .strictObject({
      prospects: z.array(
        z.strictObject({
          prospectId: id(),
          email: z.string().nullable(),
          firstName: z.string().nullable(),
          lastName: z.string().nullable(),
          title: z.string().nullable(),
          company: z.string().nullable(),
          intentScore: z.number(),
          intentTier: z.string(),
          topSignals: z.array(z.string()),
        }),
      ),
    })
    .meta({ id: 'BdrDiscovery' }),
  verb: listDiscovery,
  input: ({ query }) => query,
  output: ({ prospects }) => ({ prospects: prospects.map((one) => ({ ...one, topSignals: [...one.topSignals] })) }),
});
