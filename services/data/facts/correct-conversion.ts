import { AppError, invalid } from '../../../domain/core/errors.ts';
import { verb } from '../../core/context.ts';
import { conversionCorrected, conversionVoided } from '../events.ts';
import type { ConversionInput, RawIdentifier } from '../ingestion/facts.ts';
import { checkConversion } from '../ingestion/ingest-conversions.ts';
import { phoneRegion } from '../ingestion/ingest-facts.ts';
import { requireRefundable } from '../ingestion/refunds.ts';
import { keepCanonical } from '../journey/link-customers.ts';
import { type ConversionView, readConversion } from './conversion-view.ts';
import { recordOf } from './record-of.ts';
import { moveRefunds, requireCovered, requireNoRefunds } from './refunded.ts';
import {
  archiveVersion,
  givenFields,
  lockFact,
  merged,
  recordCorrection,
  THIS_TRANSACTION,
  type VoidFactInput,
  voidFact,
} from './versions.ts';

/** A field that is absent stays as it is; null takes the metadata away. The external id and the original of a refund cannot change. */
export interface ConversionChanges {
  eventType?: string | undefined;
  eventSource?: string | undefined;
  customerIdentifiers?: RawIdentifier[] | undefined;
  amountDecimal?: string | undefined;
  currency?: string | undefined;
  occurredAt?: Date | undefined;
  metadata?: Record<string, unknown> | null | undefined;
}

export interface CorrectConversionInput {
  id: string;
  expectedVersion?: number | undefined;
  changes: ConversionChanges;
}

/**
 * Writes a new version; runs that were executed before keep reading the old one.
 * @throws AppError not_found; conflict `ALREADY_VOIDED`, `HAS_REFUNDS`, `REFUNDS_EXCEED_AMOUNT`; precondition_failed;
 * validation, for a refund also `REFUND_EXCEEDS_ORIGINAL`, `REFUND_CURRENCY_MISMATCH`.
 */
export const correctConversion = verb(
  { permission: 'data.ingest' },
  async (ctx, { id, expectedVersion, changes }: CorrectConversionInput): Promise<ConversionView> => {
    const fields = givenFields(changes);
    const locked = await lockFact(ctx, 'conversions', id, expectedVersion);
    if (fields.length === 0) throw invalid('body', 'must name at least one field to correct');
    const before = await readConversion(ctx, id);
    const input: ConversionInput = {
      externalEventId: before.externalEventId,
      eventType: changes.eventType ?? before.eventType,
      eventSource: changes.eventSource ?? before.eventSource,
      customerIdentifiers: changes.customerIdentifiers ?? [],
      amountDecimal: changes.amountDecimal ?? before.amountDecimal,
      currency: changes.currency ?? before.currency,
      occurredAt: changes.occurredAt ?? before.occurredAt,
      refundOf: before.refundOf ?? undefined,
      metadata: merged(changes.metadata, before.metadata),
    };
    const fact = checkConversion(input, ctx.now, await phoneRegion(ctx, [input]));
    if (fact instanceof AppError) throw fact;
    const amount = { currency: input.currency, amountMinor: fact.amountMinor };
    if (before.refundOf) {
      if (changes.customerIdentifiers)
        throw invalid('customerIdentifiers', 'cannot change: those of the original count');
      await requireRefundable(ctx, { id, refundOf: before.refundOf, ...amount });
    } else {
      await requireCovered(ctx, id, before, amount);
    }
    const origin = { type: 'conversion', externalId: fact.externalId, at: input.occurredAt };
    const customerId = fact.identifiers.length > 0 ? await recordOf(ctx, fact.identifiers, origin) : before.customerId;
    await archiveVersion(ctx, 'conversions', id);
    const { version } = await ctx.tx
      .updateTable('conversions')
      .set({
        customer_id: customerId,
        event_type: input.eventType,
        event_source: input.eventSource,
        amount_minor: fact.amountMinor,
        currency: input.currency,
        occurred_at: input.occurredAt,
        metadata: input.metadata ? JSON.stringify(input.metadata) : null,
        created_xid: THIS_TRANSACTION,
      })
      .where('id', '=', id)
      .returning('version')
      .executeTakeFirstOrThrow();
    if (customerId !== before.customerId) await moveRefunds(ctx, id, customerId);
    await keepCanonical(ctx, [before.customerId, customerId]);
    await recordCorrection(ctx, 'conversions', conversionCorrected, {
      id,
      before: locked.version,
      after: version,
      fields,
    });
    return readConversion(ctx, id);
  },
);

/** @throws AppError not_found; conflict `ALREADY_VOIDED`, `HAS_REFUNDS`; precondition_failed. */
export const voidConversion = verb(
  { permission: 'data.ingest' },
  async (ctx, input: VoidFactInput): Promise<ConversionView> => {
    await voidFact(ctx, 'conversions', conversionVoided, input, requireNoRefunds);
    return readConversion(ctx, input.id);
  },
);
