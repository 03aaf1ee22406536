import type { KnownSpeaker } from '../../../domain/agent/transcript.rules.ts';
import { notFound } from '../../../domain/core/errors.ts';
import { audit } from '../../core/audit.ts';
import { signalProcess, startProcess } from '../../core/commands.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { uuidv7 } from '../../core/ids.ts';
import { requireVersion } from '../../core/versions.ts';
import { type ConversationView, readConversationView } from './conversation-view.ts';
import { type LinkInput, requireLinks } from './links.ts';
import { nameSpeakers, requireTranscript, storeTranscript, type TranscriptContent } from './store-transcript.ts';

export interface CreateConversationInput extends LinkInput {
  kind?: ConversationView['kind'] | undefined;
  title?: string | undefined;
  startedAt?: Date | undefined;
  durationSeconds?: number | undefined;
  language?: string | undefined;
  recordingUrl?: string | undefined;
  transcriptUrl?: string | undefined;
  transcript?: TranscriptContent | undefined;
  participants?: KnownSpeaker[] | undefined;
}

/** Analysed by its process; without a transcript it waits for one. @throws AppError validation; conflict `CONVERSATION_EXISTS`. */
export const createConversation = verb(
  { permission: 'ai.edit' },
  async (ctx, input: CreateConversationInput): Promise<ConversationView> => {
    const transcript = input.transcript === undefined ? null : requireTranscript(input.transcript);
    const links = await requireLinks(ctx, input);
    const id = uuidv7();
    await ctx.tx
      .insertInto('conversations')
      .values({
        id,
        ...links,
        kind: input.kind ?? 'call',
        title: input.title ?? null,
        recording_url: input.recordingUrl ?? null,
        transcript_url: input.transcriptUrl ?? null,
        language: input.language ?? null,
        participants: JSON.stringify(input.participants ?? []),
        started_at: input.startedAt ?? ctx.now,
        duration_seconds: input.durationSeconds ?? null,
      })
      .execute();
    if (transcript) await storeTranscript(ctx, id, transcript, input.participants ?? []);
    await startAnalysis(ctx, id, 1);
    await audit(ctx, 'conversation.create', { entityType: 'conversation', entityId: id, after: { kind: input.kind } });
    return readConversationView(ctx, id);
  },
);

/** The first analysis of a new conversation. */
export const startAnalysis = (ctx: Ctx, conversationId: string, generation: number): Promise<void> =>
  startProcess(
    ctx,
    'conv',
    { entityId: conversationId, generation },
    { organizationId: ctx.organizationId, conversationId, generation },
  );

/** Another generation; the process of the one before is told, and ends as replaced. Answers its number. */
export async function restartAnalysis(
  ctx: Ctx,
  { id, generation }: { id: string; generation: number },
): Promise<number> {
  await ctx.tx
    .updateTable('conversations')
    .set({ generation: generation + 1 })
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', id)
    .execute();
  await signalProcess(ctx, 'conv', { entityId: id, generation }, 'conversationChanged');
  await startAnalysis(ctx, id, generation + 1);
  return generation + 1;
}

export interface TranscribeInput {
  id: string;
  transcript?: TranscriptContent | undefined;
  transcriptUrl?: string | undefined;
  participants?: KnownSpeaker[] | undefined;
}

/**
 * Analyses anew, with another transcript where one is given. What runs already for the conversation ends as replaced.
 * @throws AppError not_found; validation.
 */
export const transcribeConversation = verb(
  { permission: 'ai.edit' },
  async (ctx, input: TranscribeInput): Promise<ConversationView> => {
    const transcript = input.transcript === undefined ? null : requireTranscript(input.transcript);
    const row = await lockConversation(ctx, input.id);
    const refetched =
      input.transcriptUrl === undefined ? {} : { transcript_url: input.transcriptUrl, transcript_hash: null };
    const participants = input.participants ?? (row.participants as unknown as KnownSpeaker[]);
    const hasTranscript = transcript !== null || (row.transcript_hash !== null && input.transcriptUrl === undefined);
    await ctx.tx
      .updateTable('conversations')
      .set({
        participants: JSON.stringify(participants),
        status: hasTranscript ? 'analyzing' : 'waiting',
        error_code: null,
        ...refetched,
      })
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', input.id)
      .execute();
    if (transcript) await storeTranscript(ctx, input.id, transcript, participants);
    else if (hasTranscript && input.participants) await nameSpeakers(ctx, input.id, participants);
    const generation = await restartAnalysis(ctx, row);
    await audit(ctx, 'conversation.transcribe', {
      entityType: 'conversation',
      entityId: input.id,
      after: { generation },
    });
    return readConversationView(ctx, input.id);
  },
);

/** With its transcript and what was found in it. @throws AppError not_found; precondition_failed. */
export const deleteConversation = verb(
  { permission: 'ai.delete' },
  async (ctx, input: { id: string; expectedVersion?: number | undefined }): Promise<{ id: string }> => {
    const row = await lockConversation(ctx, input.id);
    requireVersion(row.version, input.expectedVersion);
    for (const table of ['conversation_transcripts', 'conversation_insights'] as const) {
      await ctx.tx
        .deleteFrom(table)
        .where('organization_id', '=', ctx.organizationId)
        .where('conversation_id', '=', input.id)
        .execute();
    }
    await ctx.tx
      .updateTable('conversations')
      .set({ deleted_at: ctx.now, title: null, participants: '[]', recording_url: null, transcript_url: null })
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', input.id)
      .execute();
    await audit(ctx, 'conversation.delete', { entityType: 'conversation', entityId: input.id });
    return { id: input.id };
  },
);

/** @throws AppError not_found. */
export async function lockConversation(ctx: Ctx, id: string) {
  const row = await ctx.tx
    .selectFrom('conversations')
    .select(['id', 'version', 'generation', 'participants', 'transcript_hash', 'status', 'transcript_url'])
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!row) throw notFound('The conversation');
  return row;
}
