import { sql } from 'kysely';
import { AppError, conflict } from '../../../domain/core/errors.ts';
import type { Identifier } from '../../../domain/data/identifier.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { type EventDefinition, emit } from '../../core/events.ts';
import type { GroupOutcome } from '../../core/group.ts';
import { uuidv7 } from '../../core/ids.ts';
import { keepCanonical } from '../journey/link-customers.ts';
import { findIdentifiers, type KnownIdentifier, resolveFacts } from '../journey/resolve-customers.ts';
import type { RawIdentifier } from './facts.ts';

/** A fact that was found to be well-formed. */
export interface CheckedFact<Input> {
  readonly input: Input;
  readonly externalId: string;
  readonly identifiers: readonly Identifier[];
}

export interface ResolvedFact<Fact> {
  /** Known before the row is written, so that its event can be written beside it. */
  readonly id: string;
  readonly fact: Fact;
  readonly customerId: string;
  /** Of the fact that it follows, as a refund follows its original. */
  readonly leaderId: string | null;
}

/** A fact whose customer another one takes: stored already, or of the same group and then known by external id alone. */
export interface Leader {
  readonly externalId: string;
  readonly id?: string;
  readonly customerId?: string;
}

export interface StoredFact {
  readonly id: string;
  readonly externalId: string;
  readonly customerId: string;
  readonly createdAt: Date;
}

/** What interactions and conversions differ in. */
export interface FactKind<
  Input extends { customerIdentifiers: readonly RawIdentifier[] },
  Fact extends CheckedFact<Input>,
> {
  readonly noun: 'interaction' | 'conversion';
  readonly externalIdField: string;
  readonly event: EventDefinition<{ count: number; ids: string[] }>;
  /** When it took place. */
  at(input: Input): Date;
  check(input: Input, now: Date, region: string): Fact | AppError;
  /** What only the database can tell, one entry per fact: a refusal, or null. */
  verify?(ctx: Ctx, facts: readonly Fact[]): Promise<readonly (AppError | null)[]>;
  /** Asked in order about facts that are not stored yet: what depends on those before them. */
  admission?(ctx: Ctx, facts: readonly Fact[]): Promise<(fact: Fact) => AppError | null>;
  /** What `store` needs and customers do not: runs while they are resolved. */
  prepare?(ctx: Ctx, facts: readonly Fact[]): Promise<void>;
  /** A fact that follows another one says nothing about who is who. */
  leaderOf?(fact: Fact): Leader | undefined;
  /** Writes all of them or fails. */
  store(ctx: Ctx, facts: readonly ResolvedFact<Fact>[]): Promise<void>;
}

/**
 * Stores a group of facts: checks each, leaves out what is stored already, resolves customers, writes all the rest
 * set-based and tells of it in one event. A refused fact touches nothing, neither its neighbours nor an identifier.
 */
export async function ingestFacts<
  Input extends { customerIdentifiers: readonly RawIdentifier[] },
  Fact extends CheckedFact<Input>,
>(ctx: Ctx, kind: FactKind<Input, Fact>, inputs: readonly Input[]): Promise<GroupOutcome<StoredFact>[]> {
  const region = await phoneRegion(ctx, inputs);
  const checked = await verified(
    ctx,
    kind,
    inputs.map((input) => kind.check(input, ctx.now, region)),
  );
  const facts = checked.filter((fact): fact is Fact => !(fact instanceof AppError));
  // Look-ups that do not depend on each other travel together.
  const [existing, known, createdAt] = await Promise.all([
    existingFacts(ctx, kind, facts),
    findIdentifiers(
      ctx,
      facts.flatMap((fact) => fact.identifiers),
    ),
    beginOf(ctx),
  ]);
  const candidates = facts.filter((fact) => !existing.has(fact.externalId));
  const admit = await kind.admission?.(ctx, candidates);
  const fresh = new Map<string, Fact>();
  const refused = new Map<Fact, AppError>();
  for (const fact of candidates) {
    // Of several with one external id the first is stored, the others are its duplicates.
    if (fresh.has(fact.externalId)) continue;
    const refusal = admit?.(fact);
    if (refusal) refused.set(fact, refusal);
    else fresh.set(fact.externalId, fact);
  }
  const stored = await storeFresh(ctx, kind, [...fresh.values()], { known, createdAt });
  return checked.map((fact) => {
    const error = fact instanceof AppError ? fact : refused.get(fact);
    if (fact instanceof AppError || error) return { ok: false, error: error! };
    const row = stored.get(fact.externalId);
    if (row && fresh.get(fact.externalId) === fact) return { ok: true, value: row };
    return { ok: false, error: duplicate(kind, fact.externalId, row?.id ?? existing.get(fact.externalId)!) };
  });
}

