import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallEvent } from '../../../domain/crm/live-call.rules.ts';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../../test/database.ts';
import { runAllReactions } from '../../../test/reactions.ts';
import { applyCallEvents, CALL_RECORDS } from '../../crm/index.ts';
import { CRM_REACTIONS } from '../../crm/reactions.ts';
import { AGENT_REACTIONS } from '../reactions.ts';
import {
  analyzeConversation,
  attendConversation,
  CONVERSATION_RECORDS,
  createConversation,
  deleteConversation,
  getConversation,
  getInsights,
  listConversations,
  listStatements,
  readCoaching,
  transcribeConversation,
} from './index.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());
const react = () => runAllReactions(database, [...CRM_REACTIONS, ...AGENT_REACTIONS]);

const LINES = [
  'Asha: Hello.',
  'Ben: We currently use Gong. You are too expensive, I am really frustrated.',
  'Asha: We have many features.',
  'Ben: Could you send me a proposal?',
];
const TRANSCRIPT = LINES.join('\n');
const participants = [{ name: 'Asha', role: 'rep' as const }];
const analyze = (tenant: TestTenant, conversationId: string, generation: number) =>
  tenant.run((ctx) => analyzeConversation(ctx, { conversationId, generation }));

const RULES_ONLY = { transcribe: false, read: false };

describe('a conversation', () => {
  it('of a transcript shows who spoke how much, how each statement sounds and what it means, and says what it lacks', async () => {
    const tenant = await createTenant(database);
    const { id, status } = await tenant.run((ctx) => createConversation(ctx, { transcript: TRANSCRIPT, participants }));
    expect(status).toBe('analyzing');
    await analyze(tenant, id, 1);
    await analyze(tenant, id, 1);
    const view = await tenant.run((ctx) => getConversation(ctx, { id }));
    expect(view).toMatchObject({
      status: 'completed',
      sentiment: 'negative',
      repQuestions: 0,
      transcriptFormat: 'text',
    });
    expect(view.talkListen!.talk).toBeCloseTo(5 / 23, 6);
    expect(view.analysis).toMatchObject({ model: null, notComputed: [{ what: 'summary' }] });
    const { items } = await tenant.run((ctx) => listStatements(ctx, { id, page: 1, limit: 10 }));
    expect(items.map(({ role, sentiment }) => [role, sentiment])).toEqual([
      ['rep', 'neutral'],
      ['customer', 'negative'],
      ['rep', 'neutral'],
      ['customer', 'neutral'],
    ]);
    const found = await tenant.run((ctx) => getInsights(ctx, { id }));
    expect(found.objections.map(({ code, statement }) => [code, statement])).toEqual([['price', 1]]);
    expect(found.competitors.map(({ code }) => code)).toEqual(['gong']);
    expect(found.nextBestAction).toMatchObject({ code: 'send_proposal', statement: 3, engine: 'rules' });
    expect(found.coaching.map(({ code }) => code).toSorted()).toEqual(['no_next_step', 'objection_passed_over']);
  });

  it('knows the competitors of former conversations, and judges no language that it has no words of', async () => {
    const tenant = await createTenant(database);
    const one = await tenant.run((ctx) => createConversation(ctx, { transcript: TRANSCRIPT, participants }));
    await analyze(tenant, one.id, 1);
    const german = 'Asha: Guten Tag.\nBen: Gong hat das auch.';
    const two = await tenant.run((ctx) =>
      createConversation(ctx, { transcript: german, language: 'de', participants }),
    );
    await analyze(tenant, two.id, 1);
    const found = await tenant.run((ctx) => getInsights(ctx, { id: two.id }));
    expect(found.competitors.map(({ code, data }) => [code, data.by])).toEqual([['gong', 'list']]);
    expect(found.analysis!.notComputed.map(({ what }) => what)).toEqual(['summary', 'sentiment']);
    const { items } = await tenant.run((ctx) => listStatements(ctx, { id: two.id, page: 1, limit: 10 }));
    expect(items.map(({ sentiment }) => sentiment)).toEqual([null, null]);
  });

  it('without a transcript waits a week for one; another one replaces the analysis and what ran for it', async () => {
    const tenant = await createTenant(database);
    const { id } = await tenant.run((ctx) => createConversation(ctx, { recordingUrl: 'https://r.example/1.mp3' }));
    const attend = (generation: number, now?: Date) =>
      tenant.run((ctx) => attendConversation(ctx, { conversationId: id, generation }, RULES_ONLY), now);
    expect((await attend(1)).status).toBe('waiting');
    const target = { conversationId: id, generation: 1 };
    const speech = { transcribe: true, read: false };
    expect(await tenant.run((ctx) => attendConversation(ctx, target, speech))).toEqual({ status: 'transcribe' });
    expect(await attend(1, new Date(Date.now() + 8 * 86_400_000))).toEqual({ status: 'failed' });
    const again = await tenant.run((ctx) => transcribeConversation(ctx, { id, transcript: TRANSCRIPT, participants }));
    expect(again).toMatchObject({ status: 'analyzing', generation: 2, errorCode: null });
    expect([await attend(1), await attend(2)]).toEqual([
      { status: 'replaced' },
      { status: 'completed', askModel: false },
    ]);
    expect(await analyze(tenant, id, 1)).toBe(false);
    await tenant.run((ctx) => deleteConversation(ctx, { id }));
    expect(await attend(2)).toEqual({ status: 'deleted' });
    const [left] = await database.owner`
      select count(*)::integer as count from conversation_transcripts where conversation_id = ${id}`;
    expect(left!.count).toBe(0);
  });

  it.each([
    [{ transcript: 'WEBVTT\n\n' }, 'transcript'],
    [{ prospectId: '018f0000-0000-7000-8000-000000000000' }, 'prospectId'],
  ])('is refused with %j', async (fields, field) => {
    const tenant = await createTenant(database);
    const made = tenant.run((ctx) => createConversation(ctx, fields));
    await expect(made).rejects.toMatchObject({ kind: 'validation', extras: { issues: [{ field }] } });
  });

  it('adds to what its rep is told over all conversations', async () => {
    const tenant = await createTenant(database);
    const [user] = await database.owner`
      insert into users (organization_id, email, first_name)
      values (${tenant.organizationId}, ${`${tenant.organizationId}@c.example`}, 'Asha') returning id`;
    for (const n of [1, 2]) {
      const { id } = await tenant.run((ctx) =>
        createConversation(ctx, { transcript: `${TRANSCRIPT} ${n}`, participants, userId: user!.id }),
      );
      await analyze(tenant, id, 1);
    }
    const { reps } = await tenant.run((ctx) => readCoaching(ctx, {}));
    expect(reps).toMatchObject([
      {
        rep: { userId: user!.id, name: 'Asha' },
        conversations: 2,
        opportunities: [
          { code: 'no_next_step', conversations: 2 },
          { code: 'objection_passed_over', conversations: 2 },
        ],
      },
    ]);
  });
});

