import { sql } from 'kysely';
import {
  CONVERSATION_RULES,
  type Insight,
  readConversation,
  type Said,
} from '../../../domain/agent/conversation.rules.ts';
import { isJudged, LEXICON, type Sentiment, sentimentOf } from '../../../domain/agent/sentiment.rules.ts';
import { type SpeakerRole, talkTime } from '../../../domain/agent/transcript.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { conversationAnalyzed } from '../events.ts';
import type { Analysis } from './conversation-view.ts';

export interface AnalysisTarget {
  readonly conversationId: string;
  readonly generation: number;
}

export type ConversationAttention =
  | { readonly status: 'waiting'; readonly waitSeconds: number }
  /** `analyze` was answered to executions that analysed in an activity of its own; they still replay. */
  | { readonly status: 'fetch' | 'transcribe' | 'analyze' }
  /** `askModel`: there is a model that may have more to say than the rules. */
  | { readonly status: 'completed'; readonly askModel?: boolean }
  | { readonly status: 'failed' | 'replaced' | 'deleted' };

/** What this product can have done by models. */
export interface ModelSkills {
  readonly transcribe: boolean;
  readonly read: boolean;
}

/** How long a conversation waits for somebody to bring its transcript. */
const PATIENCE_MS = 7 * 86_400_000;

const hold = (ctx: Ctx, { conversationId }: AnalysisTarget) =>
  ctx.tx
    .selectFrom('conversations')
    .select([
      'status',
      'generation',
      'transcript_hash',
      'transcript_url',
      'recording_url',
      'language',
      'created_at',
      'deleted_at',
    ])
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', conversationId)
    .forNoKeyUpdate()
    .executeTakeFirst();

/**
 * Reads a transcript that is there by the rules, and answers what is to be done next. A recording is written down where a
 * model is there that can; otherwise the conversation waits for a transcript, and has failed after a week.
 */
export async function attendConversation(
  ctx: Ctx,
  target: AnalysisTarget,
  models: ModelSkills,
): Promise<ConversationAttention> {
  const row = await hold(ctx, target);
  if (!row || row.deleted_at !== null) return { status: 'deleted' };
  if (row.generation !== target.generation) return { status: 'replaced' };
  if (row.status === 'failed') return { status: 'failed' };
  if (row.status === 'completed' || row.transcript_hash !== null) {
    await analyzeConversation(ctx, target);
    return { status: 'completed', askModel: models.read };
  }
  if (row.transcript_url !== null) return { status: 'fetch' };
  if (row.recording_url !== null && models.transcribe) return { status: 'transcribe' };
  const left = row.created_at.getTime() + PATIENCE_MS - ctx.now.getTime();
  if (left > 0) return { status: 'waiting', waitSeconds: Math.ceil(left / 1000) };
  await failConversation(ctx, target, 'TRANSCRIPT_MISSING');
  return { status: 'failed' };
}

/** Only the generation that is going on may say so. */
export async function failConversation(ctx: Ctx, target: AnalysisTarget, code: string): Promise<void> {
  await ctx.tx
    .updateTable('conversations')
    .set({ status: 'failed', error_code: code })
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', target.conversationId)
    .where('generation', '=', target.generation)
    .where('status', 'in', ['waiting', 'analyzing'])
    .execute();
}

interface StatementRow {
  ordinal: number;
  speaker: string | null;
  role: SpeakerRole | null;
  text: string;
  startMs: number | null;
  endMs: number | null;
}

export const readStatements = async (ctx: Ctx, conversationId: string): Promise<StatementRow[]> => {
  const { rows } = await sql<StatementRow>`
    select ordinal, speaker, role, text, start_ms as "startMs", end_ms as "endMs" from conversation_transcripts
    where organization_id = ${ctx.organizationId} and conversation_id = ${conversationId} order by ordinal`.execute(
    ctx.tx,
  );
  return rows;
};

