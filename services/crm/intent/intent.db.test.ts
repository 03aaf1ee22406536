import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { INTENT_TIERS, scoreOf, tierOf, worthAfter } from '../../../domain/crm/intent.rules.ts';
import { arrangeCompany, DAY_MS, daysAgo, daysOn, intentOf, NOW, reactNow } from '../../../test/crm/intent.ts';
import { createTestDatabase, type TestDatabase, type TestTenant } from '../../../test/database.ts';
import { createProspect, getProspect, mergeProspects } from '../index.ts';
import {
  acknowledgeIntentAlert,
  decayBatch,
  expireSignals,
  listIntentAlerts,
  readAccountIntent,
  recordSignal,
  recordSignals,
} from './index.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());
const react = () => reactNow(database);
const arrange = () => arrangeCompany(database);
const page = { page: 1, limit: 100 };
const events = (tenant: TestTenant, type: string) => database.owner`
  select data from domain_events where organization_id = ${tenant.organizationId} and type = ${type} order by id`;

describe('the score of a person', () => {
  it('is what the pure rules say, for any signals, now and whenever the job looks later', async () => {
    const { tenant, prospectId } = await arrange();
    const signal = fc.record({
      strength: fc.integer({ min: 1, max: 100 }),
      age: fc.integer({ min: 0, max: 50 }),
      type: fc.constantFrom('website_visit', 'funding', 'news_mention', 'call_intent'),
    });
    const halfLives = { website_visit: 7, funding: 60, news_mention: 14, call_intent: 14 } as const;
    const lives = { website_visit: 60, funding: 270, news_mention: 90, call_intent: 120 } as const;
    await fc.assert(
      fc.asyncProperty(
        fc.array(signal, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 0, max: 90 }),
        async (rows, later) => {
          await database.owner`delete from intent_signals where organization_id = ${tenant.organizationId}`;
          const at = daysOn(later);
          const expected = (now: Date) =>
            scoreOf(
              rows.flatMap((row) => {
                const age = row.age + (now.getTime() - NOW.getTime()) / DAY_MS;
                const type = row.type as keyof typeof lives;
                return age >= lives[type] ? [] : [worthAfter(row.strength, halfLives[type], age)];
              }),
            );
          await tenant.run((ctx) =>
            recordSignals(
              ctx,
              rows.map((row) => ({
                type: row.type as keyof typeof lives,
                prospectId,
                strength: row.strength,
                occurredAt: daysAgo(row.age),
              })),
            ),
          );
          const now = await tenant.run((ctx) => getProspect(ctx, { id: prospectId }));
          expect(now.intentScore).toBeCloseTo(expected(NOW), 1);
          await tenant.run((ctx) => decayBatch(ctx, 'prospect', null, 100), at);
          const then = await tenant.run((ctx) => getProspect(ctx, { id: prospectId }), at);
          expect(then.intentScore).toBeCloseTo(expected(at), 1);
          expect(then.intentTier).toBe(tierOf(then.intentScore!));
          // Scores change by themselves; nobody who edits the prospect is disturbed.
          expect(then.version).toBe(1);
        },
      ),
      { numRuns: 25 },
    );
  }, 60_000);

  it('has tiers by whole numbers, in the database as in the rules', async () => {
    const scores = [0, 25, 25.49, 25.5, 50.49, 50.5, 75.49, 75.5, 100];
    const rows = await database.owner<{ tier: string }[]>`
      select intent_tier(s::numeric) as tier from unnest(${scores.map(String)}::numeric[]) with ordinality as t(s, n) order by n`;
    expect(rows.map((row) => row.tier)).toEqual(scores.map(tierOf));
    expect([...new Set(scores.map(tierOf))]).toEqual([...INTENT_TIERS]);
  });

  it('is explained by its signals: shares add up to one, the company counts half, the past gives the trend', async () => {
    const { tenant, prospectId, accountId } = await arrange();
    await tenant.run((ctx) =>
      recordSignals(ctx, [
        { type: 'website_visit', prospectId, strength: 40, occurredAt: daysAgo(7) },
        { type: 'call_intent', prospectId, strength: 50 },
        { type: 'funding', accountId, strength: 60 },
        { type: 'news_mention', prospectId, strength: 90, occurredAt: daysAgo(95) },
      ]),
    );
    const { score, scoreBefore, tier, trend, signals, history } = await intentOf(tenant, prospectId);
    expect(signals.map(({ type, level, worth }) => [type, level, worth])).toEqual([
      ['call_intent', 'prospect', 50],
      ['funding', 'account', 30],
      ['website_visit', 'prospect', 20],
    ]);
    expect(signals.reduce((sum, signal) => sum + signal.share, 0)).toBeCloseTo(1, 3);
    expect(score).toBe(72);
    expect([tier, trend]).toEqual(['hot', 'increasing']);
    // A week ago: the visit was new, and what is long over now had a little worth left.
    expect(scoreBefore).toBe(scoreOf([40, worthAfter(90, 14, 88)]));
    expect(history).toMatchObject([{ score: 72, tier: 'hot', signals: 3, reason: 'signal' }]);
    const company = await tenant.run((ctx) => readAccountIntent(ctx, { id: accountId }));
    expect(company).toMatchObject({ score: 84, tier: 'burning', prospects: [{ prospectId, name: 'Ann Bell' }] });
    expect((await events(tenant, 'intent.tier_changed')).map((row) => row.data)).toMatchObject([
      { accountId, prospectId: null, from: 'low', to: 'burning' },
      { prospectId, accountId: null, from: 'low', to: 'hot' },
    ]);
  });

  it('fades in the job, which tells of the lower tier, marks expired signals and raises nothing', async () => {
    const { tenant, prospectId } = await arrange();
    await tenant.run((ctx) => recordSignals(ctx, [{ type: 'website_visit', prospectId, strength: 80 }]));
    const look = (days: number) =>
      tenant.run(async (ctx) => {
        const expired = await expireSignals(ctx);
        return { expired, ...(await decayBatch(ctx, 'prospect', null, 10)) };
      }, daysOn(days));
    expect(await look(7)).toEqual({ expired: 0, changed: 1, last: null });
    expect(await look(7)).toEqual({ expired: 0, changed: 0, last: null });
    expect(await look(60)).toEqual({ expired: 1, changed: 1, last: null });
    expect(await look(61)).toEqual({ expired: 0, changed: 0, last: null });
    const { intentScore, intentTier } = await tenant.run((ctx) => getProspect(ctx, { id: prospectId }));
    expect([intentScore, intentTier]).toEqual([0, 'low']);
    const told = await events(tenant, 'intent.tier_changed');
    expect(told.filter((row) => row.data.prospectId).map((row) => [row.data.from, row.data.to])).toEqual([
      ['low', 'burning'],
      ['burning', 'warm'],
      ['warm', 'low'],
    ]);
    const { items } = await tenant.run((ctx) => listIntentAlerts(ctx, page));
    expect(items.map((alert) => alert.type).sort()).toEqual(['spike', 'tier_change']);
  });
});

