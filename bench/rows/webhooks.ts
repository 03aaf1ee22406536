import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Agent, request } from 'undici';
import { DEVELOPMENT_ENCRYPTION_KEY } from '../../config.ts';
import { freePort, waitUntil } from '../../dev/host.ts';
import { createSecrets } from '../../services/core/secrets.ts';
import { createProspect } from '../../services/crm/index.ts';
import { PUBLIC_EVENTS } from '../../services/outward/index.ts';
import { createWebhookEndpoint } from '../../services/platform/webhooks/index.ts';
import { type HttpFacts, httpDatabase } from '../data/http.ts';
import { ORGANIZATION } from '../data/journeys.ts';
import type { BenchContext } from '../lib/context.ts';
import { startProcess, untilReady } from '../lib/processes.ts';
import { commit, productEnv } from '../lib/product.ts';
import { alone, compared, type Result } from '../lib/results.ts';

const EVENTS = 5_000;
const ENDPOINTS = 4;
const PROSPECTS = 100;
/** Open calls to one endpoint, as many as the product has. */
const CONCURRENCY = 16;
const LONGEST_MS = 300_000;

/** Events that wait in the outbox until four endpoints have taken them all, against as many bare POST requests. */
export async function webhookFanOut(context: BenchContext): Promise<Result[]> {
  const facts = await httpDatabase(context);
  const events = Math.max(PROSPECTS, Math.round((EVENTS * context.scale) / PROSPECTS) * PROSPECTS);
  const receiver = await startReceiver(context);
  const floor = await barePosts(receiver, events * ENDPOINTS);
  context.report(`webhooks: floor ${Math.round(floor)} deliveries/s`);
  await arrange(facts, receiver.url);
  receiver.ids.clear();
  const port = await freePort();
  const worker = startProcess('workers/main.ts', {
    env: productEnv(facts.url, {
      TEMPORAL_ADDRESS: await context.temporalAddress(),
      WORKER_HEALTH_PORT: String(port),
      WEBHOOK_ALLOW_LOOPBACK: 'true',
    }),
  });
  context.cleanUp(worker.stop);
  await untilReady(`http://127.0.0.1:${port}/ready`);

  const start = performance.now();
  await emitEvents(facts, events);
  const isDone = await waitUntil(async () => receiver.ids.size >= events * ENDPOINTS, LONGEST_MS);
  const seconds = (performance.now() - start) / 1000;
  if (!isDone) throw new Error(`Of ${events * ENDPOINTS} deliveries ${receiver.ids.size} have come.`);
  const name = context.scale === 1 ? 'webhook fan-out' : `webhook fan-out of ${events}`;
  const value = (events * ENDPOINTS) / seconds;
  context.report(`webhooks: product ${Math.round(value)} deliveries/s`);
  return [
    compared(name, 'deliveries/s', { value, floor }, { target: null, better: 'higher' }),
    { ...alone(`${name}, events per second`, 'events/s', events / seconds, 200), better: 'higher' },
  ];
}

interface Receiver {
  readonly url: string;
  readonly ids: Set<string>;
}

async function startReceiver(context: BenchContext): Promise<Receiver> {
  const ids = new Set<string>();
  const server = createServer((incoming, response) => {
    incoming.resume().on('end', () => {
      ids.add(String(incoming.headers['webhook-id']));
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  context.cleanUp(async () => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, ids };
}

async function barePosts({ url }: Receiver, count: number): Promise<number> {
  const dispatcher = new Agent({ connections: CONCURRENCY * ENDPOINTS });
  const body = JSON.stringify({ type: 'prospect.updated', data: { text: 'x'.repeat(900) } });
  let left = count;
  const start = performance.now();
  await Promise.all(
    Array.from({ length: CONCURRENCY * ENDPOINTS }, async () => {
      while (left-- > 0) {
        const answer = await request(url, { dispatcher, method: 'POST', body, headers: { 'webhook-id': `${left}` } });
        await answer.body.dump();
      }
    }),
  );
  const rate = count / ((performance.now() - start) / 1000);
  await dispatcher.close();
  return rate;
}

async function arrange({ databases }: HttpFacts, url: string): Promise<void> {
  const tools = {
    secrets: createSecrets([DEVELOPMENT_ENCRYPTION_KEY]),
    catalogue: PUBLIC_EVENTS,
    outboundPolicy: { production: false, allowLoopback: true },
  };
  await commit(databases, async (ctx) => {
    for (let i = 0; i < PROSPECTS; i++) {
      await createProspect({ ...ctx, silent: true }, { email: `person-${i}@example.com`, firstName: 'Ada' });
    }
    for (let i = 0; i < ENDPOINTS; i++) {
      await createWebhookEndpoint(ctx, { tools, fields: { url, events: ['prospect.updated'] } });
    }
  });
}

async function emitEvents({ owner }: HttpFacts, events: number): Promise<void> {
  await owner`
    insert into domain_events (organization_id, type, entity_type, entity_id, occurred_at, actor_kind, data)
    select organization_id, 'prospect.updated', 'prospect', id, now(), 'system',
           jsonb_build_object('id', id, 'fields', jsonb_build_array('title'))
    from prospects cross join generate_series(1, ${events / PROSPECTS}::integer)
    where organization_id = ${ORGANIZATION}`;
}
