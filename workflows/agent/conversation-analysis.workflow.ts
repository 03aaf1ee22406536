import { condition, proxyActivities, setCurrentDetails, setHandler } from '@temporalio/workflow';
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
      case 'analyze':
        await conversationsAnalyze(input);
        await conversationsAskModel(input).catch(() => {});
        break;
      default:
        return { status: next.status };
    }
  }
}
