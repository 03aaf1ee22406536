import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../../test/database.ts';
import { runAllReactions } from '../../../test/reactions.ts';
import { ingestInteraction } from '../../data/index.ts';
import { createAccount } from '../accounts/change-account.ts';
import { createProspect } from '../prospects/create-prospect.ts';
import { CRM_REACTIONS } from '../reactions.ts';
import { createDeal } from './create-deal.ts';
import { addDealContact } from './deal-contacts.ts';
import { readBoard } from './deal-view.ts';
import { deleteDeal, moveDealStage, updateDeal } from './update-deal.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

const react = () => runAllReactions(database, CRM_REACTIONS);

const conversions = (tenant: TestTenant) => database.owner`
  select external_id, amount_minor::integer as amount, currency, voided_at is not null as voided
  from conversions where organization_id = ${tenant.organizationId} order by created_at, id`;

describe('a deal', () => {
  it('that is won becomes a conversion of its decision maker, with the other contacts and the account as parties', async () => {
    const tenant = await createTenant(database);
    const deal = await tenant.run(async (ctx) => {
      const account = await createAccount(ctx, { name: 'Globex', domain: 'globex.example' });
      const colleague = await createProspect(ctx, { email: 'colleague@globex.example' });
      const boss = await createProspect(ctx, { email: 'boss@globex.example' });
      const made = await createDeal(ctx, { name: 'Seats', amount: '1500.50', accountId: account.id });
      await addDealContact(ctx, { id: made.id, prospectId: colleague.id });
      await addDealContact(ctx, { id: made.id, prospectId: boss.id, role: 'decision_maker' });
      return moveDealStage(ctx, { id: made.id, stage: 'closed_won', reason: 'price' });
    });
    expect(deal).toMatchObject({ probability: 100, forecastCategory: 'closed', wins: 1, winLossReason: 'price' });
    await react();
    await react();
    expect(await conversions(tenant)).toEqual([
      { external_id: `b:deals:${deal.id}`, amount: 150_050, currency: 'USD', voided: false },
    ]);
    const [first] = await database.owner`
      select i.value from conversions c
      join customer_identifiers i on i.organization_id = c.organization_id and i.customer_id = c.customer_id
      where c.organization_id = ${tenant.organizationId} and i.type = 'email'`;
    expect(first!.value).toBe('boss@globex.example');
    const parties = await database.owner`
      select role from conversion_parties where organization_id = ${tenant.organizationId} order by role`;
    expect(parties.map((party) => party.role)).toEqual(['account', 'contact']);
    const linked = await database.owner`
      select count(*)::integer as count from prospects
      where organization_id = ${tenant.organizationId} and customer_id is not null`;
    expect(linked[0]!.count).toBe(2);
  });

  it('takes its revenue back when it is reopened, lost after all or deleted, and counts a second win anew', async () => {
    const tenant = await createTenant(database);
    const at = (day: number) => new Date(`2026-06-${day}T12:00:00Z`);
    const { id } = await tenant.run((ctx) => createDeal(ctx, { name: 'Again', amount: '100' }));
    const move = (stage: 'closed_won' | 'closed_lost' | 'proposal', day: number) =>
      tenant.run((ctx) => moveDealStage(ctx, { id, stage }), at(day));
    await move('closed_won', 10);
    await react();
    await move('proposal', 11);
    await react();
    await move('closed_won', 12);
    await react();
    await move('closed_lost', 13);
    await react();
    await move('closed_won', 14);
    await react();
    await tenant.run((ctx) => deleteDeal(ctx, { id }), at(15));
    await react();
    expect((await conversions(tenant)).map((row) => [row.external_id, row.amount])).toEqual([
      [`b:deals:${id}`, 10_000],
      [`b:deals:${id}:reversed`, -10_000],
      [`b:deals:${id}:2`, 10_000],
      [`b:deals:${id}:2:reversed`, -10_000],
      [`b:deals:${id}:3`, 10_000],
      [`b:deals:${id}:3:reversed`, -10_000],
    ]);
  });

  it('that was won and reopened before anybody reacted leaves no revenue behind, in whatever order reactions run', async () => {
    const tenant = await createTenant(database);
    const { id } = await tenant.run((ctx) => createDeal(ctx, { name: 'Short', amount: '7', stage: 'closed_won' }));
    await tenant.run((ctx) => moveDealStage(ctx, { id, stage: 'discovery' }));
    await react();
    expect(await conversions(tenant)).toEqual([]);
  });

  it('without an amount is won for nothing, and voided when it is reopened', async () => {
    const tenant = await createTenant(database);
    const { id } = await tenant.run((ctx) => createDeal(ctx, { name: 'Free', stage: 'closed_won' }));
    await react();
    await tenant.run((ctx) => moveDealStage(ctx, { id, stage: 'proposal' }));
    await react();
    expect(await conversions(tenant)).toEqual([
      { external_id: `b:deals:${id}`, amount: 0, currency: 'USD', voided: true },
    ]);
  });

  it('moved by two people at once is moved once: the second learns that it has changed', async () => {
    const tenant = await createTenant(database);
    const { id } = await tenant.run((ctx) => createDeal(ctx, { name: 'Contested' }));
    const moves = await Promise.allSettled(
      (['proposal', 'negotiation'] as const).map((stage) =>
        tenant.run((ctx) => moveDealStage(ctx, { id, stage, fromStage: 'discovery' })),
      ),
    );
    expect(moves.map((move) => move.status).sort()).toEqual(['fulfilled', 'rejected']);
    const refused = moves.find((move) => move.status === 'rejected');
    expect(refused?.status === 'rejected' && refused.reason).toMatchObject({ code: 'DEAL_STAGE_CHANGED' });
    const history = await database.owner`select stage from deal_stage_history where deal_id = ${id} order by id`;
    expect(history).toHaveLength(2);
  });

  it('keeps history only of what a pipeline is made of, and tells nothing when nothing changed', async () => {
    const tenant = await createTenant(database);
    const { id, version } = await tenant.run((ctx) => createDeal(ctx, { name: 'Quiet', amount: '5000' }));
    const same = await tenant.run((ctx) => updateDeal(ctx, { id, changes: { amount: '5000.00' } }));
    expect(same.version).toBe(version);
    await tenant.run((ctx) => updateDeal(ctx, { id, changes: { name: 'Quieter' } }));
    await tenant.run((ctx) => updateDeal(ctx, { id, changes: { amount: '6000' } }));
    const history = await database.owner`
      select amount::text from deal_stage_history where deal_id = ${id} order by id`;
    expect(history.map((row) => row.amount)).toEqual(['5000.000', '6000.000']);
    const events = await database.owner`select type from domain_events where entity_id = ${id} order by id`;
    expect(events.map((row) => row.type)).toEqual(['deal.created', 'deal.updated', 'deal.updated']);
  });

  it.each([
    [{ amount: '-1' }, 'amount'],
    [{ amount: '1.005' }, 'amount'],
    [{ amount: '1.5', currency: 'JPY' }, 'amount'],
    [{ currency: 'XXQ' }, 'currency'],
    [{ accountId: '018f0000-0000-7000-8000-000000000000' }, 'accountId'],
  ])('is refused with %j', async (fields, field) => {
    const tenant = await createTenant(database);
    await expect(tenant.run((ctx) => createDeal(ctx, { name: 'Bad', ...fields }))).rejects.toMatchObject({
      kind: 'validation',
      extras: { issues: [{ field }] },
    });
  });
});

