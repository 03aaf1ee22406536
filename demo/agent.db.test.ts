import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getProspectContext, listApprovals, listExecutions, listHandoffs } from '../services/agent/bdr/index.ts';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../test/database.ts';
import { testMailing } from '../test/http/harness.ts';
import { testOutreachOf } from '../test/outreach.ts';
import { buildAgent } from './agent.ts';

let database: TestDatabase;
let tenant: TestTenant;
beforeAll(async () => {
  database = await createTestDatabase();
  tenant = await createTenant(database);
});
afterAll(() => database?.drop());

describe('the agent of the demo', () => {
  it('has led twenty people and more from discovery to handoff on stored facts, and left some for you', async () => {
    const now = new Date('2026-11-21T18:00:00Z');
    await buildAgent(database, { ...testOutreachOf(testMailing), allowUnverified: true }, { ...tenant.scope, now });
    const page = { page: 1, limit: 200 };
    const read = tenant.run;
    const { items: handoffs } = await read((ctx) => listHandoffs(ctx, page), now);
    expect(handoffs.length).toBeGreaterThanOrEqual(20);
    expect(handoffs.filter(({ status }) => status === 'pending').length).toBeGreaterThanOrEqual(2);
    const { items: messages } = await read((ctx) => listApprovals(ctx, page), now);
    expect(messages.filter(({ status }) => status === 'pending').length).toBeGreaterThanOrEqual(2);
    expect(messages.filter(({ grounded }) => !grounded)).toEqual([]);
    const lost: string[] = [];
    const facts = new Map<string, Set<string>>();
    const known = async (prospectId: string) => {
      const found = facts.get(prospectId);
      if (found) return found;
      const { facts: held } = await read((ctx) => getProspectContext(ctx, { prospectId }), now);
      facts.set(prospectId, new Set(held.map(({ id }) => id)));
      return facts.get(prospectId)!;
    };
    for (const { prospectId, sentences } of messages)
      for (const { evidence } of sentences)
        for (const id of evidence) if (!(await known(prospectId)).has(id)) lost.push(id);
    for (const { prospectId, answers } of handoffs)
      for (const { evidence } of answers)
        for (const id of evidence) if (!(await known(prospectId)).has(id)) lost.push(id);
    expect(lost).toEqual([]);
    const { items: executions } = await read((ctx) => listExecutions(ctx, page), now);
    expect(executions.filter(({ outcome }) => outcome === 'handed_off').length).toBeGreaterThanOrEqual(16);
  }, 120_000);
});
