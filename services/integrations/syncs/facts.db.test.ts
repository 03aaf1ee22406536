import { createHmac } from 'node:crypto';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SyncProgress } from '../../../activities/integrations/syncs.activities.ts';
import type { Outbound } from '../../../domain/core/outbound.port.ts';
import { PROVIDERS } from '../../../domain/integrations/catalogue.rules.ts';
import { createOutbound } from '../../../providers/http/outbound.ts';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../../test/database.ts';
import { type StandIn, startStandIn } from '../../../test/integrations/stand-in.ts';
import { install, syncActivities } from '../../../test/integrations/world.ts';
import { runAllReactions } from '../../../test/reactions.ts';
import { testSecrets } from '../../../test/secrets.ts';
import { ingestConversion } from '../../data/index.ts';
import {
  createDeliveryVerifier,
  listSyncs,
  receiveProviderWebhook,
  startSync,
  tokenPlace,
  webhookSecretPlace,
} from '../index.ts';
import { INTEGRATIONS_REACTIONS } from '../reactions.ts';

let database: TestDatabase;
let tenant: TestTenant;
let outbound: Outbound;
beforeAll(async () => {
  database = await createTestDatabase();
  outbound = createOutbound({ production: false, allowLoopback: true });
});
beforeEach(async () => {
  tenant = await createTenant(database);
});
afterAll(async () => {
  await outbound?.close();
  await database?.drop();
});

const run: TestTenant['run'] = (work) => tenant.run(work, new Date());

async function sync(integrationId: string, bases: Record<string, string>) {
  const { id } = await run((ctx) => startSync(ctx, { integrationId }));
  const { syncsWork } = syncActivities(database, outbound, bases);
  const environment = new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR') });
  const done = (await environment.run(() =>
    syncsWork({ organizationId: tenant.organizationId, integrationId, syncId: id }),
  )) as SyncProgress;
  const last = (await run((ctx) => listSyncs(ctx, { integrationId, page: 1, limit: 1 }))).items[0]!;
  expect([done.state, last.error]).toEqual(['completed', null]);
  return last.counts;
}

describe('the names that an integration may have', () => {
  it('are those of the catalogue', async () => {
    const rows = await database.owner`select slug, name, category from integration_marketplace order by slug`;
    const known = PROVIDERS.map(({ slug, name, category }) => ({ slug, name, category }));
    expect([...rows]).toEqual(known.sort((a, b) => (a.slug < b.slug ? -1 : 1)));
  });
});

describe('the cost of ads', () => {
  it('comes in by day and campaign, page by page, and follows the corrections of the provider', async () => {
    const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
    const costs = new Map([
      [`1 ${day(200)}`, 12_340_000],
      [`1 ${day(3)}`, 5_005_000],
      [`2 ${day(3)}`, 7_000_000],
    ]);
    let hiccup = 2;
    const ads = await startStandIn(({ path, headers, body }) => {
      expect(path).toBe('/v26/customers/1234567890/googleAds:search');
      expect(headers).toMatchObject({
        'developer-token': 'dev',
        authorization: 'Bearer access',
        'login-customer-id': '99',
      });
      const { query, pageToken } = body as { query: string; pageToken?: string };
      const [, from, until] = /BETWEEN '(\S+)' AND '(\S+)'/.exec(query)!;
      const rows = [...costs]
        .map(([key, micros]) => [...key.split(' '), micros] as [string, string, number])
        .filter(([, date]) => date >= from! && date <= until!);
      // A page token that has become old.
      if (pageToken !== undefined && hiccup-- === 1)
        return { status: 400, body: { error: { status: 'INVALID_ARGUMENT' } } };
      const at = pageToken === undefined ? 0 : Number(pageToken);
      return {
        body: {
          results: rows.slice(at, at + 1).map(([id, date, micros]) => ({
            campaign: { resourceName: `customers/1234567890/campaigns/${id}`, id, name: `Campaign ${id}` },
            customer: { currencyCode: 'EUR' },
            segments: { date },
            metrics: { costMicros: String(micros) },
          })),
          ...(rows.length > at + 1 ? { nextPageToken: String(at + 1) } : {}),
        },
      };
    }, {});
    const id = await install(tenant, {
      provider: 'google-ads',
      credentials: { clientId: 'client', clientSecret: 'secret', developerToken: 'dev' },
      settings: { options: { customerId: '123-456-7890', loginCustomerId: '99' } },
    });
    await run(async (ctx) => {
      const box = await testSecrets().box(ctx);
      const life = { issued_at: new Date(), expires_at: new Date(Date.now() + 3_600_000) };
      const access_token = box.seal(tokenPlace(id, 'access_token'), 'access');
      await ctx.tx
        .insertInto('integration_tokens')
        .values({ integration_id: id, access_token, ...life })
        .execute();
    });
    expect((await sync(id, { 'google-ads': ads.url })).spend).toMatchObject({ created: 3 });
    costs.set(`2 ${day(3)}`, 6_500_000);
    expect((await sync(id, { 'google-ads': ads.url })).spend).toMatchObject({ created: 0, updated: 1 });
    const rows = await database.owner`
      select channel, campaign, amount_minor::integer as minor, currency, version from spend
      where organization_id = ${tenant.organizationId} order by day, campaign`;
    expect(rows).toEqual([
      { channel: 'google_ads', campaign: 'Campaign 1', minor: 1_234, currency: 'EUR', version: 1 },
      { channel: 'google_ads', campaign: 'Campaign 1', minor: 501, currency: 'EUR', version: 1 },
      { channel: 'google_ads', campaign: 'Campaign 2', minor: 650, currency: 'EUR', version: 2 },
    ]);
    await ads.close();
  });
});

