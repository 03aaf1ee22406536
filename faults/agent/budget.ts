import { letterPrompt } from '../../domain/agent/letter.input.ts';
import { AppError } from '../../domain/core/errors.ts';
import { setMonthlyLimit } from '../../services/agent/gateway/index.ts';
import { createTenant } from '../../test/database.ts';
import { LETTER } from '../../test/models.ts';
import type { Trial } from '../lib/trial.ts';
import { gatewayTo, startModel } from './model-vendor.ts';

const CALLS = 1_000;
/** Room for about a hundred reservations. */
const LIMIT_MICROS = 2_500_000;

const ANSWER = JSON.stringify({ subject: 'Hi', sentences: [{ text: 'Hello Ada,', evidence: [], paragraph: 0 }] });

/** A thousand calls begin at once; what they reserve and spend is looked at all the while. */
export const budget: Trial = {
  id: 'B1',
  title: `${CALLS} calls to models at once against one budget`,
  guarantee: 'What is reserved and spent together never passes the limit, and every call ends in a stated state.',
  async run(world) {
    const { owner, app } = world.database;
    const tenant = await createTenant(world.database);
    const { organizationId } = tenant;
    // Every tenth answer is lost on its way: its reservation has to count.
    let asked = 0;
    const model = await startModel(() => ({ text: ANSWER }));
    model.mood = () => (asked++ % 10 === 9 ? { kind: 'taken-then-reset' } : { kind: 'well' });
    world.cleanUp(() => model.close());
    await tenant.run((ctx) => setMonthlyLimit(ctx, LIMIT_MICROS));
    const gateway = gatewayTo(app, model);
    let most = 0;
    let done = false;
    const look = async () => {
      const [row] = await owner<{ held: number }[]>`
        select coalesce(max(spent_micros + reserved_micros), 0)::float8 as held from ai_budgets
        where organization_id = ${organizationId}`;
      most = Math.max(most, row!.held);
    };
    const watching = (async () => {
      while (!done) await look();
    })();
    const states = new Map<string, number>();
    await Promise.all(
      Array.from({ length: CALLS }, async () => {
        const state = await gateway.ask(tenant.scope, letterPrompt, LETTER).then(
          () => 'answered',
          (error: unknown) => (error instanceof AppError ? error.code : String(error)),
        );
        states.set(state, (states.get(state) ?? 0) + 1);
      }),
    );
    done = true;
    await watching;
    await look();
    const [row] = await owner<{ spent: number; reserved: number; counted: number; open: number; calls: number }[]>`
      select b.spent_micros::float8 as spent, b.reserved_micros::float8 as reserved,
             (select sum(counted_micros)::float8 from ai_calls where organization_id = ${organizationId}) as counted,
             (select count(*)::int from ai_calls where organization_id = ${organizationId} and status = 'pending') as open,
             (select count(*)::int from ai_calls where organization_id = ${organizationId}) as calls
      from ai_budgets b where b.organization_id = ${organizationId}`;
    const stated = ['answered', 'AI_BUDGET_EXHAUSTED', 'MODEL_UNAVAILABLE'];
    return {
      trials: CALLS,
      counts: {
        lost: CALLS - [...states.values()].reduce((sum, count) => sum + count, 0),
        overLimit: Math.max(0, most - LIMIT_MICROS),
        leftReserved: row!.reserved,
        miscounted: Math.abs(row!.spent - row!.counted),
        openTraces: row!.open,
        askedWithoutReservation: model.journal.length - row!.calls,
        unstated: [...states].reduce((sum, [state, count]) => sum + (stated.includes(state) ? 0 : count), 0),
        // A budget that refuses nobody has shown nothing.
        nobodyRefused: states.has('AI_BUDGET_EXHAUSTED') ? 0 : 1,
      },
      notes: { limitUsd: LIMIT_MICROS / 1e6, mostUsd: most / 1e6, ...Object.fromEntries(states) },
    };
  },
};
