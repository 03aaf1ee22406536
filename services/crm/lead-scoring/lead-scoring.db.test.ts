import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { arrangeCompany, daysAgo, NOW, reactNow } from '../../../test/crm/intent.ts';
import { createTestDatabase, type TestDatabase, type TestTenant } from '../../../test/database.ts';
import { SYSTEM_PRINCIPAL } from '../../core/context.ts';
import { inTransaction } from '../../core/transaction.ts';
import { ingestConversion, ingestInteraction, ingestPageView } from '../../data/index.ts';
import { createList, createProspect, getProspect, updateProspect } from '../index.ts';
import { recordSignals } from '../intent/index.ts';
import {
  createScoringModel,
  createThreshold,
  deleteScoringModel,
  listHighValueLeads,
  listPredictions,
  listScoringModels,
  predictPurchase,
  readProspectScore,
  rescoreBatch,
  routeLeads,
  scoreCustomer,
  scoreProspect,
  updateScoringModel,
} from './index.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());
const page = { page: 1, limit: 50 };
const email = (value: string) => [{ type: 'email', value }];

const call = (tenant: TestTenant, name: string, who: string, more: object = {}) =>
  tenant.run((ctx) =>
    ingestInteraction(ctx, {
      externalInteractionId: name,
      channel: 'call',
      direction: 'inbound',
      startedAt: daysAgo(1),
      customerIdentifiers: email(who),
      ...more,
    }),
  );

async function createUser(tenant: TestTenant, name: string, teamId: string | null = null): Promise<string> {
  const [row] = await database.owner`
    insert into users (organization_id, email, first_name, team_id)
    values (${tenant.organizationId}, ${`${name}-${tenant.organizationId}@x.example`}, ${name}, ${teamId}) returning id`;
  return row!.id;
}

describe('scoring a lead', () => {
  it('computes factors from what is stored, keeps them, and scores the person and the prospect alike', async () => {
    const { tenant, prospectId } = await arrangeCompany(database);
    await tenant.run((ctx) => updateProspect(ctx, { id: prospectId, changes: { title: 'CTO' } }));
    await database.owner`
      update accounts set industry = 'Software', employee_count = 100, annual_revenue = 10000000, is_target = true
      where organization_id = ${tenant.organizationId}`;
    const { customerId } = await call(tenant, 'c1', 'ann@globex.example', { purchaseProbability: 0.8 });
    await tenant.run((ctx) =>
      ingestPageView(ctx, {
        url: 'https://shop.example/blog',
        sessionId: 's',
        customerIdentifiers: email('ann@globex.example'),
        occurredAt: daysAgo(2),
      }),
    );
    await reactNow(database);
    await tenant.run((ctx) => recordSignals(ctx, [{ type: 'website_visit', prospectId, strength: 60 }]));
    const scored = await tenant.run((ctx) => scoreProspect(ctx, { id: prospectId }));
    const values = Object.fromEntries(scored.factors.map(({ factor, value }) => [factor, value]));
    expect(values).toEqual({
      demographic: 80,
      behavioral: 4.52,
      intent: 60,
      firmographic: 50,
      technographic: null,
      interactionHistory: 20.39,
      engagementLevel: 20,
      purchaseProbability: 80,
      accountAttributes: 35,
    });
    expect(scored.score).toBeCloseTo(
      scored.factors.reduce((sum, { points }) => sum + points, 0),
      1,
    );
    expect((await tenant.run((ctx) => getProspect(ctx, { id: prospectId }))).priorityScore).toBe(
      Math.round(scored.score),
    );
    const stored = await tenant.run((ctx) => readProspectScore(ctx, { id: prospectId }));
    expect(stored).toMatchObject({
      id: scored.predictionId,
      score: scored.score,
      modelName: 'default',
      reason: 'asked',
    });
    expect(stored.factors.factors).toEqual(scored.factors);
    const person = await tenant.run((ctx) => scoreCustomer(ctx, { customerId: customerId! }));
    expect(person).toMatchObject({ customerId, prospectId, score: scored.score });
    const high = await tenant.run((ctx) => listHighValueLeads(ctx, { ...page, threshold: 30 }));
    expect(high.items).toMatchObject([{ customerId, prospectId, score: scored.score, purchaseProbability: null }]);
    expect(high.total).toBe(1);
  });

  it('follows the interest of a person by itself, and leaves a priority alone that was set by hand', async () => {
    const { tenant, prospectId } = await arrangeCompany(database);
    const other = await tenant.run((ctx) => createProspect(ctx, { lastName: 'Own', priorityScore: 99 }));
    await tenant.run((ctx) =>
      recordSignals(ctx, [
        { type: 'website_visit', prospectId, strength: 70 },
        { type: 'website_visit', prospectId: other.id, strength: 70 },
      ]),
    );
    await reactNow(database);
    const priority = async (id: string) => (await tenant.run((ctx) => getProspect(ctx, { id }))).priorityScore;
    expect(await priority(prospectId)).toBe(15);
    expect(await priority(other.id)).toBe(99);
    const history = () => tenant.run((ctx) => listPredictions(ctx, { ...page, subjectId: prospectId }));
    expect((await history()).items).toMatchObject([{ reason: 'intent', score: 15 }]);
    // Nothing has changed: the job adds no row.
    await tenant.run((ctx) => rescoreBatch(ctx, null, 10));
    expect((await history()).total).toBe(1);
  });
});

