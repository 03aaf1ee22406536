import { describe, expect, it } from 'vitest';
import { createRevloop, RevloopError, UNREACHABLE } from './index.ts';

type Step = Response | Error;
const json = (status: number, body: unknown, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });

/** A client whose server gives these answers in turn. */
function against(steps: Step[], options: { idempotency?: boolean; retries?: number } = {}) {
  const requests: Request[] = [];
  const bodies: string[] = [];
  const waits: number[] = [];
  const api = createRevloop({
    baseUrl: 'http://revloop.test/',
    apiKey: 'sk_live_1',
    organizationId: 'org-1',
    ...options,
    async fetch(request) {
      requests.push(request);
      bodies.push(await request.text());
      const step = steps.shift();
      if (step === undefined) throw new Error('one request too many');
      if (step instanceof Error) throw step;
      return step;
    },
    sleep: async (ms) => void waits.push(ms),
  });
  return { api, requests, bodies, waits };
}

const failureOf = async (work: Promise<unknown>): Promise<RevloopError> => {
  const error = await work.then(
    () => undefined,
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(RevloopError);
  return error as RevloopError;
};
const list = { data: [], pagination: { page: 1, limit: 50, total: 0, pages: 0 }, message: '' };

describe('the client', () => {
  it('sends the credential, the path and the query', async () => {
    const { api, requests } = against([json(200, list)]);
    await api.get('/v1/interactions', { params: { query: { limit: 5, channel: 'call' } } });
    expect(requests[0]?.url).toBe('http://revloop.test/v1/interactions?limit=5&channel=call');
    expect(requests[0]?.headers.get('x-api-key')).toBe('sk_live_1');
    expect(requests[0]?.headers.get('x-tenant-id')).toBe('org-1');
    expect(requests[0]?.headers.get('idempotency-key')).toBeNull();
  });

  it('waits as long as Retry-After says and sends the same body under the same key', async () => {
    const busy = () => json(429, { error: 'Busy', code: 'RATE_LIMITED', request_id: 'r' }, { 'retry-after': '7' });
    const away = () => json(503, { error: 'Away', code: 'SERVICE_UNAVAILABLE', request_id: 'r' });
    const made = json(201, { data: { id: 'v' }, message: '' });
    const { api, requests, bodies, waits } = against([busy(), away(), made], { idempotency: true });
    await api.post('/v1/vendors', { body: { code: 'a', name: 'A' } });
    expect(waits).toEqual([7_000, 1_000]);
    expect(new Set(bodies)).toEqual(new Set(['{"code":"a","name":"A"}']));
    const keys = requests.map(({ headers }) => headers.get('idempotency-key'));
    expect(keys).toHaveLength(3);
    expect(new Set(keys).size).toBe(1);
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
  });

  it('keeps an Idempotency-Key that it is given', async () => {
    const { api, requests } = against([json(201, { data: { id: 'v' }, message: '' })], { idempotency: true });
    const header = { 'Idempotency-Key': 'mine' };
    await api.post('/v1/vendors', { params: { header }, body: { code: 'a', name: 'A' } });
    expect(requests[0]?.headers.get('idempotency-key')).toBe('mine');
  });

  it('gives up after its retries, and at once when the pause is too long', async () => {
    const away = () => json(503, { error: 'Away', code: 'SERVICE_UNAVAILABLE', request_id: 'r' });
    const patient = against([away(), away(), away()], { retries: 2 });
    expect((await failureOf(patient.api.get('/v1/vendors'))).code).toBe('SERVICE_UNAVAILABLE');
    expect(patient.waits).toEqual([500, 1_000]);
    const full = json(429, { error: 'Busy', code: 'RATE_LIMITED', request_id: 'r' }, { 'retry-after': '3600' });
    const hurried = against([full]);
    expect((await failureOf(hurried.api.get('/v1/vendors'))).retryAfterSeconds).toBe(3600);
    expect(hurried.waits).toEqual([]);
  });

  it('never repeats an answer that says no', async () => {
    const { api, requests } = against([json(409, { error: 'There', code: 'CONFLICT', request_id: 'r' })]);
    await failureOf(api.post('/v1/vendors', { body: { code: 'a', name: 'A' } }));
    expect(requests).toHaveLength(1);
  });

  it('reads the errors of both faces alike', async () => {
    const details = { field: 'channel', issues: [{ field: 'channel', message: 'is missing' }] };
    const a = json(400, { error: 'No', code: 'VALIDATION_ERROR', details, hint: 'Send it.', request_id: 'r-1' });
    const inner = { code: 'VALIDATION_ERROR', message: 'No', details, hint: 'Send it.', requestId: 'r-1' };
    const b = json(400, { success: false, error: inner });
    for (const answer of [a, b]) {
      const { status, code, message, requestId, hint, ...rest } = await failureOf(
        against([answer]).api.get('/v1/vendors'),
      );
      expect([status, code, message, requestId, hint]).toEqual([400, 'VALIDATION_ERROR', 'No', 'r-1', 'Send it.']);
      expect(rest.details).toEqual(details);
    }
  });

  it('names answers that are none of the API, and answers that never came', async () => {
    const proxy = new Response('<h1>Bad gateway</h1>', { status: 502 });
    expect((await failureOf(against([proxy]).api.get('/v1/vendors'))).code).toBe('HTTP_502');
    const lost = await failureOf(against([new TypeError('fetch failed')]).api.get('/v1/vendors'));
    expect([lost.status, lost.code]).toEqual([0, UNREACHABLE]);
    expect(lost.cause).toBeInstanceOf(TypeError);
  });

  it('refuses wrong paths, fields and missing parameters when it is compiled', () => {
    const { api } = against([]);
    const wrong = [
      // @ts-expect-error no such path
      () => api.get('/v1/nothing'),
      // @ts-expect-error no such method on this path
      () => api.post('/v1/customers', {}),
      // @ts-expect-error the id is missing
      () => api.get('/v1/vendors/{id}'),
      // @ts-expect-error a number where a text belongs
      () => api.post('/v1/vendors', { body: { code: 1, name: 'A' } }),
      // @ts-expect-error rows have no such field
      async () => (await api.get('/v1/vendors')).data.data[0]?.nothing,
    ];
    expect(wrong).toHaveLength(5);
  });
});
