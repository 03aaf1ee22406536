import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { letterPrompt, letterTextPrompt } from '../../../domain/agent/letter.input.ts';
import { ModelError } from '../../../domain/agent/model.port.ts';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../../test/database.ts';
import { LETTER, scriptedModels, testModels } from '../../../test/models.ts';
import type { Scope } from '../../core/context.ts';
import { inTransaction } from '../../core/transaction.ts';
import { redactCalls, setMonthlyLimit } from '../gateway/index.ts';
import { getModelCall, listModelCalls, listPrompts, listPromptVersions, readUsage, USAGE_GROUPS } from './index.ts';

let database: TestDatabase;
let tenant: TestTenant;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  tenant = await createTenant(database);
});
afterAll(() => database?.drop());

const PROSPECT = '018f0000-0000-7000-8000-000000000001';
const page = { page: 1, limit: 50 };
const SECOND = 'Write a better letter.';

interface Row {
  readonly purpose: string;
  readonly model: string;
  readonly person: string | null;
  readonly promptVersion: string;
  readonly day: string;
  readonly status: string;
  readonly input: number;
  readonly output: number;
  readonly cost: number | null;
  readonly counted: number | null;
}
const rowsOf = () => database.owner<Row[]>`
  select purpose, model, user_id::text as person, prompt as "promptVersion",
         to_char(asked_at at time zone 'UTC', 'YYYY-MM-DD') as day, status, coalesce(input_tokens, 0) as input,
         coalesce(output_tokens, 0) as output, cost_micros::int as cost, counted_micros::int as counted
  from ai_calls where organization_id = ${tenant.organizationId}`;

/** The same sums by hand. */
const summed = (rows: readonly Row[]) => ({
  calls: rows.length,
  succeeded: rows.filter(({ status }) => status === 'succeeded').length,
  failed: rows.filter(({ status }) => status === 'failed').length,
  pending: rows.filter(({ status }) => status === 'pending').length,
  inputTokens: rows.reduce((sum, { input }) => sum + input, 0),
  outputTokens: rows.reduce((sum, { output }) => sum + output, 0),
  costMicros: rows.reduce((sum, { cost }) => sum + (cost ?? 0), 0),
  countedMicros: rows.reduce((sum, { counted }) => sum + (counted ?? 0), 0),
  unpriced: rows.filter(({ cost, status }) => cost === null && status !== 'pending').length,
});

const at = (day: string): Scope => ({ ...tenant.scope, now: new Date(`${day}T23:30:00Z`) });
const by = (scope: Scope, userId: string): Scope => ({ ...scope, principal: { ...scope.principal, userId } });

/** By the built-in model, by one that costs, and by one whose answer was lost. Answers who asked the first and the last. */
async function askSeveral(): Promise<string> {
  const [ada] = await database.owner<{ id: string }[]>`
    insert into users (organization_id, email, first_name, last_name, role)
    values (${tenant.organizationId}, ${`ada@${tenant.organizationId}.example`}, 'Ada', 'Byron', 'user') returning id`;
  const offline = testModels(database.app);
  await offline.ask(by(at('2026-06-01'), ada!.id), letterPrompt, LETTER, { prospectId: PROSPECT });
  await offline.ask(at('2026-06-30'), letterTextPrompt, LETTER);
  await offline.ask(at('2026-05-31'), letterPrompt, LETTER);
  const usage = { inputTokens: 1_001, outputTokens: 103, cachedTokens: 0 };
  const paid = scriptedModels(database.app, async (_, { offline: text }) => ({ text: text(), finish: 'stop', usage }));
  for (const day of ['2026-06-29', '2026-06-30'])
    await paid.ask(at(day), { ...letterPrompt, version: 2, system: SECOND }, LETTER);
  const lost = scriptedModels(database.app, async () => {
    throw new ModelError('timeout', 'no answer');
  });
  await expect(lost.ask(by(at('2026-06-30'), ada!.id), letterPrompt, LETTER)).rejects.toThrow();
  return ada!.id;
}

