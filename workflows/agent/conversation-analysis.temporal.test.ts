import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createConversationActivities,
  createTranscriptActivities,
} from '../../activities/agent/conversations.activities.ts';
import { activityClock } from '../../activities/core/clock.ts';
import { ModelError } from '../../domain/agent/model.port.ts';
import type { Transcriber } from '../../domain/agent/transcriber.port.ts';
import { type Outbound, OutboundError } from '../../domain/core/outbound.port.ts';
import {
  createConversation,
  getConversation,
  getInsights,
  transcribeConversation,
} from '../../services/agent/conversations/index.ts';
import { noFaults } from '../../services/core/fault-points.ts';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../test/database.ts';
import { scriptedModels } from '../../test/models.ts';
import { dispatcherOf } from '../../test/temporal/dispatcher.ts';
import { failAfterCommit } from '../../test/temporal/fail-after-commit.ts';
import { startTestWorker, type TestWorker } from '../../test/temporal/harness.ts';
import { MAIN_QUEUE, OUTBOUND_QUEUE } from '../queues.contract.ts';

const VTT =
  'WEBVTT\n\n00:00.000 --> 00:02.000\n<v Asha>How can I help?\n\n00:02.000 --> 00:06.000\n<v Ben>It is too expensive.';
const ANSWERS: Readonly<Record<string, string>> = {
  'https://calls.example/1.vtt': VTT,
  'https://calls.example/call.mp3': 'ID3 what was said',
  'https://calls.example/long.mp3': 'ID3 what was said for hours',
  'https://calls.example/sign-in': '<html>',
  'https://calls.example/2': '{}',
};
let requests = 0;
/** The port to servers of others, with two that answer. */
const outbound: Outbound = {
  async send({ url }) {
    requests += 1;
    const body = ANSWERS[url];
    if (body === undefined) throw new OutboundError('ADDRESS_NOT_ALLOWED', 'Nothing may be fetched there.');
    return { status: 200, headers: {}, body: Buffer.from(body), isCut: false, url, latencyMs: 1 };
  },
  close: async () => {},
};

const READING = {
  summary: 'Ben finds it too expensive.',
  objections: [{ text: 'The price', statement: 1 }],
  keyMoments: [{ text: 'Of a statement that is not there', statement: 9 }],
  nextBestAction: { text: 'Show what it pays back.', statement: 1 },
  coaching: [],
};
/** The model, which is away for whoever sells nothing. */
const complete = async (_model: string, { user }: { user: string }) => {
  if (!user.includes('expensive')) throw new ModelError('outage', 'away');
  const usage = { inputTokens: 10, outputTokens: 10, cachedTokens: 0 };
  return { text: JSON.stringify(READING), finish: 'stop' as const, usage };
};

/** Tells speakers apart and takes nothing long; the other one takes everything. */
const diarizer: Transcriber = {
  provider: 'openai',
  model: 'gpt-4o-transcribe-diarize',
  async transcribe({ bytes, format }) {
    if (bytes.length > 20) throw new ModelError('rejected', 'too long');
    const turns = [
      { text: 'How can I help?', speaker: 'A', startSeconds: 0, endSeconds: 2 },
      { text: `It is too expensive (${format}).`, speaker: 'B', startSeconds: 2, endSeconds: 6 },
    ];
    return { turns, usage: { kind: 'tokens', inputTokens: 60, outputTokens: 10 } };
  },
};
const whisper: Transcriber = {
  provider: 'openai',
  model: 'whisper-1',
  transcribe: async () => ({ turns: [{ text: 'It is too expensive.', startSeconds: 0, endSeconds: 60 }], usage: null }),
};

let database: TestDatabase;
let tenant: TestTenant;
let worker: TestWorker;
const tool = failAfterCommit();
beforeAll(async () => {
  database = await createTestDatabase();
  tenant = await createTenant(database);
  const deps = {
    db: database.app,
    clock: activityClock,
    faultPoint: noFaults,
    outbound,
    models: scriptedModels(database.app, complete, [diarizer, whisper]),
  };
  worker = await startTestWorker({
    taskQueue: MAIN_QUEUE,
    activities: createConversationActivities(deps),
    queues: { [OUTBOUND_QUEUE]: { workflows: false, activities: createTranscriptActivities(deps) } },
    activityInterceptors: [tool.interceptor],
    maxCachedWorkflows: 0,
  });
});
afterAll(async () => {
  await worker?.stop();
  await database?.drop();
});

const dispatch = () => dispatcherOf(database, worker).dispatch();
const resultOf = (id: string, generation: number) =>
  worker.client.workflow.getHandle(`conv:${tenant.organizationId}:${id}:${generation}`).result();
