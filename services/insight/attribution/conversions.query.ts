import { type RawBuilder, sql } from 'kysely';
import { UNUSUAL_CURRENCIES } from '../../../domain/data/money.rules.ts';
import { minimumMinor, type RunConfig, type RunInputs } from '../../../domain/insight/run-config.rules.ts';
import { currentAtStart, type Snapshot, seenAtStart } from './frozen-view.query.ts';

export { currentAtStart, seenAtStart } from './frozen-view.query.ts';

/** What every statement of a run reads by: its organization, its frozen view of the data, its configuration. */
export interface FrozenRun {
  organizationId: string;
  runId: string;
  generation: number;
  /** Taken when the run was first executed. */
  snapshot: Snapshot;
  config: RunConfig;
  inputs: RunInputs;
}

/** A half-open range of customer ids; null is open. */
export interface CustomerRange {
  from: string | null;
  to: string | null;
}

/**
 * The run's conversions in a range of customers: id, external_id, customer_id, event_type, amount_minor, currency,
 * occurred_at. Current rows and history are read as the snapshot saw them, so late data changes nothing.
 */
export function conversionsOf(run: FrozenRun, range: CustomerRange): RawBuilder<unknown> {
  const one = (table: 'conversions' | 'conversions_history') => sql`
    select c.id, c.external_id, c.customer_id, c.event_type, c.amount_minor, c.currency, c.occurred_at
    from ${sql.table(table)} c
    where c.organization_id = ${run.organizationId} and c.voided_at is null and c.refund_of is null
      and ${(table === 'conversions' ? seenAtStart : currentAtStart)('c', run.snapshot)}
      ${conditions(run, range)}`;
  return sql`${one('conversions')} union all ${one('conversions_history')}`;
}

function conditions({ config, inputs }: FrozenRun, range: CustomerRange): RawBuilder<unknown> {
  const parts: RawBuilder<unknown>[] = [];
  if (range.from) parts.push(sql`and c.customer_id >= ${range.from}`);
  if (range.to) parts.push(sql`and c.customer_id < ${range.to}`);
  if (config.eventTypes.length > 0) parts.push(sql`and c.event_type = any(${sql.val(config.eventTypes)}::text[])`);
  if (config.minPurchaseAmount) parts.push(minimumAmount(config.minPurchaseAmount));
  const dayStart = (day: string, plusDays: number) =>
    sql`((${day}::date + ${plusDays}::integer)::timestamp at time zone ${inputs.timeZone})`;
  if (config.startDate) parts.push(sql`and c.occurred_at >= ${dayStart(config.startDate, 0)}`);
  if (config.endDate) parts.push(sql`and c.occurred_at < ${dayStart(config.endDate, 1)}`);
  return parts.length > 0 ? sql.join(parts, sql` `) : sql``;
}

/** One limit per number of decimal places; the currencies that do not have two are named. */
function minimumAmount(min: string): RawBuilder<unknown> {
  const exceptions = Object.fromEntries(UNUSUAL_CURRENCIES.map((currency) => [currency, minimumMinor(min, currency)]));
  return sql`and c.amount_minor >= coalesce(
    (${JSON.stringify(exceptions)}::jsonb ->> c.currency)::bigint, ${minimumMinor(min, 'USD')}::bigint)`;
}
