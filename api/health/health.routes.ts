import type { SystemEndpoint } from '../http/system-endpoint.ts';

const json = (status: number, body: object): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      ...(status === 503 ? { 'retry-after': '2' } : {}),
    },
  });

const getHealth: SystemEndpoint = {
  operationId: 'getHealth',
  path: '/health',
  tag: 'health',
  summary: 'Health of the whole system',
  responses: { 200: 'Everything that requests need is there; `degraded` names less.', 503: 'Postgres is away.' },
  async handle({ health }) {
    const { status, checks } = await health.report();
    const body = { status, version: health.version, api: { v1: '2.0.0', apiV1: '1.0.0' }, checks };
    return json(status === 'unavailable' ? 503 : 200, body);
  },
};

const getReadiness: SystemEndpoint = {
  operationId: 'getReadiness',
  path: '/ready',
  tag: 'health',
  summary: 'May this process receive requests?',
  responses: {
    200: 'Yes; `degraded` lists what is away meanwhile.',
    503: 'No: Postgres is away, or the process is draining.',
  },
  async handle({ health }) {
    const { ready, status, degraded } = await health.readiness();
    return json(ready ? 200 : 503, { status, degraded });
  },
};

const getLiveness: SystemEndpoint = {
  operationId: 'getLiveness',
  path: '/live',
  tag: 'health',
  summary: 'Is this process alive?',
  responses: { 200: 'Yes.' },
  handle: () => json(200, { status: 'live' }),
};

export const HEALTH_ENDPOINTS: readonly SystemEndpoint[] = [getHealth, getReadiness, getLiveness];
