import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { currencyExponent } from '../../../domain/data/money.rules.ts';
import { MODEL_CODES } from '../../../domain/insight/attribution.rules.ts';
import { DIMENSIONS, type Dimension } from '../../../domain/insight/metrics.rules.ts';
import type { Granularity } from '../../../domain/insight/period.rules.ts';
import { arrangeFacts, publish, summarize } from '../../../test/analytics/arrange.ts';
import { type NaiveFacts, naiveMetrics, readNaiveFacts } from '../../../test/analytics/naive.ts';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../../test/database.ts';
import { putExchangeRates } from '../index.ts';
import { allMetrics, dimensionsOf } from './registry.ts';
import { makeReport, type ReportInput } from './report.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

const MODEL = 'TIME_DECAY';
/** Around the days on which clocks change in Berlin, New York and Lord Howe (half an hour). */
const ARRANGED = { modelCosts: true, people: 60, from: new Date('2026-03-01T00:00:00Z'), days: 50 };
const RATES = [
  { fromCurrency: 'EUR', toCurrency: 'USD', effectiveOn: '2026-02-01', rate: '1.1' },
  { fromCurrency: 'EUR', toCurrency: 'USD', effectiveOn: '2026-03-20', rate: '1.234567' },
  { fromCurrency: 'USD', toCurrency: 'JPY', effectiveOn: '2026-01-01', rate: '150' },
  { fromCurrency: 'BHD', toCurrency: 'USD', effectiveOn: '2026-01-01', rate: '2.65' },
];

interface Arranged {
  tenant: TestTenant;
  step: { runId: string; generation: number };
  facts: NaiveFacts;
}

async function arrange(seed: number, currencies: string[]): Promise<Arranged> {
  const tenant = await createTenant(database);
  await arrangeFacts(database, tenant, { ...ARRANGED, seed, currencies });
  await tenant.run((ctx) => putExchangeRates(ctx, { rates: RATES }));
  const step = await publish(tenant);
  await refundCredits(tenant, step);
  return { tenant, step, facts: await readNaiveFacts(database, tenant.organizationId, step.runId, MODEL) };
}

/** Credits of refunds, where the run itself has none: the original's with their signs turned, one of them rounded away. */
async function refundCredits(tenant: TestTenant, { runId, generation }: Arranged['step']): Promise<void> {
  await database.owner`
    insert into attribution_credits
    select (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), 'conversion_id', c.id,
      'converted_at', c.occurred_at, ${`amount_${MODEL.toLowerCase()}`}::text,
      case when r.primary_models & ${1 << MODEL_CODES.indexOf(MODEL)}::integer <> 0 then -1 else 0 end))).*
    from conversions c join attribution_credits r on r.organization_id = c.organization_id and r.conversion_id = c.refund_of
    where c.organization_id = ${tenant.organizationId} and r.run_id = ${runId} and r.generation = ${generation}
      and not exists (select from attribution_credits x where x.run_id = ${runId} and x.conversion_id = c.id)`;
}

const ALL = () => allMetrics().map(({ code }) => code);

const report = (
  { tenant, step }: Arranged,
  input: ReportInput,
  dimensions: Dimension[],
  granularity: Granularity | null,
) =>
  tenant.run((ctx) =>
    makeReport(
      ctx,
      { runId: step.runId, startDate: '2026-03-03', endDate: '2026-04-12', limit: 200, ...input },
      { metrics: ALL(), dimensions, granularity, lenient: true },
    ),
  );