describe('a spike', () => {
  it('is three times what is usual within a day, is told once, and is acknowledged once', async () => {
    const { tenant, prospectId } = await arrange();
    // Ten strength a day is usual here; fifty a day are not.
    const usual = Array.from({ length: 28 }, (_, day) => ({
      type: 'website_visit' as const,
      prospectId,
      strength: 10,
      occurredAt: daysAgo(day + 1.1),
    }));
    await tenant.run((ctx) => recordSignals(ctx, usual));
    const spikes = () => tenant.run((ctx) => listIntentAlerts(ctx, { ...page, type: 'spike' }));
    expect((await spikes()).total).toBe(0);
    await tenant.run((ctx) => recordSignals(ctx, [{ type: 'website_visit', prospectId, strength: 29 }]));
    expect((await spikes()).total).toBe(0);
    await tenant.run((ctx) => recordSignals(ctx, [{ type: 'website_visit', prospectId, strength: 25 }]));
    await tenant.run((ctx) => recordSignals(ctx, [{ type: 'call_intent', prospectId, strength: 70 }]));
    const { items } = await spikes();
    expect(items).toMatchObject([{ prospectId, name: 'Ann Bell', details: { recent: 54, usual: 10 } }]);
    const { id } = items[0]!;
    const done = await tenant.run((ctx) => acknowledgeIntentAlert(ctx, { id, note: 'seen' }));
    expect(done).toMatchObject({ acknowledgedAt: NOW, note: 'seen' });
    await expect(tenant.run((ctx) => acknowledgeIntentAlert(ctx, { id }))).rejects.toMatchObject({
      code: 'ALERT_ACKNOWLEDGED',
    });
  });
});

describe('a signal', () => {
  it('of one source is recorded once, also by many at once, and each row of many has its own outcome', async () => {
    const { tenant, prospectId } = await arrange();
    const one = { type: 'job_posting', prospectId, sourceKey: 'jobs:1', strength: 20 } as const;
    const settled = await Promise.allSettled([1, 2, 3, 4].map(() => tenant.run((ctx) => recordSignal(ctx, one))));
    const refused = settled.filter((result) => result.status === 'rejected');
    expect(refused.map(({ reason }) => reason.code)).toEqual(Array(3).fill('DUPLICATE_SIGNAL'));
    expect((await intentOf(tenant, prospectId)).score).toBe(20);
    const outcomes = await tenant.run((ctx) =>
      recordSignal.group(ctx, [
        one,
        { type: 'funding' },
        { type: 'funding', prospectId: tenant.organizationId },
        { type: 'news_mention', prospectId, occurredAt: daysOn(1) },
        { type: 'news_mention', prospectId, expiresAt: daysAgo(1) },
        { type: 'news_mention', prospectId },
      ]),
    );
    expect(outcomes.map((outcome) => (outcome.ok ? outcome.value.strength : outcome.error.code))).toEqual([
      'DUPLICATE_SIGNAL',
      ...Array(4).fill('VALIDATION_ERROR'),
      15,
    ]);
  });

  it('recorded by many at once for one person makes the score of all of them', async () => {
    const { tenant, prospectId } = await arrange();
    await Promise.all(
      Array.from({ length: 12 }, () =>
        tenant.run((ctx) => recordSignals(ctx, [{ type: 'news_mention', prospectId, strength: 10 }])),
      ),
    );
    const stored = await tenant.run((ctx) => getProspect(ctx, { id: prospectId }));
    expect(stored.intentScore).toBe(scoreOf(Array(12).fill(10)));
  });

  it('moves with a merge, and the score follows', async () => {
    const { tenant, prospectId } = await arrange();
    const other = await tenant.run((ctx) => createProspect(ctx, { email: 'ann@home.example', lastName: 'Bell' }));
    await tenant.run((ctx) =>
      recordSignals(ctx, [
        { type: 'website_visit', prospectId, strength: 40 },
        { type: 'website_visit', prospectId: other.id, strength: 50 },
      ]),
    );
    await tenant.run((ctx) => mergeProspects(ctx, { id: prospectId, sourceId: other.id }));
    await react();
    const merged = await tenant.run((ctx) => getProspect(ctx, { id: prospectId }));
    expect(merged.intentScore).toBeCloseTo(70, 1);
  });
});
