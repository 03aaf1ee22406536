import { type RawBuilder, sql } from 'kysely';
import { conflict, notFound } from '../../../domain/core/errors.ts';
import { audit } from '../../core/audit.ts';
import type { Ctx } from '../../core/context.ts';
import { type EventDefinition, emit } from '../../core/events.ts';
import { requireVersion } from '../../core/versions.ts';

export type FactTable = 'interactions' | 'conversions' | 'spend';

export const COLUMNS: Readonly<Record<FactTable, string>> = {
  interactions: `external_id, customer_id, channel, direction, language, primary_intent, purchase_probability, vendor_id,
    touch_source_id, started_at, ended_at, transcript_url, click_id, cost_minor, cost_currency, metadata`,
  conversions:
    'external_id, customer_id, event_type, event_source, amount_minor, currency, occurred_at, metadata, refund_of',
  spend: 'external_id, day, channel, vendor_id, campaign, amount_minor, currency',
};

export const NOUNS: Readonly<Record<FactTable, string>> = {
  interactions: 'interaction',
  conversions: 'conversion',
  spend: 'spend record',
};

export interface FactState {
  readonly id: string;
  readonly version: number;
  readonly voidedAt: Date | null;
}

/** The new version's `created_xid`: runs whose snapshot was taken before keep reading the one in the history. */
export const THIS_TRANSACTION: RawBuilder<string> = sql<string>`pg_current_xact_id()`;

/**
 * Holds the fact until the transaction ends and makes sure that it may be changed.
 * @throws AppError not_found; conflict `ALREADY_VOIDED`; precondition_failed.
 */
export async function lockFact(
  ctx: Ctx,
  table: FactTable,
  id: string,
  expectedVersion: number | undefined,
): Promise<FactState> {
  const { rows } = await sql<FactState>`
    select id, version, voided_at as "voidedAt" from ${sql.table(table)}
    where organization_id = ${ctx.organizationId} and id = ${id}
    for no key update`.execute(ctx.tx);
  const noun = NOUNS[table];
  const fact = rows[0];
  if (!fact) throw notFound(`The ${noun}`);
  if (fact.voidedAt) {
    throw conflict('ALREADY_VOIDED', `The ${noun} was voided already.`, {
      hint: `A voided ${noun} stays as it is. Send the right one under an external id of its own.`,
      details: { voidedAt: fact.voidedAt.toISOString() },
    });
  }
  requireVersion(fact.version, expectedVersion);
  return fact;
}

/** Copies the current version into the history, ended by this transaction. Call it before the row is changed. */
export async function archiveVersion(ctx: Ctx, table: FactTable, id: string): Promise<void> {
  const columns = sql.raw(`organization_id, id, ${COLUMNS[table]}, created_xid, voided_at, void_reason, version`);
  await sql`
    insert into ${sql.table(`${table}_history`)} (${columns}, ended_xid)
    select ${columns}, ${THIS_TRANSACTION} from ${sql.table(table)}
    where organization_id = ${ctx.organizationId} and id = ${id}`.execute(ctx.tx);
}

/** Participants belong to one version: a change that does not speak of them takes them along. */
export async function copyParticipants(ctx: Ctx, interactionId: string, from: number, to: number): Promise<void> {
  await sql`
    insert into interaction_participants
      (organization_id, interaction_id, interaction_version, ordinal, role, agent_id, team_id, share)
    select organization_id, interaction_id, ${to}::integer, ordinal, role, agent_id, team_id, share
    from interaction_participants
    where organization_id = ${ctx.organizationId} and interaction_id = ${interactionId}
      and interaction_version = ${from}::integer`.execute(ctx.tx);
}

export type FactEvent = EventDefinition<{ id: string; version: number }>;

/** Says who changed what; contents stay out of the log, the history has them. */
export async function recordCorrection(
  ctx: Ctx,
  table: FactTable,
  event: FactEvent,
  change: { id: string; before: number; after: number; fields: readonly string[] },
): Promise<void> {
  await audit(ctx, `${table}.correct`, {
    entityType: NOUNS[table],
    entityId: change.id,
    before: { version: change.before },
    after: { version: change.after, fields: change.fields },
  });
  await emit(ctx, event, { entityId: change.id, data: { id: change.id, version: change.after } });
}

export interface VoidFactInput {
  id: string;
  reason: string;
  expectedVersion?: number | undefined;
}

/** A voided fact keeps its row and its external id; everything that counts leaves it out from now on. */
export async function voidFact(
  ctx: Ctx,
  table: FactTable,
  event: FactEvent,
  input: VoidFactInput,
  /** Asked while the fact is held; throws what speaks against it. */
  guard?: (ctx: Ctx, id: string) => Promise<void>,
): Promise<void> {
  const before = await lockFact(ctx, table, input.id, input.expectedVersion);
  await guard?.(ctx, input.id);
  await archiveVersion(ctx, table, input.id);
  const { rows } = await sql<{ version: number }>`
    update ${sql.table(table)}
    set voided_at = ${ctx.now}, void_reason = ${input.reason}, created_xid = ${THIS_TRANSACTION}
    where organization_id = ${ctx.organizationId} and id = ${input.id}
    returning version`.execute(ctx.tx);
  const { version } = rows[0]!;
  if (table === 'interactions') await copyParticipants(ctx, input.id, before.version, version);
  await audit(ctx, `${table}.void`, {
    entityType: NOUNS[table],
    entityId: input.id,
    before: { version: before.version },
    after: { version },
  });
  await emit(ctx, event, { entityId: input.id, data: { id: input.id, version } });
}

/** The names of the fields that a partial change gives. */
export const givenFields = (changes: object): string[] =>
  Object.entries(changes).flatMap(([name, value]) => (value === undefined ? [] : name));

/** What a partial change leaves: a given value, nothing for null, else what was there. */
export const merged = <T>(given: T | null | undefined, kept: T | null): T | undefined =>
  (given === undefined ? kept : given) ?? undefined;
