import { sql } from 'kysely';
import type { InsightKind } from '../../../domain/agent/conversation.rules.ts';
import type { Sentiment } from '../../../domain/agent/sentiment.rules.ts';
import { notFound } from '../../../domain/core/errors.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { type PageInput, readPage } from '../../core/page.ts';

export interface Analysis {
  /** Versions of what made it. */
  readonly rules: string;
  readonly lexicon: string | null;
  /** Null: no model was asked. */
  readonly model: string | null;
  readonly computed: string[];
  readonly notComputed: { what: string; why: string }[];
}

export interface ConversationView {
  id: string;
  kind: 'call' | 'meeting' | 'chat';
  title: string | null;
  status: 'waiting' | 'analyzing' | 'completed' | 'failed';
  /** Why it has failed. */
  errorCode: string | null;
  generation: number;
  interactionId: string | null;
  liveCallId: string | null;
  callLogId: string | null;
  meetingId: string | null;
  prospectId: string | null;
  accountId: string | null;
  dealId: string | null;
  userId: string | null;
  agentId: string | null;
  recordingUrl: string | null;
  transcriptUrl: string | null;
  transcriptFormat: string | null;
  language: string | null;
  participants: { name: string; role: 'rep' | 'customer' }[];
  startedAt: Date;
  durationSeconds: number | null;
  talkListen: {
    talk: number;
    listen: number;
    basis: 'time' | 'words';
    speakers: { speaker: string; share: number }[];
    longestMonologueSeconds: number | null;
  } | null;
  sentiment: Sentiment | null;
  sentimentScore: number | null;
  repQuestions: number | null;
  analysis: Analysis | null;
  analyzedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

interface Row extends Omit<ConversationView, 'talkListen'> {
  repTalkRatio: number | null;
  talkTime: Omit<NonNullable<ConversationView['talkListen']>, 'talk' | 'listen'> | null;
}

const COLUMNS = sql`
  c.id, c.kind, c.title, c.status, c.error_code as "errorCode", c.generation, c.interaction_id as "interactionId",
  c.live_call_id as "liveCallId", c.call_log_id as "callLogId", c.meeting_id as "meetingId",
  c.prospect_id as "prospectId", c.account_id as "accountId", c.deal_id as "dealId", c.user_id as "userId",
  c.agent_id as "agentId", c.recording_url as "recordingUrl", c.transcript_url as "transcriptUrl",
  c.transcript_format as "transcriptFormat", c.language, c.participants, c.started_at as "startedAt",
  c.duration_seconds as "durationSeconds", c.rep_talk_ratio as "repTalkRatio", c.talk_time as "talkTime",
  c.sentiment, c.sentiment_score as "sentimentScore", c.rep_questions as "repQuestions", c.analysis,
  c.analyzed_at as "analyzedAt", c.created_at as "createdAt", c.updated_at as "updatedAt", c.version`;

function toView({ repTalkRatio, talkTime, ...row }: Row): ConversationView {
  const talkListen =
    repTalkRatio === null || talkTime === null ? null : { talk: repTalkRatio, listen: 1 - repTalkRatio, ...talkTime };
  return { ...row, talkListen };
}

/** @throws AppError not_found. */
export async function readConversationView(ctx: Ctx, id: string): Promise<ConversationView> {
  const { rows } = await sql<Row>`
    select ${COLUMNS} from conversations c
    where c.organization_id = ${ctx.organizationId} and c.id = ${id} and c.deleted_at is null`.execute(ctx.tx);
  if (!rows[0]) throw notFound('The conversation');
  return toView(rows[0]);
}

export const getConversation = verb(
  { permission: 'ai.view' },
  (ctx, { id }: { id: string }): Promise<ConversationView> => readConversationView(ctx, id),
);

export interface ListConversationsInput extends PageInput {
  kind?: ConversationView['kind'] | undefined;
  status?: ConversationView['status'] | undefined;
  sentiment?: Sentiment | undefined;
  prospectId?: string | undefined;
  accountId?: string | undefined;
  dealId?: string | undefined;
  userId?: string | undefined;
  interactionId?: string | undefined;
  from?: Date | undefined;
  until?: Date | undefined;
}

/** Latest first. */
export const listConversations = verb(
  { permission: 'ai.view' },
  async (ctx, input: ListConversationsInput): Promise<{ items: ConversationView[]; total: number }> => {
    const equal = (column: string, value: string | undefined) =>
      value === undefined ? [] : [sql`c.${sql.raw(column)} = ${value}`];
    const condition = sql.join(
      [
        sql`c.organization_id = ${ctx.organizationId} and c.deleted_at is null`,
        ...equal('kind', input.kind),
        ...equal('status', input.status),
        ...equal('sentiment', input.sentiment),
        ...equal('prospect_id', input.prospectId),
        ...equal('account_id', input.accountId),
        ...equal('deal_id', input.dealId),
        ...equal('user_id', input.userId),
        ...equal('interaction_id', input.interactionId),
        ...(input.from === undefined ? [] : [sql`c.started_at >= ${input.from}`]),
        ...(input.until === undefined ? [] : [sql`c.started_at <= ${input.until}`]),
      ],
      sql` and `,
    );
    const { rows, total } = await readPage(input, async (limit, offset) => {
      const page = await sql<Row & { total: number }>`
        select ${COLUMNS}, count(*) over ()::integer as total from conversations c where ${condition}
        order by c.started_at desc, c.id desc limit ${limit}::integer offset ${offset}::bigint`.execute(ctx.tx);
      return page.rows;
    });
    return { items: rows.map(({ total: _, ...row }) => toView(row)), total };
  },
);

export interface StatementView {
  ordinal: number;
  speaker: string | null;
  role: 'rep' | 'customer' | null;
  text: string;
  startMs: number | null;
  endMs: number | null;
  sentiment: Sentiment | null;
  sentimentScore: number | null;
}

/** Everything that was said, page by page. @throws AppError not_found. */
export const listStatements = verb(
  { permission: 'ai.view' },
  async (ctx, input: PageInput & { id: string }): Promise<{ items: StatementView[]; total: number }> => {
    await readConversationView(ctx, input.id);
    const { rows, total } = await readPage(input, async (limit, offset) => {
      const page = await sql<StatementView & { total: number }>`
        select ordinal, speaker, role, text, start_ms as "startMs", end_ms as "endMs", sentiment,
               sentiment_score as "sentimentScore", count(*) over ()::integer as total
        from conversation_transcripts
        where organization_id = ${ctx.organizationId} and conversation_id = ${input.id}
        order by ordinal limit ${limit}::integer offset ${offset}::bigint`.execute(ctx.tx);
      return page.rows;
    });
    return { items: rows.map(({ total: _, ...row }) => row), total };
  },
);

export interface InsightView {
  id: string;
  kind: InsightKind;
  code: string;
  text: string;
  /** Ordinal of the statement that shows it. */
  statement: number | null;
  engine: 'rules' | 'model';
  data: Record<string, unknown>;
}

export interface Insights {
  status: ConversationView['status'];
  analysis: Analysis | null;
  summary: InsightView | null;
  nextBestAction: InsightView | null;
  objections: InsightView[];
  competitors: InsightView[];
  keyMoments: InsightView[];
  coaching: InsightView[];
}

/** What the conversation shows; of two engines the model has the word. @throws AppError not_found. */
export const getInsights = verb({ permission: 'ai.view' }, async (ctx, { id }: { id: string }): Promise<Insights> => {
  const { status, analysis } = await readConversationView(ctx, id);
  const { rows } = await sql<InsightView>`
      select id, kind, code, text, statement, engine, data from conversation_insights
      where organization_id = ${ctx.organizationId} and conversation_id = ${id}
      order by (engine = 'model') desc, statement nulls last, id`.execute(ctx.tx);
  const of = (kind: InsightKind) => rows.filter((row) => row.kind === kind);
  return {
    status,
    analysis,
    summary: of('summary')[0] ?? null,
    nextBestAction: of('next_best_action')[0] ?? null,
    objections: of('objection'),
    competitors: of('competitor'),
    keyMoments: of('key_moment'),
    coaching: of('coaching'),
  };
});