/** Every figure of every row against the loops. */
function expectAgreement(
  made: Awaited<ReturnType<typeof report>>,
  facts: NaiveFacts,
  filters: Record<string, string[]> = {},
) {
  const { dimensions, granularity, money } = made;
  const question = {
    from: made.period.startDate,
    to: made.period.endDate,
    timeZone: made.period.timezone,
    currency: money.currency,
    dimensions,
    granularity,
    filters,
  };
  const scale = 10 ** currencyExponent(money.currency);
  const cut = [...dimensions, ...(Object.keys(filters) as Dimension[])];
  const rows = [...made.rows, ...(made.unassigned ? [made.unassigned] : []), made.totals];
  for (const row of rows) {
    const place =
      row === made.totals
        ? ('whole' as const)
        : { keys: dimensions.map((dimension) => row.keys[dimension] ?? null), bucket: row.period };
    const naive = naiveMetrics(facts, question, place);
    const { revenueMinor: revenue, touchCostMinor, modelCostMinor, spendMinor, ...plain } = naive;
    const cost = touchCostMinor + modelCostMinor + spendMinor;
    const weight = plain.attributed_conversions;
    const divided = (a: number, b: number) => (b === 0 ? null : a / b);
    const expected: Record<string, number | null> = {
      ...plain,
      attributed_revenue: revenue / scale,
      interaction_cost: touchCostMinor / scale,
      model_cost: modelCostMinor / scale,
      spend: spendMinor / scale,
      cost: cost / scale,
      avg_deal_size: divided(revenue / scale, weight),
      cpa: divided(cost / scale, weight),
      roi: divided(revenue - cost, cost),
      roas: divided(revenue, cost),
      revenue_per_interaction: divided(revenue / scale, plain.total_interactions),
    };
    for (const [code, value] of Object.entries(expected)) {
      const metric = allMetrics().find((one) => one.code === code)!;
      const possible = cut.every((dimension) => dimensionsOf(metric).includes(dimension));
      const shown = row.figures[code] ?? null;
      const where = `${code} of ${JSON.stringify(place)} in ${made.period.timezone}`;
      if (!possible || value === null) {
        expect([where, shown]).toEqual([where, null]);
        continue;
      }
      // Money is rounded once, to the smallest unit; quotients to six places.
      const tolerance = metric.unit === 'money' ? 0.501 / scale : 2e-6 + Math.abs(value) * 1e-7;
      expect([where, shown === null ? null : Math.abs(shown - value) <= tolerance, shown, value]).toEqual([
        where,
        true,
        shown,
        value,
      ]);
    }
  }
  return rows.length;
}

const ZONES = ['Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'UTC'];

describe('every metric', () => {
  it('agrees with loops over all rows, by each dimension and calendar unit, from rows and from summaries', async () => {
    for (const [seed, currencies] of [
      [1, ['USD']],
      [2, ['USD', 'EUR', 'JPY', 'BHD']],
    ] as const) {
      const arranged = await arrange(seed, [...currencies]);
      const { facts } = arranged;
      expect(facts.credits.length).toBeGreaterThan(50);
      expect(facts.credits.some(({ refund }) => refund)).toBe(true);
      for (const summarized of [false, true]) {
        if (summarized) expect(await summarize(arranged.tenant, arranged.step)).toBe(2);
        for (const [index, dimension] of DIMENSIONS.entries()) {
          const timezone = ZONES[index % ZONES.length]!;
          expectAgreement(await report(arranged, { timezone }, [dimension], null), facts);
        }
        for (const timezone of ZONES) {
          for (const granularity of ['day', 'week', 'month'] as const) {
            expectAgreement(await report(arranged, { timezone }, [], granularity), facts);
          }
        }
        expectAgreement(await report(arranged, { timezone: 'Europe/Berlin' }, ['channel'], 'week'), facts);
        expectAgreement(await report(arranged, {}, ['agent', 'channel'], null), facts);
      }
    }
  }, 120_000);

  it('agrees with them under filters, also of another dimension than it is cut by', async () => {
    const arranged = await arrange(3, ['USD']);
    const { facts } = arranged;
    await summarize(arranged.tenant, arranged.step);
    const idOf = (dimension: string) =>
      facts.touches.flatMap(({ keys }) => keys[dimension]!).find((key) => key !== null)!;
    const filters: [Record<string, string[]>, ReportInput][] = [
      [{ channel: ['call', 'email'] }, { channel: ['call', 'email'] }],
      [{ agent: [idOf('agent')] }, { agentId: [idOf('agent')] }],
      [{ team: [idOf('team')] }, { teamId: [idOf('team')] }],
      [
        { vendor: [idOf('vendor')], channel: ['call'] },
        { vendorId: [idOf('vendor')], channel: ['call'] },
      ],
      [{ campaign: ['spring'] }, { campaign: ['spring'] }],
      [
        { cadence: [idOf('cadence')], variant: ['B'] },
        { cadenceId: [idOf('cadence')], variant: ['B'] },
      ],
      [
        { intent: ['support'], source: ['news'] },
        { intent: ['support'], source: ['news'] },
      ],
    ];
    for (const [naive, input] of filters) {
      for (const dimension of ['channel', 'agent', 'team'] as const) {
        expectAgreement(await report(arranged, input, [dimension], null), facts, naive);
      }
      expectAgreement(await report(arranged, input, [], 'week'), facts, naive);
    }
  }, 120_000);
});
