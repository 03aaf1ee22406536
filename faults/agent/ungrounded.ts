import { createBdrWorld } from '../../test/bdr.ts';
import { createTenant } from '../../test/database.ts';
import { inParallel } from '../lib/caller.ts';
import type { Trial } from '../lib/trial.ts';
import { type Asked, gatewayTo, startModel } from './model-vendor.ts';

const DRAFTS = 200;
const START = new Date('2026-06-30T12:00:00Z');

/** Ways to state what no fact holds; the number makes each draft another one. */
const INVENTIONS: readonly ((asked: Asked, n: number) => { text: string; evidence: string[] })[] = [
  (_, n) => ({ text: `You opened ${n + 3} offices last year.`, evidence: [] }),
  ({ facts }, n) => ({ text: `You opened ${n + 1_003} offices last year.`, evidence: facts.slice(0, 1) }),
  (_, n) => ({ text: 'We know your market well.', evidence: [`fact-${n}`] }),
  ({ facts }) => ({ text: 'Companies like Initech and Hooli use us every day.', evidence: [...facts] }),
  () => ({ text: 'Our customers save a lot of time.', evidence: [] }),
  ({ facts }, n) => ({ text: `It costs $${n + 5} per seat.`, evidence: facts.slice(0, 2) }),
  ({ facts }) => ({ text: 'We guarantee that it works from the first day.', evidence: facts.slice(0, 2) }),
  ({ facts }, n) => ({ text: `Read more at https://pages.example/${n}.`, evidence: facts.slice(0, 2) }),
  () => ({ text: 'Your chief executive asked us to write to you.', evidence: [] }),
  ({ facts }) => ({ text: 'The weather decides about everything, as everybody knows.', evidence: facts.slice(0, 1) }),
];

/** Drafts that say what nobody knows, of an agent that is trusted with everything. */
export const ungrounded: Trial = {
  id: 'G1',
  title: `${DRAFTS} drafts with a statement that no fact holds`,
  guarantee: 'Each waits for a person; none is sent by itself.',
  async run(world) {
    const tenant = await createTenant(world.database);
    const model = await startModel((asked) => {
      const n = Number(/P(\d{4})X/.exec(asked.user)?.[1] ?? '0');
      const invented = INVENTIONS[n % INVENTIONS.length]!(asked, n);
      const sentences = [
        { text: 'Hello Ada,', evidence: [], paragraph: 0 },
        { ...invented, paragraph: 1 },
        { text: 'Would a short conversation be useful to you?', evidence: [], paragraph: 2 },
      ];
      return { text: JSON.stringify({ subject: 'A question', sentences }) };
    });
    world.cleanUp(() => model.close());
    const bdr = await createBdrWorld(world.database, tenant, {
      autoApproveMessages: true,
      requireHumanReview: false,
      autonomyLevel: 'autonomous',
      maxDailyTouches: 10_000,
    });
    const models = gatewayTo(world.database.app, model);
    await inParallel(DRAFTS, { atOnce: 8 }, async (n) => {
      const { execution } = await bdr.start({ company: `P${String(n).padStart(4, '0')}X` });
      await bdr.advance(execution, START, { models });
    });
    await bdr.deliver(START);
    const [row] = await world.database.owner<{ drafts: number; byItself: number; believed: number; sends: number }[]>`
      select count(*)::int as drafts,
             count(*) filter (where auto_approved or status in ('approved', 'sent'))::int as "byItself",
             count(*) filter (where grounded)::int as believed,
             (select count(*)::int from sends where organization_id = ${tenant.organizationId}
              and purpose = 'sequence') as sends
      from bdr_approval_queue where organization_id = ${tenant.organizationId}`;
    const { drafts, byItself, believed, sends } = row!;
    return {
      trials: drafts,
      counts: { lost: DRAFTS - drafts, autoApproved: byItself, autoSends: sends, foundGrounded: believed },
    };
  },
};
