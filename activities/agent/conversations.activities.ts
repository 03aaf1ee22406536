import { ApplicationFailure } from '@temporalio/activity';
import { ModelError } from '../../domain/agent/model.port.ts';
import { MOST_RECORDING_BYTES, recordingFormat } from '../../domain/agent/recording.rules.ts';
import type { Recording } from '../../domain/agent/transcriber.port.ts';
import { AppError } from '../../domain/core/errors.ts';
import { type Outbound, OutboundError } from '../../domain/core/outbound.port.ts';
import type { Db } from '../../schema/db.ts';
import {
  analyzeConversation,
  askModel,
  attendConversation,
  type ConversationAttention,
  failConversation,
  hasModel,
  type RecordingPlace,
  recordingPlace,
  takeFetched,
  takeSpeech,
  transcriptAddress,
} from '../../services/agent/conversations/index.ts';
import type { ModelGateway } from '../../services/agent/gateway/index.ts';
import type { Clock } from '../../services/core/clock.ts';
import { type Ctx, SYSTEM_PRINCIPAL } from '../../services/core/context.ts';
import type { FaultPoint } from '../../services/core/fault-points.ts';
import { inTransaction } from '../../services/core/transaction.ts';
import type { ConversationInput } from '../../workflows/agent/conversation-analysis.contract.ts';
import { withHeartbeat } from '../core/heartbeat.ts';

export type ConversationActivities = ReturnType<typeof createConversationActivities>;
export type TranscriptActivities = ReturnType<typeof createTranscriptActivities>;

export interface ConversationsDeps {
  db: Db;
  clock: Clock;
  faultPoint: FaultPoint;
  outbound: Outbound;
  models: ModelGateway;
}

const runner =
  ({ db, clock }: ConversationsDeps) =>
  <T>({ organizationId }: ConversationInput, work: (ctx: Ctx) => Promise<T>): Promise<T> =>
    inTransaction(db, { organizationId, principal: SYSTEM_PRINCIPAL, now: clock.now() }, work);

export function createConversationActivities(deps: ConversationsDeps) {
  const run = runner(deps);
  const skills = { transcribe: deps.models.transcribe !== null, read: hasModel(deps.models) };
  return {
    /** Sentiment, objections, moments, coaching and the next step, by rules; or what is to be done before that. */
    conversationsAttend: async (input: ConversationInput): Promise<ConversationAttention> => {
      await deps.faultPoint('conversation.before-attend');
      const next = await run(input, (ctx) => attendConversation(ctx, input, skills));
      await deps.faultPoint('conversation.after-attend');
      return next;
    },

    /** For executions that began when attending did not analyse. */
    conversationsAnalyze: async (input: ConversationInput): Promise<void> => {
      await run(input, (ctx) => analyzeConversation(ctx, input));
    },

    conversationsFail: (input: ConversationInput & { code: string }): Promise<void> =>
      run(input, (ctx) => failConversation(ctx, input, input.code)),
  };
}

const MOST_BYTES = 8 * 1_048_576;
/** Repeating cannot help. */
const FINAL = new Set(['URL_NOT_ALLOWED', 'ADDRESS_NOT_ALLOWED', 'ANSWER_TOO_LARGE', 'TOO_MANY_REDIRECTS']);

export function createTranscriptActivities(deps: ConversationsDeps) {
  const run = runner(deps);
  return {
    /** Fetches the transcript from where the provider keeps it. */
    conversationsFetchTranscript: async (input: ConversationInput): Promise<void> => {
      const url = await run(input, (ctx) => transcriptAddress(ctx, input));
      if (url === null) return;
      const body = await fetchText(deps.outbound, url);
      await run(input, (ctx) => takeFetched(ctx, input, body));
    },

    /** Has the recording written down by a model, from where the provider keeps it. */
    conversationsTranscribe: async (input: ConversationInput): Promise<void> => {
      const { transcribe } = deps.models;
      const place = await run(input, (ctx) => recordingPlace(ctx, input));
      if (place === null || transcribe === null) return;
      const scope = { organizationId: input.organizationId, principal: SYSTEM_PRINCIPAL, now: deps.clock.now() };
      await withHeartbeat(async ({ signal }) => {
        const recording = await fetchRecording(deps.outbound, place);
        const speech = await transcribe(scope, recording, { prospectId: place.prospectId, signal }).catch(toFailure);
        await run(input, (ctx) => takeSpeech(ctx, input, speech));
      });
    },

    /** What a model adds to the rules, where one is configured. */
    conversationsAskModel: async (input: ConversationInput): Promise<void> => {
      const { organizationId } = input;
      const scope = { organizationId, principal: SYSTEM_PRINCIPAL, now: deps.clock.now() };
      await withHeartbeat(({ signal }) => askModel(deps, scope, input, signal));
    },
  };
}

const fetchText = async (outbound: Outbound, url: string): Promise<string> =>
  Buffer.from(
    await fetchBytes(outbound, url, { what: 'Transcript', maxBytes: MOST_BYTES, timeoutMs: 30_000 }),
  ).toString('utf8');

/** Read no further than a vendor would take it; what it is, its beginning says. */
async function fetchRecording(outbound: Outbound, { url, language }: RecordingPlace): Promise<Recording> {
  const limits = { what: 'Recording', maxBytes: MOST_RECORDING_BYTES, timeoutMs: 5 * 60_000 };
  const bytes = await fetchBytes(outbound, url, limits);
  const format = recordingFormat(bytes);
  if (format !== null) return { bytes, format, language };
  throw ApplicationFailure.nonRetryable('What is served there is no recording.', 'RECORDING_UNREADABLE');
}

async function fetchBytes(
  outbound: Outbound,
  url: string,
  { what, ...limits }: { what: string; maxBytes: number; timeoutMs: number },
): Promise<Uint8Array> {
  try {
    const { status, body } = await outbound.send({ method: 'GET', url, ...limits });
    if (status >= 200 && status < 300) return body;
    // What is not there yet may be there in a while; what is forbidden stays so.
    const nonRetryable = status === 401 || status === 403 || status === 410;
    throw ApplicationFailure.create({
      type: `${what}NotServed`,
      message: `The server answered ${status}.`,
      nonRetryable,
    });
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error;
    throw ApplicationFailure.create({ type: error.code, message: error.message, nonRetryable: FINAL.has(error.code) });
  }
}

/** A vendor that is away is asked again; one that refuses, and a budget that is used up, are not. */
function toFailure(error: unknown): never {
  if (error instanceof AppError) throw ApplicationFailure.nonRetryable(error.message, error.code);
  if (!(error instanceof ModelError)) throw error;
  const nonRetryable = error.failure === 'rejected';
  throw ApplicationFailure.create({
    type: nonRetryable ? 'RECORDING_REFUSED' : 'TRANSCRIPTION_UNAVAILABLE',
    message: error.message,
    nonRetryable,
    ...(error.retryAfterSeconds === undefined ? {} : { nextRetryDelay: `${error.retryAfterSeconds}s` }),
  });
}
