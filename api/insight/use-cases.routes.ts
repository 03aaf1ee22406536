import { z } from 'zod';
import { reference } from '../../domain/platform/person.input.ts';
import { createUseCase, deleteUseCase, listUseCases } from '../../services/insight/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { id, pageQuery, text, timestamp } from '../http/schemas.ts';
import { Model } from './attribution.dto.ts';

const face = 'a' as const;
const tag = 'use-cases';

const Config = z
  .strictObject({
    modelCode: Model.optional(),
    channels: z.array(text(64).toLowerCase()).max(100).optional().describe('Channels whose touches count'),
    eventTypes: z.array(text(64)).max(100).optional().describe('Conversion types to include'),
    teamId: reference()
      .transform(String)
      .optional()
      .describe('Id or number: only touches with a participant of this team'),
    vendorId: id().optional().describe('Only touches of this vendor'),
  })
  .meta({ id: 'UseCaseConfig' });

const UseCase = z
  .strictObject({
    id: id(),
    name: z.string(),
    description: z.string().nullable(),
    config: Config.extend({ teamId: id().optional() }).meta({ id: 'UseCaseConfigView' }),
    createdAt: timestamp(),
    updatedAt: timestamp(),
    version: z.number(),
  })
  .meta({ id: 'UseCase' });

export const createUseCaseEndpoint = defineEndpoint({
  operationId: 'createUseCase',
  face,
  method: 'post',
  path: '/use-cases',
  tag,
  summary: 'Create a use case: a preset of attribution runs',
  description: 'A run that names it by use_case_id takes over what its own configuration does not say.',
  status: 201,
  message: 'Use case created',
  body: z
    .strictObject({ name: text(200), description: text(2000).optional(), config: Config.default({}) })
    .meta({ id: 'UseCaseInput' }),
  response: UseCase,
  verb: createUseCase,
  input: ({ body }) => body,
  etag: (useCase) => useCase.version,
  examples: [
    {
      name: 'Inbound calls',
      body: {
        name: 'Inbound sales calls',
        description: 'What the call centre earns',
        config: { modelCode: 'TIME_DECAY', channels: ['call'], eventTypes: ['purchase'] },
      },
    },
  ],
});

export const listUseCasesEndpoint = defineEndpoint({
  operationId: 'listUseCases',
  face,
  method: 'get',
  path: '/use-cases',
  tag,
  summary: 'List use cases, newest first',
  list: 'page',
  message: 'Use cases',
  query: z.strictObject(pageQuery),
  response: UseCase,
  verb: listUseCases,
  input: ({ query }) => query,
});

export const deleteUseCaseEndpoint = defineEndpoint({
  operationId: 'deleteUseCase',
  face,
  method: 'delete',
  path: '/use-cases/{id}',
  tag,
  summary: 'Delete a use case; runs that were created with it keep their configuration',
  errors: [404, 412],
  message: 'Use case deleted',
  params: z.strictObject({ id: id() }),
  response: z.strictObject({ id: id() }),
  verb: deleteUseCase,
  input: ({ params, raw }) => ({ ...params, expectedVersion: raw.ifMatch }),
});
