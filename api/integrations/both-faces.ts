import { z } from 'zod';
import {
  getIntegration,
  type IntegrationView,
  type IntegrationWithSecret,
  listSyncs,
  readIntegrationStatus,
  removeIntegration,
  rotateIntegrationSecret,
  startSync,
  updateIntegration,
} from '../../services/integrations/index.ts';
import { defineEndpoint, type Endpoint, type Face } from '../http/endpoint.ts';
import type { EndpointExample } from '../http/examples.ts';
import { id } from '../http/schemas.ts';
import type { Tools } from '../http/tools.ts';
import { Params, RotateBody, Status, Sync, SyncBody, SyncQuery, UpdateBody } from './integrations.dto.ts';

const tag = 'integrations';
const OVERLAP_SECONDS = 86_400;

/** What an installation needs of the process, beside its transaction. */
export const withSecrets = async (_request: unknown, tools: Tools) => ({
  value: { secrets: tools.mailing.secrets, shared: tools.integrations.shared },
});

const OPERATIONS = ['get', 'update', 'rotate', 'remove', 'status', 'sync', 'syncs'] as const;
type Operation = (typeof OPERATIONS)[number];
type ByOperation<T> = { readonly [One in Operation]: T };

/** How a face speaks of the same integration. */
export interface IntegrationFace {
  readonly face: Face;
  readonly ids: ByOperation<string>;
  readonly summaries: Pick<ByOperation<string>, 'get' | 'update' | 'remove'>;
  /** Face A alone says what was done. */
  readonly messages: ByOperation<{ readonly message?: string }>;
  readonly view: z.ZodType;
  readonly withSecret: z.ZodType;
  readonly show: (view: IntegrationView | IntegrationWithSecret) => unknown;
  readonly examples: ByOperation<{ readonly examples?: readonly EndpointExample[] }>;
  readonly syncDescription: string;
}

/** What can be done with an integration that is there: the same on both faces, each in its own words. */
export function integrationEndpoints(of: IntegrationFace): ByOperation<Endpoint> {
  const { face, ids, show } = of;
  const facts = (operation: Operation) => ({
    operationId: ids[operation],
    face,
    tag,
    ...of.messages[operation],
    ...of.examples[operation],
  });
  return {
    get: defineEndpoint({
      ...facts('get'),
      method: 'get',
      path: '/integrations/{id}',
      summary: of.summaries.get,
      errors: [404],
      params: Params,
      response: of.view,
      verb: getIntegration,
      input: ({ params }) => params,
      output: show,
      etag: ({ version }) => version,
    }),
    update: defineEndpoint({
      ...facts('update'),
      method: 'put',
      path: '/integrations/{id}',
      summary: of.summaries.update,
      description: 'Each setting that is named replaces its old value, null takes it away.',
      errors: [404, 412],
      params: Params,
      body: UpdateBody,
      response: of.view,
      verb: updateIntegration,
      prepare: withSecrets,
      input: ({ params, body, raw }, { secrets }) => ({ ...params, ...body, secrets, expectedVersion: raw.ifMatch }),
      output: show,
      etag: ({ version }) => version,
    }),
    rotate: defineEndpoint({
      ...facts('rotate'),
      method: 'post',
      path: '/integrations/{id}/rotate-secret',
      summary: 'Give an integration a new webhook secret; the old one counts on for an overlap',
      description:
        'The body may be left out: the overlap is then 24 hours. With 0 the old secret ends at once. The new one is shown once.',
      errors: [404, 409, 412],
      params: Params,
      body: RotateBody,
      response: of.withSecret,
      verb: rotateIntegrationSecret,
      prepare: withSecrets,
      input: ({ params, body, raw }, { secrets }) => ({
        ...params,
        secrets,
        overlapSeconds: body?.overlapSeconds ?? OVERLAP_SECONDS,
        webhookSecret: body?.webhookSecret,
        expectedVersion: raw.ifMatch,
      }),
      output: show,
      secretAnswer: true,
      etag: ({ version }) => version,
    }),
    remove: defineEndpoint({
      ...facts('remove'),
      method: 'delete',
      path: '/integrations/{id}',
      summary: of.summaries.remove,
      errors: [404, 412],
      params: Params,
      response: z.strictObject({ id: id() }),
      verb: removeIntegration,
      input: ({ params, raw }) => ({ ...params, expectedVersion: raw.ifMatch }),
    }),
    status: defineEndpoint({
      ...facts('status'),
      method: 'get',
      path: '/integrations/{id}/status',
      summary: 'How an integration is: its health, its syncs, its errors, how far both sides are apart',
      errors: [404],
      params: Params,
      response: Status,
      verb: readIntegrationStatus,
      input: ({ params }) => params,
    }),
    sync: defineEndpoint({
      ...facts('sync'),
      method: 'post',
      path: '/integrations/{id}/sync',
      summary: 'Start a sync',
      description: of.syncDescription,
      errors: [404, 409],
      params: Params,
      body: SyncBody,
      response: Sync,
      verb: startSync,
      input: ({ params, body }) => ({ integrationId: params.id, ...body }),
      shownBy: { operation: ids.syncs },
    }),
    syncs: defineEndpoint({
      ...facts('syncs'),
      method: 'get',
      path: '/integrations/{id}/syncs',
      summary: 'List the syncs of an integration, newest first',
      errors: [404],
      list: 'page',
      params: Params,
      query: SyncQuery,
      response: Sync,
      verb: listSyncs,
      input: ({ params, query }) => ({ integrationId: params.id, ...query }),
    }),
  };
}
