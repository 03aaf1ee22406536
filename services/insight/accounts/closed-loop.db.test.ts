import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runModels } from '../../../test/attribution/execute.ts';
import { createTenant, createTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { runAllReactions } from '../../../test/reactions.ts';
import { addDealContact, createAccount, createDeal, createProspect, logCall, moveDealStage } from '../../crm/index.ts';
import { CRM_REACTIONS } from '../../crm/reactions.ts';
import { ingestInteraction } from '../../data/index.ts';
import { listResults } from '../attribution/list-results.ts';
import { readAccountRevenue } from './account-revenue.ts';

const NOW = new Date('2026-06-30T12:00:00Z');
const hoursAgo = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000);

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

describe('the loop from a call to attributed revenue', () => {
  it('credits the touches of everybody at the account with a won deal, to the cent, and takes it back when it is reopened', async () => {
    const tenant = await createTenant(database);
    const { dealId, accountId } = await tenant.run(async (ctx) => {
      const account = await createAccount(ctx, { name: 'Globex', domain: 'globex.example' });
      const boss = await createProspect(ctx, { email: 'boss@globex.example' });
      const colleague = await createProspect(ctx, { email: 'colleague@globex.example' });
      const stranger = await createProspect(ctx, { email: 'other@elsewhere.example' });
      for (const [prospectId, hours] of [
        [boss.id, 30],
        [colleague.id, 20],
        [stranger.id, 10],
      ] as const) {
        await logCall(ctx, { prospectId, occurredAt: hoursAgo(hours), durationSeconds: 60, disposition: 'answered' });
      }
      await ingestInteraction(ctx, {
        externalInteractionId: 'web-1',
        channel: 'web',
        startedAt: hoursAgo(5),
        customerIdentifiers: [{ type: 'email', value: 'boss@globex.example' }],
      });
      const deal = await createDeal(ctx, { name: 'Seats', amount: '100.00', accountId: account.id });
      await addDealContact(ctx, { id: deal.id, prospectId: boss.id, role: 'decision_maker' });
      return { dealId: deal.id, accountId: account.id };
    });
    const react = () => runAllReactions(database, CRM_REACTIONS);
    await react();
    await tenant.run((ctx) => moveDealStage(ctx, { id: dealId, stage: 'closed_won' }));
    await react();

    const run = () => runModels(tenant, ['LINEAR'], { timeWindowHours: 168 });
    const first = await run();
    const [conversion] = await database.owner`select id from conversions where external_id = ${`b:deals:${dealId}`}`;
    const credits = await tenant.run((ctx) =>
      listResults(ctx, { runId: first, conversionId: conversion!.id, page: 1, limit: 50 }),
    );
    // Two calls at the account and a visit of its website; the stranger's call is not part of it.
    const cents = credits.items.map(({ attributedAmount }) => Math.round(Number(attributedAmount) * 100)).sort();
    expect(cents).toEqual([3333, 3333, 3334]);
    const revenue = () => tenant.run((ctx) => readAccountRevenue(ctx, { id: accountId }));
    expect((await revenue()).byCurrency).toMatchObject([{ currency: 'USD', won: 100, wonDeals: 1, attributed: 100 }]);

    await tenant.run(
      (ctx) => moveDealStage(ctx, { id: dealId, stage: 'negotiation' }),
      new Date(NOW.getTime() + 1_000),
    );
    await react();
    await run();
    expect((await revenue()).byCurrency).toMatchObject([{ currency: 'USD', won: 0, openDeals: 1, attributed: 0 }]);
  });
});