describe('the ledger of calls to models', () => {
  it('adds up to its rows exactly, by each of its sides, beside what the budget holds', async () => {
    await tenant.run((ctx) => setMonthlyLimit(ctx, 5_000_000), new Date('2026-06-01T00:00:00Z'));
    await askSeveral();
    const june = (await rowsOf()).filter(({ day }) => day >= '2026-06-01');
    expect(june).toHaveLength(5);
    for (const groupBy of USAGE_GROUPS) {
      const usage = await inTransaction(database.app, at('2026-06-30'), (ctx) => readUsage(ctx, { groupBy }));
      expect(usage).toMatchObject({ from: '2026-06-01', to: '2026-06-30', total: summed(june) });
      const groups = Map.groupBy(june, (row) => row[groupBy]);
      expect(new Map(usage.groups.map((group) => [group.key, group]))).toMatchObject(
        new Map([...groups].map(([key, rows]) => [key, { key, ...summed(rows) }])),
      );
      const { total, budget } = usage;
      expect(budget).toMatchObject({ month: '2026-06-01', limitMicros: 5_000_000, spentMicros: total.countedMicros });
      if (groupBy === 'person') {
        expect(new Set(usage.groups.map(({ label }) => label))).toEqual(new Set([null, 'Ada Byron']));
      }
    }
    const range = { groupBy: 'day', from: '2026-05-01', to: '2026-06-01' } as const;
    expect((await tenant.run((ctx) => readUsage(ctx, range))).groups.map(({ key }) => key)).toEqual([
      '2026-05-31',
      '2026-06-01',
    ]);
  });

  it('is a group of nothing before anybody has asked, and refuses days that end before they begin', async () => {
    expect(await tenant.run((ctx) => readUsage(ctx, { groupBy: 'model' }))).toMatchObject({
      total: { calls: 0, costMicros: 0 },
      groups: [],
      budget: { limitMicros: 100_000_000, spentMicros: 0 },
    });
    const backwards = { groupBy: 'day', from: '2026-06-02', to: '2026-06-01' } as const;
    await expect(tenant.run((ctx) => readUsage(ctx, backwards))).rejects.toMatchObject({ kind: 'validation' });
  });

  it('shows the whole trace of a call, and of one that was redacted the figures alone', async () => {
    await askSeveral();
    const about = await tenant.run((ctx) => listModelCalls(ctx, { ...page, prospectId: PROSPECT }));
    expect(about.total).toBe(1);
    const trace = () => tenant.run((ctx) => getModelCall(ctx, { id: about.items[0]!.id }));
    const whole = await trace();
    expect(whole).toMatchObject({
      promptVersion: 'letter@1',
      system: letterPrompt.system,
      request: letterPrompt.render(LETTER),
      redactedAt: null,
    });
    expect(JSON.parse(whole.answer!)).toEqual(letterPrompt.offline(LETTER));
    await tenant.run((ctx) => redactCalls(ctx, [PROSPECT]));
    expect(await trace()).toMatchObject({ request: null, answer: null, inputTokens: whole.inputTokens });
    const failed = await tenant.run((ctx) => listModelCalls(ctx, { ...page, status: 'failed' }));
    expect(failed.items).toMatchObject([{ failure: 'timeout', costMicros: null, promptVersion: 'letter@1' }]);
  });

  it('keeps out what a model answers about somebody who was erased while it wrote', async () => {
    const slow = scriptedModels(database.app, async (_, { offline }) => {
      await tenant.run((ctx) => redactCalls(ctx, [PROSPECT]));
      return { text: offline(), finish: 'stop', usage: { inputTokens: 10, outputTokens: 10, cachedTokens: 0 } };
    });
    const { callId } = await slow.ask(tenant.scope, letterPrompt, LETTER, { prospectId: PROSPECT });
    expect(await tenant.run((ctx) => getModelCall(ctx, { id: callId }))).toMatchObject({
      status: 'succeeded',
      request: null,
      answer: null,
      costMicros: 120,
    });
  });

  it('is read by those who run the agent; of people limited to teams, what is theirs alone', async () => {
    const ada = await askSeveral();
    const mine = (permissions: readonly 'ai.view'[] | 'all') => ({
      ...tenant.scope,
      principal: {
        kind: 'user' as const,
        id: ada,
        userId: ada,
        permissions: permissions === 'all' ? permissions : new Set(permissions),
        allowedTeamIds: [],
      },
    });
    const listed = (scope: Scope) => inTransaction(database.app, scope, (ctx) => listModelCalls(ctx, page));
    await expect(listed(mine(['ai.view']))).rejects.toMatchObject({ kind: 'forbidden' });
    const { items, total } = await listed(mine('all'));
    expect(total).toBe(2);
    expect(new Set(items.map(({ userId }) => userId))).toEqual(new Set([ada]));
  });

  it('keeps every version of a prompt word by word, with what it took', async () => {
    await askSeveral();
    const rows = await rowsOf();
    const letters = rows.filter(({ promptVersion }) => promptVersion.startsWith('letter@'));
    const { items } = await tenant.run((ctx) => listPrompts(ctx, page));
    expect(items).toMatchObject([
      { name: 'letter', version: 2, versions: 2, ...summed(letters) },
      { name: 'letter-text', version: 1, versions: 1, calls: 1 },
    ]);
    const versions = await tenant.run((ctx) => listPromptVersions(ctx, { ...page, name: 'letter' }));
    expect(versions.items).toMatchObject(
      [2, 1].map((version) => ({
        version,
        systemText: version === 2 ? SECOND : letterPrompt.system,
        ...summed(letters.filter(({ promptVersion }) => promptVersion === `letter@${version}`)),
      })),
    );
    await expect(tenant.run((ctx) => listPromptVersions(ctx, { ...page, name: 'unknown' }))).rejects.toMatchObject({
      kind: 'not_found',
    });
  });
});
