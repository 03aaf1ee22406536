import type { Insight } from '../../../domain/agent/conversation.rules.ts';
import { type ConversationReading, conversationPrompt } from '../../../domain/agent/conversation-prompt.input.ts';
import { AppError } from '../../../domain/core/errors.ts';
import type { Db } from '../../../schema/db.ts';
import type { Ctx, Scope } from '../../core/context.ts';
import { inTransaction } from '../../core/transaction.ts';
import type { ModelGateway } from '../gateway/index.ts';
import { type AnalysisTarget, readStatements, storeInsights } from './analyze.ts';
import type { Analysis } from './conversation-view.ts';

export interface ModelDeps {
  readonly db: Db;
  readonly models: ModelGateway;
}

/** Whether a model of somebody else can be asked: the built-in one knows no more than the rules. */
export const hasModel = ({ entries }: ModelGateway): boolean => entries.some(({ provider }) => provider !== 'offline');

/**
 * Adds what a model reads out of the conversation. A model that is away, refuses or has no budget takes nothing from what the
 * rules have found; the analysis says why there is no more.
 */
export async function askModel(
  deps: ModelDeps,
  scope: Scope,
  target: AnalysisTarget,
  signal: AbortSignal,
): Promise<void> {
  if (!hasModel(deps.models)) return;
  const read = await inTransaction(deps.db, scope, (ctx) => toBeRead(ctx, target), { readOnly: true });
  if (read === null) return;
  try {
    const { prospectId, statements } = read;
    const { output, model } = await deps.models.ask(
      scope,
      conversationPrompt,
      { statements },
      {
        prospectId,
        signal,
      },
    );
    if (model === 'offline') return;
    await inTransaction(deps.db, scope, (ctx) => keep(ctx, target, insightsOf(output, statements.length), { model }));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    await inTransaction(deps.db, scope, (ctx) => keep(ctx, target, [], { why: error.message }));
  }
}

async function toBeRead(ctx: Ctx, { conversationId, generation }: AnalysisTarget) {
  const row = await ctx.tx
    .selectFrom('conversations')
    .select(['generation', 'prospect_id', 'analysis'])
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', conversationId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  const done = (row?.analysis as unknown as Analysis | null)?.model;
  if (row?.generation !== generation || done) return null;
  return { prospectId: row.prospect_id, statements: await readStatements(ctx, conversationId) };
}

function insightsOf(reading: ConversationReading, count: number): Insight[] {
  const of = (kind: Insight['kind'], found: readonly { text: string; statement: number }[]): Insight[] =>
    found
      .filter(({ statement }) => statement < count)
      .map(({ text, statement }) => ({ kind, code: 'model', text, statement }));
  return [
    { kind: 'summary', code: 'summary', text: reading.summary, statement: null },
    ...of('objection', reading.objections),
    ...of('key_moment', reading.keyMoments),
    ...of('next_best_action', [reading.nextBestAction]),
    ...of('coaching', reading.coaching),
  ];
}

/** Only for the generation that was read; what the rules say stays beside it. */
async function keep(
  ctx: Ctx,
  { conversationId, generation }: AnalysisTarget,
  insights: readonly Insight[],
  by: { model: string } | { why: string },
): Promise<void> {
  const row = await ctx.tx
    .selectFrom('conversations')
    .select(['generation', 'analysis'])
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', conversationId)
    .where('deleted_at', 'is', null)
    .forNoKeyUpdate()
    .executeTakeFirst();
  const analysis = row?.analysis as unknown as Analysis | null | undefined;
  if (row?.generation !== generation || !analysis) return;
  const others = analysis.notComputed.filter(({ what }) => what !== 'summary');
  const after: Analysis =
    'model' in by
      ? { ...analysis, model: by.model, computed: [...analysis.computed, 'summary'], notComputed: others }
      : { ...analysis, notComputed: [...others, { what: 'summary', why: by.why }] };
  await storeInsights(ctx, conversationId, 'model', insights);
  await ctx.tx
    .updateTable('conversations')
    .set({ analysis: JSON.stringify(after) })
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', conversationId)
    .execute();
}
