import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../../test/database.ts';
import { ingestConversion, ingestInteraction } from '../../data/index.ts';
import { getJourney } from '../index.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

const who = [{ type: 'email', value: 'a@example.com' }];
const day = (number: number) => new Date(Date.UTC(2026, 4, number));
const touch = (tenant: TestTenant, id: string, on: number, primaryIntent?: string, purchaseProbability?: number) =>
  tenant.run((ctx) =>
    ingestInteraction(ctx, {
      externalInteractionId: id,
      channel: 'call',
      startedAt: day(on),
      customerIdentifiers: who,
      primaryIntent,
      purchaseProbability,
    }),
  );
const sale = (tenant: TestTenant, id: string, on: number) =>
  tenant.run((ctx) =>
    ingestConversion(ctx, {
      externalEventId: id,
      eventType: 'purchase',
      customerIdentifiers: who,
      amountDecimal: '1.00',
      currency: 'USD',
      occurredAt: day(on),
      eventSource: 'shop',
    }),
  );

describe('a journey', () => {
  it('tells how intent went on and how fast it all was, without voided facts', async () => {
    const tenant = await createTenant(database);
    const { customerId } = await touch(tenant, 'a', 1, 'question', 0.1);
    await touch(tenant, 'b', 2, 'question', 0.3);
    await touch(tenant, 'c', 3);
    await touch(tenant, 'd', 7, 'purchase', 0.9);
    const { id: voided } = await touch(tenant, 'x', 4, 'complaint', 0.2);
    await database.owner`update interactions set voided_at = now() where id = ${voided}`;
    await sale(tenant, 's', 8);
    await sale(tenant, 't', 11);
    const journey = await tenant.run((ctx) => getJourney(ctx, { customerId, page: 1, limit: 50 }));
    expect(journey.intents).toMatchObject([
      { intent: 'question', purchaseProbability: 0.1, at: day(1) },
      { intent: 'purchase', purchaseProbability: 0.9, at: day(7) },
    ]);
    expect(journey.velocity).toEqual({
      daysToFirstConversion: 7,
      daysToLastConversion: 10,
      touchesPerConversion: 2,
      medianGapHours: 24,
    });
    expect(journey.timeline).toHaveLength(6);
  });

  it('has no figures where there is nothing to measure', async () => {
    const tenant = await createTenant(database);
    const { customerId } = await sale(tenant, 's', 8);
    const { velocity, intents } = await tenant.run((ctx) => getJourney(ctx, { customerId, page: 1, limit: 50 }));
    expect([velocity, intents]).toEqual([
      { daysToFirstConversion: null, daysToLastConversion: null, touchesPerConversion: 0, medianGapHours: null },
      [],
    ]);
  });

  it('holds events and page views when asked for, and pages add up to the whole without a gap', async () => {
    const tenant = await createTenant(database);
    const { customerId } = await touch(tenant, 'a', 1);
    await sale(tenant, 's', 1);
    const { organizationId } = tenant;
    // All at one instant, so that only the tie rules order them.
    await database.owner`
      insert into events (organization_id, type, customer_id, occurred_at)
      select ${organizationId}, 'download', ${customerId}, ${day(1)} from generate_series(1, 4)`;
    await database.owner`
      insert into website_page_views (organization_id, url, path, session_id, customer_id, occurred_at)
      select ${organizationId}, 'https://x.example/p', '/p', 's', ${customerId}, ${day(1)} from generate_series(1, 3)`;
    const read = (page: number, limit: number) =>
      tenant.run((ctx) => getJourney(ctx, { customerId, include: ['events', 'page_views'], page, limit }));
    const whole = await read(1, 50);
    expect([whole.pagination.total, whole.events.length, whole.pageViews.length]).toEqual([9, 4, 3]);
    const pages = [];
    for (let page = 1; page <= 5; page++) pages.push(...(await read(page, 2)).timeline);
    expect(pages).toEqual(whole.timeline);
    const plain = await tenant.run((ctx) => getJourney(ctx, { customerId, page: 1, limit: 50 }));
    expect([plain.timeline.length, plain.events, plain.pageViews]).toEqual([2, [], []]);
  });
});
