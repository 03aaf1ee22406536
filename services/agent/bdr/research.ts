import { sql } from 'kysely';
import type { Fact, FactKind } from '../../../domain/agent/fact.rules.ts';
import { SIGNALS, type Signal, type SignalEvidence } from '../../../domain/agent/qualification.rules.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { gatherFacts } from '../facts/gather-facts.ts';
import type { KnowledgeSource } from '../facts/knowledge.ts';
import { readSubject } from '../facts/subject.ts';
import type { AgentConfig } from './agent-config.ts';
import { logAgentActivity, recordDecision } from './agent-log.ts';
import { type Execution, whom } from './executions.ts';
import { webFindings } from './web-pages.ts';

export interface MemoryEntry {
  readonly key: string;
  readonly kind: string;
  readonly fact: string;
  readonly values: Readonly<Record<string, string>>;
  readonly source: { readonly type: string; readonly id: string | null };
  readonly confidence: number;
  readonly observedAt: Date | null;
  /** Where it can be read by anybody. */
  readonly sourceUrl?: string;
}

/** The same finding keeps its id, so that what a draft once rested on is still found. */
export async function remember(ctx: Ctx, prospectId: string, entries: readonly MemoryEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map(({ values, source, observedAt, sourceUrl, ...entry }) => ({
    ...entry,
    fact_values: values,
    source_type: source.type,
    source_id: source.id,
    observed_at: observedAt,
    source_url: sourceUrl ?? null,
  }));
  await sql`
    insert into bdr_context_memory (prospect_id, key, kind, fact, fact_values, source_type, source_id, confidence, observed_at,
                                    source_url)
    select ${prospectId}, r.key, r.kind, r.fact, r.fact_values, r.source_type, r.source_id, r.confidence, r.observed_at,
           r.source_url
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(key text, kind text, fact text, fact_values jsonb,
      source_type text, source_id uuid, confidence real, observed_at timestamptz, source_url text)
    on conflict (organization_id, prospect_id, key) do update
    set fact = excluded.fact, fact_values = excluded.fact_values, observed_at = excluded.observed_at
    where bdr_context_memory.fact <> excluded.fact`.execute(ctx.tx);
}

/** Writes down what is held of somebody, and what the organization lets the agent say of itself. */
export async function research(
  ctx: Ctx,
  execution: Execution,
  config: AgentConfig,
  knowledge: readonly KnowledgeSource[],
): Promise<void> {
  const { facts } = await gatherFacts(ctx, execution.prospectId, knowledge);
  const offers = config.offerStatements.map(
    (statement, index): MemoryEntry => ({
      key: `offer:${index + 1}`,
      kind: 'offer',
      fact: statement,
      values: { statement },
      source: { type: 'bdr_agent_config', id: config.id },
      confidence: 1,
      observedAt: null,
    }),
  );
  const found = facts.map(({ id, text, ...fact }): MemoryEntry => ({ key: id, fact: text, ...fact }));
  const read = await webFindings(ctx, execution.prospectId);
  await remember(ctx, execution.prospectId, [...found, ...read, ...offers]);
  await sql`
    update bdr_workflow_executions set stage = 'engage'
    where organization_id = ${ctx.organizationId} and id = ${execution.id}
      and stage in ('discovery', 'research')`.execute(ctx.tx);
  const all = [...found, ...read];
  const summary = `${all.length} facts from ${new Set(all.map(({ source }) => source.type)).size} sources.`;
  await logAgentActivity(ctx, { ...whom(execution), type: 'researched', summary, data: { facts: all.length } });
  const ids = (await readFacts(ctx, execution.prospectId)).map(({ id }) => id);
  const reasoning = `What is held of this person: ${summary}`;
  await recordDecision(ctx, { ...whom(execution), type: 'research', decision: 'engage', reasoning, evidence: ids });
}

interface MemoryRow {
  readonly id: string;
  readonly kind: string;
  readonly text: string;
  readonly values: Record<string, string>;
  readonly sourceType: string;
  readonly sourceId: string | null;
  readonly sourceUrl: string | null;
  readonly confidence: number;
  readonly observedAt: Date | null;
}

const readMemory = async (ctx: Ctx, prospectId: string): Promise<MemoryRow[]> =>
  (
    await sql<MemoryRow>`
      select id, kind, fact as text, fact_values as values, source_type as "sourceType", source_id as "sourceId", source_url as "sourceUrl",
             confidence, observed_at as "observedAt"
      from bdr_context_memory where organization_id = ${ctx.organizationId} and prospect_id = ${prospectId}
      order by created_at, id`.execute(ctx.tx)
  ).rows;

const NO_FACT = new Set<string>(['signal', 'referral']);

/** The facts that a draft may rest on, by the ids of their rows. */
export async function readFacts(ctx: Ctx, prospectId: string): Promise<Fact[]> {
  const rows = await readMemory(ctx, prospectId);
  return rows
    .filter(({ kind }) => !NO_FACT.has(kind))
    .map(({ sourceType: type, sourceId, sourceUrl: _, kind, ...row }) => ({
      ...row,
      kind: kind as FactKind,
      source: { type, id: sourceId },
    }));
}

/** What is known of a buyer's budget, authority and so on. */
export async function readSignals(ctx: Ctx, prospectId: string): Promise<SignalEvidence[]> {
  const rows = await readMemory(ctx, prospectId);
  return rows.flatMap(({ id, kind, text, values, observedAt }) => {
    const signal = values.signal as Signal | undefined;
    if (kind !== 'signal' || signal === undefined || !SIGNALS.includes(signal)) return [];
    return [{ signal, isMet: values.met === 'true', factId: id, text, observedAt }];
  });
}

export interface MemoryView extends MemoryRow {}

export const getProspectContext = verb(
  { permission: 'bdr.view' },
  async (ctx, { prospectId }: { prospectId: string }): Promise<{ prospectId: string; facts: MemoryView[] }> => {
    await readSubject(ctx, prospectId);
    return { prospectId, facts: await readMemory(ctx, prospectId) };
  },
);
