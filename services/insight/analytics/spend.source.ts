import { sql } from 'kysely';
import type { Dimension } from '../../../domain/insight/metrics.rules.ts';
import { and, anyId, anyText, keyColumns, type MetricSource } from './source.ts';

const COLUMNS = { channel: sql`s.channel`, vendor: sql`s.vendor_id`, campaign: sql`s.campaign` } as const;

/** Spend records of the period's days, without voided ones. */
export const SPEND: MetricSource = {
  name: 'spend',
  measures: ['spend_minor'],
  money: ['spend_minor'],
  byCurrency: true,
  dimensions: ['channel', 'vendor', 'campaign'],
  addsUp: () => true,
  cells(query) {
    const conditions = (Object.entries(query.filters) as [Dimension, readonly string[]][]).map(([dimension, values]) =>
      dimension === 'vendor'
        ? anyId(COLUMNS.vendor, values)
        : anyText(dimension === 'channel' ? COLUMNS.channel : COLUMNS.campaign, values),
    );
    return sql`
      select ${keyColumns(query, COLUMNS, sql`s.day`)}, s.currency,
             case when s.currency <> (select currency from head) then s.day end as rate_day, sum(s.amount_minor) as m0
      from periods p
      join spend s on s.organization_id = ${query.organizationId} and s.voided_at is null
        and s.day between p.from_day and p.to_day
      where true ${and(conditions)}
      group by 1, 2, 3, 4, 5, 6`;
  },
};
