import type { SystemDeps, SystemEndpoint } from '../http/system-endpoint.ts';
import { DOCS_PAGE, DOCS_POLICY } from './page.ts';

const SHARED = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'content-security-policy': DOCS_POLICY,
};

const getDocs: SystemEndpoint = {
  operationId: 'getDocs',
  path: '/docs',
  tag: 'docs',
  summary: 'Reference page',
  responses: {},
  handle: () =>
    new Response(DOCS_PAGE, {
      status: 200,
      headers: { ...SHARED, 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' },
    }),
};

const getDocsAsset: SystemEndpoint = {
  operationId: 'getDocsAsset',
  path: '/docs/:file',
  tag: 'docs',
  summary: 'Assets of the reference page',
  responses: {},
  async handle({ docs }, context) {
    const asset = await docs.get(context.req.param('file') ?? '');
    if (!asset) return context.notFound();
    const headers = { ...SHARED, 'content-type': asset.type, 'cache-control': 'no-cache', etag: asset.etag };
    if (context.req.header('if-none-match') === asset.etag) return new Response(null, { status: 304, headers });
    return new Response(asset.bytes, { status: 200, headers });
  },
};

const openApiEndpoint = (operationId: string, path: string): SystemEndpoint => ({
  operationId,
  path,
  tag: 'docs',
  summary: 'This document',
  responses: { 200: 'OpenAPI 3.1 of both faces.' },
  handle: ({ openApi }: SystemDeps) =>
    new Response(openApi, {
      status: 200,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'cache-control': 'no-cache',
        'x-content-type-options': 'nosniff',
      },
    }),
});

export const DOCS_ENDPOINTS: readonly SystemEndpoint[] = [
  getDocs,
  getDocsAsset,
  openApiEndpoint('getOpenApi', '/v1/openapi.json'),
  openApiEndpoint('getOpenApiOfApi', '/api/v1/openapi.json'),
];