/** Everything that rules can tell of a conversation. Repeating it leaves the same behind. Answers false when replaced. */
export async function analyzeConversation(ctx: Ctx, target: AnalysisTarget): Promise<boolean> {
  const row = await hold(ctx, target);
  if (!row || row.deleted_at !== null || row.generation !== target.generation) return false;
  if (row.status === 'completed') return true;
  const statements: Said[] = await readStatements(ctx, target.conversationId);
  const roles = new Map(statements.flatMap(({ speaker, role }) => (speaker && role ? [[speaker, role] as const] : [])));
  const talk = talkTime(statements, roles);
  const judged = isJudged(row.language);
  const reading = readConversation(statements, talk, await competitorNames(ctx), judged);
  const feelings = judged ? statements.map(({ text }) => sentimentOf(text)) : null;
  if (feelings) await storeFeelings(ctx, target.conversationId, feelings);
  await storeInsights(ctx, target.conversationId, 'rules', reading.insights);
  const average = feelings ? feelings.reduce((sum, { score }) => sum + score, 0) / feelings.length : null;
  const { repRatio, ...talked } = talk;
  await ctx.tx
    .updateTable('conversations')
    .set({
      status: 'completed',
      rep_talk_ratio: repRatio,
      talk_time: JSON.stringify(talked),
      rep_questions: roles.size === 0 ? null : reading.questionsByRep,
      sentiment: average === null ? null : overall(average),
      sentiment_score: average === null ? null : Math.round(average * 1_000) / 1_000,
      analysis: JSON.stringify(accountOf(judged, repRatio !== null, row.language)),
      analyzed_at: ctx.now,
      error_code: null,
    })
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', target.conversationId)
    .execute();
  await emit(ctx, conversationAnalyzed, { entityId: target.conversationId, data: { id: target.conversationId } });
  return true;
}

const overall = (average: number): Sentiment =>
  average > 0.05 ? 'positive' : average < -0.05 ? 'negative' : 'neutral';

/** What was computed, and what was not, with its reason. */
function accountOf(judged: boolean, speakersKnown: boolean, language: string | null): Analysis {
  const computed = ['speakers', 'objections', 'competitors', 'key_moments', 'next_best_action'];
  const notComputed = [{ what: 'summary', why: 'A summary is written by a model; none was asked.' }];
  if (judged) computed.push('sentiment');
  else notComputed.push({ what: 'sentiment', why: `The word list is English; the conversation is in ${language}.` });
  if (speakersKnown) computed.push('talk_listen_ratio', 'coaching');
  else {
    const why = 'Nobody is known to speak for the organization; name the participants and their roles.';
    notComputed.push({ what: 'talk_listen_ratio', why }, { what: 'coaching', why });
  }
  return { rules: CONVERSATION_RULES, lexicon: judged ? LEXICON : null, model: null, computed, notComputed };
}

const MOST_NAMES = 200;

/** Names that have been spoken of as competitors before are known wherever they come. */
async function competitorNames(ctx: Ctx): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select max(data ->> 'name') as name from conversation_insights
    where organization_id = ${ctx.organizationId} and kind = 'competitor'
    group by code order by count(*) desc, code limit ${MOST_NAMES}::integer`.execute(ctx.tx);
  return rows.map((row) => row.name);
}

async function storeFeelings(
  ctx: Ctx,
  conversationId: string,
  feelings: readonly { score: number; sentiment: Sentiment }[],
): Promise<void> {
  const rows = feelings.map((feeling, ordinal) => ({ ordinal, ...feeling }));
  await sql`
    update conversation_transcripts t set sentiment = row.sentiment, sentiment_score = row.score
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row(ordinal integer, sentiment text, score double precision)
    where t.organization_id = ${ctx.organizationId} and t.conversation_id = ${conversationId}
      and t.ordinal = row.ordinal`.execute(ctx.tx);
}

/** Replaces what this engine had found before. */
export async function storeInsights(
  ctx: Ctx,
  conversationId: string,
  engine: 'rules' | 'model',
  insights: readonly Insight[],
): Promise<void> {
  await ctx.tx
    .deleteFrom('conversation_insights')
    .where('organization_id', '=', ctx.organizationId)
    .where('conversation_id', '=', conversationId)
    .where('engine', 'in', engine === 'rules' ? ['rules', 'model'] : ['model'])
    .execute();
  await sql`
    insert into conversation_insights (organization_id, conversation_id, kind, code, text, statement, engine, data, created_at)
    select ${ctx.organizationId}, ${conversationId}, kind, code, text, statement, ${engine}, coalesce(data, '{}'),
           ${ctx.now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(insights)}::jsonb) as row(
      kind text, code text, text text, statement integer, data jsonb)`.execute(ctx.tx);
}