describe('Segment', () => {
  const SECRET = 'a-secret-of-the-destination';
  let segment: StandIn;
  let id: string;
  beforeEach(async () => {
    segment = await startStandIn(() => ({ body: { success: true } }));
    id = await install(tenant, { provider: 'segment', credentials: { writeKey: 'key' }, status: 'connected' });
    await run(async (ctx) => {
      const box = await testSecrets().box(ctx);
      const webhook_secret = box.seal(webhookSecretPlace(id), SECRET);
      await ctx.tx.updateTable('team_integrations').set({ webhook_secret }).where('id', '=', id).execute();
    });
  });

  const deliver = async (body: object, secret = SECRET) => {
    const text = JSON.stringify(body);
    const signature = createHmac('sha1', secret).update(text).digest('hex');
    const header = (name: string) => (name === 'x-signature' ? signature : undefined);
    const verify = createDeliveryVerifier({ db: database.app, secrets: testSecrets() });
    const source = await verify({
      platform: 'segment',
      tenantId: tenant.organizationId,
      header,
      text,
      now: new Date(),
    });
    const receipt = await run((ctx) =>
      receiveProviderWebhook(ctx, { source, body: body as Record<string, unknown>, text }),
    );
    await runAllReactions(database, INTEGRATIONS_REACTIONS);
    return receipt;
  };

  it('brings events in once, as the person whom they name, and nothing that is not signed', async () => {
    const track = {
      type: 'track',
      messageId: 'm-1',
      userId: 'u-7',
      anonymousId: 'anon-1',
      event: 'Order Completed',
      timestamp: '2026-06-30T10:00:00.000Z',
      properties: { total: 10 },
      context: { page: { url: 'https://shop.example.com/done' }, traits: { email: 'ada@example.com' } },
    };
    expect(await deliver(track)).toEqual({ duplicate: false });
    expect(await deliver(track)).toEqual({ duplicate: true });
    await deliver({
      batch: [
        { type: 'page', messageId: 'm-2', anonymousId: 'anon-1' },
        { type: 'group', messageId: 'm-3' },
      ],
    });
    await expect(deliver({ ...track, messageId: 'm-4' }, 'another secret')).rejects.toMatchObject({
      code: 'INVALID_SIGNATURE',
    });
    const rows = await database.owner`
      select e.type, e.external_id, e.url, i.value as email from events e
      left join customer_identifiers i on i.organization_id = e.organization_id and i.customer_id = e.customer_id and i.type = 'email'
      where e.organization_id = ${tenant.organizationId} order by e.external_id`;
    expect(rows).toMatchObject([
      {
        type: 'Order Completed',
        external_id: 'segment:m-1',
        url: 'https://shop.example.com/done',
        email: 'ada@example.com',
      },
      { type: 'page_view', external_id: 'segment:m-2' },
    ]);
  });

  it('is told of conversions from its installation on, once each, and not of what came from it', async () => {
    const convert = async (externalEventId: string, eventSource = 'billing') => {
      await run((ctx) =>
        ingestConversion(ctx, {
          externalEventId,
          eventSource,
          eventType: 'purchase',
          amountDecimal: '19.90',
          currency: 'EUR',
          occurredAt: new Date('2026-06-30T10:00:00Z'),
          customerIdentifiers: [
            { type: 'user_id', value: 'u-7' },
            { type: 'email', value: 'ada@example.com' },
          ],
        }),
      );
      // Events get their place from the relay.
      await runAllReactions(database, INTEGRATIONS_REACTIONS);
    };
    await convert('before');
    expect((await sync(id, { segment: segment.url })).conversions).toMatchObject({ pushed: 0 });
    await convert('first');
    await convert('second');
    await convert('echo', 'segment');
    expect((await sync(id, { segment: segment.url })).conversions).toMatchObject({ pushed: 2 });
    expect((await sync(id, { segment: segment.url })).conversions).toMatchObject({ pushed: 0 });
    const [request, ...others] = segment.requests;
    expect(others).toEqual([]);
    expect(request!.headers.authorization).toBe(`Basic ${Buffer.from('key:').toString('base64')}`);
    const { batch } = request!.body as { batch: Record<string, unknown>[] };
    expect(batch).toMatchObject([
      {
        type: 'track',
        event: 'Conversion',
        userId: 'u-7',
        timestamp: '2026-06-30T10:00:00.000Z',
        properties: { revenue: '19.9', currency: 'EUR', externalId: 'first' },
        context: { traits: { email: 'ada@example.com' } },
      },
      { properties: { externalId: 'second' } },
    ]);
    expect(String(batch[0]!.messageId)).toMatch(/^revloop-/);
  });
});
