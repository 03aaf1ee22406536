import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest';
import { freePort } from '../../dev/host.ts';
import { createOrganization, createTestDatabase, type TestDatabase } from '../http/harness.ts';
import { type ProductProcess, superviseProcess } from '../processes/product-process.ts';
import { TEST_NAMESPACE } from '../temporal/namespace.ts';
import { type CollectedSpan, type Collector, startCollector } from './collector.ts';

let database: TestDatabase;
let collector: Collector;
const processes: ProductProcess[] = [];
beforeAll(async () => {
  [database, collector] = await Promise.all([createTestDatabase(), startCollector()]);
});
afterAll(async () => {
  await Promise.all(processes.map((one) => one.stop()));
  await collector?.close();
  await database?.drop();
});

/** The span and those above it, the root last. */
function ancestry(spans: readonly CollectedSpan[], span: CollectedSpan): CollectedSpan[] {
  const parent = spans.find(({ spanId }) => spanId === span.parentSpanId);
  return [span, ...(parent ? ancestry(spans, parent) : [])];
}

it('a request is one trace down to the SQL of the activity that follows from it, and counts where operators look', async () => {
  const [port, metricsPort, workerPort] = [await freePort(), await freePort(), await freePort()];
  const env = {
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: inject('temporalAddress'),
    TEMPORAL_NAMESPACE: TEST_NAMESPACE,
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    PORT: String(port),
    METRICS_PORT: String(metricsPort),
    WORKER_HEALTH_PORT: String(workerPort),
  };
  processes.push(superviseProcess('api', port, env), superviseProcess('workers', workerPort, env));
  await Promise.all(processes.map((one) => one.up()));
  const org = await createOrganization(database);
  const caller = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7' };
  const send = async (method: string, path: string, body: unknown, headers: Record<string, string> = {}) => {
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        'x-api-key': org.key,
        'x-tenant-id': org.organizationId,
        ...headers,
      },
      body: JSON.stringify(body),
    });
    return { status: answer.status, data: ((await answer.json()) as { data: { id: string } }).data };
  };
  const { status, data } = await send(
    'POST',
    '/tickets',
    { subject: 'A secret word', requesterEmail: 'ann@example.com' },
    { traceparent: `00-${caller.traceId}-${caller.spanId}-01` },
  );
  expect(status).toBe(201);
  // The span of a process is sent when the process has ended.
  expect((await send('PUT', `/tickets/${data.id}`, { status: 'closed' })).status).toBe(200);

  const names = await vi.waitFor(
    () => {
      const spans = collector.spans.filter(({ traceId }) => traceId === caller.traceId);
      const inActivity = spans.find(
        ({ service, parentSpanId, name }) =>
          service === 'revloop-worker' &&
          name.startsWith('SQL') &&
          spans.some((one) => one.spanId === parentSpanId && one.name === 'RunActivity:ticketsAttend'),
      );
      expect(inActivity).toBeDefined();
      const chain = ancestry(spans, inActivity!);
      expect(chain.at(-1)!.parentSpanId).toBe(caller.spanId);
      return chain.map(({ service, name }) => `${service}: ${name.replace(/^SQL \w+/, 'SQL')}`);
    },
    { timeout: 30_000, interval: 250 },
  );
  // The API and the relay of the worker send commands, whoever comes first.
  expect(names.map((name) => name.replace(/^revloop-(api|worker): (?=StartWorkflow|dispatch)/, ''))).toEqual([
    'revloop-worker: SQL',
    'revloop-worker: RunActivity:ticketsAttend',
    'revloop-worker: StartActivity:ticketsAttend',
    'revloop-worker: RunWorkflow:ticketSla',
    'StartWorkflow:ticketSla',
    'dispatch ticketSla',
    'revloop-api: POST /api/v1/tickets',
  ]);
  // Statements and routes, never what people wrote.
  expect(JSON.stringify(collector.spans)).not.toMatch(/secret word|ann@example/);

  const metrics = async (at: number) => (await fetch(`http://127.0.0.1:${at}/metrics`)).text();
  const api = await metrics(metricsPort);
  expect(api).toMatch(/revloop_http_requests_total\{operation="createTicket",status="201",service="revloop-api"\} 1/);
  expect(api).toMatch(/revloop_db_connections\{pool="app",state="idle",service="revloop-api"\} [1-9]/);
  expect(api).toMatch(/nodejs_eventloop_lag_seconds/);
  const worker = await metrics(workerPort);
  expect(worker).toMatch(/revloop_backlog_up\{service="revloop-worker"\} 1/);
  expect(worker).toMatch(/revloop_backlog\{kind="commands",service="revloop-worker"\} 0/);
  expect(worker).toMatch(/revloop_backlog_oldest_seconds\{kind="events",service="revloop-worker"\} \d/);
  expect((await fetch(`http://127.0.0.1:${port}/metrics`)).status).toBe(404);
});
