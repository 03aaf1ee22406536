import { sql } from 'kysely';
import { AppError, invalid } from '../../../domain/core/errors.ts';
import type { WorkSource } from '../../../domain/data/touch-source.rules.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { interactionCorrected, interactionVoided } from '../events.ts';
import { ensureTouchSources, ensureVendors, touchSourceOf } from '../ingestion/dimensions.ts';
import type { InteractionInput, ParticipantInput, RawIdentifier } from '../ingestion/facts.ts';
import { phoneRegion } from '../ingestion/ingest-facts.ts';
import { checkInteraction } from '../ingestion/ingest-interactions.ts';
import { participantRefusal, participantRows, readRoster } from '../ingestion/participants.ts';
import { keepCanonical } from '../journey/link-customers.ts';
import { type InteractionView, readInteraction } from './interaction-view.ts';
import { recordOf } from './record-of.ts';
import {
  archiveVersion,
  copyParticipants,
  givenFields,
  lockFact,
  merged,
  recordCorrection,
  THIS_TRANSACTION,
  type VoidFactInput,
  voidFact,
} from './versions.ts';

type Nullable<T> = { [K in keyof T]?: T[K] | null | undefined };

/** A field that is absent stays as it is; null takes an optional one away. The external id cannot change. */
export interface InteractionChanges
  extends Nullable<
    Omit<InteractionInput, 'externalInteractionId' | 'channel' | 'startedAt' | 'customerIdentifiers' | 'participants'>
  > {
  channel?: string | undefined;
  startedAt?: Date | undefined;
  customerIdentifiers?: RawIdentifier[] | undefined;
  participants?: ParticipantInput[] | undefined;
}

export interface CorrectInteractionInput {
  id: string;
  expectedVersion?: number | undefined;
  changes: InteractionChanges;
}

/**
 * Writes a new version; runs that were executed before keep reading the old one.
 * @throws AppError not_found; conflict `ALREADY_VOIDED`; precondition_failed; validation.
 */
export const correctInteraction = verb(
  { permission: 'data.ingest' },
  async (ctx, { id, expectedVersion, changes }: CorrectInteractionInput): Promise<InteractionView> => {
    const fields = givenFields(changes);
    const locked = await lockFact(ctx, 'interactions', id, expectedVersion);
    if (fields.length === 0) throw invalid('body', 'must name at least one field to correct');
    const before = await readInteraction(ctx, id);
    const input = afterChanges(before, changes);
    const fact = checkInteraction(input, ctx.now, await phoneRegion(ctx, [input]));
    if (fact instanceof AppError) throw fact;
    const roster = changes.participants ? await readRoster(ctx, [changes.participants]) : null;
    const refusal = roster ? participantRefusal(roster, changes.participants!) : null;
    if (refusal) throw refusal;

    const origin = { type: 'interaction', externalId: fact.externalId, at: input.startedAt };
    const customerId = fact.identifiers.length > 0 ? await recordOf(ctx, fact.identifiers, origin) : before.customerId;
    const vendorId = await vendorOf(ctx, before, changes);
    const outreach = changes.outreach ?? (await outreachOf(ctx, id));
    const [touchSourceId] = await ensureTouchSources(ctx, [touchSourceOf({ ...input, outreach }, vendorId)]);
    await archiveVersion(ctx, 'interactions', id);
    const { version } = await ctx.tx
      .updateTable('interactions')
      .set({
        customer_id: customerId,
        channel: input.channel,
        direction: input.direction ?? null,
        language: input.language ?? null,
        primary_intent: input.primaryIntent ?? null,
        purchase_probability: input.purchaseProbability ?? null,
        vendor_id: vendorId,
        touch_source_id: touchSourceId ?? null,
        started_at: input.startedAt,
        ended_at: input.endedAt ?? null,
        transcript_url: input.transcriptUrl ?? null,
        click_id: input.clickId ?? null,
        cost_minor: fact.costMinor,
        cost_currency: input.costCurrency ?? null,
        metadata: input.metadata ? JSON.stringify(input.metadata) : null,
        created_xid: THIS_TRANSACTION,
      })
      .where('id', '=', id)
      .returning('version')
      .executeTakeFirstOrThrow();
    if (roster) {
      const [rows] = await participantRows(ctx, roster, [changes.participants!]);
      await insertParticipants(ctx, id, version, rows!);
    } else {
      await copyParticipants(ctx, id, locked.version, version);
    }
    await keepCanonical(ctx, [before.customerId, customerId]);
    await recordCorrection(ctx, 'interactions', interactionCorrected, {
      id,
      before: locked.version,
      after: version,
      fields,
    });
    return readInteraction(ctx, id);
  },
);

/** What of outreach was at work stays, whatever else is corrected. */
async function outreachOf(ctx: Ctx, id: string): Promise<WorkSource | undefined> {
  const { rows } = await sql<{ outreach: WorkSource | null }>`
    select t.outreach from interactions i
    join touch_sources t on t.organization_id = i.organization_id and t.id = i.touch_source_id
    where i.organization_id = ${ctx.organizationId} and i.id = ${id}`.execute(ctx.tx);
  return rows[0]?.outreach ?? undefined;
}

function afterChanges(before: InteractionView, changes: InteractionChanges): InteractionInput {
  // A cost that is taken away takes its currency along.
  const costCurrency = changes.cost === null && !changes.costCurrency ? null : changes.costCurrency;
  return {
    externalInteractionId: before.externalInteractionId,
    channel: changes.channel ?? before.channel,
    startedAt: changes.startedAt ?? before.startedAt,
    customerIdentifiers: changes.customerIdentifiers ?? [],
    vendorCode: merged(changes.vendorCode, before.vendorCode),
    endedAt: merged(changes.endedAt, before.endedAt),
    direction: merged(changes.direction, before.direction),
    language: merged(changes.language, before.language),
    primaryIntent: merged(changes.primaryIntent, before.primaryIntent),
    purchaseProbability: merged(changes.purchaseProbability, before.purchaseProbability),
    transcriptUrl: merged(changes.transcriptUrl, before.transcriptUrl),
    campaign: merged(changes.campaign, before.campaign),
    utm: merged(changes.utm, before.utm),
    clickId: merged(changes.clickId, before.clickId),
    contentId: merged(changes.contentId, before.contentId),
    cost: merged(changes.cost, before.cost),
    costCurrency: merged(costCurrency, before.costCurrency),
    metadata: merged(changes.metadata, before.metadata),
  };
}

async function vendorOf(ctx: Ctx, before: InteractionView, { vendorCode }: InteractionChanges): Promise<string | null> {
  if (vendorCode === undefined) return before.vendorId;
  if (vendorCode === null) return null;
  return (await ensureVendors(ctx, [vendorCode])).get(vendorCode)!;
}

async function insertParticipants(ctx: Ctx, id: string, version: number, rows: readonly object[]): Promise<void> {
  await sql`
    insert into interaction_participants
      (organization_id, interaction_id, interaction_version, ordinal, role, agent_id, team_id, share)
    select ${ctx.organizationId}, ${id}, ${version}::integer, ordinal, role, agent_id, team_id, share
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row(
      ordinal smallint, role text, agent_id uuid, team_id uuid, share double precision)`.execute(ctx.tx);
}

/** @throws AppError not_found; conflict `ALREADY_VOIDED`; precondition_failed. */
export const voidInteraction = verb(
  { permission: 'data.ingest' },
  async (ctx, input: VoidFactInput): Promise<InteractionView> => {
    await voidFact(ctx, 'interactions', interactionVoided, input);
    return readInteraction(ctx, input.id);
  },
);
