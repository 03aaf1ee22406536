import type { SpendInput } from '../services/data/index.ts';
import type { ExchangeRateInput } from '../services/insight/index.ts';
import type { DemoDefinition } from './definition.ts';
import { Random } from './random.ts';

const DAY_MS = 86_400_000;
const DAYS = 90;
const SPEND_STREAM = 20;

/** What campaigns and vendors cost by day; less at weekends, never the same twice. */
export function spendOf(definition: DemoDefinition, anchor: Date): SpendInput[] {
  const random = new Random(definition.seed, SPEND_STREAM);
  const spend: SpendInput[] = [];
  for (let before = DAYS; before >= 1; before--) {
    const day = new Date(anchor.getTime() - before * DAY_MS);
    const date = day.toISOString().slice(0, 10);
    const rhythm = day.getUTCDay() % 6 === 0 ? 0.55 : 1;
    for (const { name, channel, from, to, dailySpend, currency } of definition.campaigns) {
      if (before > from || before < to) continue;
      const amountDecimal = (dailySpend * rhythm * (0.8 + random.next() * 0.4)).toFixed(2);
      spend.push({ date, channel, campaign: name, amountDecimal, currency });
    }
    for (const { code, dailyFee, costCurrency } of definition.vendors) {
      if (!dailyFee) continue;
      spend.push({
        date,
        channel: 'call',
        vendorCode: code,
        amountDecimal: dailyFee.toFixed(2),
        currency: costCurrency ?? 'USD',
      });
    }
  }
  return spend;
}

/** What a euro was worth in dollars, week by week. */
export function ratesOf(definition: DemoDefinition, anchor: Date): ExchangeRateInput[] {
  const random = new Random(definition.seed, SPEND_STREAM + 1);
  const weeks = Array.from({ length: Math.ceil(DAYS / 7) + 2 }, (_, index) => DAYS + 7 - index * 7);
  return weeks
    .filter((before) => before >= 0)
    .map((before) => ({
      fromCurrency: 'EUR',
      toCurrency: 'USD',
      effectiveOn: new Date(anchor.getTime() - before * DAY_MS).toISOString().slice(0, 10),
      rate: (1.06 + random.next() * 0.06).toFixed(4),
      source: 'Demo',
    }));
}
