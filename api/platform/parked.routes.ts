import { z } from 'zod';
import { listParkedWork, retryParkedWork } from '../../services/platform/parked/index.ts';
import { defineEndpoint, type Endpoint } from '../http/endpoint.ts';
import { id, pageQuery, timestamp } from '../http/schemas.ts';

const face = 'b' as const;
const tag = 'audit';

const ParkedWork = z
  .strictObject({
    id: id().describe('Of the event, or of the command'),
    kind: z.enum(['reaction', 'command']),
    name: z.string().describe('What was to be done because of the event, or the process that was asked for'),
    entityType: z.string().nullable(),
    entityId: id().nullable(),
    attempts: z.number(),
    lastError: z.string().nullable(),
    since: timestamp(),
  })
  .meta({ id: 'ParkedWork' });

export const PARKED_ENDPOINTS: readonly Endpoint[] = [
  defineEndpoint({
    operationId: 'listParkedWork',
    face,
    method: 'get',
    path: '/parked-work',
    tag,
    summary: 'List work that failed so often that it waits for a person, oldest first',
    description:
      'What follows from an event is tried eight times within about a minute, and then parked with its last error. Everything else goes on.',
    list: 'page',
    query: z.strictObject({ ...pageQuery }),
    response: ParkedWork,
    verb: listParkedWork,
    input: ({ query }) => query,
  }),
  defineEndpoint({
    operationId: 'retryParkedWork',
    face,
    method: 'post',
    path: '/parked-work/retry',
    tag,
    summary: 'Try parked work again, once what made it fail was mended',
    description: 'All of it, or what `ids` names. What was done already is not done twice.',
    body: z.strictObject({ ids: z.array(id()).min(1).max(1_000).optional() }),
    response: z.strictObject({ retried: z.number() }),
    verb: retryParkedWork,
    input: ({ body }) => body,
    shownBy: 'nothing',
    examples: [{ name: 'All of it', body: {} }],
  }),
];
