import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import {
  type KnownSpeaker,
  type ReadTranscript,
  readTranscript,
  type Statement,
  speakerRoles,
  type Turn,
} from '../../../domain/agent/transcript.rules.ts';
import { invalid } from '../../../domain/core/errors.ts';
import type { Ctx } from '../../core/context.ts';

export type TranscriptContent = string | readonly Turn[];
export type GoodTranscript = Extract<ReadTranscript, { ok: true }>;

/** @throws AppError validation when nothing can be read out of it. */
export function requireTranscript(content: TranscriptContent): GoodTranscript {
  const read = readTranscript(content);
  if (read.ok) return read;
  const hint = 'Send statements with their speakers, WebVTT, SubRip, or lines like "Ada: good morning".';
  throw invalid('transcript', read.reason, undefined, hint);
}

/** Equal for equal contents: a transcript that comes again starts nothing anew. */
export const hashOf = (statements: readonly Statement[]): Buffer =>
  createHash('sha256').update(JSON.stringify(statements)).digest();

/** Replaces what was said before; the conversation's row is held by the caller. */
export async function storeTranscript(
  ctx: Ctx,
  conversationId: string,
  { format, statements }: GoodTranscript,
  known: readonly KnownSpeaker[],
): Promise<void> {
  const speakers = [...new Set(statements.flatMap(({ speaker }) => speaker ?? []))];
  const roles = speakerRoles(speakers, known);
  const rows = statements.map(({ speaker, text, startMs, endMs }, ordinal) => ({
    ordinal,
    speaker,
    role: speaker === null ? null : (roles.get(speaker) ?? null),
    text,
    start_ms: startMs,
    end_ms: endMs,
  }));
  await ctx.tx
    .deleteFrom('conversation_transcripts')
    .where('organization_id', '=', ctx.organizationId)
    .where('conversation_id', '=', conversationId)
    .execute();
  await sql`
    insert into conversation_transcripts (organization_id, conversation_id, ordinal, speaker, role, text, start_ms, end_ms)
    select ${ctx.organizationId}, ${conversationId}, ordinal, speaker, role, text, start_ms, end_ms
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row(
      ordinal integer, speaker text, role text, text text, start_ms bigint, end_ms bigint)`.execute(ctx.tx);
  await ctx.tx
    .updateTable('conversations')
    .set({ transcript_format: format, transcript_hash: hashOf(statements), status: 'analyzing', error_code: null })
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', conversationId)
    .execute();
}

/** Somebody has said who speaks for whom in a transcript that is there already. */
export async function nameSpeakers(ctx: Ctx, conversationId: string, known: readonly KnownSpeaker[]): Promise<void> {
  const { rows } = await sql<{ speaker: string }>`
    select distinct speaker from conversation_transcripts
    where organization_id = ${ctx.organizationId} and conversation_id = ${conversationId} and speaker is not null
    order by speaker`.execute(ctx.tx);
  const roles = Object.fromEntries(
    speakerRoles(
      rows.map(({ speaker }) => speaker),
      known,
    ),
  );
  await sql`
    update conversation_transcripts set role = ${JSON.stringify(roles)}::jsonb ->> speaker
    where organization_id = ${ctx.organizationId} and conversation_id = ${conversationId}`.execute(ctx.tx);
}
