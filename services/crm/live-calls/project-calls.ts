import { sql } from 'kysely';
import { type CallFacts, callState } from '../../../domain/crm/live-call.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { correctInteraction, type InteractionInput, ingestInteraction } from '../../data/index.ts';
import { type CallToProject, fingerprintOf, interactionOf, type TeamIds, teamKey } from './call-interaction.ts';
import { fileCallLogs } from './file-call-logs.ts';

interface CallRow {
  id: string;
  source: string;
  callId: string;
  facts: CallFacts;
  first: Date;
  silentSince: Date | null;
  closedAt: Date | null;
  interactionId: string | null;
  projected: string | null;
}

interface Projection {
  readonly row: CallRow;
  readonly call: CallToProject;
  readonly interaction: InteractionInput;
  readonly fingerprint: string;
}

/** Writes calls as interactions, corrects those that say something else by now, and keeps the call log beside them. */
export async function projectCalls(ctx: Ctx, ids: readonly string[]): Promise<void> {
  const { rows } = await sql<CallRow>`
    select id, source, call_id as "callId", facts, first_event_at as first, silent_since as "silentSince",
           closed_at as "closedAt", interaction_id as "interactionId", projected
    from live_calls where organization_id = ${ctx.organizationId} and id = any(${sql.val([...ids])}::uuid[])
    order by source, call_id`.execute(ctx.tx);
  const teams = await findTeamIds(ctx, rows);
  const projections = rows.flatMap((row): Projection[] => {
    const call = { ...row, state: callState(row.facts, row) };
    const interaction = interactionOf(call, teams, row.closedAt !== null);
    return interaction ? [{ row, call, interaction, fingerprint: fingerprintOf(interaction) }] : [];
  });
  await nameAgents(ctx, projections);
  const outcomes = new Map<string, Outcome>();
  await ingestNew(ctx, projections, outcomes);
  await correctKnown(ctx, projections, outcomes);
  await storeOutcomes(ctx, outcomes);
  await fileCallLogs(ctx, ids);
}

interface Outcome {
  readonly interactionId: string | null;
  readonly fingerprint: string | null;
  readonly problem: string | null;
}

async function ingestNew(ctx: Ctx, projections: readonly Projection[], outcomes: Map<string, Outcome>): Promise<void> {
  const fresh = projections.filter(({ row }) => row.interactionId === null);
  if (fresh.length === 0) return;
  const answers = await ingestInteraction.group(
    ctx,
    fresh.map(({ interaction }) => interaction),
  );
  for (const [index, { row, interaction, fingerprint }] of fresh.entries()) {
    const answer = answers[index]!;
    if (answer.ok) {
      outcomes.set(row.id, { interactionId: answer.value.id, fingerprint, problem: null });
      continue;
    }
    // Somebody has told of this call by another door: the two are one.
    const existing = answer.error.extras.details?.existingId;
    if (typeof existing === 'string') {
      outcomes.set(row.id, await corrected(ctx, existing, interaction, fingerprint));
    } else {
      outcomes.set(row.id, { interactionId: null, fingerprint: null, problem: answer.error.message });
    }
  }
}

async function correctKnown(
  ctx: Ctx,
  projections: readonly Projection[],
  outcomes: Map<string, Outcome>,
): Promise<void> {
  for (const { row, interaction, fingerprint } of projections) {
    if (row.interactionId === null || row.projected === fingerprint) continue;
    outcomes.set(row.id, await corrected(ctx, row.interactionId, interaction, fingerprint));
  }
}

/** What the call does not say any more is taken away; an interaction that a person has voided stays as it is. */
async function corrected(
  ctx: Ctx,
  id: string,
  { externalInteractionId: _, ...interaction }: InteractionInput,
  fingerprint: string,
): Promise<Outcome> {
  const stored = await ctx.tx
    .selectFrom('interactions')
    .select('voided_at')
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (stored?.voided_at === null) {
    const { endedAt = null, cost = null, costCurrency = null } = interaction;
    await correctInteraction(ctx, { id, changes: { ...interaction, endedAt, cost, costCurrency } });
  }
  return { interactionId: id, fingerprint, problem: null };
}

async function storeOutcomes(ctx: Ctx, outcomes: ReadonlyMap<string, Outcome>): Promise<void> {
  const rows = [...outcomes].map(([id, outcome]) => ({ id, ...outcome }));
  if (rows.length === 0) return;
  await sql`
    update live_calls c set interaction_id = coalesce(row."interactionId", c.interaction_id),
      projected = coalesce(row.fingerprint, c.projected), problem = row.problem
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row(
      id uuid, "interactionId" uuid, fingerprint text, problem text)
    where c.organization_id = ${ctx.organizationId} and c.id = row.id`.execute(ctx.tx);
}

/** Providers name teams by whatever they have: our id, our number, or the name. */
async function findTeamIds(ctx: Ctx, calls: readonly CallRow[]): Promise<TeamIds> {
  const keys = [...new Set(calls.flatMap(({ facts }) => (facts.team ? [teamKey(facts.team.value)] : [])))];
  if (keys.length === 0) return new Map();
  const { rows } = await sql<{ id: string; key: string }>`
    select distinct on (key) t.id, key
    from unnest(${sql.val(keys)}::text[]) key
    join teams t on t.organization_id = ${ctx.organizationId} and t.deleted_at is null
      and (t.id::text = key or t.number::text = key or lower(trim(t.name)) = key)
    order by key, (t.id::text = key) desc, (t.number::text = key) desc, t.number`.execute(ctx.tx);
  return new Map(rows.map((row) => [row.key, row.id]));
}

/** The name of an agent may come after the agent: whoever has none takes the first that is told. */
async function nameAgents(ctx: Ctx, projections: readonly Projection[]): Promise<void> {
  const rows = projections.flatMap(({ row: { facts } }) =>
    facts.agentExternalId && facts.agentName
      ? [{ external_id: facts.agentExternalId.value, name: facts.agentName.value }]
      : [],
  );
  if (rows.length === 0) return;
  await sql`
    update agents a set name = row.name
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row(external_id text, name text)
    where a.organization_id = ${ctx.organizationId} and a.external_id = row.external_id and a.name is null`.execute(
    ctx.tx,
  );
}
