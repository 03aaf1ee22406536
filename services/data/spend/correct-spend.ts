import { sql } from 'kysely';
import { AppError, invalid } from '../../../domain/core/errors.ts';
import { verb } from '../../core/context.ts';
import { spendCorrected, spendVoided } from '../events.ts';
import {
  archiveVersion,
  givenFields,
  lockFact,
  merged,
  recordCorrection,
  THIS_TRANSACTION,
  type VoidFactInput,
  voidFact,
} from '../facts/versions.ts';
import { ensureVendors } from '../ingestion/dimensions.ts';
import { checkSpend, type SpendInput } from './ingest-spend.ts';
import { readSpend, type SpendView } from './spend-view.ts';

/** A field that is absent stays as it is; null takes vendor or campaign away. The external id cannot change. */
export interface SpendChanges {
  date?: string | undefined;
  channel?: string | undefined;
  vendorCode?: string | null | undefined;
  campaign?: string | null | undefined;
  amountDecimal?: string | undefined;
  currency?: string | undefined;
}

export interface CorrectSpendInput {
  id: string;
  expectedVersion?: number | undefined;
  changes: SpendChanges;
}

/** @throws AppError not_found; conflict `ALREADY_VOIDED`; precondition_failed; validation. */
export const correctSpend = verb(
  { permission: 'data.ingest' },
  async (ctx, { id, expectedVersion, changes }: CorrectSpendInput): Promise<SpendView> => {
    const fields = givenFields(changes);
    const locked = await lockFact(ctx, 'spend', id, expectedVersion);
    if (fields.length === 0) throw invalid('body', 'must name at least one field to correct');
    const before = await readSpend(ctx, id);
    const input: SpendInput = {
      externalId: before.externalId,
      date: changes.date ?? before.date,
      channel: changes.channel ?? before.channel,
      campaign: merged(changes.campaign, before.campaign),
      amountDecimal: changes.amountDecimal ?? before.amountDecimal,
      currency: changes.currency ?? before.currency,
    };
    const fact = checkSpend(input, ctx.now);
    if (fact instanceof AppError) throw fact;
    const { vendorCode } = changes;
    const vendorId = vendorCode ? (await ensureVendors(ctx, [vendorCode])).get(vendorCode)! : vendorCode;
    await archiveVersion(ctx, 'spend', id);
    const { version } = await ctx.tx
      .updateTable('spend')
      .set({
        day: sql<Date>`${input.date}::date`,
        channel: input.channel,
        vendor_id: vendorId === undefined ? before.vendorId : vendorId,
        campaign: input.campaign ?? null,
        amount_minor: fact.amountMinor,
        currency: input.currency,
        created_xid: THIS_TRANSACTION,
      })
      .where('id', '=', id)
      .returning('version')
      .executeTakeFirstOrThrow();
    await recordCorrection(ctx, 'spend', spendCorrected, { id, before: locked.version, after: version, fields });
    return readSpend(ctx, id);
  },
);

/** @throws AppError not_found; conflict `ALREADY_VOIDED`; precondition_failed. */
export const voidSpend = verb({ permission: 'data.ingest' }, async (ctx, input: VoidFactInput): Promise<SpendView> => {
  await voidFact(ctx, 'spend', spendVoided, input);
  return readSpend(ctx, input.id);
});
