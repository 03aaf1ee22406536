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
  /** Whether any conversion of the organization was ever refunded; spares the others the work. */
  hasRefunds?: boolean;
  /** MARKOV: removal effect by value in units of 1e-12, once the run's journeys were learned from. */
  removalEffects?: Readonly<Record<string, number>>;
}

/** A conversion in the order of customer, time and id; without time and id the first one of the customer. */
export interface Boundary {
  customerId: string;
  /** As the database writes it, to the microsecond. */
  occurredAt: string | null;
  id: string | null;
}

/** A half-open range of conversions; null is open. */
export interface ConversionRange {
  from: Boundary | null;
  to: Boundary | null;
}

export const ALL_CONVERSIONS: ConversionRange = { from: null, to: null };

/**
 * The run's conversions (of which `only` picks one) in a range: id, external_id, customer_id, event_type,
 * amount_minor, currency, occurred_at. Current rows and history are read as the snapshot saw them, so late data changes nothing.
 */
export function conversionsOf(run: FrozenRun, range: ConversionRange, only?: string): RawBuilder<unknown> {
  const one = (table: 'conversions' | 'conversions_history') => sql`
    select c.id, c.external_id, c.customer_id, c.event_type, c.amount_minor, c.currency, c.occurred_at
    from ${sql.table(table)} c
    where c.organization_id = ${run.organizationId} and c.voided_at is null and c.refund_of is null
      and ${(table === 'conversions' ? seenAtStart : currentAtStart)('c', run.snapshot)}
      ${only ? sql`and c.id = ${only}` : sql``} ${conditions(run, range)}`;
  return sql`${one('conversions')} union all ${one('conversions_history')}`;
}

/**
 * Refunds of the conversions in a CTE `conv`: id, refund_of, amount_minor, currency, occurred_at. They follow their
 * original into every run that holds it, whatever the run's period and filters say of the refund itself.
 */
export function refundsOf({ organizationId, snapshot }: FrozenRun): RawBuilder<unknown> {
  const one = (table: 'conversions' | 'conversions_history') => sql`
    select c.id, c.refund_of, c.amount_minor, c.currency, c.occurred_at
    from conv join ${sql.table(table)} c on c.organization_id = ${organizationId} and c.refund_of = conv.id
    where c.voided_at is null
      and ${(table === 'conversions' ? seenAtStart : currentAtStart)('c', snapshot, 'refunds')}`;
  return sql`${one('conversions')} union all ${one('conversions_history')}`;
}

function conditions({ config, inputs }: FrozenRun, range: ConversionRange): RawBuilder<unknown> {
  const parts: RawBuilder<unknown>[] = [];
  if (range.from) parts.push(compared(sql`>=`, range.from));
  if (range.to) parts.push(compared(sql`<`, range.to));
  if (config.eventTypes.length > 0) parts.push(sql`and c.event_type = any(${sql.val(config.eventTypes)}::text[])`);
  if (config.minPurchaseAmount) parts.push(minimumAmount(config.minPurchaseAmount));
  parts.push(periodOf({ config, inputs }, 'c.occurred_at'));
  return parts.length > 0 ? sql.join(parts, sql` `) : sql``;
}

/**
 * Customers alone where that is enough: the planner knows how many rows that leaves. The time goes as text, or it would
 * be cut to milliseconds on its way.
 */
const compared = (how: RawBuilder<unknown>, { customerId, occurredAt, id }: Boundary): RawBuilder<unknown> =>
  id === null
    ? sql`and c.customer_id ${how} ${customerId}`
    : sql`and (c.customer_id, c.occurred_at, c.id) ${how} (${customerId}::uuid, ${occurredAt}::text::timestamptz, ${id}::uuid)`;

/** `and column …` for the run's period, calendar days in the organization's time zone. */
export function periodOf(
  { config, inputs }: Pick<FrozenRun, 'config' | 'inputs'>,
  column: string,
): RawBuilder<unknown> {
  const dayStart = (day: string, plusDays: number) =>
    sql`((${day}::date + ${plusDays}::integer)::timestamp at time zone ${inputs.timeZone})`;
  const from = config.startDate ? sql`and ${sql.ref(column)} >= ${dayStart(config.startDate, 0)}` : sql``;
  const to = config.endDate ? sql`and ${sql.ref(column)} < ${dayStart(config.endDate, 1)}` : sql``;
  return sql`${from} ${to}`;
}

/** One limit per number of decimal places; the currencies that do not have two are named. */
function minimumAmount(min: string): RawBuilder<unknown> {
  const exceptions = Object.fromEntries(UNUSUAL_CURRENCIES.map((currency) => [currency, minimumMinor(min, currency)]));
  return sql`and c.amount_minor >= coalesce(
    (${JSON.stringify(exceptions)}::jsonb ->> c.currency)::bigint, ${minimumMinor(min, 'USD')}::bigint)`;
}
