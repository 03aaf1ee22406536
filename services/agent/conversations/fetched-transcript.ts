import type { KnownSpeaker, Turn } from '../../../domain/agent/transcript.rules.ts';
import { readTranscript } from '../../../domain/agent/transcript.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { type AnalysisTarget, failConversation } from './analyze.ts';
import { lockConversation } from './change-conversation.ts';
import { storeTranscript } from './store-transcript.ts';

/** Where the transcript of this generation is to be fetched; null when that is not wanted any more. */
export async function transcriptAddress(ctx: Ctx, target: AnalysisTarget): Promise<string | null> {
  const row = await ctx.tx
    .selectFrom('conversations')
    .select(['generation', 'transcript_url', 'transcript_hash'])
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', target.conversationId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  return row?.generation === target.generation && row.transcript_hash === null ? row.transcript_url : null;
}

/** Keeps what was fetched; what holds no transcript ends the analysis. */
export async function takeFetched(ctx: Ctx, target: AnalysisTarget, body: string): Promise<void> {
  const row = await lockConversation(ctx, target.conversationId);
  if (row.generation !== target.generation || row.transcript_hash !== null) return;
  const read = readTranscript(contentOf(body));
  if (!read.ok) return failConversation(ctx, target, 'TRANSCRIPT_UNREADABLE');
  await storeTranscript(ctx, target.conversationId, read, row.participants as unknown as KnownSpeaker[]);
}

/** JSON with a list of statements, under one of the names that providers use, or a text of the known formats. */
function contentOf(body: string): string | Turn[] {
  const json = parsed(body);
  // A page that asks to sign in is no transcript.
  if (json === undefined) return /^\s*<(?!v\b)/.test(body) ? '' : body;
  const fields = (json ?? {}) as Record<string, unknown>;
  const list = Array.isArray(json) ? json : LISTS.map((name) => fields[name]).find(Array.isArray);
  if (list) return (list as unknown[]).flatMap(turnOf);
  return typeof fields.text === 'string' ? fields.text : '';
}

function turnOf(item: unknown): Turn[] {
  const turn = item as Record<string, unknown> | null;
  if (typeof turn?.text !== 'string') return [];
  const seconds = (...names: string[]) => names.map((name) => turn[name]).find((value) => typeof value === 'number');
  return [
    {
      text: turn.text,
      speaker: typeof turn.speaker === 'string' ? turn.speaker : undefined,
      startSeconds: seconds('start_seconds', 'startSeconds', 'start'),
      endSeconds: seconds('end_seconds', 'endSeconds', 'end'),
    },
  ];
}

const LISTS = ['turns', 'segments', 'utterances', 'transcript'];

/** Undefined when it is no JSON. */
function parsed(body: string): unknown {
  if (!/^\s*[[{]/.test(body)) return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
