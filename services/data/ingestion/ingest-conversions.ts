import { sql } from 'kysely';
import type { Identifier } from '../../../domain/data/identifier.rules.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { conversionsIngested } from '../events.ts';
import { resolveCustomers } from '../journey/resolve-customers.ts';
import { type ConversionInput, FactCheck } from './facts.ts';
import type { IngestedFact } from './ingest-interactions.ts';
import { duplicate, existingFacts, phoneRegion } from './ingestion.shared.ts';

export interface IngestedConversion extends IngestedFact {
  externalEventId: string;
}

function check(input: ConversionInput, now: Date, region: string) {
  const checked = new FactCheck();
  const identifiers = checked.identifiers(input.customerIdentifiers, region);
  checked.notAhead('occurredAt', input.occurredAt, now);
  const amountMinor = checked.money('amountDecimal', input.amountDecimal, 'currency', input.currency);
  if (amountMinor < 0) checked.add('amountDecimal', 'must not be negative', input.amountDecimal);
  checked.assertClean();
  return { identifiers, amountMinor };
}

/**
 * Stores one conversion and resolves its customer.
 * @throws AppError validation; conflict `DUPLICATE_CONVERSION` when the external id exists (`details.existingId`).
 */
export const ingestConversion = verb(
  { permission: 'data.ingest' },
  async (ctx, input: ConversionInput): Promise<IngestedConversion> => {
    const checked = check(input, ctx.now, await phoneRegion(ctx, input.customerIdentifiers));
    const existing = await existingFacts(ctx, 'conversions', [input.externalEventId]);
    if (existing.size > 0) throw duplicate('conversion', 'externalEventId', existing);
    const [row] = await storeConversions(ctx, [{ input, ...checked }]);
    return row!;
  },
);

interface CheckedConversion {
  input: ConversionInput;
  identifiers: Identifier[];
  amountMinor: number;
}

async function storeConversions(ctx: Ctx, facts: readonly CheckedConversion[]): Promise<IngestedConversion[]> {
  const customerIds = await resolveCustomers(
    ctx,
    facts.map((fact) => fact.identifiers),
  );
  const rows = facts.map(({ input, amountMinor }, index) => ({
    ordinal: index,
    external_id: input.externalEventId,
    customer_id: customerIds[index],
    event_type: input.eventType,
    event_source: input.eventSource,
    amount_minor: amountMinor,
    currency: input.currency,
    occurred_at: input.occurredAt,
    metadata: input.metadata,
  }));
  const { rows: stored } = await sql<IngestedConversion>`
    with incoming as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row(
        ordinal integer, external_id text, customer_id uuid, event_type text, event_source text, amount_minor bigint,
        currency text, occurred_at timestamptz, metadata jsonb)
    ), stored as (
      insert into conversions (organization_id, external_id, customer_id, event_type, event_source, amount_minor,
                               currency, occurred_at, metadata)
      select ${ctx.organizationId}, external_id, customer_id, event_type, event_source, amount_minor, currency,
             occurred_at, metadata
      from incoming order by external_id
      returning id, external_id, customer_id, created_at
    )
    select stored.id, stored.external_id as "externalEventId", stored.customer_id as "customerId",
           stored.created_at as "createdAt"
    from stored join incoming using (external_id) order by incoming.ordinal`.execute(ctx.tx);
  await emit(ctx, conversionsIngested, {
    entityId: stored.length === 1 ? stored[0]!.id : null,
    data: { count: stored.length, ids: stored.map((row) => row.id) },
  });
  return stored;
}
