import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ModelError, type ModelProvider, type ModelReply } from '../../../domain/agent/model.port.ts';
import type { Prompt } from '../../../domain/agent/prompt.input.ts';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../../test/database.ts';
import { scriptedModels, testModels } from '../../../test/models.ts';
import { createModelGateway, readBudget, redactCalls, setMonthlyLimit } from './index.ts';

let database: TestDatabase;
let tenant: TestTenant;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  tenant = await createTenant(database);
});
afterAll(() => database?.drop());

const prompt: Prompt<{ text: string }, { mood: string }> = {
  name: 'mood',
  version: 3,
  purpose: 'classify',
  system: 'Name the mood.',
  maxOutputTokens: 50,
  output: z.strictObject({ mood: z.enum(['good', 'bad']) }),
  render: ({ text }) => text,
  offline: ({ text }) => ({ mood: text.includes('!') ? 'good' : 'bad' }),
};
const usage = { inputTokens: 100, outputTokens: 10, cachedTokens: 0 };
const says =
  (text: string, finish: ModelReply['finish'] = 'stop') =>
  async () => ({ text, finish, usage });
const calls = () => database.owner`
  select model, prompt, status, failure, cost_micros::int as cost, counted_micros::int as counted from ai_calls
  where organization_id = ${tenant.organizationId} order by asked_at, id`;
const budget = () => tenant.run(readBudget);

describe('a call to a model', () => {
  it('is answered by the built-in model where there are no keys, which says so and costs nothing', async () => {
    const answer = await testModels(database.app).ask(tenant.scope, prompt, { text: 'Hello!' });
    expect(answer).toMatchObject({
      output: { mood: 'good' },
      model: 'offline',
      promptVersion: 'mood@3',
      costMicros: 0,
    });
    expect(await calls()).toEqual([
      { model: 'offline', prompt: 'mood@3', status: 'succeeded', failure: null, cost: 0, counted: 0 },
    ]);
    expect(
      await database.owner`select system_text from ai_prompts where organization_id = ${tenant.organizationId}`,
    ).toEqual([{ system_text: 'Name the mood.' }]);
  });

  it('costs what its tokens cost, and the rest of the reservation comes back', async () => {
    const answer = await scriptedModels(database.app, says('{"mood":"bad"}')).ask(tenant.scope, prompt, { text: 'x' });
    // 100 tokens at 2 dollars and 10 at 10 dollars per million.
    expect(answer.costMicros).toBe(300);
    expect(await budget()).toMatchObject({ spentMicros: 300, reservedMicros: 0 });
  });

  it.each([
    ['malformed JSON', says('{"mood":'), 'MODEL_ANSWER_MALFORMED', 'malformed'],
    ['an answer of another shape', says('{"mood":"furious"}'), 'MODEL_ANSWER_MALFORMED', 'malformed'],
    ['a refusal', says('', 'refusal'), 'MODEL_REFUSED', 'refused'],
    ['a cut answer', says('{"mood":"go', 'length'), 'MODEL_ANSWER_TRUNCATED', 'truncated'],
  ])('ends in a stated state after %s, and what was used is counted', async (_, complete, code, failure) => {
    const gateway = scriptedModels(database.app, complete);
    await expect(gateway.ask(tenant.scope, prompt, { text: 'x' })).rejects.toMatchObject({ code });
    expect(await calls()).toMatchObject([{ status: 'failed', failure, counted: 300 }]);
    expect(await budget()).toMatchObject({ spentMicros: 300, reservedMicros: 0 });
  });

  it.each([
    ['rate_limited', 0],
    ['rejected', 0],
    ['outage', 1_000],
    ['timeout', 1_000],
  ] as const)('ends as unavailable when the vendor is %s', async (failure, least) => {
    const gateway = scriptedModels(database.app, async () => {
      throw new ModelError(failure, 'no');
    });
    await expect(gateway.ask(tenant.scope, prompt, { text: 'x' })).rejects.toMatchObject({ code: 'MODEL_UNAVAILABLE' });
    const { spentMicros, reservedMicros } = await budget();
    expect(reservedMicros).toBe(0);
    // What was lost on its way may have cost something: then all of the reservation counts.
    expect(spentMicros >= least).toBe(true);
  });

  it('goes to the next model in an outage, and a vendor that asked to wait is left alone', async () => {
    let asked = 0;
    const busy: ModelProvider = {
      name: 'anthropic',
      async complete() {
        asked += 1;
        throw new ModelError('rate_limited', 'wait', { retryAfterSeconds: 60 });
      },
    };
    const gateway = createModelGateway({
      db: database.app,
      entries: [
        { id: 'haiku', label: '', provider: 'anthropic', wireName: 'claude-haiku-5-5', quality: 2 },
        { id: 'gpt', label: '', provider: 'openai', wireName: 'gpt-unknown', quality: 4 },
      ],
      providers: [busy, { name: 'openai', complete: says('{"mood":"good"}') }],
    });
    for (let round = 0; round < 2; round++) {
      const answer = await gateway.ask(tenant.scope, prompt, { text: 'x' });
      expect(answer).toMatchObject({ model: 'gpt-unknown', costMicros: null });
    }
    expect(asked).toBe(1);
    // The price of this one is not known: it counts at the dearest rate, and is never shown as nothing.
    expect((await calls()).at(-1)).toMatchObject({ cost: null, counted: 4_200 });
  });

  it.each([
    ['timeout', 'MODEL_UNAVAILABLE'],
    ['malformed', 'MODEL_ANSWER_MALFORMED'],
  ] as const)(
    'leaves a vendor alone after five times %s in a row, and says all the while %s',
    async (failure, code) => {
      let asked = 0;
      const gateway = scriptedModels(database.app, async () => {
        asked += 1;
        throw new ModelError(failure, 'no answer');
      });
      for (let round = 0; round < 8; round++)
        await expect(gateway.ask(tenant.scope, prompt, { text: 'x' })).rejects.toMatchObject({ code });
      expect(asked).toBe(5);
      expect(await calls()).toHaveLength(5);
    },
  );

  it('withholds an answer that repeats the mark of the system text', async () => {
    const gateway = scriptedModels(database.app, async (_, { system }) => ({
      text: JSON.stringify({ mood: system.slice(-16) }),
      finish: 'stop',
      usage,
    }));
    await expect(gateway.ask(tenant.scope, prompt, { text: 'x' })).rejects.toMatchObject({ code: 'MODEL_REFUSED' });
    expect(await calls()).toMatchObject([{ failure: 'leaked' }]);
  });

  it('leaves a trace that can be taken out without its figures', async () => {
    const prospectId = '018f0000-0000-7000-8000-000000000001';
    await testModels(database.app).ask(tenant.scope, prompt, { text: 'secret' }, { prospectId });
    expect(await tenant.run((ctx) => redactCalls(ctx, [prospectId]))).toBe(1);
    expect(
      await database.owner`
      select request, answer, status from ai_calls where organization_id = ${tenant.organizationId}`,
    ).toEqual([{ request: null, answer: null, status: 'succeeded' }]);
  });
});