describe('a scoring model', () => {
  it('is the only active one, has revisions that scores keep, and cannot go while it is in use', async () => {
    const { tenant, prospectId } = await arrangeCompany(database);
    await tenant.run((ctx) => recordSignals(ctx, [{ type: 'website_visit', prospectId, strength: 50 }]));
    const make = (name: string) =>
      tenant.run((ctx) => createScoringModel(ctx, { name, weights: { intent: 1 }, isActive: true }));
    const first = await make('First');
    const second = await make('Second');
    const models = await tenant.run((ctx) => listScoringModels(ctx, page));
    expect(models.items.map(({ name, isActive }) => [name, isActive])).toEqual([
      ['Second', true],
      ['First', false],
    ]);
    await expect(make('second')).rejects.toMatchObject({ code: 'DUPLICATE_SCORING_MODEL' });
    const score = () => tenant.run((ctx) => scoreProspect(ctx, { id: prospectId }));
    expect(await score()).toMatchObject({ score: 50, grade: 'C', model: { id: second.id, revision: 1 } });
    const changed = await tenant.run((ctx) =>
      updateScoringModel(ctx, { id: second.id, changes: { weights: { intent: 1, engagementLevel: 1 } } }),
    );
    expect(changed.revision).toBe(2);
    expect(await score()).toMatchObject({ score: 25, model: { id: second.id, revision: 2 } });
    const { items } = await tenant.run((ctx) => listPredictions(ctx, { ...page, subjectId: prospectId }));
    expect(items.map((row) => row.modelRevision)).toEqual([2, 1]);
    const remove = (id: string) => tenant.run((ctx) => deleteScoringModel(ctx, { id }));
    await expect(remove(second.id)).rejects.toMatchObject({ code: 'SCORING_MODEL_ACTIVE' });
    await tenant.run((ctx) =>
      createThreshold(ctx, { name: 'T', modelId: first.id, minScore: 1, action: 'notify', config: {} }),
    );
    await expect(remove(first.id)).rejects.toMatchObject({ code: 'SCORING_MODEL_IN_USE' });
  });
});

describe('a threshold', () => {
  it('acts once on whoever comes over it, and again only after they fell below', async () => {
    const { tenant, prospectId } = await arrangeCompany(database);
    const [eve, list] = [
      await createUser(tenant, 'Eve'),
      await tenant.run((ctx) => createList(ctx, { name: 'Warm', type: 'static' })),
    ];
    await tenant.run(async (ctx) => {
      await createScoringModel(ctx, { name: 'Intent', weights: { intent: 1 }, isActive: true });
      await createThreshold(ctx, { name: 'Give', minScore: 40, action: 'assign', config: { userId: eve } });
      await createThreshold(ctx, { name: 'List', minScore: 50, action: 'enroll', config: { listId: list.id } });
      await createThreshold(ctx, { name: 'Tell', minScore: 60, action: 'notify', config: { userId: eve } });
      await createThreshold(ctx, { name: 'High', minScore: 90, action: 'notify', config: { userId: eve } });
    });
    const score = (at = NOW) => tenant.run((ctx) => scoreProspect(ctx, { id: prospectId }), at);
    await score();
    await tenant.run((ctx) => recordSignals(ctx, [{ type: 'website_visit', prospectId, strength: 70 }]));
    await score();
    await score();
    expect((await tenant.run((ctx) => getProspect(ctx, { id: prospectId }))).ownerId).toBe(eve);
    const outcomes = async () =>
      (
        await database.owner`
          select t.name, c.outcome from score_threshold_crossings c
          join score_thresholds t on t.organization_id = c.organization_id and t.id = c.threshold_id
          where c.organization_id = ${tenant.organizationId} order by t.min_score`
      ).map((row) => `${row.name} ${row.outcome}`);
    expect(await outcomes()).toEqual(['Give assigned', 'List enrolled', 'Tell notified']);
    const told = async () =>
      (await database.owner`select id from notifications where user_id = ${eve} and event = 'prospect.qualified'`)
        .length;
    expect(await told()).toBe(1);
    await database.owner`update prospects set intent_score = 10 where id = ${prospectId}`;
    await score();
    expect(await outcomes()).toEqual([]);
    await database.owner`update prospects set intent_score = 70 where id = ${prospectId}`;
    await score(new Date(NOW.getTime() + 1_000));
    expect(await outcomes()).toEqual(['Give has_owner', 'List not_enrolled', 'Tell notified']);
    expect(await told()).toBe(2);
  });
});

