import { z } from 'zod';
import {
  createWriteKey,
  getBeaconSettings,
  listWriteKeys,
  revokeWriteKey,
  updateBeaconSettings,
} from '../../services/platform/beacon/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { id, pageQuery, text, timestamp } from '../http/schemas.ts';

const face = 'a' as const;
const tag = 'integrations';

const WriteKey = z
  .strictObject({
    id: id(),
    name: z.string(),
    key: z.string().describe('Public: it stands in the source of a page and may only ingest'),
    status: z.enum(['active', 'revoked']),
    createdAt: timestamp(),
    updatedAt: timestamp(),
  })
  .meta({ id: 'WriteKey' });
type WriteKeyAnswer = z.output<typeof WriteKey>;
const toWriteKey = <K extends { status: string }>(key: K) => ({
  ...key,
  status: key.status as WriteKeyAnswer['status'],
});

const BeaconSettings = z
  .strictObject({ origins: z.array(z.string()), version: z.number() })
  .meta({ id: 'BeaconSettings' });

export const createWriteKeyEndpoint = defineEndpoint({
  operationId: 'createWriteKey',
  face,
  method: 'post',
  path: '/write-keys',
  tag,
  summary: 'Create a public key for the web beacon',
  description: 'Pages send with it only from the origins of `PUT /v1/organization/beacon`.',
  status: 201,
  message: 'Write key created',
  body: z.strictObject({ name: text(200) }).meta({ id: 'WriteKeyInput' }),
  response: WriteKey,
  verb: createWriteKey,
  input: ({ body }) => body,
  output: toWriteKey,
  examples: [{ name: 'A shop', body: { name: 'Shop' } }],
});

export const listWriteKeysEndpoint = defineEndpoint({
  operationId: 'listWriteKeys',
  face,
  method: 'get',
  path: '/write-keys',
  tag,
  summary: 'List the keys of the web beacon, newest first',
  list: 'page',
  message: 'Write keys',
  query: z.strictObject(pageQuery),
  response: WriteKey,
  verb: listWriteKeys,
  input: ({ query }) => query,
  output: toWriteKey,
});

export const revokeWriteKeyEndpoint = defineEndpoint({
  operationId: 'revokeWriteKey',
  face,
  method: 'delete',
  path: '/write-keys/{id}',
  tag,
  summary: 'Revoke a key of the web beacon for good',
  description: 'Takes effect within a second or two. A key that is revoked already stays as it is.',
  errors: [404],
  message: 'Write key revoked',
  params: z.strictObject({ id: id() }),
  response: WriteKey,
  verb: revokeWriteKey,
  input: ({ params }) => params,
  output: toWriteKey,
});

export const getBeaconSettingsEndpoint = defineEndpoint({
  operationId: 'getBeaconSettings',
  face,
  method: 'get',
  path: '/organization/beacon',
  tag,
  summary: 'Get the origins whose pages may send',
  message: 'Web beacon',
  response: BeaconSettings,
  verb: getBeaconSettings,
  input: () => undefined,
  etag: (settings) => settings.version,
});

export const updateBeaconSettingsEndpoint = defineEndpoint({
  operationId: 'updateBeaconSettings',
  face,
  method: 'put',
  path: '/organization/beacon',
  tag,
  summary: 'Set the origins whose pages may send',
  description: 'The whole list: scheme, host and port of each. An empty list lets no page send.',
  errors: [412],
  message: 'Web beacon updated',
  body: z.strictObject({ origins: z.array(text(255)).max(100) }).meta({ id: 'BeaconSettingsInput' }),
  response: BeaconSettings,
  verb: updateBeaconSettings,
  input: ({ body, raw }) => ({ ...body, expectedVersion: raw.ifMatch }),
  etag: (settings) => settings.version,
  examples: [{ name: 'A shop and its blog', body: { origins: ['https://shop.example', 'https://blog.example'] } }],
});
