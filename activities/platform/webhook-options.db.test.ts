import { describe, expect, it } from 'vitest';
import { createDeal, updateProspect } from '../../services/crm/index.ts';
import {
  replayWebhooks,
  retryWebhookLog,
  rotateWebhookSecret,
  testWebhookEndpoint,
  updateWebhookEndpoint,
} from '../../services/platform/webhooks/index.ts';
import { webhookWorld } from '../../test/webhook-world.ts';

const world = webhookWorld();
const { tools, run, endpoint, prospect, fanOut, logs, health, deliver, now } = world;

describe('the options of an endpoint', () => {
  it('in order: of one record a later event waits for the earlier one, others do not', async () => {
    const { id } = await endpoint({ events: ['prospect.*'], ordered: true });
    const first = await prospect('first@example.com');
    const second = await prospect('second@example.com');
    for (const title of ['a', 'b', 'c']) {
      for (const one of [first, second]) await run((ctx) => updateProspect(ctx, { id: one.id, changes: { title } }));
    }
    await fanOut();
    world.receiver.answerWith((response, { body }) => response.writeHead(body.data.id === first.id ? 500 : 200).end());
    const { waitMs } = await deliver(id);
    const typesOf = (prospectId: string) =>
      world.receiver.received.filter(({ body }) => body.data.id === prospectId).map(({ body }) => body.type);
    expect(typesOf(first.id)).toEqual(['prospect.created']);
    expect(typesOf(second.id)).toEqual([
      'prospect.created',
      'prospect.updated',
      'prospect.updated',
      'prospect.updated',
    ]);
    world.receiver.answerWith(200);
    world.aheadMs += waitMs! + 1;
    await deliver(id);
    expect(typesOf(first.id)).toEqual([
      'prospect.created',
      'prospect.created',
      'prospect.updated',
      'prospect.updated',
      'prospect.updated',
    ]);
  });

  it('in batches: full ones at once, the rest after its wait, each under one id that a retry keeps', async () => {
    const { id, secret } = await endpoint({ batch: { maxEvents: 10, maxWaitSeconds: 30 } });
    for (let i = 0; i < 25; i++) await prospect(`p${i}@example.com`);
    await fanOut();
    world.receiver.answerWith(500);
    const { waitMs } = await deliver(id);
    expect(world.receiver.received.map(({ body }) => [body.type, body.data.length])).toEqual([
      ['batch', 10],
      ['batch', 10],
    ]);
    expect(world.receiver.unverified(secret)).toEqual([]);
    const ids = new Set(world.receiver.received.map((one) => one.id));
    world.receiver.answerWith(200);
    world.aheadMs += waitMs! + 1;
    await deliver(id);
    expect(new Set(world.receiver.received.map((one) => one.id))).toEqual(ids);
    world.aheadMs += 30_000;
    await deliver(id);
    expect(world.receiver.received.at(-1)!.body.data).toHaveLength(5);
    const told = world.receiver.received.slice(2).flatMap(({ body }) => body.data.map((one: { id: string }) => one.id));
    expect([told.length, new Set(told).size]).toEqual([25, 25]);
    const all = await logs(id);
    expect(all.every(({ status }) => status === 'delivered')).toBe(true);
    const before = world.receiver.received.length;
    await run((ctx) => retryWebhookLog(ctx, { logId: all[0]!.id }));
    await deliver(id);
    expect(world.receiver.received.slice(before).map((one) => [one.id, one.body.data.length])).toEqual([
      [all[0]!.webhookId, 10],
    ]);
  });

  it('a rotated secret: both sign during the overlap, the new one alone afterwards', async () => {
    const { id, secret: old } = await endpoint();
    const { secret: current } = await run((ctx) => rotateWebhookSecret(ctx, { tools, id, overlapSeconds: 60 }));
    await prospect('ada@example.com');
    await fanOut();
    await deliver(id);
    expect([world.receiver.unverified(old), world.receiver.unverified(current)]).toEqual([[], []]);
    expect(String(world.receiver.received[0]!.headers['webhook-signature']).split(' ')).toHaveLength(2);
    world.aheadMs += 61_000;
    await prospect('grace@example.com');
    await fanOut();
    await deliver(id);
    expect([world.receiver.unverified(old).length, world.receiver.unverified(current).length]).toEqual([1, 0]);
    const [row] = await world.database.owner`select secret from webhook_endpoints where id = ${id}`;
    expect(Buffer.from(row!.secret).includes(Buffer.from(current.slice(6), 'base64'))).toBe(false);
    expect(Buffer.from(row!.secret).toString('latin1')).not.toContain(current);
  });

  it('a test is sent once, to a disabled endpoint as well', async () => {
    const { id, secret } = await endpoint();
    await run((ctx) => updateWebhookEndpoint(ctx, { tools, id, changes: { active: false } }));
    await prospect('ada@example.com');
    await fanOut();
    await run((ctx) => testWebhookEndpoint(ctx, { id }));
    await deliver(id);
    expect(world.receiver.received.map(({ body }) => body.type)).toEqual(['webhook.test']);
    expect(world.receiver.unverified(secret)).toEqual([]);
    world.receiver.answerWith(500);
    await run((ctx) => testWebhookEndpoint(ctx, { id }));
    await deliver(id);
    expect((await logs(id)).map(({ status }) => status)).toEqual(['delivered', 'dead']);
    expect((await health(id)).healthDetails.consecutiveFailures).toBe(0);
  });

  it('a replay tells again under the same ids, and of what was missed for the first time', async () => {
    const from = now();
    await prospect('before@example.com');
    const { id } = await endpoint({ events: ['prospect.*'] });
    await fanOut();
    await world.database.owner`delete from webhook_logs where endpoint_id = ${id}`;
    const { id: prospectId } = await prospect('after@example.com');
    await run((ctx) => createDeal(ctx, { name: 'not subscribed', currency: 'USD' }));
    await fanOut();
    await deliver(id);
    const [first] = world.receiver.received;
    const replay = { tools, id, from, to: new Date(now().getTime() + 1_000) };
    expect(await run((ctx) => replayWebhooks(ctx, { ...replay, events: ['deal.*'] }))).toMatchObject({ queued: 0 });
    expect(await run((ctx) => replayWebhooks(ctx, replay))).toMatchObject({ queued: 2 });
    await deliver(id);
    expect(world.receiver.received).toHaveLength(3);
    const again = world.receiver.received.slice(1).find(({ body }) => body.data.id === prospectId);
    expect(again!.id).toBe(first!.id);
  });
});
