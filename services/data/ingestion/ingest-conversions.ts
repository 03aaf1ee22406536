import { sql } from 'kysely';
import { type AppError, invalid } from '../../../domain/core/errors.ts';
import { type Ctx, letGo } from '../../core/context.ts';
import { groupVerb } from '../../core/group.ts';
import { conversionsIngested } from '../events.ts';
import { type ConversionInput, FactCheck } from './facts.ts';
import { type FactKind, ingestFacts, type ResolvedFact } from './ingest-facts.ts';
import { admitRefunds, type CheckedConversion, type RefundAdmission } from './refunds.ts';

export function checkConversion(input: ConversionInput, now: Date, region: string): CheckedConversion | AppError {
  const checked = new FactCheck();
  const identifiers = checked.identifiers(input.customerIdentifiers, region);
  checked.notAhead('occurredAt', input.occurredAt, now);
  const amountMinor = checked.money('amountDecimal', input.amountDecimal, 'currency', input.currency);
  const isNegative = /^-.*[1-9]/.test(input.amountDecimal);
  if (isNegative && input.refundOf === undefined) {
    checked.add('amountDecimal', 'must not be negative unless refundOf names what is refunded', input.amountDecimal);
  }
  if (!isNegative && input.refundOf !== undefined) {
    checked.add('amountDecimal', 'must be negative: the conversion is a refund', input.amountDecimal);
  }
  return checked.refusal() ?? { input, externalId: input.externalEventId, identifiers, amountMinor };
}

/** A new one names its customer, or its original. */
const checkNew = (input: ConversionInput, now: Date, region: string): CheckedConversion | AppError =>
  input.customerIdentifiers.length === 0 && input.refundOf === undefined
    ? invalid('customerIdentifiers', 'is required')
    : checkConversion(input, now, region);

async function store(ctx: Ctx, facts: readonly ResolvedFact<CheckedConversion>[]): Promise<void> {
  const rows = facts.map(({ id, fact: { input, externalId, amountMinor }, customerId, leaderId }) => ({
    id,
    external_id: externalId,
    customer_id: customerId,
    event_type: input.eventType,
    event_source: input.eventSource,
    amount_minor: amountMinor,
    currency: input.currency,
    occurred_at: input.occurredAt,
    refund_of: leaderId,
    metadata: input.metadata,
  }));
  const write = sql`
    insert into conversions (organization_id, id, external_id, customer_id, event_type, event_source, amount_minor,
                             currency, occurred_at, refund_of, metadata)
    select ${ctx.organizationId}, id, external_id, customer_id, event_type, event_source, amount_minor, currency,
           occurred_at, refund_of, metadata
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row(
      id uuid, external_id text, customer_id uuid, event_type text, event_source text, amount_minor bigint,
      currency text, occurred_at timestamptz, refund_of uuid, metadata jsonb)
    order by external_id`.execute(ctx.tx);
  await letGo(ctx, write);
}

/** One group of conversions; the originals of its refunds are looked up once. */
function conversions(): FactKind<ConversionInput, CheckedConversion> {
  let refunds: RefundAdmission;
  return {
    noun: 'conversion',
    externalIdField: 'externalEventId',
    event: conversionsIngested,
    at: (input) => input.occurredAt,
    check: checkNew,
    async admission(ctx, facts) {
      refunds = await admitRefunds(ctx, facts);
      return refunds.admit;
    },
    leaderOf: (fact) => refunds.leaderOf(fact),
    store,
  };
}

/**
 * Stores conversions and resolves their customers; a refund belongs to the customer of its original. Refusals:
 * validation; conflict `DUPLICATE_CONVERSION` when the external id exists (`details.existingId`); for refunds
 * `REFUND_ORIGINAL_NOT_FOUND`, `REFUND_ORIGINAL_VOIDED`, `REFUND_OF_REFUND`, `REFUND_CURRENCY_MISMATCH`,
 * `REFUND_EXCEEDS_ORIGINAL`, all of kind validation.
 */
export const ingestConversion = groupVerb({ permission: 'data.ingest' }, (ctx, inputs: readonly ConversionInput[]) =>
  ingestFacts(ctx, conversions(), inputs),
);
