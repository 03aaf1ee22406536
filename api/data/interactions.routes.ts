import {
  correctInteraction,
  getInteraction,
  type InteractionView,
  listInteractions,
  voidInteraction,
} from '../../services/data/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { FactParams, Interaction, InteractionChangesBody, ListInteractionsQuery, VoidBody } from './facts.dto.ts';
import { toParticipants } from './ingestion.dto.ts';

const face = 'a' as const;
const tag = 'ingestion';

const toInteraction = ({ cost, ...interaction }: InteractionView) => ({
  ...interaction,
  cost: cost === null ? null : Number(cost),
});

export const listInteractionsEndpoint = defineEndpoint({
  operationId: 'listInteractions',
  face,
  method: 'get',
  path: '/interactions',
  tag,
  summary: 'List interactions, newest first, without voided ones',
  description: 'The total is exact up to 100,000 and stays there beyond; narrow the dates to look further.',
  list: 'page',
  message: 'Interactions',
  query: ListInteractionsQuery,
  response: Interaction,
  verb: listInteractions,
  input: ({ query }) => query,
  output: toInteraction,
});

export const getInteractionEndpoint = defineEndpoint({
  operationId: 'getInteraction',
  face,
  method: 'get',
  path: '/interactions/{id}',
  tag,
  summary: 'Get an interaction, also a voided one',
  errors: [404],
  message: 'Interaction',
  params: FactParams,
  response: Interaction,
  verb: getInteraction,
  input: ({ params }) => params,
  output: toInteraction,
  etag: (interaction) => interaction.version,
});

export const correctInteractionEndpoint = defineEndpoint({
  operationId: 'correctInteraction',
  face,
  method: 'put',
  path: '/interactions/{id}',
  tag,
  summary: 'Correct an interaction (partial); the old version is kept',
  description:
    'Absent fields stay as they are, null takes an optional one away. Runs that were executed before keep their input; new ones read the new version. The external id cannot change.',
  errors: [404, 409, 412],
  message: 'Interaction corrected',
  params: FactParams,
  body: InteractionChangesBody,
  response: Interaction,
  verb: correctInteraction,
  input: ({ params, body, raw }) => ({
    id: params.id,
    expectedVersion: raw.ifMatch,
    changes: { ...body, participants: body.participants && toParticipants(body.participants) },
  }),
  output: toInteraction,
  etag: (interaction) => interaction.version,
  examples: [{ name: 'The right time', body: { startedAt: '2024-01-15T10:35:00Z', primaryIntent: 'renewal' } }],
});

export const voidInteractionEndpoint = defineEndpoint({
  operationId: 'voidInteraction',
  face,
  method: 'post',
  path: '/interactions/{id}/void',
  tag,
  summary: 'Void an interaction: it no longer counts, its versions are kept',
  errors: [404, 409, 412],
  message: 'Interaction voided',
  params: FactParams,
  body: VoidBody,
  response: Interaction,
  verb: voidInteraction,
  input: ({ params, body, raw }) => ({ ...params, ...body, expectedVersion: raw.ifMatch }),
  output: toInteraction,
  etag: (interaction) => interaction.version,
  examples: [{ name: 'A test call', body: { reason: 'Test call of the telephony team' } }],
});
