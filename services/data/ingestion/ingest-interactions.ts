import { sql } from 'kysely';
import { type Ctx, verb } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { interactionsIngested } from '../events.ts';
import { resolveCustomers } from '../journey/resolve-customers.ts';
import { ensureTouchSources, ensureVendors, resolveParticipants, touchSourceOf } from './dimensions.ts';
import { FactCheck, type InteractionInput } from './facts.ts';
import { duplicate, existingFacts, phoneRegion } from './ingestion.shared.ts';

export interface IngestedFact {
  id: string;
  customerId: string;
  createdAt: Date;
}

export interface IngestedInteraction extends IngestedFact {
  externalInteractionId: string;
}

function check(input: InteractionInput, now: Date, region: string) {
  const checked = new FactCheck();
  const identifiers = checked.identifiers(input.customerIdentifiers, region);
  checked.notAhead('startedAt', input.startedAt, now);
  checked.notAhead('endedAt', input.endedAt, now);
  if (input.endedAt && input.endedAt < input.startedAt) {
    checked.add('endedAt', 'lies before the start', input.endedAt.toISOString());
  }
  if ((input.cost === undefined) !== (input.costCurrency === undefined)) {
    checked.add(input.cost === undefined ? 'cost' : 'costCurrency', 'is missing: a cost and its currency go together');
  }
  const costMinor =
    input.cost !== undefined && input.costCurrency !== undefined
      ? checked.money('cost', input.cost, 'costCurrency', input.costCurrency)
      : null;
  if (costMinor !== null && costMinor < 0) checked.add('cost', 'must not be negative', input.cost);
  checked.assertClean();
  return { identifiers, costMinor };
}

/**
 * Stores one interaction and resolves its customer.
 * @throws AppError validation; conflict `DUPLICATE_INTERACTION` when the external id exists (`details.existingId`).
 */
export const ingestInteraction = verb(
  { permission: 'data.ingest' },
  async (ctx, input: InteractionInput): Promise<IngestedInteraction> => {
    const checked = check(input, ctx.now, await phoneRegion(ctx, input.customerIdentifiers));
    const existing = await existingFacts(ctx, 'interactions', [input.externalInteractionId]);
    if (existing.size > 0) throw duplicate('interaction', 'externalInteractionId', existing);
    const [row] = await storeInteractions(ctx, [{ input, ...checked }]);
    return row!;
  },
);

interface CheckedInteraction {
  input: InteractionInput;
  identifiers: ReturnType<typeof check>['identifiers'];
  costMinor: number | null;
}

async function storeInteractions(ctx: Ctx, facts: readonly CheckedInteraction[]): Promise<IngestedInteraction[]> {
  const customerIds = await resolveCustomers(
    ctx,
    facts.map((fact) => fact.identifiers),
  );
  const vendors = await ensureVendors(
    ctx,
    facts.flatMap(({ input }) => input.vendorCode ?? []),
  );
  const vendorOf = (input: InteractionInput) => (input.vendorCode ? vendors.get(input.vendorCode)! : null);
  const sources = await ensureTouchSources(
    ctx,
    facts.map(({ input }) => touchSourceOf(input, vendorOf(input))),
  );
  const participants = await resolveParticipants(
    ctx,
    facts.map(({ input }) => input.participants ?? []),
  );
  const rows = facts.map(({ input, costMinor }, index) => ({
    ordinal: index,
    external_id: input.externalInteractionId,
    customer_id: customerIds[index],
    channel: input.channel,
    direction: input.direction,
    language: input.language,
    primary_intent: input.primaryIntent,
    purchase_probability: input.purchaseProbability,
    vendor_id: vendorOf(input),
    touch_source_id: sources[index],
    started_at: input.startedAt,
    ended_at: input.endedAt,
    transcript_url: input.transcriptUrl,
    click_id: input.clickId,
    cost_minor: costMinor,
    cost_currency: input.costCurrency,
    metadata: input.metadata,
    participants: participants[index],
  }));
  const stored = await insertRows(ctx, rows);
  await emit(ctx, interactionsIngested, {
    entityId: stored.length === 1 ? stored[0]!.id : null,
    data: { count: stored.length, ids: stored.map((row) => row.id) },
  });
  return stored;
}

async function insertRows(ctx: Ctx, rows: readonly object[]): Promise<IngestedInteraction[]> {
  const { rows: stored } = await sql<IngestedInteraction>`
    with incoming as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row(
        ordinal integer, external_id text, customer_id uuid, channel text, direction text, language text,
        primary_intent text, purchase_probability double precision, vendor_id uuid, touch_source_id uuid,
        started_at timestamptz, ended_at timestamptz, transcript_url text, click_id text, cost_minor bigint,
        cost_currency text, metadata jsonb, participants jsonb)
    ), stored as (
      insert into interactions (
        organization_id, external_id, customer_id, channel, direction, language, primary_intent, purchase_probability,
        vendor_id, touch_source_id, started_at, ended_at, transcript_url, click_id, cost_minor, cost_currency, metadata)
      select ${ctx.organizationId}, external_id, customer_id, channel, direction, language, primary_intent,
             purchase_probability, vendor_id, touch_source_id, started_at, ended_at, transcript_url, click_id,
             cost_minor, cost_currency, metadata
      from incoming order by external_id
      returning id, external_id, customer_id, created_at
    ), took_part as (
      insert into interaction_participants
        (organization_id, interaction_id, ordinal, role, agent_id, team_id, share)
      select ${ctx.organizationId}, stored.id, p.ordinal, p.role, p.agent_id, p.team_id, p.share
      from incoming
      join stored using (external_id)
      cross join jsonb_to_recordset(incoming.participants) as p(
        ordinal smallint, role text, agent_id uuid, team_id uuid, share double precision)
    )
    select stored.id, stored.external_id as "externalInteractionId", stored.customer_id as "customerId",
           stored.created_at as "createdAt"
    from stored join incoming using (external_id) order by incoming.ordinal`.execute(ctx.tx);
  return stored;
}
