import { describe, expect, it } from 'vitest';
import type { FaultPoint } from '../../services/core/fault-points.ts';
import { createDeal, moveDealStage, updateProspect } from '../../services/crm/index.ts';
import { PUBLIC_EVENTS } from '../../services/outward/index.ts';
import { createWebhookEndpoint, retryWebhookLog } from '../../services/platform/webhooks/index.ts';
import { createTenant } from '../../test/database.ts';
import type { WebhookReceiver } from '../../test/webhook-receiver.ts';
import { webhookWorld } from '../../test/webhook-world.ts';

const world = webhookWorld();
const { tools, run, endpoint, prospect, fanOut, logs, health, deliver } = world;

describe('a delivery', () => {
  it('is signed, carries the record as it is now, and is logged with status and latency', async () => {
    const { id, secret } = await endpoint({ events: ['prospect.created'] });
    const { id: prospectId } = await prospect('ada@example.com');
    await fanOut();
    await run((ctx) => updateProspect(ctx, { id: prospectId, changes: { title: 'CTO' } }));
    expect(await deliver(id)).toEqual({ state: 'idle', waitMs: null });
    expect(world.receiver.received).toHaveLength(1);
    expect(world.receiver.unverified(secret)).toEqual([]);
    const [{ body, id: webhookId }] = world.receiver.received as [(typeof world.receiver.received)[number]];
    expect(body).toMatchObject({
      type: 'prospect.created',
      data: { entityType: 'prospect', entityId: prospectId, id: prospectId },
    });
    expect(body.data.object).toMatchObject({ id: prospectId, email: 'ada@example.com', title: 'CTO' });
    const documented = PUBLIC_EVENTS.dataFields(PUBLIC_EVENTS.find('prospect.created')!);
    expect(Object.keys(body.data)).toEqual(documented.schema.required);
    expect(Object.keys(body.data.object)).toEqual(Object.keys(documented.example.object as object));
    const [log] = await logs(id);
    expect(log).toMatchObject({ status: 'delivered', statusCode: 204, attemptCount: 1, webhookId, error: null });
    expect(log!.attempts).toMatchObject([{ number: 1, statusCode: 204, error: null }]);
    expect(log!.latencyMs).toBeGreaterThanOrEqual(0);
    expect(await health(id)).toMatchObject({ health: 'healthy', healthDetails: { pending: 0, dead: 0 } });
  });

  it('is planned once per event and endpoint, however often the reaction is tried, and for those alone who want it', async () => {
    const [deals, prospects, all] = [
      await endpoint({ events: ['deal.*'] }),
      await endpoint({ events: ['prospect.*'] }),
      await endpoint(),
    ];
    const other = await createTenant(world.database);
    const foreign = await other.run((ctx) =>
      createWebhookEndpoint(ctx, { tools, fields: { url: world.receiver.url, events: ['*'] } }),
    );
    for (let i = 0; i < 5; i++) await prospect(`p${i}@example.com`);
    await fanOut();
    await world.database
      .owner`update reaction_runs set status = 'pending' where organization_id = ${world.tenant.organizationId}`;
    await fanOut();
    expect((await logs(prospects.id)).length).toBe(5);
    expect((await logs(all.id)).length).toBe(5);
    expect((await logs(deals.id)).length).toBe(0);
    const [count] = await world.database
      .owner`select count(*)::int from webhook_logs where endpoint_id = ${foreign.id}`;
    expect(count!.count).toBe(0);
  });

  it('is filtered by the record and by the facts of the event', async () => {
    const { id } = await endpoint({
      events: ['deal.created', 'deal.stage_changed', 'deal.won', 'prospect.created'],
      filters: {
        deal: {
          and: [
            { field: 'amount', op: 'gte', value: '10000' },
            {
              or: [
                { field: 'to', op: 'eq', value: 'closed_won' },
                { field: 'to', op: 'is_null' },
              ],
            },
          ],
        },
      },
    });
    for (const amount of ['9999.99', '10000']) {
      const deal = await run((ctx) => createDeal(ctx, { name: amount, amount, currency: 'USD' }));
      await run((ctx) => moveDealStage(ctx, { id: deal.id, stage: 'proposal' }));
      await run((ctx) => moveDealStage(ctx, { id: deal.id, stage: 'closed_won' }));
    }
    await prospect('ada@example.com');
    await fanOut();
    await deliver(id);
    const told = world.receiver.received.map(({ body }) => [body.type, body.data.object.name ?? 'Ada', body.data.to]);
    expect(told.sort()).toEqual([
      ['deal.created', '10000', undefined],
      ['deal.stage_changed', '10000', 'closed_won'],
      ['deal.won', '10000', undefined],
      ['prospect.created', 'Ada', undefined],
    ]);
  });
});

