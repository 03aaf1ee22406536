import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ModelProvider } from '../../../domain/agent/model.port.ts';
import { bdrOf, createBdrWorld, hours } from '../../../test/bdr.ts';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../../test/database.ts';
import { scriptedModels } from '../../../test/models.ts';
import { runAllReactions } from '../../../test/reactions.ts';
import { completeTask, logCall } from '../../crm/index.ts';
import { CRM_REACTIONS } from '../../crm/reactions.ts';
import { OUTREACH_REACTIONS } from '../../outreach/reactions.ts';
import { eraseAgentTexts } from './bdr-privacy.ts';
import { approveMessage, receiveReply, rejectMessage } from './index.ts';

let database: TestDatabase;
let tenant: TestTenant;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  tenant = await createTenant(database);
});
afterAll(() => database?.drop());

const { approvals } = bdrOf(() => ({ database, tenant }));
const saysOffline: ModelProvider['complete'] = async (_, request) => ({
  text: request.offline(),
  finish: 'stop',
  usage: { inputTokens: 1_000, outputTokens: 100, cachedTokens: 0 },
});
const pending = async () => (await approvals()).find(({ status }) => status === 'pending')!;

describe('a message of the agent', () => {
  it('takes turns between the preferred channels, and what no machine may do becomes a task with the words for it', async () => {
    const world = await createBdrWorld(database, tenant, { preferredChannels: ['linkedin', 'phone', 'email'] });
    const linkedinUrl = 'https://www.linkedin.com/in/ada';
    const { prospectId, execution } = await world.start({ linkedinUrl, phone: '+14155550123' });
    for (const [touch, channel] of ['linkedin', 'phone', 'email'].entries()) {
      // In the afternoon of California, where the number is.
      const now = hours(6 + 50 * touch);
      await world.advance(execution, now);
      expect(await pending()).toMatchObject({ channel, touchNumber: touch + 1, grounded: true });
      await tenant.run(async (ctx) => approveMessage(ctx, { id: (await pending()).id }), now);
      await world.advance(execution, now);
    }
    const tasks = await database.owner`
      select t.type, t.notes = a.body as same, t.status, a.status as message, t.touch ->> 'variant' = a.strategy as credited
      from tasks t join bdr_approval_queue a on a.task_id = t.id where t.prospect_id = ${prospectId} order by a.touch_number`;
    const given = { same: true, status: 'open', message: 'sent', credited: true };
    expect(tasks).toEqual([
      { type: 'linkedin', ...given },
      { type: 'call', ...given },
    ]);
    expect(
      await database.owner`select state from sends where organization_id = ${tenant.organizationId}
      and purpose = 'sequence'`,
    ).toHaveLength(1);
  });

  it('that a person carries out is a touch of the agent with what models cost, on LinkedIn and in a call, once each', async () => {
    const world = await createBdrWorld(database, tenant, { preferredChannels: ['linkedin', 'phone'] });
    const linkedinUrl = 'https://www.linkedin.com/in/ada';
    const { prospectId, execution } = await world.start({ linkedinUrl, phone: '+14155550123' });
    const models = scriptedModels(database.app, saysOffline);
    for (const touch of [0, 1]) {
      const now = hours(6 + 50 * touch);
      await world.advance(execution, now, { models });
      await tenant.run(async (ctx) => approveMessage(ctx, { id: (await pending()).id }), now);
      await world.advance(execution, now, { models });
      const [task] = await database.owner<{ id: string; type: string }[]>`
        select id, type from tasks where prospect_id = ${prospectId} and status = 'open'`;
      await tenant.run(async (ctx) => {
        if (task!.type === 'linkedin') return completeTask(ctx, { id: task!.id });
        await logCall(ctx, { prospectId, taskId: task!.id, disposition: 'no_answer' });
        return logCall(ctx, { prospectId, taskId: task!.id, disposition: 'answered' });
      }, now);
    }
    await runAllReactions(database, [...CRM_REACTIONS, ...OUTREACH_REACTIONS], hours(100));
    const touches = await database.owner`
      select i.channel, t.outreach ->> 'bdrAgentId' is not null as "byAgent", t.outreach ->> 'promptVersion' as prompt,
             m.micros::int as micros
      from interactions i
      left join touch_sources t on t.organization_id = i.organization_id and t.id = i.touch_source_id
      left join touch_model_costs m on m.organization_id = i.organization_id and m.interaction_id = i.id
      where i.organization_id = ${tenant.organizationId} and i.voided_at is null order by i.started_at, i.id`;
    const touch = { byAgent: true, prompt: 'letter@1' };
    expect(touches).toEqual([
      { channel: 'linkedin', ...touch, micros: 3_000 },
      { channel: 'call', ...touch, micros: 3_000 },
      { channel: 'call', ...touch, micros: null },
    ]);
  });

  it('ends the work with the rule that says so where no channel leads to anybody', async () => {
    const world = await createBdrWorld(database, tenant, { preferredChannels: ['linkedin'] });
    const { execution } = await world.start();
    expect(await world.advance(execution, hours(0))).toEqual({ status: 'ended', outcome: 'not_contactable' });
  });

  it('bears what models cost since the one before, rejected drafts and readings of answers included, each once', async () => {
    const world = await createBdrWorld(database, tenant);
    const models = scriptedModels(database.app, saysOffline);
    const { prospectId, execution } = await world.start();
    const advance = (now: Date) => world.advance(execution, now, { models });
    await advance(hours(0));
    await tenant.run(async (ctx) => rejectMessage(ctx, { id: (await pending()).id, reason: 'no', regenerate: true }));
    await advance(hours(1));
    await tenant.run(async (ctx) => approveMessage(ctx, { id: (await pending()).id }), hours(1));
    await advance(hours(1));
    const reply = { prospectId, externalId: 'r1', text: 'Is it secure?', receivedAt: hours(2) };
    await tenant.run((ctx) => receiveReply(ctx, reply), hours(2));
    await advance(hours(2));
    await tenant.run(async (ctx) => approveMessage(ctx, { id: (await pending()).id }), hours(2));
    await advance(hours(2));
    const touches = await database.owner<{ micros: number }[]>`
      select (touch ->> 'modelCostMicros')::int as micros, touch ->> 'promptVersion' as prompt from emails
      where organization_id = ${tenant.organizationId} and prospect_id = ${prospectId} order by created_at`;
    // A thousand tokens read at two dollars per million and a hundred written at ten: 3,000 millionths each.
    expect(touches).toEqual([
      { micros: 6_000, prompt: 'letter@1' },
      { micros: 6_000, prompt: 'letter@1' },
    ]);
  });
});

