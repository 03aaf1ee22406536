import { sql } from 'kysely';
import { conflict, notFound } from '../../../domain/core/errors.ts';
import { fromMinorUnits } from '../../../domain/data/money.rules.ts';
import { audit } from '../../core/audit.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { requireVersion } from '../../core/versions.ts';
import { merged } from '../facts/versions.ts';
import { FactCheck } from '../ingestion/facts.ts';
import { readVendor, type VendorDetail } from './vendor-view.ts';

/** What a vendor charges; decimal texts in `costCurrency`. Null takes one away. */
export interface VendorCosts {
  costPerInteraction?: string | null | undefined;
  costPerMinute?: string | null | undefined;
  costCurrency?: string | null | undefined;
}

export interface CreateVendorInput extends VendorCosts {
  code: string;
  name: string;
}

/** @throws AppError validation; conflict `DUPLICATE_VENDOR` (`details.existingId`). */
export const createVendor = verb(
  { permission: 'vendors.edit' },
  async (ctx, input: CreateVendorInput): Promise<VendorDetail> => {
    const costs = checkCosts(input);
    const existing = await ctx.tx
      .selectFrom('vendors')
      .select('id')
      .where('code', '=', input.code)
      .where('deleted_at', 'is', null)
      .executeTakeFirst();
    if (existing) {
      throw conflict('DUPLICATE_VENDOR', `The vendor ${input.code} exists already.`, {
        issues: [{ field: 'code', message: 'exists already', value: input.code }],
        details: { existingId: existing.id },
        hint: 'Change the existing one with PUT; interactions create the vendors that they name.',
      });
    }
    const { id } = await ctx.tx
      .insertInto('vendors')
      .values({ code: input.code, name: input.name, ...costs })
      .returning('id')
      .executeTakeFirstOrThrow();
    await audit(ctx, 'vendor.create', { entityType: 'vendor', entityId: id, after: { code: input.code, ...costs } });
    return readVendor(ctx, id);
  },
);

export interface UpdateVendorInput {
  id: string;
  expectedVersion?: number | undefined;
  changes: VendorCosts & { name?: string | undefined };
}

/** Partial; the code cannot change, source systems name it. @throws AppError not_found; precondition_failed; validation. */
export const updateVendor = verb(
  { permission: 'vendors.edit' },
  async (ctx, { id, expectedVersion, changes }: UpdateVendorInput): Promise<VendorDetail> => {
    const row = await lockVendor(ctx, id, expectedVersion);
    const before = {
      name: row.name,
      cost_per_interaction_minor: row.cost_per_interaction_minor,
      cost_per_minute_minor: row.cost_per_minute_minor,
      cost_currency: row.cost_currency,
    };
    const kept = (minor: number | null) => (minor === null ? null : fromMinorUnits(minor, row.cost_currency!));
    const costPerInteraction = merged(changes.costPerInteraction, kept(row.cost_per_interaction_minor));
    const costPerMinute = merged(changes.costPerMinute, kept(row.cost_per_minute_minor));
    // The currency of costs that are all taken away goes with them.
    const isLeft = costPerInteraction !== undefined || costPerMinute !== undefined || changes.costCurrency;
    const costCurrency = isLeft ? merged(changes.costCurrency, row.cost_currency) : undefined;
    const after = {
      name: changes.name ?? row.name,
      ...checkCosts({ costPerInteraction, costPerMinute, costCurrency }),
    };
    await ctx.tx.updateTable('vendors').set(after).where('id', '=', id).execute();
    await audit(ctx, 'vendor.update', { entityType: 'vendor', entityId: id, before, after });
    return readVendor(ctx, id);
  },
);

function checkCosts({ costPerInteraction, costPerMinute, costCurrency }: VendorCosts) {
  const checked = new FactCheck();
  const given = Object.entries({ costPerInteraction, costPerMinute }).filter(([, cost]) => cost != null);
  if (given.length > 0 && !costCurrency) checked.add('costCurrency', 'is missing: a cost and its currency go together');
  const minor = (field: string, cost: string | null | undefined): number | null => {
    if (cost == null || !costCurrency) return null;
    const amount = checked.money(field, cost, 'costCurrency', costCurrency);
    if (amount < 0) checked.add(field, 'must not be negative', cost);
    return amount;
  };
  if (given.length === 0 && costCurrency) checked.money('costCurrency', '0', 'costCurrency', costCurrency);
  const costs = {
    cost_per_interaction_minor: minor('costPerInteraction', costPerInteraction),
    cost_per_minute_minor: minor('costPerMinute', costPerMinute),
    cost_currency: costCurrency ?? null,
  };
  const refusal = checked.refusal();
  if (refusal) throw refusal;
  return costs;
}

async function lockVendor(ctx: Ctx, id: string, expectedVersion: number | undefined) {
  const row = await ctx.tx
    .selectFrom('vendors')
    .selectAll()
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!row) throw notFound('The vendor');
  requireVersion(row.version, expectedVersion);
  return row;
}

export interface DeleteVendorInput {
  id: string;
  expectedVersion?: number | undefined;
}

/** @throws AppError not_found; precondition_failed; conflict `VENDOR_REFERENCED` (`details.referencedBy`). */
export const deleteVendor = verb(
  { permission: 'vendors.edit' },
  async (ctx, { id, expectedVersion }: DeleteVendorInput): Promise<{ id: string }> => {
    const row = await lockVendor(ctx, id, expectedVersion);
    const referencedBy = await referencesTo(ctx, id);
    if (referencedBy.length > 0) {
      throw conflict('VENDOR_REFERENCED', `The vendor ${row.code} is still referenced.`, {
        details: { referencedBy },
        hint: 'Give its agents and use cases another vendor first; a vendor with interactions or spend stays.',
      });
    }
    await ctx.tx.updateTable('vendors').set({ deleted_at: ctx.now }).where('id', '=', id).execute();
    await audit(ctx, 'vendor.delete', { entityType: 'vendor', entityId: id, before: { code: row.code } });
    return { id };
  },
);

async function referencesTo(ctx: Ctx, id: string): Promise<string[]> {
  const has = (table: 'interactions' | 'spend' | 'agents') => sql<boolean>`exists (
    select from ${sql.table(table)} where organization_id = ${ctx.organizationId} and vendor_id = ${id})`;
  const { rows } = await sql<{ referenced_by: string[] }>`
    select array_remove(array[
      case when ${has('interactions')} then 'interactions' end,
      case when ${has('spend')} then 'spend' end,
      case when ${has('agents')} then 'agents' end,
      case when exists (
        select from use_cases where organization_id = ${ctx.organizationId} and deleted_at is null
          and config ->> 'vendorId' = ${id}::text) then 'use_cases' end], null) as referenced_by`.execute(ctx.tx);
  return rows[0]!.referenced_by;
}
