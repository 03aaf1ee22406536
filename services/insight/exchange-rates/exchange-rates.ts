import { sql } from 'kysely';
import { conflict, type FieldIssue, invalidAll, notFound } from '../../../domain/core/errors.ts';
import { isCurrency } from '../../../domain/data/money.rules.ts';
import { audit } from '../../core/audit.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { type PageInput, readPage } from '../../core/page.ts';
import { requireVersion } from '../../core/versions.ts';

export interface ExchangeRateInput {
  fromCurrency: string;
  toCurrency: string;
  /** The day from which it counts, until that of the next rate of the pair. */
  effectiveOn: string;
  /** Decimal text: what one unit of `fromCurrency` is worth in `toCurrency`. */
  rate: string;
  source?: string | undefined;
}

export interface ExchangeRateView {
  id: string;
  fromCurrency: string;
  toCurrency: string;
  effectiveOn: string;
  rate: string;
  source: string | null;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

const COLUMNS = sql`
  x.id, x.from_currency as "fromCurrency", x.to_currency as "toCurrency", x.effective_on::text as "effectiveOn",
  trim_scale(x.rate)::text as rate, x.source, x.created_at as "createdAt", x.updated_at as "updatedAt", x.version`;

/** Digits that are stored before and after the point. */
const RATE = /^\d{1,15}(\.\d{1,15})?$/;

function issuesOf(input: ExchangeRateInput, path: string): FieldIssue[] {
  const issues: FieldIssue[] = [];
  for (const field of ['fromCurrency', 'toCurrency'] as const) {
    if (!isCurrency(input[field])) {
      issues.push({ field: `${path}${field}`, message: 'is not a currency of ISO 4217', value: input[field] });
    }
  }
  if (input.fromCurrency === input.toCurrency) {
    issues.push({ field: `${path}toCurrency`, message: 'is the same as from_currency', value: input.toCurrency });
  }
  if (!RATE.test(input.rate) || !/[1-9]/.test(input.rate)) {
    issues.push({
      field: `${path}rate`,
      message: 'must be a positive decimal with at most 15 places before and after the point',
      value: input.rate,
    });
  }
  return issues;
}

/** @throws AppError validation; conflict `DUPLICATE_EXCHANGE_RATE` (`details.existingId`). */
export const createExchangeRate = verb(
  { permission: 'data.ingest' },
  async (ctx, input: ExchangeRateInput): Promise<ExchangeRateView> => {
    const issues = issuesOf(input, '');
    if (issues.length > 0) throw invalidAll(issues);
    const existing = await ctx.tx
      .selectFrom('exchange_rates')
      .select('id')
      .where('from_currency', '=', input.fromCurrency)
      .where('to_currency', '=', input.toCurrency)
      .where('effective_on', '=', sql<Date>`${input.effectiveOn}::date`)
      .executeTakeFirst();
    if (existing) {
      throw conflict('DUPLICATE_EXCHANGE_RATE', 'This pair has a rate of that day.', {
        hint: 'PUT /v1/exchange-rates replaces it.',
        details: { existingId: existing.id },
      });
    }
    const [row] = await store(ctx, [input]);
    return row!;
  },
);

export interface StoredRates {
  created: number;
  updated: number;
  rates: ExchangeRateView[];
}

/** Stores rates, replacing those of the same pair and day. @throws AppError validation, also for a pair and day twice. */
export const putExchangeRates = verb(
  { permission: 'data.ingest' },
  async (ctx, input: { rates: readonly ExchangeRateInput[] }): Promise<StoredRates> => {
    const issues = input.rates.flatMap((rate, index) => issuesOf(rate, `rates.${index}.`));
    const seen = new Set<string>();
    for (const [index, { fromCurrency, toCurrency, effectiveOn }] of input.rates.entries()) {
      const key = `${fromCurrency} ${toCurrency} ${effectiveOn}`;
      if (seen.has(key)) {
        issues.push({
          field: `rates.${index}.effectiveOn`,
          message: 'stands here twice for this pair',
          value: effectiveOn,
        });
      }
      seen.add(key);
    }
    if (issues.length > 0) throw invalidAll(issues);
    const rates = await store(ctx, input.rates);
    const created = rates.filter((rate) => rate.version === 1).length;
    return { created, updated: rates.length - created, rates };
  },
);

async function store(ctx: Ctx, inputs: readonly ExchangeRateInput[]): Promise<ExchangeRateView[]> {
  const values = inputs.map((input) => ({
    from_currency: input.fromCurrency,
    to_currency: input.toCurrency,
    effective_on: input.effectiveOn,
    rate: input.rate,
    source: input.source ?? null,
  }));
  const { rows } = await sql<ExchangeRateView>`
    insert into exchange_rates as x (organization_id, from_currency, to_currency, effective_on, rate, source)
    select ${ctx.organizationId}, from_currency, to_currency, effective_on, rate, source
    from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as row(
      from_currency text, to_currency text, effective_on date, rate numeric, source text)
    order by from_currency, to_currency, effective_on
    on conflict (organization_id, from_currency, to_currency, effective_on)
      do update set rate = excluded.rate, source = excluded.source
    returning ${COLUMNS}`.execute(ctx.tx);
  await audit(ctx, 'exchange_rates.store', {
    entityType: 'exchange_rate',
    entityId: inputs.length === 1 ? rows[0]!.id : null,
    after: { count: rows.length, rates: values.slice(0, 20) },
  });
  return rows;
}

export interface ListExchangeRatesInput extends PageInput {
  fromCurrency?: string | undefined;
  toCurrency?: string | undefined;
  startDate?: string | undefined;
  endDate?: string | undefined;
  sort: 'effectiveOn' | '-effectiveOn';
}

/** Newest day first unless sorted otherwise. */
export const listExchangeRates = verb(
  { permission: 'data.view' },
  async (ctx, input: ListExchangeRatesInput): Promise<{ items: ExchangeRateView[]; total: number }> => {
    const conditions = [
      sql`x.organization_id = ${ctx.organizationId}`,
      ...(input.fromCurrency ? [sql`x.from_currency = ${input.fromCurrency}`] : []),
      ...(input.toCurrency ? [sql`x.to_currency = ${input.toCurrency}`] : []),
      ...(input.startDate ? [sql`x.effective_on >= ${input.startDate}::date`] : []),
      ...(input.endDate ? [sql`x.effective_on <= ${input.endDate}::date`] : []),
    ];
    const direction = input.sort === 'effectiveOn' ? sql`asc` : sql`desc`;
    const { rows, total } = await readPage(input, async (limit, offset) => {
      const page = await sql<ExchangeRateView & { total: number }>`
        select ${COLUMNS}, count(*) over ()::integer as total from exchange_rates x
        where ${sql.join(conditions, sql` and `)}
        order by x.effective_on ${direction}, x.from_currency, x.to_currency
        limit ${limit}::integer offset ${offset}::bigint`.execute(ctx.tx);
      return page.rows;
    });
    return { items: rows.map(({ total: _, ...row }) => row), total };
  },
);

/** @throws AppError not_found; precondition_failed. */
export const deleteExchangeRate = verb(
  { permission: 'data.ingest' },
  async (ctx, input: { id: string; expectedVersion?: number | undefined }): Promise<{ id: string }> => {
    const row = await ctx.tx
      .selectFrom('exchange_rates')
      .select(['id', 'version', 'from_currency', 'to_currency', 'rate'])
      .where('id', '=', input.id)
      .forUpdate()
      .executeTakeFirst();
    if (!row) throw notFound('The exchange rate');
    requireVersion(row.version, input.expectedVersion);
    await ctx.tx.deleteFrom('exchange_rates').where('id', '=', input.id).execute();
    await audit(ctx, 'exchange_rate.delete', {
      entityType: 'exchange_rate',
      entityId: row.id,
      before: { fromCurrency: row.from_currency, toCurrency: row.to_currency, rate: String(row.rate) },
    });
    return { id: row.id };
  },
);
