import type { Speech } from '../../../domain/agent/transcriber.port.ts';
import { type KnownSpeaker, readTranscript } from '../../../domain/agent/transcript.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { type AnalysisTarget, failConversation } from './analyze.ts';
import { lockConversation } from './change-conversation.ts';
import { storeTranscript } from './store-transcript.ts';

export interface RecordingPlace {
  readonly url: string;
  /** Two letters where they are known. */
  readonly language: string | null;
  readonly prospectId: string | null;
}

/** Where the recording of this generation is; null when it is not to be transcribed any more. */
export async function recordingPlace(ctx: Ctx, target: AnalysisTarget): Promise<RecordingPlace | null> {
  const row = await ctx.tx
    .selectFrom('conversations')
    .select(['generation', 'recording_url', 'transcript_hash', 'language', 'prospect_id'])
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', target.conversationId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  if (row?.generation !== target.generation || row.transcript_hash !== null || row.recording_url === null) return null;
  const language = /^([a-z]{2})\b/i.exec(row.language ?? '')?.[1]?.toLowerCase() ?? null;
  return { url: row.recording_url, language, prospectId: row.prospect_id };
}

/** Keeps what was heard; a recording in which nobody says anything ends the analysis. */
export async function takeSpeech(ctx: Ctx, target: AnalysisTarget, { turns }: Speech): Promise<void> {
  const row = await lockConversation(ctx, target.conversationId);
  if (row.generation !== target.generation || row.transcript_hash !== null) return;
  const read = readTranscript(turns);
  if (!read.ok) return failConversation(ctx, target, 'RECORDING_SILENT');
  const known = row.participants as unknown as KnownSpeaker[];
  await storeTranscript(ctx, target.conversationId, { ...read, format: 'speech' }, known);
}
