import type { ModelError } from '../../../domain/agent/model.port.ts';
import type { Recording, Speech, Transcriber } from '../../../domain/agent/transcriber.port.ts';
import {
  mostSeconds,
  transcriptionMicros,
  transcriptionPrice,
  UNKNOWN_TRANSCRIPTION,
  usageOf,
} from '../../../domain/agent/transcription-price.rules.ts';
import type { Db } from '../../../schema/db.ts';
import type { Scope } from '../../core/context.ts';
import { inTransaction } from '../../core/transaction.ts';
import { type CallEnd, closeCall, openCall } from './call-ledger.ts';

export interface TranscribeOptions {
  readonly prospectId: string | null;
  readonly signal?: AbortSignal;
}

/**
 * Has a recording written down by the first model that takes it, within the month's budget.
 * @throws AppError conflict `AI_BUDGET_EXHAUSTED`; ModelError of the last model that was asked.
 */
export type Transcribe = (
  scope: Scope,
  recording: Recording,
  options: TranscribeOptions,
) => Promise<Speech & { model: string }>;

/** Nothing is said to the model but the recording. */
const PROMPT = { name: 'transcribe', version: 1, purpose: 'transcribe', system: '' } as const;
/** An hour of talk is heard within minutes. */
const TIMEOUT_MS = 10 * 60_000;

export function createTranscription(db: Db, transcribers: readonly Transcriber[]): Transcribe {
  async function one(
    scope: Scope,
    transcriber: Transcriber,
    recording: Recording,
    { prospectId, signal }: TranscribeOptions,
  ): Promise<Speech & { model: string }> {
    const { provider, model } = transcriber;
    const price = transcriptionPrice(model);
    const rate = price ?? UNKNOWN_TRANSCRIPTION;
    const size = recording.bytes.length;
    const mostMicros = transcriptionMicros(rate, { kind: 'seconds', seconds: mostSeconds(size) });
    const call = await inTransaction(db, scope, (ctx) =>
      openCall(ctx, {
        prompt: PROMPT,
        entry: { provider, wireName: model },
        price,
        mostMicros,
        user: `A recording of ${size} bytes (${recording.format}).`,
        prospectId,
        executionId: null,
      }),
    );
    const started = performance.now();
    const close = (end: Pick<CallEnd, 'failure' | 'usage' | 'countedMicros' | 'costMicros'>) =>
      inTransaction(db, scope, (ctx) =>
        // What was said stands with its conversation, and nowhere else.
        closeCall(ctx, call, { ...end, answer: null, latencyMs: Math.round(performance.now() - started) }),
      );
    let speech: Speech;
    try {
      speech = await transcriber.transcribe(recording, { timeoutMs: TIMEOUT_MS, ...(signal ? { signal } : {}) });
    } catch (error) {
      const { failure = 'outage' } = error as Partial<ModelError>;
      const isFree = failure === 'rate_limited' || failure === 'rejected';
      await close({
        failure,
        usage: null,
        countedMicros: isFree ? 0 : mostMicros,
        costMicros: isFree ? 0 : null,
      });
      throw error;
    }
    const usage = usageOf(speech, size);
    const counted = transcriptionMicros(rate, usage);
    await close({
      failure: null,
      usage: usage.kind === 'tokens' ? { ...usage, cachedTokens: 0 } : null,
      countedMicros: counted,
      costMicros: price ? counted : null,
    });
    return { ...speech, model };
  }

  return async (scope, recording, options) => {
    for (const [index, transcriber] of transcribers.entries()) {
      try {
        return await one(scope, transcriber, recording, options);
      } catch (error) {
        const isRefused = (error as Partial<ModelError>).failure === 'rejected';
        if (!isRefused || index === transcribers.length - 1) throw error;
      }
    }
    throw new Error('Nobody is there who could transcribe.');
  };
}
