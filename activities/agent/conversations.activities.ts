import { ApplicationFailure } from '@temporalio/activity';
import { type Outbound, OutboundError } from '../../domain/core/outbound.port.ts';
import type { Db } from '../../schema/db.ts';
import {
  analyzeConversation,
  askModel,
  attendConversation,
  type ConversationAttention,
  failConversation,
  takeFetched,
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
  return {
    /** What is to be done next for a conversation. */
    conversationsAttend: (input: ConversationInput): Promise<ConversationAttention> =>
      run(input, (ctx) => attendConversation(ctx, input)),

    /** Sentiment, objections, moments, coaching and the next step, by rules. */
    conversationsAnalyze: async (input: ConversationInput): Promise<void> => {
      await deps.faultPoint('conversation.before-analyze');
      await run(input, (ctx) => analyzeConversation(ctx, input));
      await deps.faultPoint('conversation.after-analyze');
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

    /** What a model adds to the rules, where one is configured. */
    conversationsAskModel: async (input: ConversationInput): Promise<void> => {
      const { organizationId } = input;
      const scope = { organizationId, principal: SYSTEM_PRINCIPAL, now: deps.clock.now() };
      await withHeartbeat(({ signal }) => askModel(deps, scope, input, signal));
    },
  };
}

async function fetchText(outbound: Outbound, url: string): Promise<string> {
  try {
    const { status, body } = await outbound.send({ method: 'GET', url, maxBytes: MOST_BYTES, timeoutMs: 30_000 });
    if (status >= 200 && status < 300) return Buffer.from(body).toString('utf8');
    // What is not there yet may be there in a while; what is forbidden stays so.
    const nonRetryable = status === 401 || status === 403 || status === 410;
    throw ApplicationFailure.create({
      type: 'TranscriptNotServed',
      message: `The server answered ${status}.`,
      nonRetryable,
    });
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error;
    throw ApplicationFailure.create({ type: error.code, message: error.message, nonRetryable: FINAL.has(error.code) });
  }
}
