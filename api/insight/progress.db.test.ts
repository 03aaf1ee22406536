import type { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  call,
  createOrganization,
  createTestApp,
  createTestDatabase,
  type TestDatabase,
  type TestOrganization,
} from '../../test/http/harness.ts';
import { ENDPOINTS } from '../endpoints.ts';
import { createStreams } from '../http/event-stream.ts';

let database: TestDatabase;
let app: Hono;
let organization: TestOrganization;
const streams = createStreams(2);

beforeAll(async () => {
  database = await createTestDatabase();
  const now = () => new Date('2026-06-30T12:00:00Z');
  app = createTestApp({ db: database.app, endpoints: ENDPOINTS, now, streams });
  organization = await createOrganization(database);
});
afterAll(() => database?.drop());

const send = (method: string, path: string, body?: unknown, as = organization) =>
  call(app, as, method, path, body === undefined ? {} : { body });

async function runningRun(as = organization): Promise<string> {
  const { json } = await send('POST', '/v1/attribution/runs', { model_code: 'LINEAR', name: 'x' }, as);
  await send('POST', `/v1/attribution/runs/${json.data.id}/execute`, undefined, as);
  return json.data.id;
}

const open = (runId: string, as = organization, query = '') =>
  app.request(`/v1/attribution/runs/${runId}/progress/stream${query}`, {
    headers: { 'x-api-key': as.key, 'x-tenant-id': as.organizationId },
  });

/** Reads on until the text holds this. */
async function readUntil(reader: ReadableStreamDefaultReader<Uint8Array>, wanted: string): Promise<string> {
  let text = '';
  while (!text.includes(wanted)) {
    const { done, value } = await reader.read();
    if (done) return text;
    text += Buffer.from(value).toString();
  }
  return text;
}

describe('the progress of a run', () => {
  it('is told in numbers', async () => {
    const runId = await runningRun();
    await database.owner`update attribution_runs set conversions_total = 300 where id = ${runId}`;
    await database.owner`
      insert into attribution_run_partitions (organization_id, run_id, generation, ordinal, conversions, completed_at)
      values (${organization.organizationId}, ${runId}, 1, 0, 100, now()), (${organization.organizationId}, ${runId}, 1, 1, 200, null)`;
    const { status, json } = await send('GET', `/v1/attribution/runs/${runId}/progress`);
    expect(status).toBe(200);
    expect(json.data).toMatchObject({
      run_id: runId,
      status: 'running',
      processed: 100,
      total: 300,
      percent: 33.3,
      partitions: { completed: 1, total: 2 },
    });
    const stranger = await createOrganization(database);
    expect((await send('GET', `/v1/attribution/runs/${runId}/progress`, undefined, stranger)).status).toBe(404);
  });

  it('is streamed as it changes, and the stream ends with the run', async () => {
    const runId = await runningRun();
    const response = await open(runId);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
    const reader = response.body!.getReader();
    const first = await readUntil(reader, '"status":"running"');
    expect(first).toMatch(/^retry: 2000\n\nevent: progress\ndata: \{"run_id":/);
    await send('POST', `/v1/attribution/runs/${runId}/cancel`);
    const rest = await readUntil(reader, 'event: end');
    expect(rest).toMatch(/event: progress\ndata: \{.*"code":"CANCELLED".*\}\n\n/);
    expect((await reader.read()).done).toBe(true);
  });

  it('is over at once for a run that nothing works on, and after the seconds that were asked for', async () => {
    const { json } = await send('POST', '/v1/attribution/runs', { model_code: 'LINEAR', name: 'x' });
    expect(await (await open(json.data.id)).text()).toContain('event: end');
    const running = await (await open(await runningRun(), organization, '?max_seconds=1')).text();
    expect(running).not.toContain('event: end');
  });

  it('has few streams of one organization open at once, and takes back the place of one that is left', async () => {
    const own = await createOrganization(database);
    const runId = await runningRun(own);
    const first = await open(runId, own);
    const second = await open(runId, own);
    const third = await open(runId, own);
    expect([third.status, ((await third.json()) as { code: string }).code, third.headers.get('retry-after')]).toEqual([
      429,
      'TOO_MANY_STREAMS',
      '5',
    ]);
    const other = await createOrganization(database);
    const elsewhere = await open(await runningRun(other), other);
    expect(elsewhere.status).toBe(200);
    await first.body!.cancel();
    const again = await open(runId, own);
    expect(again.status).toBe(200);
    for (const response of [second, again, elsewhere]) await response.body!.cancel();
  });

  it('tells nothing to other organizations and takes no place for a refusal', async () => {
    const runId = await runningRun();
    const stranger = await createOrganization(database);
    for (let n = 0; n < 4; n++) expect((await open(runId, stranger)).status).toBe(404);
  });

  it('closes its streams when the process shuts down', async () => {
    const closing = createStreams();
    const short = createTestApp({ db: database.app, endpoints: ENDPOINTS, streams: closing });
    const headers = { 'x-api-key': organization.key, 'x-tenant-id': organization.organizationId };
    const path = `/v1/attribution/runs/${await runningRun()}/progress/stream`;
    const reader = (await short.request(path, { headers })).body!.getReader();
    await readUntil(reader, 'event: progress');
    closing.close();
    expect((await reader.read()).done).toBe(true);
  });
});

describe('the report of a run', () => {
  it('is a page that browsers show, with a policy that lets it load and run nothing', async () => {
    const runId = await runningRun();
    expect((await send('GET', `/v1/attribution/runs/${runId}/report`)).json.code).toBe('RUN_NOT_COMPLETED');
    await database.owner`
      update attribution_runs set status = 'completed', published_generation = 1, conversions_processed = 0,
        conversions_attributed = 0, conversions_unattributed = 0 where id = ${runId}`;
    const { status, headers, text } = await send('GET', `/v1/attribution/runs/${runId}/report`);
    expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(headers.get('content-disposition')).toMatch(/^inline/);
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'; style-src 'unsafe-inline'/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(text).toMatch(/^<!doctype html>/);
    const stranger = await createOrganization(database);
    expect((await send('GET', `/v1/attribution/runs/${runId}/report`, undefined, stranger)).status).toBe(404);
  });
});
