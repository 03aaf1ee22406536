import { sql } from 'kysely';
import { notFound } from '../../../domain/core/errors.ts';
import type { Filter } from '../../../domain/core/filter.rules.ts';
import type { SortKey } from '../../../domain/core/sort.rules.ts';
import { fromMinorUnits } from '../../../domain/data/money.rules.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { filterCondition, orderOf, searchCondition } from '../../core/filter.ts';
import { CONVERSION_FILTER } from './fact-filters.ts';
import { all, belongsToPerson, type DayRange, readFactPage, withinDays } from './list-parts.ts';

export interface ConversionView {
  id: string;
  externalEventId: string;
  customerId: string;
  eventType: string;
  eventSource: string;
  amountDecimal: string;
  currency: string;
  occurredAt: Date;
  /** The conversion that this one refunds. */
  refundOf: string | null;
  metadata: Record<string, unknown> | null;
  voidedAt: Date | null;
  voidReason: string | null;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

type ConversionRow = Omit<ConversionView, 'amountDecimal'> & { amountMinor: number };

const COLUMNS = sql`
  f.id, f.external_id as "externalEventId", f.customer_id as "customerId", f.event_type as "eventType",
  f.event_source as "eventSource", f.amount_minor as "amountMinor", f.currency, f.occurred_at as "occurredAt",
  f.refund_of as "refundOf", f.metadata, f.voided_at as "voidedAt", f.void_reason as "voidReason", f.created_at as "createdAt",
  f.updated_at as "updatedAt", f.version`;

const toView = ({ amountMinor, ...row }: ConversionRow): ConversionView => ({
  ...row,
  amountDecimal: fromMinorUnits(amountMinor, row.currency),
});

/** Voided ones too. @throws AppError not_found. */
export async function readConversion(ctx: Ctx, id: string): Promise<ConversionView> {
  const { rows } = await sql<ConversionRow>`
    select ${COLUMNS} from conversions f
    where f.organization_id = ${ctx.organizationId} and f.id = ${id}`.execute(ctx.tx);
  if (!rows[0]) throw notFound('The conversion');
  return toView(rows[0]);
}

/** @throws AppError not_found. */
export const getConversion = verb(
  { permission: 'data.view' },
  (ctx, input: { id: string }): Promise<ConversionView> => readConversion(ctx, input.id),
);

export interface ListConversionsInput extends DayRange {
  page: number;
  limit: number;
  sort: readonly SortKey[];
  filter?: Filter | undefined;
  q?: string | undefined;
  eventType?: string | undefined;
  /** Any record of a person stands for all of them. */
  customerId?: string | undefined;
  /** Refunds of this conversion. */
  refundOf?: string | undefined;
}

/** Without voided ones. The total is exact up to 100,000 and stays there beyond. */
export const listConversions = verb(
  { permission: 'data.view' },
  async (ctx, input: ListConversionsInput): Promise<{ items: ConversionView[]; total: number }> => {
    const conditions = [
      sql`f.organization_id = ${ctx.organizationId}`,
      sql`f.voided_at is null`,
      ...withinDays(ctx, 'f.occurred_at', input),
      ...(input.eventType ? [sql`f.event_type = ${input.eventType}`] : []),
      ...(input.refundOf ? [sql`f.refund_of = ${input.refundOf}`] : []),
      ...(input.customerId ? [belongsToPerson(ctx, 'f.customer_id', input.customerId)] : []),
      searchCondition(CONVERSION_FILTER, input.q),
      await filterCondition(ctx, CONVERSION_FILTER, input.filter),
    ];
    const { rows, total } = await readFactPage<ConversionRow>(ctx, {
      rows: sql`from conversions f where ${all(conditions)}`,
      order: orderOf(CONVERSION_FILTER, input.sort, sql`f.id`),
      page: input.page,
      limit: input.limit,
      select: COLUMNS,
    });
    return { items: rows.map(toView), total };
  },
);