describe('a failing receiver', () => {
  it('is tried ten times after the schedule under one id, then the delivery is dead and can be sent by hand', async () => {
    const { id } = await endpoint();
    await prospect('ada@example.com');
    await fanOut();
    world.receiver.answerWith((response) => response.writeHead(500).end('x'.repeat(5_000)));
    const waits: number[] = [];
    for (let attempt = 1; attempt <= 10; attempt++) {
      const { waitMs } = await deliver(id);
      waits.push(Math.round((waitMs ?? 0) / 1_000));
      world.aheadMs += (waitMs ?? 0) + 1;
    }
    expect(waits).toEqual([5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400, 0]);
    expect(new Set(world.receiver.received.map((one) => one.id)).size).toBe(1);
    expect(new Set(world.receiver.received.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(10);
    const [dead] = await logs(id);
    expect(dead).toMatchObject({
      status: 'dead',
      attemptCount: 10,
      error: 'HTTP_500',
      statusCode: 500,
      nextAttemptAt: null,
    });
    expect(dead!.attempts).toHaveLength(10);
    expect(dead!.attempts[0]!.responseExcerpt).toHaveLength(1_024);
    expect((await health(id)).healthDetails).toMatchObject({ dead: 1, consecutiveFailures: 10 });

    world.receiver.answerWith(200);
    world.aheadMs += 600_000;
    await run((ctx) => retryWebhookLog(ctx, { logId: dead!.id }));
    await deliver(id);
    expect((await logs(id))[0]).toMatchObject({ status: 'delivered', attemptCount: 11, webhookId: dead!.webhookId });
    expect(world.receiver.received.at(-1)!.id).toBe(dead!.webhookId);
  });

  it('is left alone as long as Retry-After says', async () => {
    const { id } = await endpoint();
    await prospect('ada@example.com');
    await fanOut();
    world.receiver.answerWith((response) => response.writeHead(429, { 'retry-after': '900' }).end());
    expect(Math.round((await deliver(id)).waitMs! / 1_000)).toBe(900);
    await prospect('grace@example.com');
    await fanOut();
    await deliver(id);
    expect(world.receiver.received).toHaveLength(1);
    world.receiver.answerWith(200);
    world.aheadMs += 901_000;
    await deliver(id);
    expect((await logs(id)).map(({ status }) => status)).toEqual(['delivered', 'delivered']);
  });

  it('that answers 410 is disabled at once, with notice; what waits goes out when it is enabled again', async () => {
    const { id } = await endpoint({ events: ['prospect.*'] });
    for (const role of ['admin', 'viewer']) {
      await world.database.owner`
        insert into users (organization_id, email, role)
        values (${world.tenant.organizationId}, ${`${role}.${crypto.randomUUID()}@x.example`}, ${role})`;
    }
    await prospect('ada@example.com');
    await fanOut();
    world.receiver.answerWith(410);
    await deliver(id);
    expect(await health(id)).toMatchObject({ active: false, disabledReason: 'gone', health: 'disabled' });
    expect((await logs(id))[0]).toMatchObject({ status: 'dead', attemptCount: 1 });
    const notices = await world.database.owner`
      select data from domain_events where type = 'webhook.endpoint_disabled' and entity_id = ${id}`;
    expect(notices).toMatchObject([{ data: { endpointId: id, reason: 'gone' } }]);
    // Those who may do something about it are told.
    const told = await world.database.owner`
      select u.role, n.event, n.priority from notifications n join users u on u.id = n.user_id where n.entity_id = ${id}`;
    expect(told).toEqual([{ role: 'admin', event: 'webhook.endpoint_disabled', priority: 'high' }]);
    await expect(run(async (ctx) => retryWebhookLog(ctx, { logId: (await logs(id))[0]!.id }))).rejects.toMatchObject({
      code: 'ENDPOINT_INACTIVE',
    });
  });

  it('that fails for five days is disabled, with one notice; a success in between starts the count anew', async () => {
    const { id } = await endpoint({ events: ['prospect.*'] });
    world.receiver.answerWith(500);
    const fail = async (hours: number) => {
      await prospect(`p${hours}@example.com`);
      await fanOut();
      await deliver(id);
      world.aheadMs += hours * 3_600_000;
    };
    await fail(100);
    world.receiver.answerWith(200);
    await fail(1);
    world.receiver.answerWith(500);
    await fail(119);
    await fail(2);
    expect(await health(id)).toMatchObject({ active: true });
    await fail(0);
    expect(await health(id)).toMatchObject({ active: false, disabledReason: 'failing' });
    const notices = await world.database
      .owner`select 1 from domain_events where type = 'webhook.endpoint_disabled' and entity_id = ${id}`;
    expect(notices).toHaveLength(1);
  });

  it('that fails only is probed with one delivery at a time, and the others keep their attempts', async () => {
    const { id } = await endpoint();
    for (let i = 0; i < 40; i++) await prospect(`p${i}@example.com`);
    await fanOut();
    world.receiver.answerWith((response) => response.destroy());
    await deliver(id);
    // Sixteen are on their way when the tenth failure is known.
    expect(world.receiver.received.length).toBeLessThanOrEqual(26);
    const sent = world.receiver.received.length;
    world.aheadMs += 3_600_000;
    await deliver(id);
    expect(world.receiver.received.length).toBe(sent + 1);
    world.receiver.answerWith(200);
    world.aheadMs += 3_600_000;
    await deliver(id);
    expect((await logs(id)).every(({ status }) => status === 'delivered')).toBe(true);
  });

  it('may hang, reset, redirect inward or answer without end: each is a failed attempt or a success, and says so', async () => {
    const { id } = await endpoint();
    const outcomes: unknown[] = [];
    const answers: Parameters<WebhookReceiver['answerWith']>[0][] = [
      (response) => response.writeHead(302, { location: 'http://169.254.169.254/' }).end(),
      (response) => response.socket!.resetAndDestroy(),
      (response) => response.writeHead(200).end(Buffer.alloc(10_485_760, 'x')),
    ];
    for (const answer of answers) {
      world.receiver.answerWith(answer);
      await prospect(`p${outcomes.length}@example.com`);
      await fanOut();
      await deliver(id);
      const { status, error, statusCode } = (await logs(id)).at(-1)!;
      outcomes.push([status, error, statusCode]);
      world.aheadMs += 10;
    }
    expect(outcomes).toEqual([
      ['pending', 'HTTP_302', 302],
      ['pending', 'CONNECTION_FAILED', null],
      ['delivered', null, 200],
    ]);
  });
});

describe('a worker that dies between a send and its record', () => {
  it('sends that again under the same id, and nothing is lost', async () => {
    const { id } = await endpoint();
    for (let i = 0; i < 20; i++) await prospect(`p${i}@example.com`);
    await fanOut();
    const dies: FaultPoint = async (point) => {
      if (point === 'webhooks.after-send') throw new Error('killed');
    };
    await expect(deliver(id, dies)).rejects.toThrow('killed');
    expect((await logs(id)).every(({ status, attemptCount }) => status === 'pending' && attemptCount === 0)).toBe(true);
    await deliver(id);
    expect(world.receiver.received).toHaveLength(40);
    const times = Object.values(Object.groupBy(world.receiver.received, (one) => one.id)).map((same) => same!.length);
    expect(times).toEqual(Array.from({ length: 20 }, () => 2));
    expect((await logs(id)).every(({ status, attemptCount }) => status === 'delivered' && attemptCount === 1)).toBe(
      true,
    );
  });
});
