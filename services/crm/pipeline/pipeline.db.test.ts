import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEAL_STAGES, type DealStage, isOpen, STAGE_PROBABILITY } from '../../../domain/crm/deal.rules.ts';
import { createTenant, createTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { createAccount } from '../accounts/change-account.ts';
import { createDeal } from '../deals/create-deal.ts';
import { addDealContact } from '../deals/deal-contacts.ts';
import { updateDeal } from '../deals/update-deal.ts';
import { createProspect } from '../prospects/create-prospect.ts';
import { readForecast } from './forecast.query.ts';
import { analyzeDeal, listPipelineHealth, readDealHealth, refreshPipelineHealth } from './health.ts';
import { readForecastAccuracy, takeForecastSnapshot } from './snapshots.ts';
import { readWinLoss } from './win-loss.query.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

const at = (day: string, hour = 12) => new Date(`${day}T${String(hour).padStart(2, '0')}:00:00Z`);
describe('the forecast', () => {
  it('counts open deals by close date and won ones by the day they were won, in the fiscal quarter', async () => {
    const tenant = await createTenant(database);
    await database.owner`update organizations set fiscal_year_start = 2 where id = ${tenant.organizationId}`;
    await tenant.run(async (ctx) => {
      const make = (name: string, amount: string, closeDate: string, probability: number, currency = 'USD') =>
        createDeal(ctx, { name, amount, closeDate, probability, currency });
      await make('pipeline', '1000', '2026-05-01', 10);
      await make('best', '100.50', '2026-07-31', 50);
      await make('commit', '10', '2026-06-15', 80);
      await make('sure', '1', '2026-06-15', 95);
      await make('euro', '7', '2026-06-15', 50, 'EUR');
      await make('next quarter', '5000', '2026-08-01', 50);
      await make('before', '5000', '2026-04-30', 50);
      await createDeal(ctx, { name: 'won', amount: '3', stage: 'closed_won', closeDate: '2026-12-31' });
      await createDeal(ctx, { name: 'lost', amount: '9', stage: 'closed_lost', closeDate: '2026-06-15' });
    });
    const forecast = await tenant.run((ctx) => readForecast(ctx, { period: 'quarter' }));
    expect([forecast.startDate, forecast.endDate]).toEqual(['2026-05-01', '2026-07-31']);
    const [euro, dollar] = forecast.currencies;
    expect(euro).toMatchObject({ currency: 'EUR', projected: '3.5', bestCase: '7' });
    expect(dollar!.categories.map(({ category, deals, amount }) => [category, deals, amount])).toEqual([
      ['pipeline', 1, '1000'],
      ['best_case', 1, '100.5'],
      ['commit', 1, '10'],
      ['closed', 2, '4'],
    ]);
    // 100 + 50.25 + 8 + 0.95 + 3
    expect(dollar).toMatchObject({ projected: '162.2', commit: '14', bestCase: '114.5' });
    const year = await tenant.run((ctx) => readForecast(ctx, { period: 'year', date: '2026-01-31' }));
    expect([year.startDate, year.endDate]).toEqual(['2025-02-01', '2026-01-31']);
  });

  it('is judged afterwards by its first snapshot, which is kept once a day', async () => {
    const tenant = await createTenant(database);
    const open = await tenant.run(
      (ctx) => createDeal(ctx, { name: 'a', amount: '200', probability: 50, closeDate: '2026-05-20' }),
      at('2026-05-01'),
    );
    const snapshot = (day: string) => tenant.run(takeForecastSnapshot, at(day));
    expect(await snapshot('2026-05-02')).toBe(3);
    expect(await snapshot('2026-05-02')).toBe(0);
    await tenant.run(
      (ctx) => updateDeal(ctx, { id: open.id, changes: { amount: '80', stage: 'closed_won' } }),
      at('2026-05-10'),
    );
    await snapshot('2026-05-11');
    const { periods } = await tenant.run(
      (ctx) => readForecastAccuracy(ctx, { period: 'month', periods: 3 }),
      at('2026-06-30'),
    );
    expect(periods).toEqual([
      {
        periodStart: '2026-05-01',
        currency: 'USD',
        forecastOn: '2026-05-02',
        projected: '100',
        commit: '0',
        actual: '80',
        error: 0.25,
        commitError: -1,
      },
    ]);
  });
});

describe('the health of a deal', () => {
  it('names what speaks against it with its evidence, and improves when that is put right', async () => {
    const tenant = await createTenant(database);
    const { id } = await tenant.run(
      (ctx) => createDeal(ctx, { name: 'Stuck', amount: '1000', stage: 'proposal', closeDate: '2026-06-20' }),
      at('2026-04-01'),
    );
    const judged = await tenant.run((ctx) => readDealHealth(ctx, { id }));
    expect(judged.riskFactors.map(({ factor }) => factor)).toEqual([
      'close_date_passed',
      'silent',
      'stalled',
      'no_contacts',
    ]);
    expect(judged).toMatchObject({ riskScore: 90, riskLevel: 'high' });
    expect(judged.riskFactors[0]!.evidence).toEqual({ closeDate: '2026-06-20', daysPast: 10 });
    await tenant.run(async (ctx) => {
      const { id: boss } = await createProspect(ctx, { firstName: 'Boss' });
      const { id: user } = await createProspect(ctx, { firstName: 'User' });
      await addDealContact(ctx, { id, prospectId: boss, role: 'decision_maker' });
      await addDealContact(ctx, { id, prospectId: user });
      await updateDeal(ctx, { id, changes: { closeDate: '2026-08-01', stage: 'negotiation' } });
    });
    const stored = await tenant.run((ctx) => analyzeDeal(ctx, { id }));
    expect(stored).toMatchObject({ riskScore: 25, aiAnalysis: { model: 'rules', riskLevel: 'low' } });
  });

  it('learns how long deals usually stay from the deals of the organization itself', async () => {
    const tenant = await createTenant(database);
    for (let n = 0; n < 12; n++) {
      const { id } = await tenant.run((ctx) => createDeal(ctx, { name: `quick ${n}` }), at('2026-06-01'));
      await tenant.run((ctx) => updateDeal(ctx, { id, changes: { stage: 'closed_lost' } }), at('2026-06-03'));
    }
    const { id } = await tenant.run((ctx) => createDeal(ctx, { name: 'slow' }), at('2026-06-25'));
    const { riskFactors } = await tenant.run((ctx) => readDealHealth(ctx, { id }));
    const stalled = riskFactors.find(({ factor }) => factor === 'stalled')!;
    expect(stalled.evidence).toMatchObject({ usualDays: 2, daysInStage: 5 });
  });

  it('is told once when it turns bad, and anew only after it has recovered', async () => {
    const tenant = await createTenant(database);
    const { id } = await tenant.run(
      (ctx) => createDeal(ctx, { name: 'Bad', stage: 'proposal', closeDate: '2026-05-01' }),
      at('2026-03-01'),
    );
    const refresh = (day: string) => tenant.run(refreshPipelineHealth, at(day));
    expect([await refresh('2026-06-30'), await refresh('2026-06-30'), await refresh('2026-07-01')]).toEqual([1, 0, 0]);
    await tenant.run(
      (ctx) => updateDeal(ctx, { id, changes: { closeDate: '2026-09-01', stage: 'negotiation' } }),
      at('2026-07-01'),
    );
    expect(await refresh('2026-07-01')).toBe(0);
    expect(await refresh('2026-12-01')).toBe(1);
  });

  it('is judged for open deals of the own organization only', async () => {
    const [own, other] = [await createTenant(database), await createTenant(database)];
    await other.run((ctx) => createDeal(ctx, { name: 'hidden' }));
    const open = await own.run((ctx) => createDeal(ctx, { name: 'open' }));
    const won = await own.run((ctx) => createDeal(ctx, { name: 'won', stage: 'closed_won' }));
    const list = await own.run((ctx) => listPipelineHealth(ctx, { page: 1, limit: 10 }));
    expect(list.items.map((entry) => entry.dealId)).toEqual([open.id]);
    await expect(own.run((ctx) => readDealHealth(ctx, { id: won.id }))).rejects.toMatchObject({ code: 'DEAL_CLOSED' });
  });
});

describe('win and loss', () => {
  it('are counted by the day of the decision, with reasons, cycle and the stage they were decided from', async () => {
    const tenant = await createTenant(database);
    const decide = async (stage: DealStage, from: DealStage, reason: string, amount: string) => {
      const { id } = await tenant.run(
        (ctx) => createDeal(ctx, { name: reason, amount, stage: from }),
        at('2026-05-01'),
      );
      await tenant.run((ctx) => updateDeal(ctx, { id, changes: { stage, winLossReason: reason } }), at('2026-05-11'));
    };
    await decide('closed_won', 'negotiation', 'quality', '100');
    await decide('closed_won', 'proposal', 'quality', '50');
    await decide('closed_lost', 'proposal', 'price', '70');
    const input = { startDate: '2026-05-11', endDate: '2026-05-11', groupBy: 'stage' as const };
    const { total, groups, reasons } = await tenant.run((ctx) => readWinLoss(ctx, input));
    expect(total).toMatchObject({ won: 2, lost: 1, winRate: 0.6667, cycleDaysWon: 10, cycleDaysLost: 10 });
    expect(total.amounts).toEqual([{ currency: 'USD', won: '150', lost: '70', averageWon: '75' }]);
    expect(groups.map(({ key, won, lost }) => [key, won, lost])).toEqual([
      ['proposal', 1, 1],
      ['negotiation', 1, 0],
    ]);
    expect(reasons.map(({ key, won, lost }) => [key, won, lost])).toEqual([
      ['quality', 2, 0],
      ['price', 0, 1],
    ]);
    const before = await tenant.run((ctx) => readWinLoss(ctx, { startDate: '2026-05-01', endDate: '2026-05-10' }));
    expect(before.total).toMatchObject({ won: 0, lost: 0, winRate: null });
  });
});

describe('stages', () => {
  it('bring their probability, and the stored category follows it', async () => {
    const tenant = await createTenant(database);
    const account = await tenant.run((ctx) => createAccount(ctx, { name: 'A' }));
    const seen = await tenant.run(async (ctx) => {
      const all = [];
      for (const stage of DEAL_STAGES) {
        const deal = await createDeal(ctx, { name: stage, stage, accountId: account.id });
        all.push([deal.stage, deal.probability, deal.forecastCategory, deal.closedAt === null]);
      }
      return all;
    });
    const categories = ['pipeline', 'best_case', 'best_case', 'commit', 'closed', null];
    expect(seen).toEqual(
      DEAL_STAGES.map((stage, index) => [stage, STAGE_PROBABILITY[stage], categories[index], isOpen(stage)]),
    );
  });
});
