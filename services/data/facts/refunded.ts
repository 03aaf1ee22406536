import { sql } from 'kysely';
import { conflict } from '../../../domain/core/errors.ts';
import { fromMinorUnits } from '../../../domain/data/money.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { conversionCorrected } from '../events.ts';
import { refundedOf } from '../ingestion/refunds.ts';
import { COLUMNS, recordCorrection, THIS_TRANSACTION } from './versions.ts';

interface Amount {
  currency: string;
  amountMinor: number;
}

/** A conversion that is held keeps being at least as large as its refunds, in their currency. @throws AppError conflict. */
export async function requireCovered(ctx: Ctx, id: string, before: Pick<Amount, 'currency'>, after: Amount) {
  const refunded = (await refundedOf(ctx, [id])).get(id) ?? 0;
  if (refunded === 0) return;
  if (before.currency !== after.currency) {
    throw conflict('HAS_REFUNDS', 'The conversion has refunds in its currency.', {
      issues: [{ field: 'currency', message: 'cannot change while there are refunds', value: after.currency }],
      hint: 'Void the refunds first.',
    });
  }
  if (after.amountMinor + refunded < 0) {
    const least = fromMinorUnits(-refunded, before.currency);
    throw conflict('REFUNDS_EXCEED_AMOUNT', 'The refunds would be larger than the conversion.', {
      issues: [{ field: 'amountDecimal', message: `must be at least ${least}, which has been refunded` }],
      hint: 'Correct or void the refunds first.',
    });
  }
}

/** @throws AppError conflict `HAS_REFUNDS`. Call it while the conversion is held. */
export async function requireNoRefunds(ctx: Ctx, id: string): Promise<void> {
  if (!(await refundedOf(ctx, [id])).has(id)) return;
  throw conflict('HAS_REFUNDS', 'The conversion has refunds.', {
    hint: 'Void the refunds first, then the conversion.',
  });
}

/** Refunds belong to the customer of their original: each that counts gets a new version. */
export async function moveRefunds(ctx: Ctx, originalId: string, customerId: string): Promise<void> {
  const columns = sql.raw(`organization_id, id, ${COLUMNS.conversions}, created_xid, voided_at, void_reason, version`);
  const counting = sql`organization_id = ${ctx.organizationId} and refund_of = ${originalId} and voided_at is null`;
  await sql`
    insert into conversions_history (${columns}, ended_xid)
    select ${columns}, ${THIS_TRANSACTION} from conversions where ${counting}`.execute(ctx.tx);
  const { rows } = await sql<{ id: string; version: number }>`
    update conversions set customer_id = ${customerId}, created_xid = ${THIS_TRANSACTION} where ${counting}
    returning id, version`.execute(ctx.tx);
  for (const { id, version } of rows) {
    await recordCorrection(ctx, 'conversions', conversionCorrected, {
      id,
      before: version - 1,
      after: version,
      fields: ['customerIdentifiers'],
    });
  }
}
