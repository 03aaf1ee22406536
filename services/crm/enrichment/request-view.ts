import { type RawBuilder, sql } from 'kysely';
import { notFound } from '../../../domain/core/errors.ts';
import type { EnrichmentProviderCode, EnrichmentStatus } from '../../../domain/crm/enrichment.rules.ts';
import { fromMinorUnits } from '../../../domain/data/money.rules.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { type PageInput, readPage } from '../../core/page.ts';

export interface EnrichmentCostView {
  /** Decimal text. */
  amount: string;
  currency: string;
}

export interface EnrichmentRequestView {
  id: string;
  status: EnrichmentStatus;
  /** Why nobody was looked up. */
  reason: string | null;
  source: string;
  fields: string[];
  targets: { total: number; completed: number; notFound: number; skipped: number; failed: number };
  /** Those that filled a field. */
  providersUsed: EnrichmentProviderCode[];
  calls: number;
  costs: EnrichmentCostView[];
  requestedBy: string | null;
  startedAt: Date | null;
  endedAt: Date | null;
  createdAt: Date;
}

export interface EnrichmentLookupView {
  provider: EnrichmentProviderCode;
  status: 'calling' | 'found' | 'not_found' | 'capped' | 'failed';
  calls: number;
  filled: string[];
  cost: EnrichmentCostView | null;
  error: string | null;
  calledAt: Date;
}

export interface EnrichmentRequestDetail extends EnrichmentRequestView {
  records: {
    prospectId: string | null;
    accountId: string | null;
    status: string;
    reason: string | null;
    /** In the order of the waterfall. */
    lookups: EnrichmentLookupView[];
  }[];
}

type Cost = { minor: string; currency: string };
type Row = Omit<EnrichmentRequestView, 'costs'> & { costs: Cost[] };

const SELECTED: RawBuilder<unknown> = sql.raw(`
  r.id, r.status, r.reason, r.source, r.fields, t.targets, l.providers as "providersUsed", l.calls, l.costs,
  r.requested_by as "requestedBy", r.started_at as "startedAt", r.ended_at as "endedAt", r.created_at as "createdAt"`);

/** Requests `r` with what became of their records and which calls were made. */
const withOutcome = (requests: RawBuilder<unknown>): RawBuilder<unknown> => sql`${requests} r
  cross join lateral (
    select json_build_object('total', count(*), 'completed', count(*) filter (where status = 'completed'),
      'notFound', count(*) filter (where status = 'not_found'), 'skipped', count(*) filter (where status = 'skipped'),
      'failed', count(*) filter (where status = 'failed')) as targets
    from enrichment_targets where organization_id = r.organization_id and request_id = r.id) t
  cross join lateral (
    select coalesce(sum(calls), 0)::integer as calls,
           coalesce(array_agg(distinct provider order by provider) filter (where cardinality(filled) > 0), '{}') as providers,
           (select coalesce(json_agg(json_build_object('minor', minor::text, 'currency', currency) order by currency), '[]')
            from (select c.cost_currency as currency, sum(c.cost_minor) as minor
                  from enrichment_lookups c
                  join enrichment_targets ct on ct.organization_id = c.organization_id and ct.id = c.target_id
                  where c.organization_id = r.organization_id and ct.request_id = r.id and c.cost_minor is not null
                  group by c.cost_currency) cost) as costs
    from enrichment_lookups l
    join enrichment_targets lt on lt.organization_id = l.organization_id and lt.id = l.target_id
    where l.organization_id = r.organization_id and lt.request_id = r.id) l`;

const costOf = ({ minor, currency }: Cost): EnrichmentCostView => ({
  amount: fromMinorUnits(Number(minor), currency),
  currency,
});
const toView = (row: Row): EnrichmentRequestView => ({ ...row, costs: row.costs.map(costOf) });

export interface ListRequestsInput extends PageInput {
  status?: EnrichmentStatus | undefined;
  prospectId?: string | undefined;
  accountId?: string | undefined;
}

/** Newest first. */
export const listEnrichmentRequests = verb(
  { permission: 'prospects.view' },
  async (ctx, input: ListRequestsInput): Promise<{ items: EnrichmentRequestView[]; total: number }> => {
    const names = (column: 'prospect_id' | 'account_id', id: string | undefined) =>
      id === undefined
        ? sql`true`
        : sql`exists (select from enrichment_targets x where x.organization_id = r.organization_id
                        and x.request_id = r.id and x.${sql.ref(column)} = ${id}::uuid)`;
    const { rows, total } = await readPage(input, async (limit, offset) => {
      const page = await sql<Row & { total: number }>`
        select ${SELECTED}, r.total from ${withOutcome(sql`(
          select r.*, count(*) over ()::integer as total from enrichment_requests r
          where r.organization_id = ${ctx.organizationId}
            and ${input.status === undefined ? sql`true` : sql`r.status = ${input.status}`}
            and ${names('prospect_id', input.prospectId)} and ${names('account_id', input.accountId)}
          order by r.created_at desc, r.id desc limit ${limit}::integer offset ${offset}::bigint)`)}
        order by r.created_at desc, r.id desc`.execute(ctx.tx);
      return page.rows;
    });
    return { items: rows.map(({ total: _, ...row }) => toView(row)), total };
  },
);

/** @throws AppError not_found. */
export async function readRequest(ctx: Ctx, id: string): Promise<EnrichmentRequestDetail> {
  const { rows } = await sql<Row & { records: RecordRow[] }>`
    select ${SELECTED}, (
      select json_agg(json_build_object('prospectId', t.prospect_id, 'accountId', t.account_id, 'status', t.status,
        'reason', t.reason, 'lookups', (
          select coalesce(json_agg(json_build_object('provider', l.provider, 'status', l.status, 'calls', l.calls,
            'filled', l.filled, 'minor', l.cost_minor::text, 'currency', l.cost_currency, 'error', l.error,
            'calledAt', l.called_at) order by l.created_at, l.id), '[]')
          from enrichment_lookups l
          where l.organization_id = t.organization_id and l.target_id = t.id)) order by t.id)
      from enrichment_targets t where t.organization_id = r.organization_id and t.request_id = r.id) as records
    from ${withOutcome(sql`enrichment_requests`)} where r.organization_id = ${ctx.organizationId} and r.id = ${id}`.execute(
    ctx.tx,
  );
  const [row] = rows;
  if (!row) throw notFound('The enrichment request');
  return {
    ...toView(row),
    records: row.records.map((record) => ({
      ...record,
      lookups: record.lookups.map(({ minor, currency, calledAt, ...lookup }) => ({
        ...lookup,
        cost: minor === null || currency === null ? null : costOf({ minor, currency }),
        calledAt: new Date(calledAt),
      })),
    })),
  };
}

type LookupRow = Omit<EnrichmentLookupView, 'cost' | 'calledAt'> & {
  minor: string | null;
  currency: string | null;
  calledAt: string;
};
type RecordRow = Omit<EnrichmentRequestDetail['records'][number], 'lookups'> & { lookups: LookupRow[] };

/** @throws AppError not_found. */
export const getEnrichmentRequest = verb({ permission: 'prospects.view' }, (ctx, input: { id: string }) =>
  readRequest(ctx, input.id),
);
