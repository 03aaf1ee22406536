import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { createWebhookActivities, type DeliveryProgress } from '../activities/platform/webhooks.activities.ts';
import type { Outbound } from '../domain/core/outbound.port.ts';
import { createOutbound } from '../providers/http/outbound.ts';
import { type FaultPoint, noFaults } from '../services/core/fault-points.ts';
import { createProspect } from '../services/crm/index.ts';
import { PUBLIC_EVENTS } from '../services/outward/index.ts';
import {
  createWebhookEndpoint,
  getWebhookEndpoint,
  listWebhookLogs,
  type WebhookEndpointFields,
  type WebhookEndpointWithSecret,
  webhookReactions,
} from '../services/platform/webhooks/index.ts';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from './database.ts';
import { runAllReactions } from './reactions.ts';
import { startWebhookReceiver, type WebhookReceiver } from './webhook-receiver.ts';
import { testWebhookTools } from './webhooks.ts';

const OPEN = { production: false, allowLoopback: true };
const REACTIONS = webhookReactions(PUBLIC_EVENTS);

/** An organization of its own and a receiver for each test, and what one does with them. */
export function webhookWorld() {
  const tools = testWebhookTools(OPEN);
  const world = {
    tools,
    /** Moves the business clock; signatures are checked against the real one while it stands at 0. */
    aheadMs: 0,
    database: undefined as unknown as TestDatabase,
    tenant: undefined as unknown as TestTenant,
    receiver: undefined as unknown as WebhookReceiver,
    now: () => new Date(Date.now() + world.aheadMs),
    run: ((work) => world.tenant.run(work, world.now())) as TestTenant['run'],
    endpoint: (fields: Partial<WebhookEndpointFields> = {}): Promise<WebhookEndpointWithSecret> =>
      world.run((ctx) =>
        createWebhookEndpoint(ctx, { tools, fields: { url: world.receiver.url, events: ['*'], ...fields } }),
      ),
    prospect: (email: string) => world.run((ctx) => createProspect(ctx, { email, firstName: 'Ada' })),
    fanOut: () => runAllReactions(world.database, REACTIONS),
    async logs(id: string) {
      const page = { id, page: 1, limit: 200, sort: [{ field: 'createdAt', descending: false }] };
      return (await world.run((ctx) => listWebhookLogs(ctx, page))).items;
    },
    health: (id: string) => world.run((ctx) => getWebhookEndpoint(ctx, { id })),
    /** What the process does each time it is awake. */
    async deliver(endpointId: string, faultPoint: FaultPoint = noFaults): Promise<DeliveryProgress> {
      const activities = createWebhookActivities({
        db: world.database.app,
        clock: { now: world.now },
        tools,
        outbound,
        faultPoint,
        lingerMs: 0,
        random: () => 0,
      });
      const input = { organizationId: world.tenant.organizationId, endpointId, generation: 1 };
      const run = () => activities.webhooksDeliver(input);
      return (await new MockActivityEnvironment().run(run)) as DeliveryProgress;
    },
  };
  let outbound: Outbound;
  beforeAll(async () => {
    world.database = await createTestDatabase();
    outbound = createOutbound(OPEN);
  });
  beforeEach(async () => {
    world.aheadMs = 0;
    world.tenant = await createTenant(world.database);
    world.receiver = await startWebhookReceiver();
  });
  afterEach(() => world.receiver.close());
  afterAll(async () => {
    await outbound?.close();
    await world.database?.drop();
  });
  return world;
}
