import { sql } from 'kysely';
import { AppError, conflict } from '../../../domain/core/errors.ts';
import type { Ctx } from '../../core/context.ts';
import { type EventDefinition, emit } from '../../core/events.ts';
import type { GroupOutcome } from '../../core/group.ts';
import { uuidv7 } from '../../core/ids.ts';

/** A row that was found to be well-formed; without an external id it is never a duplicate. */
export interface PlainFact {
  readonly externalId: string | null;
}

export interface PlainRow<Fact> {
  readonly id: string;
  readonly fact: Fact;
}

export interface StoredPlain {
  readonly id: string;
  readonly externalId: string | null;
  readonly customerId: string | null;
  readonly createdAt: Date;
}

/** Rows that need no customer: spend, events, page views. */
export interface PlainKind<Fact extends PlainFact> {
  readonly table: 'spend' | 'events' | 'website_page_views';
  readonly noun: string;
  /** Stable code of the conflict. */
  readonly duplicateCode: string;
  readonly event: EventDefinition<{ count: number; ids: string[] }>;
  /** What a caller does whose row is a duplicate. */
  readonly hint: string;
  /** In any order; found again by id. */
  store(ctx: Ctx, rows: readonly PlainRow<Fact>[]): Promise<readonly StoredPlain[]>;
}

/** One outcome per entry of `checked`, in order; a refused one touches nothing. */
export async function ingestPlain<Fact extends PlainFact>(
  ctx: Ctx,
  kind: PlainKind<Fact>,
  checked: readonly (Fact | AppError)[],
): Promise<GroupOutcome<StoredPlain>[]> {
  const named = checked.flatMap((fact) => (fact instanceof AppError ? [] : (fact.externalId ?? [])));
  const existing = await findExisting(ctx, kind.table, named);
  const fresh = new Map<Fact, string>();
  const firsts = new Map<string, string>();
  for (const fact of checked) {
    if (fact instanceof AppError) continue;
    const { externalId } = fact;
    // Of several with one external id the first is stored, the others are its duplicates.
    if (externalId !== null && (existing.has(externalId) || firsts.has(externalId))) continue;
    const id = uuidv7();
    fresh.set(fact, id);
    if (externalId !== null) firsts.set(externalId, id);
  }
  const stored = await storeFresh(
    ctx,
    kind,
    [...fresh].map(([fact, id]) => ({ id, fact })),
  );
  return checked.map((fact) => {
    if (fact instanceof AppError) return { ok: false, error: fact };
    const id = fresh.get(fact);
    if (id) return { ok: true, value: stored.get(id)! };
    const externalId = fact.externalId!;
    return { ok: false, error: duplicate(kind, externalId, existing.get(externalId) ?? firsts.get(externalId)!) };
  });
}

async function storeFresh<Fact extends PlainFact>(
  ctx: Ctx,
  kind: PlainKind<Fact>,
  rows: readonly PlainRow<Fact>[],
): Promise<Map<string, StoredPlain>> {
  if (rows.length === 0) return new Map();
  const stored = await kind.store(ctx, rows);
  const ids = stored.map((row) => row.id);
  await emit(ctx, kind.event, { entityId: ids.length === 1 ? ids[0]! : null, data: { count: ids.length, ids } });
  return new Map(stored.map((row) => [row.id, row]));
}

async function findExisting(ctx: Ctx, table: string, externalIds: readonly string[]): Promise<Map<string, string>> {
  if (externalIds.length === 0) return new Map();
  const { rows } = await sql<{ id: string; external_id: string }>`
    select id, external_id from ${sql.table(table)}
    where organization_id = ${ctx.organizationId}
      and external_id = any(${sql.val([...new Set(externalIds)])}::text[])`.execute(ctx.tx);
  return new Map(rows.map((row) => [row.external_id, row.id]));
}

const duplicate = (
  { noun, duplicateCode, hint }: { noun: string; duplicateCode: string; hint: string },
  externalId: string,
  existingId: string,
): AppError =>
  conflict(duplicateCode, `The ${noun} ${externalId} is stored already.`, {
    issues: [{ field: 'externalId', message: 'is stored already', value: externalId }],
    details: { existingId },
    hint,
  });