describe('somebody whom an answer names', () => {
  it('becomes a record that says who named them and when, with a task to look at it, and nobody writes to them', async () => {
    const world = await createBdrWorld(database, tenant);
    const { prospectId, execution } = await world.start();
    await world.advance(execution, hours(0));
    const text = 'I am not in charge. Please contact Bob Stone.';
    await tenant.run(
      (ctx) => receiveReply(ctx, { prospectId, externalId: 'r1', text, receivedAt: hours(2) }),
      hours(2),
    );
    expect(await world.advance(execution, hours(2))).toEqual({ status: 'ended', outcome: 'not_now' });
    const named = () => database.owner`
      select p.first_name, p.last_name, p.company, p.email, p.source, p.bdr_assigned, m.fact,
             m.fact_values ->> 'prospectId' = ${prospectId} as "byThem", m.source_type, m.source_id = r.id as "ofTheAnswer",
             t.title, t.status
      from prospects p
      join bdr_context_memory m on m.prospect_id = p.id and m.kind = 'referral'
      join tasks t on t.prospect_id = p.id
      join bdr_replies r on r.prospect_id = ${prospectId}
      where p.organization_id = ${tenant.organizationId} and p.id <> ${prospectId}`;
    expect(await named()).toEqual([
      {
        first_name: 'Bob',
        last_name: 'Stone',
        company: 'Globex',
        email: null,
        source: 'bdr_referral',
        bdr_assigned: false,
        fact: 'Ada Lee named this person on 2026-06-30.',
        byThem: true,
        source_type: 'bdr_reply',
        ofTheAnswer: true,
        title: 'Look at Bob Stone, whom an answer named',
        status: 'open',
      },
    ]);
    expect(
      await database.owner`select id from bdr_workflow_executions where organization_id = ${tenant.organizationId}`,
    ).toHaveLength(1);
    // Ada's name goes with Ada, also where it stands in what is known of Bob.
    expect(await tenant.run((ctx) => eraseAgentTexts(ctx, [prospectId]))).toMatchObject({ agent_referrals: 1 });
    expect(await named()).toMatchObject([{ fact: 'Somebody named this person.', byThem: null, ofTheAnswer: true }]);
    expect(await tenant.run((ctx) => eraseAgentTexts(ctx, [prospectId]))).toMatchObject({ agent_referrals: 0 });
  });
});
