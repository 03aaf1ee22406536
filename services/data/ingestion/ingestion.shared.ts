import { sql } from 'kysely';
import { type AppError, conflict } from '../../../domain/core/errors.ts';
import type { Ctx } from '../../core/context.ts';
import type { RawIdentifier } from './facts.ts';

/** The organization's region, read only when a phone number comes without its country code. */
export async function phoneRegion(ctx: Ctx, identifiers: readonly RawIdentifier[]): Promise<string> {
  const national = identifiers.some(({ type, value }) => type === 'phone' && !value.trim().startsWith('+'));
  if (!national) return 'US';
  const row = await ctx.tx
    .selectFrom('organizations')
    .select('default_phone_region')
    .where('id', '=', ctx.organizationId)
    .executeTakeFirstOrThrow();
  return row.default_phone_region;
}

/** External id → id of facts that are stored already. */
export async function existingFacts(
  ctx: Ctx,
  table: 'interactions' | 'conversions',
  externalIds: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; external_id: string }>`
    select id, external_id from ${sql.table(table)}
    where organization_id = ${ctx.organizationId} and external_id = any(${sql.val(externalIds)}::text[])`.execute(
    ctx.tx,
  );
  return new Map(rows.map((row) => [row.external_id, row.id]));
}

export function duplicate(noun: 'interaction' | 'conversion', field: string, existing: Map<string, string>): AppError {
  const [externalId, id] = [...existing][0]!;
  return conflict(`DUPLICATE_${noun.toUpperCase()}`, `The ${noun} ${externalId} is stored already.`, {
    issues: [{ field, message: 'is stored already', value: externalId }],
    details: { existingId: id },
    hint: `Nothing was changed. Send each ${noun} once, or with an Idempotency-Key to get the first answer again.`,
  });
}
