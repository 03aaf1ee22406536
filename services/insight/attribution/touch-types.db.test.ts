import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { executeToEnd, runModels, storedCredits } from '../../../test/attribution/execute.ts';
import { at, behave, saleInput, touchInput } from '../../../test/attribution/random.ts';
import { recompute } from '../../../test/attribution/recompute.ts';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../../test/database.ts';
import { ingestConversion, ingestEvent, ingestInteraction, ingestPageView } from '../../data/index.ts';
import { makeReport } from '../analytics/report.ts';
import { explainCredit, getModelDetails, listResults, listUnattributed } from '../index.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

const DAYS = { startDate: at(60).toISOString().slice(0, 10), endDate: at(0).toISOString().slice(0, 10) };

/** A call, a form and a page view before a sale of 90.00, an hour apart. */
async function arrange(): Promise<TestTenant> {
  const tenant = await createTenant(database);
  await tenant.run((ctx) => ingestInteraction(ctx, touchInput('call', 40, 'p')));
  await behave(tenant, 'form_submitted', 30, 'p', 'form');
  await behave(tenant, 'page_view', 20, 'p');
  await tenant.run((ctx) => ingestConversion(ctx, saleInput('c', 10, 'p', '90.00')));
  return tenant;
}

const credits = async (tenant: TestTenant, runId: string) =>
  (await tenant.run((ctx) => listResults(ctx, { runId, page: 1, limit: 50 }))).items
    .sort((a, b) => a.touchedAt.getTime() - b.touchedAt.getTime())
    .map((row) => [row.touchType, row.channel, row.attributedAmount]);

describe('touch_event_types', () => {
  it('make events and page views touches of the channel web, and only where they are named', async () => {
    const tenant = await arrange();
    const run = async (touchEventTypes: string[], more: object = {}) =>
      credits(tenant, await runModels(tenant, ['LINEAR'], { touchEventTypes, ...more }));
    expect(await run([])).toEqual([['interaction', 'call', '90.00']]);
    expect(await run(['form_submitted'])).toEqual([
      ['interaction', 'call', '45.00'],
      ['form_submitted', 'web', '45.00'],
    ]);
    expect(await run(['page_view', 'form_submitted'])).toEqual([
      ['interaction', 'call', '30.00'],
      ['form_submitted', 'web', '30.00'],
      ['page_view', 'web', '30.00'],
    ]);
    expect(await run(['page_view'], { includeChannels: ['web'] })).toEqual([['page_view', 'web', '90.00']]);
    expect(await run(['page_view'], { includeChannels: ['call'] })).toEqual([['interaction', 'call', '90.00']]);
  });

  it('are counted with interactions by the figures of their run, and by no others', async () => {
    const tenant = await arrange();
    const figures = async (touchEventTypes: string[]) => {
      const runId = await runModels(tenant, ['LINEAR'], { touchEventTypes });
      const metrics = ['total_interactions', 'customers_touched', 'conversion_rate'];
      const shape = { metrics, dimensions: ['channel' as const], granularity: null, lenient: false };
      const { rows, totals } = await tenant.run((ctx) => makeReport(ctx, { runId, ...DAYS }, shape));
      return [...rows, totals].map(({ keys, figures: of }) => [keys.channel, ...metrics.map((code) => of[code])]);
    };
    expect(await figures([])).toEqual([
      ['call', 1, 1, 1],
      [undefined, 1, 1, 1],
    ]);
    expect(await figures(['page_view', 'form_submitted'])).toEqual([
      ['web', 2, 1, 1],
      ['call', 1, 1, 1],
      [undefined, 3, 1, 1],
    ]);
  });

  it('are explained like every touch, so that the credit can be computed again by hand', async () => {
    const tenant = await arrange();
    const runId = await runModels(tenant, ['TIME_DECAY'], { touchEventTypes: ['page_view', 'form_submitted'] });
    const { items } = await tenant.run((ctx) => listResults(ctx, { runId, page: 1, limit: 50 }));
    expect(items).toHaveLength(3);
    for (const { id, weight, attributedAmount } of items) {
      const explained = await tenant.run((ctx) => explainCredit(ctx, { runId, resultId: id }));
      expect(explained.touches.map((touch) => touch.touchType)).toEqual(['interaction', 'form_submitted', 'page_view']);
      expect(explained.touches[1]).toMatchObject({ externalInteractionId: 'form' });
      expect(explained.rules.join(' ')).toContain('Events of these types count as touches');
      const [units, minor] = recompute(explained);
      expect([Number(units) / 1e12, Number(minor) / 100]).toEqual([Number(weight), Number(attributedAmount)]);
    }
  });

  it('are the nearest touch of a conversion that none of them reaches', async () => {
    const tenant = await createTenant(database);
    await behave(tenant, 'demo_booked', 100, 'p', 'demo');
    await tenant.run((ctx) => ingestConversion(ctx, saleInput('c', 0, 'p', '10.00')));
    const nearest = async (touchEventTypes: string[]) => {
      const runId = await runModels(tenant, ['LINEAR'], { touchEventTypes });
      return (await tenant.run((ctx) => listUnattributed(ctx, { runId, page: 1, limit: 5 }))).items[0]?.nearestTouch;
    };
    expect(await nearest([])).toBeNull();
    expect(await nearest(['demo_booked'])).toMatchObject({
      externalInteractionId: 'demo',
      touchType: 'demo_booked',
      hoursOutsideWindow: 28,
    });
  });

  it('bring the campaign of a page view along', async () => {
    const tenant = await createTenant(database);
    const customerIdentifiers = [{ type: 'external_id', value: 'p' }];
    const url = 'https://shop.example/prices?utm_campaign=spring&utm_source=news';
    const view = { sessionId: 's', url, occurredAt: at(20), customerIdentifiers };
    await tenant.run((ctx) => ingestPageView(ctx, view));
    await tenant.run((ctx) => ingestConversion(ctx, saleInput('c', 10, 'p', '10.00')));
    const runId = await runModels(tenant, ['MARKOV'], { touchEventTypes: ['page_view'], dimension: 'campaign' });
    const { markov } = await tenant.run((ctx) => getModelDetails(ctx, { runId }));
    expect(markov?.effects.map(({ value }) => value)).toEqual(['spring']);
  });

  it('stay with whom a frozen run saw them, although their session turned out to be somebody else’s', async () => {
    const tenant = await createTenant(database);
    const browser = [{ type: 'cookie', value: 'browser' }];
    const view = { sessionId: 's', url: '/prices', occurredAt: at(20), customerIdentifiers: browser };
    await tenant.run((ctx) => ingestPageView(ctx, view));
    const sale = saleInput('c', 10, 'p', '10.00', { customerIdentifiers: browser });
    const { customerId } = await tenant.run((ctx) => ingestConversion(ctx, sale));
    const runId = await runModels(tenant, ['LINEAR'], { touchEventTypes: ['page_view'] });
    const before = await storedCredits(database, runId);
    expect(before).toHaveLength(1);

    const named = { type: 'login', sessionId: 's', customerIdentifiers: [{ type: 'external_id', value: 'someone' }] };
    await tenant.run((ctx) => ingestEvent(ctx, { ...named, occurredAt: at(5) }));
    const [owner] = await database.owner<{ customer_id: string }[]>`
      select customer_id from website_page_views where organization_id = ${tenant.organizationId}`;
    expect(owner?.customer_id).not.toBe(customerId);
    await executeToEnd(tenant, runId);
    expect(await storedCredits(database, runId)).toEqual(before);
  });
});
