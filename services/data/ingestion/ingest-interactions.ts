import { sql } from 'kysely';
import type { AppError } from '../../../domain/core/errors.ts';
import { type Ctx, letGo } from '../../core/context.ts';
import { groupVerb } from '../../core/group.ts';
import { unnestRows } from '../../core/unnest.ts';
import { interactionsIngested } from '../events.ts';
import { ensureTouchSources, ensureVendors, findVendors, touchSourceOf } from './dimensions.ts';
import { FactCheck, type InteractionInput } from './facts.ts';
import { type CheckedFact, type FactKind, ingestFacts, type ResolvedFact } from './ingest-facts.ts';
import { participantRefusal, participantRows, type Roster, readRoster } from './participants.ts';

export interface CheckedInteraction extends CheckedFact<InteractionInput> {
  readonly costMinor: number | null;
}

export function checkInteraction(input: InteractionInput, now: Date, region: string): CheckedInteraction | AppError {
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
  return checked.refusal() ?? { input, externalId: input.externalInteractionId, identifiers, costMinor };
}

const participantsOf = ({ input }: CheckedInteraction) => input.participants ?? [];

/** The dimensions of facts that will be stored, one entry per fact. */
interface Dimensions {
  readonly vendorIds: readonly (string | null)[];
  readonly sourceIds: readonly (string | null)[];
}

const vendorCodesOf = (facts: readonly CheckedInteraction[]): string[] =>
  facts.flatMap(({ input }) => input.vendorCode ?? []);

async function readDimensions(
  ctx: Ctx,
  facts: readonly CheckedInteraction[],
  known: ReadonlyMap<string, string>,
): Promise<Dimensions> {
  const vendors = await ensureVendors(ctx, vendorCodesOf(facts), known);
  const vendorIds = facts.map(({ input }) => (input.vendorCode ? vendors.get(input.vendorCode)! : null));
  const sources = facts.map(({ input }, index) => touchSourceOf(input, vendorIds[index]!));
  return { vendorIds, sourceIds: await ensureTouchSources(ctx, sources) };
}

const INTERACTION = {
  id: 'uuid',
  external_id: 'text',
  customer_id: 'uuid',
  channel: 'text',
  direction: 'text',
  language: 'text',
  primary_intent: 'text',
  purchase_probability: 'double precision',
  vendor_id: 'uuid',
  touch_source_id: 'uuid',
  started_at: 'timestamptz',
  ended_at: 'timestamptz',
  transcript_url: 'text',
  click_id: 'text',
  cost_minor: 'bigint',
  cost_currency: 'text',
  metadata: 'text',
} as const;

async function store(
  ctx: Ctx,
  facts: readonly ResolvedFact<CheckedInteraction>[],
  roster: Roster,
  { vendorIds, sourceIds }: Dimensions,
): Promise<void> {
  const rows = facts.map(({ id, fact: { input, externalId, costMinor }, customerId }, index) => ({
    id,
    external_id: externalId,
    customer_id: customerId,
    channel: input.channel,
    direction: input.direction,
    language: input.language,
    primary_intent: input.primaryIntent,
    purchase_probability: input.purchaseProbability,
    vendor_id: vendorIds[index],
    touch_source_id: sourceIds[index],
    started_at: input.startedAt.toISOString(),
    ended_at: input.endedAt?.toISOString(),
    transcript_url: input.transcriptUrl,
    click_id: input.clickId,
    cost_minor: costMinor,
    cost_currency: input.costCurrency,
    metadata: input.metadata && JSON.stringify(input.metadata),
  }));
  const write = sql`
    insert into interactions (
      organization_id, id, external_id, customer_id, channel, direction, language, primary_intent, purchase_probability,
      vendor_id, touch_source_id, started_at, ended_at, transcript_url, click_id, cost_minor, cost_currency, metadata)
    select ${ctx.organizationId}, id, external_id, customer_id, channel, direction, language, primary_intent,
           purchase_probability, vendor_id, touch_source_id, started_at, ended_at, transcript_url, click_id,
           cost_minor, cost_currency, metadata::jsonb
    from ${unnestRows(INTERACTION, rows)}
    order by external_id`.execute(ctx.tx);
  await letGo(ctx, write);
  await storeParticipants(ctx, facts, roster);
}

const PARTICIPANT = {
  interaction_id: 'uuid',
  ordinal: 'smallint',
  role: 'text',
  agent_id: 'uuid',
  team_id: 'uuid',
  share: 'double precision',
} as const;

async function storeParticipants(
  ctx: Ctx,
  facts: readonly ResolvedFact<CheckedInteraction>[],
  roster: Roster,
): Promise<void> {
  const involving = facts.filter(({ fact }) => participantsOf(fact).length > 0);
  if (involving.length === 0) return;
  const participants = await participantRows(
    ctx,
    roster,
    involving.map(({ fact }) => participantsOf(fact)),
  );
  const rows = involving.flatMap(({ id }, index) =>
    participants[index]!.map((participant) => ({ interaction_id: id, ...participant })),
  );
  const write = sql`
    insert into interaction_participants (organization_id, interaction_id, ordinal, role, agent_id, team_id, share)
    select ${ctx.organizationId}, interaction_id, ordinal, role, agent_id, team_id, share
    from ${unnestRows(PARTICIPANT, rows)}`.execute(ctx.tx);
  await letGo(ctx, write);
}

/** One group of interactions; who takes part in them is looked up once. */
function interactions(): FactKind<InteractionInput, CheckedInteraction> {
  let roster: Roster;
  let vendors: Promise<ReadonlyMap<string, string>>;
  let dimensions: Dimensions;
  return {
    noun: 'interaction',
    externalIdField: 'externalInteractionId',
    event: interactionsIngested,
    at: (input) => input.startedAt,
    check: checkInteraction,
    async verify(ctx, facts) {
      // Travels with the look-ups that come next; awaited where it is needed.
      vendors = findVendors(ctx, vendorCodesOf(facts));
      vendors.catch(() => {});
      roster = await readRoster(ctx, facts.map(participantsOf));
      return facts.map((fact) => participantRefusal(roster, participantsOf(fact)));
    },
    async prepare(ctx, facts) {
      dimensions = await readDimensions(ctx, facts, await vendors);
    },
    store: (ctx, facts) => store(ctx, facts, roster, dimensions),
  };
}

/**
 * Stores interactions and resolves their customers. Refusals: validation; conflict `DUPLICATE_INTERACTION` when the
 * external id exists (`details.existingId`).
 */
export const ingestInteraction = groupVerb({ permission: 'data.ingest' }, (ctx, inputs: readonly InteractionInput[]) =>
  ingestFacts(ctx, interactions(), inputs),
);
