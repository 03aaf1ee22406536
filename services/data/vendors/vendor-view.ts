import { sql } from 'kysely';
import { notFound } from '../../../domain/core/errors.ts';
import { fromMinorUnits } from '../../../domain/data/money.rules.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { type PageInput, readPage } from '../../core/page.ts';

export interface VendorView {
  id: string;
  code: string;
  name: string;
  /** Decimal text in `costCurrency`. */
  costPerInteraction: string | null;
  costPerMinute: string | null;
  costCurrency: string | null;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

export interface VendorDetail extends VendorView {
  /** Those that its agents work in. */
  teams: { id: string; name: string }[];
  volume: { agents: number; interactionsLast30Days: number };
}

interface VendorRow {
  id: string;
  code: string;
  name: string;
  costPerInteractionMinor: number | null;
  costPerMinuteMinor: number | null;
  costCurrency: string | null;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

const COLUMNS = sql`
  v.id, v.code, v.name, v.cost_per_interaction_minor as "costPerInteractionMinor",
  v.cost_per_minute_minor as "costPerMinuteMinor", v.cost_currency as "costCurrency", v.created_at as "createdAt",
  v.updated_at as "updatedAt", v.version`;

function toView<Row extends VendorRow>(row: Row) {
  const { costPerInteractionMinor, costPerMinuteMinor, ...rest } = row;
  const decimal = (minor: number | null) => (minor === null ? null : fromMinorUnits(minor, row.costCurrency!));
  return {
    ...rest,
    costPerInteraction: decimal(costPerInteractionMinor),
    costPerMinute: decimal(costPerMinuteMinor),
  };
}

const MONTH_MS = 30 * 24 * 3_600_000;

/** @throws AppError not_found. */
export async function readVendor(ctx: Ctx, id: string): Promise<VendorDetail> {
  const since = new Date(ctx.now.getTime() - MONTH_MS);
  const { rows } = await sql<VendorRow & Pick<VendorDetail, 'teams' | 'volume'>>`
    select ${COLUMNS},
      coalesce((
        select jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name) order by t.name, t.id) from teams t
        where t.organization_id = v.organization_id and t.deleted_at is null and t.id in (
          select a.team_id from agents a where a.organization_id = v.organization_id and a.vendor_id = v.id)
      ), '[]') as teams,
      jsonb_build_object(
        'agents', (select count(*) from agents a where a.organization_id = v.organization_id and a.vendor_id = v.id),
        'interactionsLast30Days', (
          select count(*) from interactions i
          where i.organization_id = v.organization_id and i.vendor_id = v.id and i.started_at >= ${since}
            and i.started_at <= ${ctx.now} and i.voided_at is null)) as volume
    from vendors v
    where v.organization_id = ${ctx.organizationId} and v.id = ${id} and v.deleted_at is null`.execute(ctx.tx);
  if (!rows[0]) throw notFound('The vendor');
  return toView(rows[0]);
}

/** @throws AppError not_found. */
export const getVendor = verb(
  { permission: 'vendors.view' },
  (ctx, input: { id: string }): Promise<VendorDetail> => readVendor(ctx, input.id),
);

/** By code. */
export const listVendors = verb(
  { permission: 'vendors.view' },
  async (ctx, input: PageInput): Promise<{ items: VendorView[]; total: number }> => {
    const { rows, total } = await readPage(input, async (limit, offset) => {
      const page = await sql<VendorRow & { total: number }>`
        select ${COLUMNS}, count(*) over ()::integer as total from vendors v
        where v.organization_id = ${ctx.organizationId} and v.deleted_at is null
        order by v.code, v.id limit ${limit}::integer offset ${offset}::bigint`.execute(ctx.tx);
      return page.rows;
    });
    return { items: rows.map(({ total: _, ...row }) => toView(row)), total };
  },
);
