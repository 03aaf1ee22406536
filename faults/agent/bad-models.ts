import { createBdrWorld } from '../../test/bdr.ts';
import { createTenant } from '../../test/database.ts';
import { inParallel } from '../lib/caller.ts';
import { type Mood, WELL } from '../lib/provider.ts';
import type { Trial } from '../lib/trial.ts';
import { gatewayTo, type Said, startModel } from './model-vendor.ts';

interface Trouble {
  readonly name: string;
  readonly mood?: Mood;
  readonly says?: Said;
  /** What the work then waits for, or `ended`. */
  readonly state: string;
}

const TROUBLES: readonly Trouble[] = [
  { name: 'outage', mood: { kind: 'refuse', status: 503 }, state: 'MODEL_UNAVAILABLE' },
  { name: '429 storm', mood: { kind: 'refuse', status: 429, retryAfterSeconds: 1 }, state: 'MODEL_UNAVAILABLE' },
  { name: 'connection reset', mood: { kind: 'reset' }, state: 'MODEL_UNAVAILABLE' },
  { name: 'no answer', mood: { kind: 'black-hole' }, state: 'MODEL_UNAVAILABLE' },
  { name: 'body that breaks off', mood: { kind: 'malformed' }, state: 'MODEL_ANSWER_MALFORMED' },
  { name: 'malformed JSON', says: { text: '{"subject": "Hi", "sentences": [' }, state: 'MODEL_ANSWER_MALFORMED' },
  { name: 'wrong schema', says: { text: '{"subject": 7}' }, state: 'MODEL_ANSWER_MALFORMED' },
  { name: 'prose instead of JSON', says: { text: 'Sure! Here is your letter.' }, state: 'MODEL_ANSWER_MALFORMED' },
  { name: 'refusal', says: { text: '', stop: 'refusal' }, state: 'ended' },
  { name: 'truncated output', says: { text: '{"subject": "Hi"', stop: 'max_tokens' }, state: 'ended' },
];
const START = new Date('2026-06-30T12:00:00Z');
const LATER = new Date('2026-06-30T14:00:00Z');
const LETTER = JSON.stringify({
  subject: 'A question',
  sentences: [{ text: 'Would a short conversation be useful to you?', evidence: [], paragraph: 0 }],
});

/** Whatever a vendor does, the work on a prospect ends in a state that its row names, and goes on when it may. */
export const badModels: Trial = {
  id: 'M1',
  title: `Models that fail in ${TROUBLES.length} ways: outage, 429 storm, malformed JSON, refusal, truncation …`,
  guarantee: 'Each ends in its stated state, nothing is sent, and what waits goes on once the model answers.',
  async run(world, { n }) {
    const people = Math.min(20, Math.max(2, Math.round(n / 100)));
    const tenant = await createTenant(world.database);
    let trouble: Trouble = TROUBLES[0]!;
    let healed = false;
    const model = await startModel(() => (healed ? { text: LETTER } : (trouble.says ?? { text: LETTER })));
    world.cleanUp(() => model.close());
    const bdr = await createBdrWorld(world.database, tenant, { maxDailyTouches: 10_000 });
    const counts = { unstated: 0, lost: 0, duplicated: 0 };
    const states: Record<string, string> = {};
    for (trouble of TROUBLES) {
      healed = false;
      model.mood = trouble.mood ?? WELL;
      // A gateway of its own, as another process has: a storm of one trouble is no reason to rest in the next.
      const models = gatewayTo(world.database.app, model, 1_000);
      const seen = new Set<string>();
      const began = await Promise.all(Array.from({ length: people }, () => bdr.start()));
      await inParallel(people, { atOnce: 4 }, async (index) => {
        const progress = await bdr.advance(began[index]!.execution, START, { models });
        const state = progress.status === 'ended' ? 'ended' : progress.waitsFor;
        seen.add(state);
        if (state !== trouble.state) counts.unstated += 1;
      });
      states[trouble.name] = [...seen].join('/');
      healed = true;
      model.mood = WELL;
      if (trouble.state === 'ended') continue;
      const again = gatewayTo(world.database.app, model);
      await inParallel(people, { atOnce: 4 }, async (index) => {
        const progress = await bdr.advance(began[index]!.execution, LATER, { models: again });
        if (progress.status !== 'waiting' || progress.waitsFor !== 'approve') counts.lost += 1;
      });
    }
    const [row] = await world.database.owner<{ drafts: number; people: number; sends: number; open: number }[]>`
      select count(*)::int as drafts, count(distinct execution_id)::int as people,
             (select count(*)::int from sends where organization_id = ${tenant.organizationId} and purpose = 'sequence')
               as sends,
             (select count(*)::int from ai_calls where organization_id = ${tenant.organizationId} and status = 'pending')
               as open
      from bdr_approval_queue where organization_id = ${tenant.organizationId}`;
    return {
      trials: TROUBLES.length * people,
      counts: { ...counts, duplicated: row!.drafts - row!.people, sends: row!.sends, openTraces: row!.open },
      notes: states,
    };
  },
};
