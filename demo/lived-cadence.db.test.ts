import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ingestConversion } from '../services/data/index.ts';
import { makeReport } from '../services/insight/analytics/report.ts';
import {
  attendEnrollment,
  createStepMessenger,
  listCadences,
  listEnrollments,
} from '../services/outreach/cadences/index.ts';
import { checkDomain, createSender } from '../services/outreach/index.ts';
import { OUTREACH_REACTIONS } from '../services/outreach/reactions.ts';
import { publish } from '../test/analytics/arrange.ts';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../test/database.ts';
import { testMailing } from '../test/http/harness.ts';
import { testOutreachOf } from '../test/outreach.ts';
import { runAllReactions } from '../test/reactions.ts';
import { anchorOf, demoFacts } from './facts.ts';
import { becomeCustomers, lateBuyersOf } from './late-buyers.ts';
import { beginOf, buildLivedCadence, PEOPLE } from './lived-cadence.ts';
import { NORTHWIND } from './northwind.ts';
import { prospectRowsOf, storeProspectRows } from './prospects.ts';

const DAY_MS = 86_400_000;
const NOW = new Date('2026-11-21T18:00:00Z');
const ANCHOR = anchorOf(NOW);
const TOOLS = testOutreachOf(testMailing);
const DIMENSIONS = ['cadence', 'step', 'template', 'variant', 'sender'] as const;

let database: TestDatabase;
let tenant: TestTenant;
beforeAll(async () => {
  database = await createTestDatabase();
  tenant = await createTenant(database);
});
afterAll(() => database?.drop());

const day = (daysBefore: number) => new Date(ANCHOR.getTime() - daysBefore * DAY_MS).toISOString().slice(0, 10);

describe('the cadence of the demo that is over', () => {
  it('is credited by cadence, step, template, variant and sender once its touches are made, and nothing of it goes on', async () => {
    const run: TestTenant['run'] = (work, now = NOW) => tenant.run(work, now);
    const checked = await checkDomain(TOOLS, 'acme.example');
    const sender = { name: 'Ada', email: 'ada@acme.example', postalAddress: '1 Main Street', tools: TOOLS, checked };
    await run((ctx) => createSender(ctx, sender));
    const buyers = lateBuyersOf(NORTHWIND, ANCHOR);
    const rows = prospectRowsOf(NORTHWIND, [], buyers).filter(({ email }) => buyers.has(email ?? ''));
    const plain = rows.map(({ custom: _, ...row }) => row);
    const prospects = await run((ctx) => storeProspectRows(ctx, plain));
    const orders = demoFacts(NORTHWIND, ANCHOR).conversions.filter(({ customerIdentifiers }) =>
      customerIdentifiers.some(({ value }) => buyers.has(value)),
    );
    await run((ctx) => ingestConversion.group(ctx, orders));
    await buildLivedCadence(database, TOOLS, { ...tenant.scope, now: NOW }, { anchor: ANCHOR, prospects });
    await becomeCustomers(run, buyers, prospects);

    const [cadence] = (await run((ctx) => listCadences(ctx, { page: 1, limit: 5 }))).items;
    const { items } = await run((ctx) => listEnrollments(ctx, { id: cadence!.id, page: 1, limit: 50 }));
    expect(items).toHaveLength(PEOPLE);
    const firstOrder = Math.min(...[...buyers.values()].map((at) => at.getTime()));
    for (const { id, status, stepsDone, endedAt } of items) {
      expect([status, stepsDone]).toEqual(['completed', 2]);
      expect(endedAt!.getTime()).toBeLessThan(firstOrder);
      const look = await run((ctx) => attendEnrollment(ctx, createStepMessenger(TOOLS), id));
      expect(look).toEqual({ status: 'ended', reason: 'completed' });
    }
    const commands = await database.owner`
      select kind, count(*)::int as count from process_commands
      where organization_id = ${tenant.organizationId} and process = 'enrollment' group by 1`;
    expect(commands.map(({ kind, count }) => [kind, count])).toEqual([['start', PEOPLE]]);
    const sends = await database.owner`
      select transport, count(*)::int as count from sends
      where organization_id = ${tenant.organizationId} and state = 'accepted' group by 1`;
    expect(sends.map(({ transport, count }) => [transport, count])).toEqual([['outbox', 2 * PEOPLE]]);
    expect(await database.owner`select from sends where settled_at is null`).toHaveLength(0);
    expect(
      await database.owner`select from prospects where organization_id = ${tenant.organizationId} and status <> 'customer'`,
    ).toHaveLength(0);

    await runAllReactions(database, OUTREACH_REACTIONS, NOW);
    const config = { timeWindowHours: 720, startDate: day(30), endDate: day(0) };
    const { runId } = await publish(tenant, ['LINEAR'], config);
    const asked = { runId, startDate: config.startDate, endDate: config.endDate, timezone: 'UTC' };
    for (const dimension of DIMENSIONS) {
      const shape = {
        metrics: ['attributed_revenue', 'total_interactions'],
        dimensions: [dimension],
        granularity: null,
        lenient: false,
      };
      const report = await run((ctx) => makeReport(ctx, { ...asked, limit: 20 }, shape));
      const credited = report.rows.filter(({ keys }) => keys[dimension] !== null);
      expect(credited.length, dimension).toBeGreaterThan(0);
      for (const { figures, byCurrency } of credited) {
        const sums = byCurrency.length > 0 ? byCurrency.map((one) => one.figures) : [figures];
        for (const { attributed_revenue: revenue } of sums) expect(revenue, dimension).toBeGreaterThan(0);
      }
    }
  }, 60_000);

  it('begins on a working day, and has people to tell of, whatever the day of the first start', () => {
    for (let days = 0; days < 7; days++) {
      const anchor = new Date(ANCHOR.getTime() + days * DAY_MS);
      expect(beginOf(anchor).getUTCDay() % 6).not.toBe(0);
      expect(lateBuyersOf(NORTHWIND, anchor).size).toBeGreaterThan(2 * PEOPLE);
    }
  });
});
