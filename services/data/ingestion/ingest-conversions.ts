import { sql } from 'kysely';
import type { AppError } from '../../../domain/core/errors.ts';
import type { Ctx } from '../../core/context.ts';
import { groupVerb } from '../../core/group.ts';
import { conversionsIngested } from '../events.ts';
import { type ConversionInput, FactCheck } from './facts.ts';
import { type CheckedFact, ingestFacts, type ResolvedFact, type StoredFact } from './ingest-facts.ts';

interface CheckedConversion extends CheckedFact<ConversionInput> {
  readonly amountMinor: number;
}

export function checkConversion(input: ConversionInput, now: Date, region: string): CheckedConversion | AppError {
  const checked = new FactCheck();
  const identifiers = checked.identifiers(input.customerIdentifiers, region);
  checked.notAhead('occurredAt', input.occurredAt, now);
  const amountMinor = checked.money('amountDecimal', input.amountDecimal, 'currency', input.currency);
  if (amountMinor < 0) checked.add('amountDecimal', 'must not be negative', input.amountDecimal);
  return checked.refusal() ?? { input, externalId: input.externalEventId, identifiers, amountMinor };
}

async function store(ctx: Ctx, facts: readonly ResolvedFact<CheckedConversion>[]): Promise<StoredFact[]> {
  const rows = facts.map(({ id, fact: { input, externalId, amountMinor }, customerId }) => ({
    id,
    external_id: externalId,
    customer_id: customerId,
    event_type: input.eventType,
    event_source: input.eventSource,
    amount_minor: amountMinor,
    currency: input.currency,
    occurred_at: input.occurredAt,
    metadata: input.metadata,
  }));
  const { rows: stored } = await sql<StoredFact>`
    insert into conversions (organization_id, id, external_id, customer_id, event_type, event_source, amount_minor,
                             currency, occurred_at, metadata)
    select ${ctx.organizationId}, id, external_id, customer_id, event_type, event_source, amount_minor, currency,
           occurred_at, metadata
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row(
      id uuid, external_id text, customer_id uuid, event_type text, event_source text, amount_minor bigint, currency text,
      occurred_at timestamptz, metadata jsonb)
    order by external_id
    returning id, external_id as "externalId", customer_id as "customerId", created_at as "createdAt"`.execute(ctx.tx);
  return stored;
}

/**
 * Stores conversions and resolves their customers. Refusals: validation; conflict `DUPLICATE_CONVERSION` when the
 * external id exists (`details.existingId`).
 */
export const ingestConversion = groupVerb({ permission: 'data.ingest' }, (ctx, inputs: readonly ConversionInput[]) =>
  ingestFacts(
    ctx,
    {
      noun: 'conversion',
      externalIdField: 'externalEventId',
      event: conversionsIngested,
      at: (input) => input.occurredAt,
      check: checkConversion,
      store,
    },
    inputs,
  ),
);