describe('the board', () => {
  it('shows every stage with its sums per currency, and a card where it was dropped', async () => {
    const tenant = await createTenant(database);
    const [a, b, c] = await tenant.run(async (ctx) => [
      await createDeal(ctx, { name: 'a', amount: '10', stage: 'proposal' }),
      await createDeal(ctx, { name: 'b', amount: '20', stage: 'proposal', currency: 'EUR' }),
      await createDeal(ctx, { name: 'c', amount: '30' }),
    ]);
    await tenant.run((ctx) => moveDealStage(ctx, { id: c!.id, stage: 'proposal', place: 1 }));
    await tenant.run((ctx) => moveDealStage(ctx, { id: b!.id, stage: 'proposal', place: 0 }));
    const { stages } = await tenant.run((ctx) => readBoard(ctx, { perStage: 2 }));
    expect(stages.map(({ stage, count }) => [stage, count])).toEqual([
      ['discovery', 0],
      ['qualification', 0],
      ['proposal', 3],
      ['negotiation', 0],
      ['closed_won', 0],
      ['closed_lost', 0],
    ]);
    const proposal = stages[2]!;
    expect(proposal.deals.map((deal) => deal.id)).toEqual([b!.id, a!.id]);
    expect(proposal.totals).toEqual([
      { currency: 'EUR', amount: '20', weighted: '10' },
      { currency: 'USD', amount: '40', weighted: '20' },
    ]);
  });
});

describe('a prospect', () => {
  it('is linked to its person when facts about them arrive later', async () => {
    const tenant = await createTenant(database);
    const { id } = await tenant.run((ctx) => createProspect(ctx, { email: 'Late@acme.example' }));
    await tenant.run((ctx) =>
      ingestInteraction(ctx, {
        externalInteractionId: 'i1',
        channel: 'email',
        startedAt: new Date('2026-06-01T00:00:00Z'),
        customerIdentifiers: [{ type: 'email', value: 'late@acme.example' }],
      }),
    );
    await react();
    const [row] = await database.owner`
      select p.customer_id = i.customer_id as linked from prospects p, interactions i
      where p.id = ${id} and i.organization_id = p.organization_id`;
    expect(row!.linked).toBe(true);
  });
});
