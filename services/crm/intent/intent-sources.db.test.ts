import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { arrangeCompany, daysAgo, intentOf, reactNow } from '../../../test/crm/intent.ts';
import { createTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { collectHits, type Hit, ingestInteraction, voidInteraction } from '../../data/index.ts';
import { IMPORT_KINDS } from '../imports/index.ts';
import { createProspect } from '../index.ts';
import {
  findHighIntentProspects,
  getVisitor,
  listSignals,
  listTopIntentProspects,
  listVisitors,
  readAccountIntent,
  readIntentSummary,
  recordLinkedinEngagement,
  recordSignals,
  trackVisit,
} from './index.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());
const react = () => reactNow(database);
const arrange = () => arrangeCompany(database);
const page = { page: 1, limit: 100 };
const latest = [{ field: 'occurredAt', descending: true }] as const;

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

describe('a file of signals', () => {
  it('names people by address and companies by domain, tells of each bad row, and is taken back', async () => {
    const { tenant, prospectId, accountId } = await arrange();
    const kind = IMPORT_KINDS.get('intent_signals')!;
    const rows = [
      { type: 'Job posting', email: 'ANN@globex.example', strength: '40' },
      { type: 'funding', domain: 'globex.example' },
      { type: 'funding', domain: 'nobody.example' },
      { type: 'rumour', domain: 'globex.example' },
    ].map(({ type, email, domain, strength }) =>
      kind.read({
        type,
        ...(email && { prospectEmail: email }),
        ...(domain && { accountDomain: domain }),
        ...(strength && { strength }),
      }),
    );
    const inputs = rows.flatMap((row) => ('input' in row ? [row.input] : []));
    expect(inputs).toHaveLength(3);
    const upload = { id: accountId, options: {} };
    const outcomes = await tenant.run((ctx) => kind.store(ctx, inputs, upload));
    expect(outcomes.map((outcome) => (outcome.ok ? 'stored' : outcome.error.message))).toEqual([
      'stored',
      'stored',
      'belongs to no account',
    ]);
    expect((await intentOf(tenant, prospectId)).signals).toMatchObject([
      { type: 'job_posting', source: 'upload', worth: 40 },
      { type: 'funding', level: 'account', worth: 22.5 },
    ]);
    const records = outcomes.flatMap((outcome) => (outcome.ok ? [{ id: outcome.value.id, version: 1 }] : []));
    expect(await tenant.run((ctx) => kind.undo(ctx, records))).toEqual([]);
    expect((await intentOf(tenant, prospectId)).score).toBe(0);
  });
});
