import { z } from 'zod';
import { AgentBody, agentFields } from '../../domain/data/vendor.input.ts';
import { createAgent, getAgent, listAgents, updateAgent } from '../../services/data/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { id, pageQuery, text, timestamp } from '../http/schemas.ts';

const face = 'a' as const;
const tag = 'vendors';
const params = z.strictObject({ id: id() });

const Agent = z
  .strictObject({
    id: id(),
    externalId: z.string(),
    name: z.string().nullable(),
    userId: id().nullable(),
    teamId: id().nullable(),
    vendorId: id().nullable(),
    createdAt: timestamp(),
    updatedAt: timestamp(),
    version: z.number(),
  })
  .meta({ id: 'Agent' });

export const listAgentsEndpoint = defineEndpoint({
  operationId: 'listAgents',
  face,
  method: 'get',
  path: '/agents',
  tag,
  summary: 'List agents by external id',
  list: 'page',
  message: 'Agents',
  query: z.strictObject({
    ...pageQuery,
    teamId: text(100).optional().describe('Id or number'),
    vendorId: id().optional(),
    externalId: text(255).optional(),
  }),
  response: Agent,
  verb: listAgents,
  input: ({ query }) => query,
});

export const createAgentEndpoint = defineEndpoint({
  operationId: 'createAgent',
  face,
  method: 'post',
  path: '/agents',
  tag,
  summary: 'Create an agent',
  description: 'An interaction that names an unknown agent creates it too.',
  errors: [409],
  status: 201,
  message: 'Agent created',
  body: AgentBody,
  response: Agent,
  verb: createAgent,
  input: ({ body }) => body,
  etag: (agent) => agent.version,
  location: (agent) => `/agents/${agent.id}`,
  examples: [{ name: 'An agent', body: { externalId: 'agent-17', name: 'Ana Silva' } }],
});

export const getAgentEndpoint = defineEndpoint({
  operationId: 'getAgent',
  face,
  method: 'get',
  path: '/agents/{id}',
  tag,
  summary: 'Get an agent',
  errors: [404],
  message: 'Agent',
  params,
  response: Agent,
  verb: getAgent,
  input: ({ params: given }) => given,
  etag: (agent) => agent.version,
});

export const updateAgentEndpoint = defineEndpoint({
  operationId: 'updateAgent',
  face,
  method: 'put',
  path: '/agents/{id}',
  tag,
  summary: 'Update an agent (partial)',
  description:
    'Absent fields stay as they are, null takes one away. A new team counts for interactions to come; those that are stored keep theirs.',
  errors: [404, 412],
  message: 'Agent updated',
  params,
  body: z.strictObject(agentFields).meta({ id: 'AgentChanges' }),
  response: Agent,
  verb: updateAgent,
  input: ({ params: given, body, raw }) => ({ ...given, expectedVersion: raw.ifMatch, changes: body }),
  etag: (agent) => agent.version,
  examples: [{ name: 'A new name', body: { name: 'Ana Souza' } }],
});
