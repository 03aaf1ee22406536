import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProspect } from '../services/crm/index.ts';
import {
  reportChannels,
  reportEmails,
  reportResponseTimes,
  reportSendTimes,
  reportTemplates,
} from '../services/outreach/analytics/index.ts';
import { listBounces, listInboundMessages, listUnsubscribes } from '../services/outreach/index.ts';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../test/database.ts';
import { testMailing } from '../test/http/harness.ts';
import { testOutreachOf } from '../test/outreach.ts';
import { buildMailings } from './mailings.ts';

let database: TestDatabase;
let tenant: TestTenant;
beforeAll(async () => {
  database = await createTestDatabase();
  tenant = await createTenant(database);
});
afterAll(() => database?.drop());

describe('the mailings of the demo', () => {
  it('have left and been answered two weeks ago, so that every report on messages has something to show', async () => {
    const now = new Date('2026-11-21T18:00:00Z');
    await tenant.run(async (ctx) => {
      for (let index = 0; index < 28; index++) {
        const phone = `+141555501${String(index).padStart(2, '0')}`;
        await createProspect(ctx, { email: `p${index}@company.example`, phone, status: 'engaged' });
      }
    }, now);
    await buildMailings(database, { ...testOutreachOf(testMailing), allowUnverified: true }, { ...tenant.scope, now });
    const read: TestTenant['run'] = (work) => tenant.run(work, now);
    const emails = await read((ctx) => reportEmails(ctx, {}));
    expect(emails).toMatchObject({ sent: 28, replied: 7, bounced: 2, suppressed: 0, failed: 0, unsubscribed: 1 });
    expect(emails.opened).toBeGreaterThan(12);
    expect(emails.clicked).toBeGreaterThan(3);
    const reports = await read((ctx) =>
      Promise.all([reportTemplates, reportSendTimes, reportResponseTimes].map((report) => report(ctx, {}))),
    );
    for (const report of reports) expect(report.rows).not.toEqual([]);
    const { rows } = await read((ctx) => reportChannels(ctx, {}));
    expect(rows.filter(({ touches }) => touches === 0).map(({ channel }) => channel)).toEqual(['call']);
    const page = { page: 1, limit: 50 };
    expect((await read((ctx) => listInboundMessages(ctx, page))).total).toBe(7);
    expect((await read((ctx) => listBounces(ctx, page))).total).toBe(2);
    expect((await read((ctx) => listUnsubscribes(ctx, page))).total).toBe(1);
    const open = await database.owner`select from sends where settled_at is null`;
    expect(open).toHaveLength(0);
  });
});
