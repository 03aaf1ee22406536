import { sql } from 'kysely';
import { notFound } from '../../../domain/core/errors.ts';
import { fromMinorUnits } from '../../../domain/data/money.rules.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { all, type DayRange, readFactPage } from '../facts/list-parts.ts';

export interface SpendView {
  id: string;
  externalId: string;
  /** Calendar day. */
  date: string;
  channel: string;
  vendorId: string | null;
  vendorCode: string | null;
  campaign: string | null;
  amountDecimal: string;
  currency: string;
  voidedAt: Date | null;
  voidReason: string | null;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

type SpendRow = Omit<SpendView, 'amountDecimal'> & { amountMinor: number };

const COLUMNS = sql`
  f.id, f.external_id as "externalId", f.day::text as date, f.channel, f.vendor_id as "vendorId",
  v.code as "vendorCode", f.campaign, f.amount_minor as "amountMinor", f.currency, f.voided_at as "voidedAt",
  f.void_reason as "voidReason", f.created_at as "createdAt", f.updated_at as "updatedAt", f.version`;
const JOINS = sql`left join vendors v on v.organization_id = f.organization_id and v.id = f.vendor_id`;

const toView = ({ amountMinor, ...row }: SpendRow): SpendView => ({
  ...row,
  amountDecimal: fromMinorUnits(amountMinor, row.currency),
});

/** Voided ones too. @throws AppError not_found. */
export async function readSpend(ctx: Ctx, id: string): Promise<SpendView> {
  const { rows } = await sql<SpendRow>`
    select ${COLUMNS} from spend f ${JOINS}
    where f.organization_id = ${ctx.organizationId} and f.id = ${id}`.execute(ctx.tx);
  if (!rows[0]) throw notFound('The spend record');
  return toView(rows[0]);
}

/** @throws AppError not_found. */
export const getSpend = verb(
  { permission: 'data.view' },
  (ctx, input: { id: string }): Promise<SpendView> => readSpend(ctx, input.id),
);

export interface ListSpendInput extends DayRange {
  page: number;
  limit: number;
  sort: 'date' | '-date';
  channel?: string | undefined;
  campaign?: string | undefined;
  vendorId?: string | undefined;
  vendorCode?: string | undefined;
}

/** Without voided ones. The total is exact up to 100,000 and stays there beyond. */
export const listSpend = verb(
  { permission: 'data.view' },
  async (ctx, input: ListSpendInput): Promise<{ items: SpendView[]; total: number }> => {
    const { startDate, endDate, channel, campaign, vendorId, vendorCode } = input;
    const conditions = [
      sql`f.organization_id = ${ctx.organizationId}`,
      sql`f.voided_at is null`,
      ...(startDate ? [sql`f.day >= ${startDate}::date`] : []),
      ...(endDate ? [sql`f.day <= ${endDate}::date`] : []),
      ...(channel ? [sql`f.channel = ${channel}`] : []),
      ...(campaign ? [sql`f.campaign = ${campaign}`] : []),
      ...(vendorId ? [sql`f.vendor_id = ${vendorId}`] : []),
      ...(vendorCode
        ? [
            sql`f.vendor_id = any(array(
            select id from vendors where organization_id = ${ctx.organizationId} and code = ${vendorCode}))`,
          ]
        : []),
    ];
    const { rows, total } = await readFactPage<SpendRow>(ctx, {
      rows: sql`from spend f where ${all(conditions)}`,
      order: input.sort === 'date' ? sql`f.day, f.id` : sql`f.day desc, f.id desc`,
      page: input.page,
      limit: input.limit,
      select: COLUMNS,
      joins: JOINS,
    });
    return { items: rows.map(toView), total };
  },
);