describe('the budget of a month', () => {
  it('is never passed by a thousand calls at once, whatever they cost in the end', async () => {
    await tenant.run((ctx) => setMonthlyLimit(ctx, 100_000));
    let asked = 0;
    const gateway = scriptedModels(database.app, async () => {
      asked += 1;
      return { text: '{"mood":"good"}', finish: 'stop', usage: { ...usage, outputTokens: 5 + (asked % 40) } };
    });
    // As many at once as the pool of a process lets wait for a connection on a busy machine.
    let left = 1_000;
    const outcomes: PromiseSettledResult<unknown>[] = [];
    const caller = async () => {
      while (left-- > 0)
        outcomes.push(...(await Promise.allSettled([gateway.ask(tenant.scope, prompt, { text: 'x' })])));
    };
    let most = 0;
    const watch = setInterval(async () => {
      const [row] = await database.owner<{ over: number }[]>`
        select max(spent_micros + reserved_micros - limit_micros)::int as over from ai_budgets
        where organization_id = ${tenant.organizationId}`;
      most = Math.max(most, row?.over ?? 0);
    }, 5);
    await Promise.all(Array.from({ length: 100 }, caller));
    clearInterval(watch);
    expect(outcomes).toHaveLength(1_000);
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(new Set(refused.map(({ reason }) => reason.code))).toEqual(new Set(['AI_BUDGET_EXHAUSTED']));
    const { spentMicros, reservedMicros } = await budget();
    expect(most).toBeLessThanOrEqual(0);
    expect(reservedMicros).toBe(0);
    expect(spentMicros).toBeLessThanOrEqual(100_000);
    expect(refused.length).toBeGreaterThan(0);
    expect(spentMicros).toBeGreaterThan(0);
    const [ledger] = await database.owner<{ counted: number }[]>`
      select sum(counted_micros)::int as counted from ai_calls where organization_id = ${tenant.organizationId}`;
    expect(ledger!.counted).toBe(spentMicros);
  }, 120_000);
});