describe('a call of telephony', () => {
  const tell = (tenant: TestTenant, type: CallEvent['type'], second: number, transcript?: unknown, url?: string) =>
    tenant.run((ctx) =>
      applyCallEvents(ctx, [
        {
          source: 'convin',
          callId: 'c-1',
          event: {
            key: `${type} ${second}`,
            type,
            occurredAt: new Date(Date.parse('2026-06-30T11:00:00Z') + second * 1000),
            says: {
              from: '+14155550134',
              agentExternalId: 'a-7',
              agentName: 'Asha',
              ...(transcript === undefined ? {} : { transcript: true as const }),
              ...(url === undefined ? {} : { transcriptUrl: url }),
            },
          },
          ...(transcript === undefined ? {} : { transcript }),
        },
      ]),
    );
  const conversations = (tenant: TestTenant) => tenant.run((ctx) => listConversations(ctx, { page: 1, limit: 10 }));

  it('has one conversation, linked by the interaction, however often its transcript comes', async () => {
    const tenant = await createTenant(database);
    await tell(tenant, 'call.transcript.updated', 30, TRANSCRIPT);
    await react();
    await tell(tenant, 'call.started', 0);
    await tell(tenant, 'call.ended', 60);
    await tell(tenant, 'call.transcript.updated', 40, TRANSCRIPT);
    await react();
    const { items } = await conversations(tenant);
    const [interaction] = await database.owner`
      select id from interactions where organization_id = ${tenant.organizationId}`;
    expect(items).toMatchObject([
      {
        interactionId: interaction!.id,
        status: 'analyzing',
        generation: 1,
        durationSeconds: 60,
        agentId: expect.any(String),
      },
    ]);
    await tell(tenant, 'call.transcript.updated', 50, LINES.slice(1).join('\n'));
    await react();
    expect((await conversations(tenant)).items).toMatchObject([{ id: items[0]!.id, generation: 2 }]);
    await analyze(tenant, items[0]!.id, 2);
    const statements = await tenant.run((ctx) => listStatements(ctx, { id: items[0]!.id, page: 1, limit: 10 }));
    expect(statements.items.map(({ role }) => role)).toEqual(['customer', 'rep', 'customer']);
    await tenant.run((ctx) => deleteConversation(ctx, { id: items[0]!.id }));
    await tell(tenant, 'call.transcript.updated', 70, 'Asha: Something else');
    await react();
    expect((await conversations(tenant)).total).toBe(0);
  });

  it('loses everything that was said when its caller is erased, and takes nothing in afterwards', async () => {
    const tenant = await createTenant(database);
    await tell(tenant, 'call.transcript.updated', 30, TRANSCRIPT);
    await react();
    const [{ id }] = await database.owner<[{ id: string }]>`
      select customer_id as id from interactions where organization_id = ${tenant.organizationId}`;
    const erase = () =>
      tenant.run(async (ctx) => ({
        ...(await CONVERSATION_RECORDS.erase(ctx, [id])),
        ...(await CALL_RECORDS.erase(ctx, [id])),
      }));
    expect(await erase()).toEqual({
      conversation_transcripts: 4,
      conversation_insights: 0,
      conversations: 1,
      call_transcripts: 1,
      live_calls: 1,
    });
    await tell(tenant, 'call.ended', 60, TRANSCRIPT);
    await react();
    expect(Object.values(await erase())).toEqual([0, 0, 0, 0, 0]);
    const left = await database.owner`
      select to_jsonb(c)::text || coalesce(to_jsonb(v)::text, '') as text from live_calls c
      left join conversations v on v.organization_id = c.organization_id and v.live_call_id = c.id
      where c.organization_id = ${tenant.organizationId}`;
    expect(left).toHaveLength(1);
    expect(left[0]!.text).not.toMatch(/4155550134|Gong|Asha:/);
  });

  it('keeps nothing of what was said, nor of who called, for longer than the organization wants', async () => {
    const tenant = await createTenant(database);
    await tell(tenant, 'call.transcript.updated', 30, TRANSCRIPT);
    await tell(tenant, 'call.ended', 60);
    await react();
    const [made] = (await conversations(tenant)).items;
    await analyze(tenant, made!.id, made!.generation);
    await database.owner`update live_calls set closed_at = now() where organization_id = ${tenant.organizationId}`;
    const retain = (before: string) =>
      tenant.run(async (ctx) => [
        await CONVERSATION_RECORDS.retain!(ctx, new Date(before)),
        await CALL_RECORDS.retain!(ctx, new Date(before)),
      ]);
    expect(await retain('2020-01-01')).toEqual([0, 0]);
    expect(await retain('2099-01-01')).toEqual([1, 1]);
    expect(await retain('2099-01-01')).toEqual([0, 0]);
    await react();
    const [left] = await database.owner<[{ text: string; statements: number; insights: number; sentiment: string }]>`
      select to_jsonb(c)::text || to_jsonb(v)::text || coalesce((select string_agg(to_jsonb(t)::text, '')
             from call_transcripts t where t.organization_id = c.organization_id), '') as text, v.sentiment,
             (select count(*)::integer from conversation_transcripts t where t.conversation_id = v.id) as statements,
             (select count(*)::integer from conversation_insights i where i.conversation_id = v.id) as insights
      from live_calls c join conversations v on v.organization_id = c.organization_id and v.live_call_id = c.id
      where c.organization_id = ${tenant.organizationId}`;
    expect(left).toMatchObject({ statements: 0, insights: 0, sentiment: 'negative' });
    expect(left.text).not.toMatch(/4155550134|Gong|Ben|Asha:/);
  });

  it('that tells only where its transcript is has it fetched', async () => {
    const tenant = await createTenant(database);
    await tell(tenant, 'call.transcript.updated', 30, undefined, 'https://calls.example/1.vtt');
    await react();
    const [made] = (await conversations(tenant)).items;
    const target = { conversationId: made!.id, generation: 1 };
    expect(await tenant.run((ctx) => attendConversation(ctx, target, RULES_ONLY))).toEqual({ status: 'fetch' });
  });
});
