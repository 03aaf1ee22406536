import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { INTENT_TIERS, scoreOf, tierOf, worthAfter } from '../../../domain/crm/intent.rules.ts';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../../test/database.ts';
import { runAllReactions } from '../../../test/reactions.ts';
import { collectHits, type Hit, ingestInteraction, voidInteraction } from '../../data/index.ts';
import { createAccount, createProspect, getProspect, mergeProspects } from '../index.ts';
import { CRM_REACTIONS } from '../reactions.ts';
import {
  acknowledgeIntentAlert,
  decayBatch,
  expireSignals,
  findHighIntentProspects,
  getVisitor,
  listIntentAlerts,
  listSignals,
  listTopIntentProspects,
  listVisitors,
  readAccountIntent,
  readIntentSummary,
  readProspectIntent,
  recordLinkedinEngagement,
  recordSignal,
  recordSignals,
  trackVisit,
} from './index.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());
const react = () => runAllReactions(database, CRM_REACTIONS, NOW);
const page = { page: 1, limit: 100 };
const latest = [{ field: 'occurredAt', descending: true }] as const;
const NOW = new Date('2026-06-30T12:00:00Z');
const DAY_MS = 86_400_000;
const daysAgo = (days: number) => new Date(NOW.getTime() - days * DAY_MS);
const daysOn = (days: number) => daysAgo(-days);

/** A company with one prospect; the relay has seen them. */
async function arrange(email = 'ann@globex.example') {
  const tenant = await createTenant(database);
  const made = await tenant.run(async (ctx) => {
    const account = await createAccount(ctx, { name: 'Globex', domain: 'globex.example' });
    const prospect = await createProspect(ctx, { email, firstName: 'Ann', lastName: 'Bell' });
    return { accountId: account.id, prospectId: prospect.id };
  });
  await react();
  return { tenant, ...made };
}
const intentOf = (tenant: TestTenant, id: string, now?: Date) =>
  tenant.run((ctx) => readProspectIntent(ctx, { id }), now);
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

describe('visits of a website', () => {
  const hit = (sessionId: string, url: string, at: Date, more: Partial<Hit> = {}) =>
    ({ type: 'page', sessionId, url, occurredAt: at, durationSeconds: 70, ...more }) as Hit;

  it('become signals of whoever turns out to be behind them, one per topic and day, whatever comes first', async () => {
    const { tenant, prospectId } = await arrange();
    const hits: Hit[] = [
      hit('s1', 'https://shop.example/pricing', daysAgo(2)),
      hit('s1', 'https://shop.example/pricing?x=1', daysAgo(2)),
      hit('s1', 'https://shop.example/blog/post', daysAgo(2)),
      hit('s2', 'https://shop.example/book-a-demo', daysAgo(1), { visitorId: 'v1' }),
    ];
    await tenant.run((ctx) => collectHits.group(ctx, hits));
    await react();
    expect((await intentOf(tenant, prospectId)).signals).toEqual([]);
    const anonymous = await tenant.run((ctx) => listVisitors(ctx, { ...page, sort: 'lastSeenAt' }));
    expect(anonymous.items.map(({ identified, pageViews }) => [identified, pageViews])).toEqual([
      [false, 1],
      [false, 3],
    ]);
    const customerIdentifiers = [{ type: 'email', value: 'Ann@Globex.example' }];
    await tenant.run((ctx) =>
      collectHits.group(ctx, [
        { type: 'identify', customerIdentifiers, sessionId: 's1', occurredAt: daysAgo(1) },
        { type: 'identify', customerIdentifiers, sessionId: 's3', visitorId: 'v1', occurredAt: daysAgo(1) },
        { type: 'event', name: 'brochure_download', sessionId: 's3', occurredAt: daysAgo(1) },
      ]),
    );
    await react();
    const { signals } = await intentOf(tenant, prospectId);
    expect(signals.map(({ topic, strength, data }) => [topic, strength, data.hits])).toEqual([
      ['demo', 45, 1],
      ['pricing', 38, 2],
      ['content', 20, 1],
    ]);
    const known = await tenant.run((ctx) => listVisitors(ctx, { ...page, sort: 'lastSeenAt' }));
    expect(known.items).toMatchObject([
      { identified: true, prospectId, pageViews: 4, sessions: 2, accountName: 'Globex' },
    ]);
    // What was the id of a browser is the person's now.
    const visitor = await tenant.run((ctx) => getVisitor(ctx, { id: anonymous.items[1]!.id }));
    expect(visitor).toMatchObject({ id: known.items[0]!.id, recentPageViews: { length: 4 } });
    expect(visitor.topics.map(({ topic }) => topic)).toEqual(['demo', 'pricing', 'content']);
    await react();
    expect((await tenant.run((ctx) => listSignals(ctx, { ...page, sort: latest }))).total).toBe(3);
  });

  it('of people who are no prospects yet count for the company of their address', async () => {
    const { tenant, accountId, prospectId } = await arrange();
    await tenant.run((ctx) =>
      trackVisit.group(ctx, [
        { visitorId: 'v9', url: 'https://shop.example/pricing', email: 'bob@globex.example', durationSeconds: 5 },
      ]),
    );
    await react();
    const company = await tenant.run((ctx) => readAccountIntent(ctx, { id: accountId }));
    expect(company).toMatchObject({ score: 30, visitors: 1, signals: [{ topic: 'pricing', level: 'account' }] });
    expect((await intentOf(tenant, prospectId)).score).toBe(15);
    const bob = await tenant.run((ctx) => createProspect(ctx, { email: 'bob@globex.example', lastName: 'Bo' }));
    await react();
    expect((await intentOf(tenant, bob.id)).score).toBe(30);
    expect((await intentOf(tenant, prospectId)).score).toBe(0);
  });
});

