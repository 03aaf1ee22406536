import { AppError } from '../../../domain/core/errors.ts';
import { normalizeIdentifier } from '../../../domain/data/identifier.rules.ts';
import type { RemoteRecord } from '../../../domain/integrations/adapter.port.ts';
import type { Ctx } from '../../core/context.ts';
import { type ConversionInput, ingestConversion, voidConversion } from '../../data/index.ts';
import type { OpenConnection } from '../grants/connection.ts';
import type { FactStream, RecordOutcome } from './stream.ts';

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** Addresses that no one can be reached by are left out, rather than the money that came with them. */
function identifiersOf(connection: OpenConnection, { externalId, fields }: RemoteRecord) {
  const named = [
    ['email', text(fields.email)],
    ['phone', text(fields.phone)?.startsWith('+') ? text(fields.phone) : undefined],
    [`${connection.source}_customer`, text(fields.customer)],
  ] as const;
  const usable = named.flatMap(([type, value]) =>
    value !== undefined && normalizeIdentifier(type, value, 'US').ok ? [{ type, value }] : [],
  );
  // Somebody has paid, though nobody knows who: the payment itself names them.
  return usable.length > 0 ? usable : [{ type: `${connection.source}_payment`, value: externalId }];
}

/** Money that came in or went back, as conversions and refunds. */
export function conversionStream(eventType: string): FactStream {
  const idOf = (connection: OpenConnection, externalId: string) => `${connection.source}:${externalId}`;

  const inputOf = (connection: OpenConnection, record: RemoteRecord): ConversionInput => {
    const { fields } = record;
    const refundOf = text(fields.refundOf);
    return {
      externalEventId: idOf(connection, record.externalId),
      eventType,
      eventSource: connection.source,
      customerIdentifiers: refundOf === undefined ? identifiersOf(connection, record) : [],
      amountDecimal: String(fields.amount),
      currency: String(fields.currency),
      occurredAt: new Date(String(fields.occurredAt)),
      ...(refundOf === undefined ? {} : { refundOf: idOf(connection, refundOf) }),
      ...(text(fields.description) === undefined ? {} : { metadata: { description: text(fields.description) } }),
    };
  };

  return {
    kind: 'facts',
    async ingest(ctx, connection, records) {
      const there = records.filter((record) => !record.deleted);
      const outcomes = await ingestConversion.group(
        ctx,
        there.map((record) => inputOf(connection, record)),
      );
      const stored = there.map(({ externalId }, index): RecordOutcome => {
        const outcome = outcomes[index]!;
        if (outcome.ok) return { externalId, result: 'created' };
        if (outcome.error.code === 'DUPLICATE_CONVERSION') return { externalId, result: 'unchanged' };
        return { externalId, error: outcome.error };
      });
      const gone = records.filter((record) => record.deleted);
      for (const { externalId } of gone) stored.push(await takeAway(ctx, externalId, idOf(connection, externalId)));
      return stored;
    },
  };
}

async function takeAway(ctx: Ctx, externalId: string, conversionId: string): Promise<RecordOutcome> {
  const row = await ctx.tx
    .selectFrom('conversions')
    .select(['id', 'voided_at'])
    .where('organization_id', '=', ctx.organizationId)
    .where('external_id', '=', conversionId)
    .executeTakeFirst();
  if (!row || row.voided_at !== null) return { externalId, result: 'unchanged' };
  try {
    await voidConversion(ctx, { id: row.id, reason: 'The provider has taken it back' });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { externalId, error };
  }
  return { externalId, result: 'deleted' };
}
