import { sql } from 'kysely';
import { AppError } from '../../../domain/core/errors.ts';
import type { RemoteRecord } from '../../../domain/integrations/adapter.port.ts';
import type { Ctx } from '../../core/context.ts';
import { correctSpend, ingestSpend, type SpendInput } from '../../data/index.ts';
import type { OpenConnection } from '../grants/connection.ts';
import type { FactStream, RecordOutcome } from './stream.ts';

interface Stored {
  readonly id: string;
  readonly externalId: string;
  readonly voided: boolean;
  readonly isSame: boolean;
}

/** What advertising costs by day: a day that the provider has corrected is corrected here. */
export const spendStream: FactStream = {
  kind: 'facts',
  async ingest(ctx, connection, records) {
    const lines = records.map((record) => ({ record, input: inputOf(connection, record) }));
    const stored = new Map(
      (
        await readStored(
          ctx,
          lines.map(({ input }) => input),
        )
      ).map((row) => [row.externalId, row]),
    );
    const fresh = lines.filter(({ input }) => !stored.has(input.externalId!) && Number(input.amountDecimal) !== 0);
    const outcomes = await ingestSpend.group(
      ctx,
      fresh.map(({ input }) => input),
    );
    const results = new Map<string, RecordOutcome>();
    for (const [
      index,
      {
        record: { externalId },
      },
    ] of fresh.entries()) {
      const outcome = outcomes[index]!;
      results.set(externalId, outcome.ok ? { externalId, result: 'created' } : { externalId, error: outcome.error });
    }
    for (const { record, input } of lines) {
      const { externalId } = record;
      if (results.has(externalId)) continue;
      const row = stored.get(input.externalId!);
      // A line without cost is none; one that a person has voided stays so.
      const isSame = row === undefined || row.isSame || row.voided;
      results.set(
        externalId,
        isSame ? { externalId, result: 'unchanged' } : await correct(ctx, externalId, row.id, input),
      );
    }
    return records.map(({ externalId }) => results.get(externalId)!);
  },
};

function inputOf(connection: OpenConnection, { externalId, fields }: RemoteRecord): SpendInput {
  return {
    externalId: `${connection.source}:${externalId}`,
    date: String(fields.date),
    channel: String(fields.channel),
    campaign: String(fields.campaign),
    amountDecimal: String(fields.amount),
    currency: String(fields.currency),
  };
}

async function readStored(ctx: Ctx, inputs: readonly SpendInput[]): Promise<Stored[]> {
  const { rows } = await sql<Stored>`
    select s.id, s.external_id as "externalId", s.voided_at is not null as voided,
           (s.day, s.channel, s.campaign, s.currency) is not distinct from
             (given.date::date, given.channel, given.campaign, given.currency)
           and s.amount_minor = round(given."amountDecimal"::numeric * power(10::numeric, scale(given."amountDecimal"::numeric)))
             as "isSame"
    from jsonb_to_recordset(${JSON.stringify(inputs)}::jsonb) as given(
      "externalId" text, date text, channel text, campaign text, currency text, "amountDecimal" text)
    join spend s on s.organization_id = ${ctx.organizationId} and s.external_id = given."externalId"`.execute(ctx.tx);
  return rows;
}

async function correct(ctx: Ctx, externalId: string, id: string, input: SpendInput): Promise<RecordOutcome> {
  const { externalId: _, ...changes } = input;
  try {
    await correctSpend(ctx, { id, changes });
    return { externalId, result: 'updated' };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { externalId, error };
  }
}