describe('routing and prediction', () => {
  it('gives the best leads first, each to whoever of the team has the fewest', async () => {
    const { tenant } = await arrangeCompany(database);
    const [team] = await database.owner`
      insert into teams (organization_id, name) values (${tenant.organizationId}, 'Sales') returning id`;
    const [ann, bob] = [await createUser(tenant, 'Ann', team!.id), await createUser(tenant, 'Bob', team!.id)];
    await tenant.run((ctx) => createProspect(ctx, { lastName: 'Busy', ownerId: ann }));
    for (const strength of [20, 60, 40]) {
      await tenant.run(async (ctx) => {
        const { id } = await createProspect(ctx, { lastName: `Lead ${strength}` });
        await recordSignals(ctx, [{ type: 'website_visit', prospectId: id, strength }]);
        await scoreProspect(ctx, { id });
      });
    }
    const route = () => tenant.run((ctx) => routeLeads(ctx, { teamId: team!.id, minScore: 5, limit: 10 }));
    const { assigned } = await route();
    expect(assigned.map(({ score, ownerId }) => [score, ownerId])).toEqual([
      [12, bob],
      [8, ann],
    ]);
    expect((await route()).assigned).toEqual([]);
    const limited = { ...SYSTEM_PRINCIPAL, kind: 'user', id: ann, userId: ann, allowedTeamIds: [ann] } as const;
    const elsewhere = inTransaction(database.app, { ...tenant.scope, principal: limited }, (ctx) =>
      routeLeads(ctx, { teamId: team!.id, minScore: 0, limit: 10 }),
    );
    await expect(elsewhere).rejects.toMatchObject({ code: 'TEAM_NOT_ALLOWED' });
  });

  it('learns from who bought what a purchase announces', async () => {
    const { tenant } = await arrangeCompany(database);
    for (let n = 0; n < 12; n++) {
      const who = `c${n}@x.example`;
      const buys = n < 6;
      await call(tenant, `t${n}`, who, {
        primaryIntent: buys ? 'purchase_inquiry' : 'support',
        startedAt: daysAgo(20),
      });
      if (buys) {
        await tenant.run((ctx) =>
          ingestConversion(ctx, {
            externalEventId: `o${n}`,
            eventType: 'purchase',
            eventSource: 'shop',
            occurredAt: daysAgo(10),
            amountDecimal: '100',
            currency: 'USD',
            customerIdentifiers: email(who),
          }),
        );
      }
    }
    const eager = await call(tenant, 'eager', 'eager@x.example', { primaryIntent: 'pricing_question' });
    const calm = await call(tenant, 'calm', 'calm@x.example', { primaryIntent: 'complaint' });
    const predict = (customerId: string) =>
      tenant.run((ctx) => predictPurchase(ctx, { customerId, predictionType: 'purchase_probability' }));
    const [likely, unlikely] = [await predict(eager.customerId!), await predict(calm.customerId!)];
    expect(likely.probability!).toBeGreaterThan(2 * unlikely.probability!);
    expect(likely.factors.evidence![0]).toMatchObject({ sign: 'purchaseIntent', shown: true, ofBuyers: 0.875 });
    expect(likely.factors).toMatchObject({ sample: { buyers: 6, others: 8 } });
  });
});
