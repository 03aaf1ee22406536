import {
  ActivityFailure,
  ApplicationFailure,
  condition,
  proxyActivities,
  setCurrentDetails,
  setHandler,
} from '@temporalio/workflow';
import type { ConversationActivities, TranscriptActivities } from '../../activities/agent/conversations.activities.ts';
import { OUTBOUND_QUEUE } from '../queues.contract.ts';
import {
  type ConversationInput,
  type ConversationResult,
  conversationChanged,
} from './conversation-analysis.contract.ts';

const { conversationsAttend, conversationsAnalyze, conversationsFail } = proxyActivities<ConversationActivities>({
  startToCloseTimeout: '60s',
  retry: { initialInterval: '1s', maximumInterval: '60s' },
});

/** A server that is away gets half an hour to come back. */
const { conversationsFetchTranscript } = proxyActivities<TranscriptActivities>({
  taskQueue: OUTBOUND_QUEUE,
  startToCloseTimeout: '60s',
  retry: { initialInterval: '5s', backoffCoefficient: 3, maximumInterval: '10m', maximumAttempts: 7 },
});

/** An hour of talk takes minutes to fetch and to hear; each attempt costs, so they are few. */
const { conversationsTranscribe } = proxyActivities<TranscriptActivities>({
  taskQueue: OUTBOUND_QUEUE,
  startToCloseTimeout: '20m',
  heartbeatTimeout: '30s',
  retry: { initialInterval: '10s', backoffCoefficient: 4, maximumInterval: '10m', maximumAttempts: 5 },
});

/** A model is asked once more when its vendor is away, and then left alone: what the rules say stands already. */
const { conversationsAskModel } = proxyActivities<TranscriptActivities>({
  taskQueue: OUTBOUND_QUEUE,
  startToCloseTimeout: '3m',
  heartbeatTimeout: '30s',
  retry: { initialInterval: '10s', maximumAttempts: 2 },
});

/** From the transcript, which may have to be fetched or waited for, to what the conversation shows. */
export async function conversationAnalysis(input: ConversationInput): Promise<ConversationResult> {
  let changed = false;
  setHandler(conversationChanged, () => {
    changed = true;
  });
  for (;;) {
    changed = false;
    const next = await conversationsAttend(input);
    setCurrentDetails(`**${next.status}**`);
    switch (next.status) {
      case 'waiting':
        await condition(() => changed, `${next.waitSeconds}s`);
        break;
      case 'fetch':
        try {
          await conversationsFetchTranscript(input);
        } catch {
          await conversationsFail({ ...input, code: 'TRANSCRIPT_UNREACHABLE' });
        }
        break;
      case 'transcribe':
        try {
          await conversationsTranscribe(input);
        } catch (error) {
          await conversationsFail({ ...input, code: recordingCode(error) });
        }
        break;
      case 'analyze':
        await conversationsAnalyze(input);
        await conversationsAskModel(input).catch(() => {});
        break;
      case 'completed':
        if (next.askModel) await conversationsAskModel(input).catch(() => {});
        return { status: next.status };
      default:
        return { status: next.status };
    }
  }
}

/** What went wrong is told by the activity's own word; whatever keeps a recording from being fetched is one thing. */
function recordingCode(error: unknown): string {
  const type = error instanceof ActivityFailure && error.cause instanceof ApplicationFailure ? error.cause.type : null;
  if (type === 'ANSWER_TOO_LARGE') return 'RECORDING_TOO_LARGE';
  return type && OWN_CODES.has(type) ? type : 'RECORDING_UNREACHABLE';
}

const OWN_CODES: ReadonlySet<string> = new Set([
  'RECORDING_UNREADABLE',
  'RECORDING_REFUSED',
  'TRANSCRIPTION_UNAVAILABLE',
  'AI_BUDGET_EXHAUSTED',
]);
