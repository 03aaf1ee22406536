import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../../test/database.ts';
import { runAllReactions } from '../../../test/reactions.ts';
import { createProspect } from '../prospects/create-prospect.ts';
import { CRM_REACTIONS } from '../reactions.ts';
import { createDeal } from './create-deal.ts';
import { addDealContact } from './deal-contacts.ts';
import { type DealOfOld, importDeals } from './import-deals.ts';
import { moveDealStage } from './update-deal.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

const at = (day: number) => new Date(`2026-06-${String(day).padStart(2, '0')}T12:00:00Z`);
const PASTS: DealOfOld['steps'][] = [
  [{ at: at(1), stage: 'discovery' }],
  [
    { at: at(2), stage: 'discovery' },
    { at: at(9), stage: 'proposal' },
    { at: at(20), stage: 'closed_won', reason: 'price' },
  ],
  [
    { at: at(3), stage: 'discovery' },
    { at: at(5), stage: 'qualification' },
    { at: at(12), stage: 'closed_lost', reason: 'no budget' },
  ],
];

/** What is stored, without ids. */
async function stored({ organizationId }: TestTenant) {
  await runAllReactions(database, CRM_REACTIONS);
  const { owner } = database;
  return {
    deals: await owner`
      select name, amount::text, currency, probability, stage, forecast_category, stage_changed_at, closed_at, wins,
             win_loss_reason from deals where organization_id = ${organizationId} order by name`,
    history: await owner`
      select d.name, h.changed_at, h.from_stage, h.stage, h.probability, h.amount::text from deal_stage_history h
      join deals d on d.id = h.deal_id where h.organization_id = ${organizationId} order by d.name, h.changed_at`,
    timeline: await owner`
      select type, subject, occurred_at, data - 'reason' as data from activities
      where organization_id = ${organizationId} and deal_id is not null order by subject, occurred_at`,
    contacts: await owner`
      select d.name, c.role from deal_contacts c join deals d on d.id = c.deal_id
      where c.organization_id = ${organizationId} order by 1`,
    conversions: await owner`
      select amount_minor::integer as amount, occurred_at, event_type from conversions
      where organization_id = ${organizationId} and amount_minor > 0 order by occurred_at`,
  };
}

describe('deals that are imported with their past', () => {
  it('stand as if everything had been done at its own time, wins as conversions included', async () => {
    const [byHand, imported] = [await createTenant(database), await createTenant(database)];
    const boss = (tenant: TestTenant) => tenant.run((ctx) => createProspect(ctx, { email: 'boss@globex.example' }));
    const [mine, theirs] = [await boss(byHand), await boss(imported)];
    for (const [index, [first, ...rest]] of PASTS.entries()) {
      const deal = await byHand.run(
        (ctx) => createDeal(ctx, { name: `D${index}`, amount: '100.50', stage: first!.stage }),
        first!.at,
      );
      await byHand.run((ctx) => addDealContact(ctx, { id: deal.id, prospectId: mine.id, role: 'user' }), first!.at);
      for (const { at: time, ...move } of rest)
        await byHand.run((ctx) => moveDealStage(ctx, { id: deal.id, ...move }), time);
    }
    const deals = PASTS.map((steps, index) => ({
      name: `D${index}`,
      amount: '100.50',
      currency: 'USD',
      closeDate: null,
      accountId: null,
      ownerId: null,
      custom: {},
      contacts: [{ prospectId: theirs.id, role: 'user' }],
      steps,
    }));
    await imported.run((ctx) => importDeals(ctx, { deals }));
    const expected = await stored(byHand);
    expect(expected.conversions).toHaveLength(1);
    expect(await stored(imported)).toEqual(expected);
  });

  it('are refused where the past goes on after the decision', async () => {
    const tenant = await createTenant(database);
    const steps = [...PASTS[1]!, { at: at(25), stage: 'discovery' as const }];
    const deal = {
      name: 'D',
      amount: '1',
      currency: 'USD',
      closeDate: null,
      accountId: null,
      ownerId: null,
      custom: {},
    };
    await expect(
      tenant.run((ctx) => importDeals(ctx, { deals: [{ ...deal, contacts: [], steps }] })),
    ).rejects.toMatchObject({ code: 'VALIDATION_ERROR' });
  });
});
