import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEAL_STAGES, type DealStage } from '../../../domain/crm/deal.rules.ts';
import { type DealState, waterfallParts } from '../../../test/crm/waterfall.ts';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../../test/database.ts';
import { createDeal } from '../deals/create-deal.ts';
import { listDeals, readBoard } from '../deals/deal-view.ts';
import { deleteDeal, updateDeal } from '../deals/update-deal.ts';
import { readWaterfall } from './waterfall.query.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

const at = (day: string, hour = 12) => new Date(`${day}T${String(hour).padStart(2, '0')}:00:00Z`);
const CLOSE = { closeFrom: '2026-04-01', closeUntil: '2026-06-30' };

interface Step {
  day: number;
  deal: number;
  stage: DealStage;
  amount: number;
  currency: 'USD' | 'EUR';
  closeDate: string | null;
  deleted: boolean;
}
const step = fc.record<Step>({
  day: fc.integer({ min: 1, max: 30 }),
  deal: fc.integer({ min: 0, max: 3 }),
  stage: fc.constantFrom(...DEAL_STAGES),
  amount: fc.integer({ min: 0, max: 5 }).map((n) => n * 100),
  currency: fc.constantFrom('USD', 'USD', 'USD', 'EUR'),
  closeDate: fc.constantFrom('2026-06-20', '2026-06-20', '2026-09-01', null),
  deleted: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
});
const dayOf = (day: number) => `2026-06-${String(day).padStart(2, '0')}`;

/** Carries the steps out through the verbs and answers the states that each deal went through. */
async function carryOut(tenant: TestTenant, steps: readonly Step[]): Promise<Map<number, [number, DealState][]>> {
  const ids = new Map<number, string>();
  const states = new Map<number, [number, DealState][]>();
  for (const { deal, day, deleted, ...fields } of [...steps].sort((a, b) => a.day - b.day)) {
    const known = states.get(deal) ?? [];
    if (known.at(-1)?.[1].deleted) continue;
    const changes = { ...fields, amount: String(fields.amount) };
    const id = ids.get(deal);
    if (!id) {
      const made = await tenant.run((ctx) => createDeal(ctx, { name: `deal ${deal}`, ...changes }), at(dayOf(day)));
      ids.set(deal, made.id);
    } else if (deleted) {
      await tenant.run((ctx) => deleteDeal(ctx, { id }), at(dayOf(day)));
    } else {
      await tenant.run((ctx) => updateDeal(ctx, { id, changes }), at(dayOf(day)));
    }
    const before = known.at(-1)?.[1];
    const state: DealState =
      id && deleted
        ? { ...before!, deleted: true }
        : { ...fields, inPeriod: fields.closeDate === '2026-06-20', inScope: true, deleted: false };
    states.set(deal, [...known, [day, state]]);
  }
  return states;
}

describe('the waterfall', () => {
  it('agrees with a plain reading of every change, and its parts lead from opening to closing exactly', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 14 }),
        fc.integer({ min: 2, max: 20 }),
        async (steps, first) => {
          const tenant = await createTenant(database);
          const states = await carryOut(tenant, steps);
          const last = first + 8;
          const expected = new Map<string, number>();
          for (const history of states.values()) {
            for (const [index, [day, state]] of history.entries()) {
              if (day < first || day > last) continue;
              for (const { part, currency, amount } of waterfallParts(history[index - 1]?.[1] ?? null, state)) {
                expected.set(`${currency} ${part}`, (expected.get(`${currency} ${part}`) ?? 0) + amount);
              }
            }
          }
          const { currencies } = await tenant.run((ctx) =>
            readWaterfall(ctx, { startDate: dayOf(first), endDate: dayOf(last), ...CLOSE }),
          );
          const found = new Map(
            currencies.flatMap(({ currency, parts }) =>
              parts
                .filter((line) => line.changes > 0)
                .map((line) => [`${currency} ${line.part}`, Number(line.amount)] as const),
            ),
          );
          const sorted = (map: Map<string, number>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1));
          expect(sorted(found)).toEqual(sorted(expected));
          for (const { opening, closing, parts } of currencies) {
            const moved = parts.reduce((sum, line) => sum + Number(line.amount), 0);
            expect(Number(opening) + moved).toBe(Number(closing));
          }
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe('the pipeline of an earlier day', () => {
  it('is what it was then, deal by deal, as a replay of the changes says', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 30 }),
        async (steps, day) => {
          const tenant = await createTenant(database);
          const states = await carryOut(tenant, steps);
          const expected = [...states.values()].flatMap((history) => {
            const state = history.filter(([when]) => when <= day).at(-1)?.[1];
            return state && !state.deleted ? [`${state.stage} ${state.amount} ${state.currency}`] : [];
          });
          const input = { asOf: dayOf(day), page: 1, limit: 50 };
          const list = await tenant.run((ctx) => listDeals(ctx, input), at('2026-07-15'));
          expect(list.items.map((deal) => `${deal.stage} ${deal.amount} ${deal.currency}`).sort()).toEqual(
            expected.sort(),
          );
          const board = await tenant.run((ctx) => readBoard(ctx, { asOf: dayOf(day), perStage: 10 }), at('2026-07-15'));
          expect(board.stages.reduce((sum, column) => sum + column.count, 0)).toBe(expected.length);
        },
      ),
      { numRuns: 15 },
    );
  });

  it('ends with the day of the organization, not of the server', async () => {
    const tenant = await createTenant(database);
    await database.owner`update organizations set time_zone = 'America/Los_Angeles' where id = ${tenant.organizationId}`;
    await tenant.run((ctx) => createDeal(ctx, { name: 'late' }), at('2026-06-11', 6));
    const count = async (asOf: string) =>
      (await tenant.run((ctx) => listDeals(ctx, { asOf, page: 1, limit: 1 }))).total;
    expect([await count('2026-06-09'), await count('2026-06-10')]).toEqual([0, 1]);
  });
});