describe('calls and LinkedIn', () => {
  it('raise signals that are corrected and taken back with what they were made of', async () => {
    const { tenant, prospectId } = await arrange();
    const call = (name: string, primaryIntent: string, more = {}) =>
      tenant.run((ctx) =>
        ingestInteraction(ctx, {
          externalInteractionId: name,
          channel: 'call',
          startedAt: daysAgo(0.1),
          customerIdentifiers: [{ type: 'email', value: 'ann@globex.example' }],
          primaryIntent,
          ...more,
        }),
      );
    const bought = await call('c1', 'purchase_inquiry', { purchaseProbability: 0.75 });
    await call('c2', 'support_request');
    await call('c3', 'pricing', { channel: 'email' });
    await react();
    expect((await intentOf(tenant, prospectId)).signals).toMatchObject([
      { type: 'call_intent', source: 'interaction', strength: 75, topic: 'purchase_inquiry' },
    ]);
    await tenant.run((ctx) => voidInteraction(ctx, { id: bought.id, reason: 'wrong number' }));
    await react();
    expect((await intentOf(tenant, prospectId)).signals).toEqual([]);
    await tenant.run((ctx) => recordLinkedinEngagement(ctx, { prospectId, type: 'message', externalId: 'li-1' }));
    const again = tenant.run((ctx) =>
      recordLinkedinEngagement(ctx, { prospectId, type: 'message', externalId: 'li-1' }),
    );
    await expect(again).rejects.toMatchObject({ code: 'DUPLICATE_ENGAGEMENT' });
    await react();
    expect((await intentOf(tenant, prospectId)).score).toBe(40);
    const touches = await database.owner`
      select channel, direction from interactions
      where organization_id = ${tenant.organizationId} and external_id like 'b:linkedin_engagements:%'`;
    expect(touches).toEqual([{ channel: 'linkedin', direction: 'inbound' }]);
  });
});

describe('a team', () => {
  it('is summarized and led to its best people by the printed functions, called by name', async () => {
    const { tenant, prospectId } = await arrange();
    const [team] = await database.owner`
      insert into teams (organization_id, name) values (${tenant.organizationId}, 'Sales') returning id`;
    const teamId: string = team!.id;
    const mine = await tenant.run((ctx) => createProspect(ctx, { email: 'a@x.example', teamId }));
    await tenant.run((ctx) =>
      recordSignals(ctx, [
        { type: 'website_visit', prospectId: mine.id, strength: 80 },
        { type: 'website_visit', prospectId, strength: 60 },
      ]),
    );
    expect(await tenant.run((ctx) => readIntentSummary(ctx, { teamId }))).toMatchObject({
      totalProspects: 1,
      withIntent: 1,
      tiers: { low: 0, warm: 0, hot: 0, burning: 1 },
      averageScore: 80,
      signalsByType: { website_visit: 1 },
      spikesLast7Days: 1,
      unacknowledgedAlerts: 2,
    });
    expect((await tenant.run((ctx) => readIntentSummary(ctx, {}))).totalProspects).toBe(2);
    const top = await tenant.run((ctx) => listTopIntentProspects(ctx, { teamId, limit: 5 }));
    expect(top).toMatchObject([
      { prospectId: mine.id, intentTier: 'burning', liveSignals: 1, topSignals: ['website_visit'] },
    ]);
    const found = await tenant.run((ctx) => findHighIntentProspects(ctx, { teamId, minIntentScore: 60, limit: 5 }));
    // Somebody of no team and no owner is anybody's.
    expect(found.map((row) => row.prospectId)).toEqual([mine.id, prospectId]);
    const literal = await database.owner`select * from get_top_intent_prospects(${teamId}, 10)`;
    expect(literal).toHaveLength(1);
    const visitors = await database.owner`select aggregate_visitor_intent(${teamId})`;
    expect(visitors[0]!.aggregate_visitor_intent).toBeNull();
  });
});
