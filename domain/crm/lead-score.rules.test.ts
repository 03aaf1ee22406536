import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_MODEL, gradeOf, type LeadFacts, SCORE_FACTOR_NAMES, scoreLead } from './lead-score.rules.ts';
import { PURCHASE_SIGN_NAMES, type PurchaseSample, type PurchaseSign, purchaseOdds } from './purchase-odds.rules.ts';

const NOTHING: LeadFacts = {
  title: null,
  industry: null,
  employees: null,
  revenue: null,
  technologies: [],
  intentScore: null,
  pageViews60: 0,
  contentEvents60: 0,
  emailSignals60: 0,
  incoming180: 0,
  outgoing180: 0,
  daysSinceInteraction: null,
  activeDays30: 0,
  purchaseProbability: null,
  lifecycleStage: null,
  isTarget: null,
  openDeals: 0,
};
const EVERYTHING: LeadFacts = {
  title: 'CTO',
  industry: 'Software',
  employees: 10_000,
  revenue: 1e9,
  technologies: ['Salesforce', 'Twilio', 'Postgres'],
  intentScore: 100,
  pageViews60: 500,
  contentEvents60: 50,
  emailSignals60: 9,
  incoming180: 90,
  outgoing180: 0,
  daysSinceInteraction: 0,
  activeDays30: 30,
  purchaseProbability: 1,
  lifecycleStage: 'Opportunity',
  isTarget: true,
  openDeals: 3,
};
const count = fc.nat(1_000);
const facts: fc.Arbitrary<LeadFacts> = fc.record({
  title: fc.option(fc.constantFrom('CTO', 'VP Sales', 'Head of Support', 'Clerk')),
  industry: fc.option(fc.constantFrom('Software', 'Retail')),
  employees: fc.option(count),
  revenue: fc.option(fc.nat()),
  technologies: fc.array(fc.constantFrom('Twilio', 'Salesforce'), { maxLength: 2 }),
  intentScore: fc.option(fc.double({ min: 0, max: 100, noNaN: true })),
  pageViews60: count,
  contentEvents60: count,
  emailSignals60: count,
  incoming180: count,
  outgoing180: count,
  daysSinceInteraction: fc.option(fc.nat(180)),
  activeDays30: fc.nat(31),
  purchaseProbability: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
  lifecycleStage: fc.option(fc.constantFrom('MQL', 'SQL', 'Opportunity', 'Customer')),
  isTarget: fc.option(fc.boolean()),
  openDeals: fc.nat(5),
});
const weights = fc
  .dictionary(fc.constantFrom(...SCORE_FACTOR_NAMES), fc.integer({ min: 0, max: 50 }))
  .filter((given) => Object.values(given).some((weight) => weight > 0));

describe('a lead score', () => {
  it('lies between 0 and 100 and is the sum of its factors, whatever the model weighs', () => {
    fc.assert(
      fc.property(facts, weights, (given, chosen) => {
        const { score, factors, coverage } = scoreLead(given, { weights: chosen, profile: {}, thresholds: {} });
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(100.05);
        expect(factors.reduce((sum, { points }) => sum + points, 0)).toBeCloseTo(score, 1);
        expect(factors.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 2);
        expect(coverage).toBeLessThanOrEqual(1.001);
        for (const { value } of factors) expect(value === null || (value >= 0 && value <= 100)).toBe(true);
      }),
    );
  });

  it('does not change when all weights are multiplied, and never falls with more interest', () => {
    fc.assert(
      fc.property(facts, weights, (given, chosen) => {
        const score = (of: LeadFacts, by: typeof chosen) =>
          scoreLead(of, { weights: by, profile: {}, thresholds: {} }).score;
        const doubled = Object.fromEntries(Object.entries(chosen).map(([name, weight]) => [name, weight * 2]));
        expect(score(given, doubled)).toBe(score(given, chosen));
        const keener = { ...given, intentScore: 100, activeDays30: 31, incoming180: given.incoming180 + 5 };
        expect(score(keener, chosen)).toBeGreaterThanOrEqual(score(given, chosen) - 0.05);
      }),
    );
  });

  it('is nothing for somebody unknown, and names what is unknown', () => {
    const nothing = scoreLead(NOTHING, DEFAULT_MODEL);
    expect([nothing.score, nothing.grade, nothing.coverage]).toEqual([0, 'D', 0.55]);
    const everything = scoreLead(EVERYTHING, DEFAULT_MODEL);
    expect(everything.coverage).toBe(1);
    expect(everything.score).toBeGreaterThan(90);
    expect(everything.grade).toBe('A');
  });

  it('follows the profile: titles, industries, technologies, sizes', () => {
    const model = (profile: object) => ({ weights: { demographic: 1 }, profile, thresholds: {} });
    const lead = { ...NOTHING, title: 'Clerk', industry: 'Retail', employees: 50 };
    expect(scoreLead(lead, model({})).score).toBe(32);
    expect(scoreLead(lead, model({ titles: ['clerk'], industries: ['retail'], minEmployees: 10 })).score).toBe(100);
    expect(scoreLead(lead, model({ titles: ['CTO'], industries: ['Software'], minEmployees: 100 })).score).toBe(11);
    const stack = { ...NOTHING, technologies: ['Twilio Flex'] };
    const wanted = { weights: { technographic: 1 }, profile: { technologies: ['twilio', 'aws'] }, thresholds: {} };
    expect(scoreLead(stack, wanted).score).toBe(50);
    expect([80, 79, 39].map((score) => gradeOf(score, {}))).toEqual(['A', 'B', 'D']);
    expect(gradeOf(70, { a: 70 })).toBe('A');
  });
});

describe('the odds of a purchase', () => {
  const sampleOf = (buyers: number, others: number, ofBuyers: number, ofOthers: number): PurchaseSample => ({
    buyers,
    others,
    signs: Object.fromEntries(
      PURCHASE_SIGN_NAMES.map((sign) => [sign, { buyers: ofBuyers, others: ofOthers }]),
    ) as PurchaseSample['signs'],
  });
  const all = (shown: boolean) =>
    Object.fromEntries(PURCHASE_SIGN_NAMES.map((sign) => [sign, shown])) as Record<PurchaseSign, boolean>;

  it('are the base rate where signs tell nothing, and move with what buyers showed', () => {
    const flat = purchaseOdds(sampleOf(500, 500, 250, 250), all(true));
    expect(flat.probability).toBeCloseTo(flat.baseRate, 3);
    const telling = sampleOf(500, 500, 400, 100);
    expect(purchaseOdds(telling, all(true)).probability).toBe(0.99);
    expect(purchaseOdds(telling, all(false)).probability).toBe(0.01);
    const { evidence } = purchaseOdds(telling, { ...all(false), returned: true });
    expect(evidence.find(({ sign }) => sign === 'returned')).toMatchObject({ shown: true, ofBuyers: 0.7988 });
  });

  it('stay low where hardly anybody is known, whatever they show', () => {
    expect(purchaseOdds(sampleOf(0, 0, 0, 0), all(true)).probability).toBeLessThan(0.06);
  });
});