const now = () => new Date();
const create = async (input: Parameters<typeof createConversation>[1]) => {
  const { id } = await tenant.run((ctx) => createConversation(ctx, input), now());
  await dispatch();
  return id;
};
const read = (id: string) => tenant.run((ctx) => getConversation(ctx, { id }));

describe('the analysis of a conversation, with every activity run twice and every task replayed from the start', () => {
  it('fetches a transcript and ends with what it shows', async () => {
    const id = await create({
      transcriptUrl: 'https://calls.example/1.vtt',
      participants: [{ name: 'Asha', role: 'rep' }],
    });
    expect(await resultOf(id, 1)).toEqual({ status: 'completed' });
    expect(await read(id)).toMatchObject({ status: 'completed', talkListen: { basis: 'time' }, repQuestions: 1 });
    expect([tool.struck.has('conversationsFetchTranscript'), tool.struck.has('conversationsAttend')]).toEqual([
      true,
      true,
    ]);
    expect(requests).toBe(1);
    const found = await tenant.run((ctx) => getInsights(ctx, { id }));
    expect(found.analysis).toMatchObject({ model: 'claude-sonnet-5-5', notComputed: [] });
    expect([found.summary?.text, found.nextBestAction?.engine, found.keyMoments.length]).toEqual([
      READING.summary,
      'model',
      0,
    ]);
  });

  it('keeps what the rules have found when the model is away, and says so', async () => {
    const id = await create({ transcript: 'Agent: Good morning.\nCustomer: We already have one, thanks.' });
    expect(await resultOf(id, 1)).toEqual({ status: 'completed' });
    const found = await tenant.run((ctx) => getInsights(ctx, { id }));
    expect(found.objections).toMatchObject([{ code: 'need', engine: 'rules' }]);
    expect(found.analysis).toMatchObject({
      model: null,
      notComputed: [{ what: 'summary', why: 'No model can be reached.' }],
    });
  });

  it.each([
    ['https://calls.example/2', 'TRANSCRIPT_UNREADABLE'],
    ['https://nowhere.example/', 'TRANSCRIPT_UNREACHABLE'],
  ])('of %s ends as failed with a code that says why', async (transcriptUrl, errorCode) => {
    const id = await create({ transcriptUrl });
    expect(await resultOf(id, 1)).toEqual({ status: 'failed' });
    expect(await read(id)).toMatchObject({ status: 'failed', errorCode });
  });

  it('has a recording written down once, with its speakers, and pays for it', async () => {
    const recordingUrl = 'https://calls.example/call.mp3';
    const id = await create({ recordingUrl, participants: [{ name: 'A', role: 'rep' }] });
    expect(await resultOf(id, 1)).toEqual({ status: 'completed' });
    expect(await read(id)).toMatchObject({
      status: 'completed',
      transcriptFormat: 'speech',
      talkListen: { talk: 2 / 6, basis: 'time' },
    });
    expect(tool.struck.has('conversationsTranscribe')).toBe(true);
    const long = await create({ recordingUrl: 'https://calls.example/long.mp3' });
    expect(await resultOf(long, 1)).toEqual({ status: 'completed' });
    const calls = await database.owner`
      select model, status, failure, cost_micros::integer as cost, input_tokens as heard, answer from ai_calls
      where organization_id = ${tenant.organizationId} and purpose = 'transcribe' order by asked_at, id`;
    const heard = { status: 'succeeded', failure: null, answer: null };
    expect(calls).toEqual([
      { ...heard, model: 'gpt-4o-transcribe-diarize', cost: 460, heard: 60 },
      { ...heard, model: 'gpt-4o-transcribe-diarize', status: 'failed', failure: 'rejected', cost: 0, heard: null },
      { ...heard, model: 'whisper-1', cost: 6_000, heard: null },
    ]);
    const [left] = await database.owner`
      select reserved_micros::integer as reserved from ai_budgets where organization_id = ${tenant.organizationId}`;
    expect(left!.reserved).toBe(0);
  });

  it.each([
    ['https://calls.example/sign-in', 'RECORDING_UNREADABLE'],
    ['https://nowhere.example/call.mp3', 'RECORDING_UNREACHABLE'],
  ])('of the recording at %s ends as failed with a code that says why', async (recordingUrl, errorCode) => {
    const id = await create({ recordingUrl });
    expect(await resultOf(id, 1)).toEqual({ status: 'failed' });
    expect(await read(id)).toMatchObject({ status: 'failed', errorCode });
  });

  it('that waits for a transcript is replaced by the one that brings it', async () => {
    const id = await create({ title: 'Nothing is known of it yet' });
    await tenant.run((ctx) => transcribeConversation(ctx, { id, transcript: VTT }), now());
    await dispatch();
    expect(await Promise.all([resultOf(id, 1), resultOf(id, 2)])).toEqual([
      { status: 'replaced' },
      { status: 'completed' },
    ]);
  });
});