/** The same list, with the facts that `verify` refuses replaced by their refusals. */
async function verified<Fact extends object>(
  ctx: Ctx,
  kind: { verify?(ctx: Ctx, facts: readonly Fact[]): Promise<readonly (AppError | null)[]> },
  checked: readonly (Fact | AppError)[],
): Promise<readonly (Fact | AppError)[]> {
  if (!kind.verify) return checked;
  const facts = checked.filter((fact): fact is Fact => !(fact instanceof AppError));
  const refusals = await kind.verify(ctx, facts);
  const refused = new Map(facts.map((fact, index) => [fact as Fact | AppError, refusals[index] ?? null]));
  return checked.map((fact) => refused.get(fact) ?? fact);
}

async function storeFresh<
  Input extends { customerIdentifiers: readonly RawIdentifier[] },
  Fact extends CheckedFact<Input>,
>(
  ctx: Ctx,
  kind: FactKind<Input, Fact>,
  facts: readonly Fact[],
  { known, createdAt }: { known: readonly KnownIdentifier[]; createdAt: Date },
): Promise<Map<string, StoredFact>> {
  if (facts.length === 0) return new Map();
  const [{ resolved, linked }] = await Promise.all([resolveGroup(ctx, kind, facts, known), kind.prepare?.(ctx, facts)]);
  const ids = resolved.map(({ id }) => id);
  await kind.store(ctx, resolved);
  await emit(ctx, kind.event, { entityId: ids.length === 1 ? ids[0]! : null, data: { count: ids.length, ids } });
  if (linked.length > 0) await keepCanonical(ctx, linked);
  return new Map(
    resolved.map(({ id, fact: { externalId }, customerId }) => [externalId, { id, externalId, customerId, createdAt }]),
  );
}

/** Ids and customers: by their identifiers, or those of whom they follow. Ids are in the order of the facts. */
async function resolveGroup<
  Input extends { customerIdentifiers: readonly RawIdentifier[] },
  Fact extends CheckedFact<Input>,
>(
  ctx: Ctx,
  kind: FactKind<Input, Fact>,
  facts: readonly Fact[],
  known: readonly KnownIdentifier[],
): Promise<{ resolved: ResolvedFact<Fact>[]; linked: string[] }> {
  const ids = facts.map(() => uuidv7()).sort();
  const leaders = facts.map((fact) => kind.leaderOf?.(fact));
  const own = facts.filter((_, index) => !leaders[index]);
  const { customerIds, linked } = await resolveFacts(
    ctx,
    own.map((fact) => fact.identifiers),
    known,
    own.map(({ input, externalId }) => ({ type: kind.noun, externalId, at: kind.at(input) })),
  );
  let next = 0;
  const byExternalId = new Map<string, ResolvedFact<Fact>>();
  const resolved = facts.map((fact, index) => {
    const leader = leaders[index];
    const here = leader && byExternalId.get(leader.externalId);
    const customerId = leader ? (leader.customerId ?? here!.customerId) : customerIds[next++]!;
    const one = { id: ids[index]!, fact, customerId, leaderId: leader ? (leader.id ?? here!.id) : null };
    byExternalId.set(fact.externalId, one);
    return one;
  });
  const followed = resolved.flatMap((one) => (one.leaderId ? one.customerId : []));
  return { resolved, linked: [...linked, ...followed] };
}

/** The organization's region, read only when a phone number comes without its country code. */
export async function phoneRegion(
  ctx: Ctx,
  inputs: readonly { customerIdentifiers: readonly RawIdentifier[] }[],
): Promise<string> {
  const national = inputs.some(({ customerIdentifiers }) =>
    customerIdentifiers.some(({ type, value }) => type === 'phone' && !value.trim().startsWith('+')),
  );
  if (!national) return 'US';
  const row = await ctx.tx
    .selectFrom('organizations')
    .select('default_phone_region')
    .where('id', '=', ctx.organizationId)
    .executeTakeFirstOrThrow();
  return row.default_phone_region;
}

/** When rows of this transaction were created, as their column's default says: known before they are written. */
async function beginOf(ctx: Ctx): Promise<Date> {
  const { rows } = await sql<{ at: Date }>`select now() as at`.execute(ctx.tx);
  return rows[0]!.at;
}

/** External id → id of facts that are stored already. */
async function existingFacts(
  ctx: Ctx,
  { noun }: { noun: string },
  facts: readonly { externalId: string }[],
): Promise<Map<string, string>> {
  const externalIds = [...new Set(facts.map((fact) => fact.externalId))];
  const { rows } = await sql<{ id: string; external_id: string }>`
    select id, external_id from ${sql.table(`${noun}s`)}
    where organization_id = ${ctx.organizationId} and external_id = any(${sql.val(externalIds)}::text[])`.execute(
    ctx.tx,
  );
  return new Map(rows.map((row) => [row.external_id, row.id]));
}

function duplicate(
  { noun, externalIdField }: { noun: string; externalIdField: string },
  externalId: string,
  existingId: string,
): AppError {
  return conflict(`DUPLICATE_${noun.toUpperCase()}`, `The ${noun} ${externalId} is stored already.`, {
    issues: [{ field: externalIdField, message: 'is stored already', value: externalId }],
    details: { existingId },
    hint: `Nothing was changed. Send each ${noun} once, or with an Idempotency-Key to get the first answer again.`,
  });
}
