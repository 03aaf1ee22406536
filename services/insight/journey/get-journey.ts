import { sql } from 'kysely';
import { fromMinorUnits } from '../../../domain/data/money.rules.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { findPerson } from '../../data/index.ts';
import { type CreditView, selectCreditsOf, toCreditView } from '../attribution/list-results.ts';
import { findRun } from '../attribution/run-view.ts';
import {
  type Behavior,
  behaviorEntries,
  countBehavior,
  type JourneyEvent,
  type JourneyPageView,
  readEvents,
  readPageViews,
} from './behavior.ts';
import { type IntentStep, type JourneyVelocity, readIntents, readVelocity } from './velocity.query.ts';

export interface JourneyInteraction {
  id: string;
  externalInteractionId: string;
  channel: string;
  direction: string | null;
  startedAt: Date;
  endedAt: Date | null;
  language: string | null;
  primaryIntent: string | null;
  purchaseProbability: number | null;
  vendorId: string | null;
  transcriptUrl: string | null;
}

export interface JourneyConversion {
  id: string;
  externalEventId: string;
  eventType: string;
  eventSource: string;
  amountDecimal: string;
  currency: string;
  occurredAt: Date;
  /** The conversion that this one refunds. */
  refundOf: string | null;
}

export interface JourneyView {
  customer: {
    id: string;
    /** Other records of the same person. */
    linkedCustomerIds: string[];
    identifiers: { type: string; value: string }[];
    firstSeenAt: Date | null;
    lastSeenAt: Date | null;
    interactions: number;
    /** Without refunds. */
    conversions: number;
    refunds: number;
    /** Conversions less refunds, by currency. */
    revenue: { currency: string; amount: string }[];
  };
  /** One page of the person's history in time order; each entry is found by id in one of the lists below. */
  timeline: { type: 'interaction' | 'conversion' | 'event' | 'page_view'; id: string; at: Date }[];
  interactions: JourneyInteraction[];
  conversions: JourneyConversion[];
  /** Empty unless asked for, like page views. */
  events: JourneyEvent[];
  pageViews: JourneyPageView[];
  intents: IntentStep[];
  velocity: JourneyVelocity;
  /** The run whose credits are shown; null when no run that holds one of these conversions is published. */
  runId: string | null;
  attributionResults: CreditView[];
  /** Of the timeline. */
  pagination: { page: number; limit: number; total: number; pages: number };
}

export interface GetJourneyInput {
  customerId: string;
  runId?: string | undefined;
  /** Further kinds of entries for the timeline. */
  include?: readonly Behavior[] | undefined;
  page: number;
  limit: number;
}

/**
 * A person's touches and conversions in time order, over all linked records, with the credits of one run (default:
 * the newest published run that credited one of the conversions shown).
 * @throws AppError not_found for the customer or the run.
 */
export const getJourney = verb(
  { permission: 'analytics.journey.view' },
  async (ctx, input: GetJourneyInput): Promise<JourneyView> => {
    const person = await findPerson(ctx, input.customerId);
    if (input.runId) await findRun(ctx, input.runId);
    const include = new Set(input.include ?? []);
    // What does not depend on each other travels together: three round trips in all.
    const [customer, timeline, behavior, intents, velocity] = await Promise.all([
      summarize(ctx, person.canonicalId, person.recordIds),
      readTimeline(ctx, person.recordIds, input, include),
      countBehavior(ctx, person.recordIds, include),
      readIntents(ctx, person.recordIds),
      readVelocity(ctx, person.recordIds),
    ]);
    const idsOf = (type: string) => timeline.flatMap((entry) => (entry.type === type ? entry.id : []));
    const conversionIds = idsOf('conversion');
    const [interactions, conversions, events, pageViews, [runId, attributionResults]] = await Promise.all([
      readInteractions(ctx, idsOf('interaction')),
      readConversions(ctx, conversionIds),
      readEvents(ctx, idsOf('event')),
      readPageViews(ctx, idsOf('page_view')),
      readAttribution(ctx, input.runId, conversionIds),
    ]);
    const total = customer.interactions + customer.conversions + customer.refunds + behavior;
    return {
      customer,
      timeline,
      interactions,
      conversions,
      events,
      pageViews,
      intents,
      velocity,
      runId,
      attributionResults,
      pagination: { page: input.page, limit: input.limit, total, pages: Math.ceil(total / input.limit) },
    };
  },
);

async function summarize(ctx: Ctx, canonicalId: string, recordIds: string[]): Promise<JourneyView['customer']> {
  const records = sql`${sql.val(recordIds)}::uuid[]`;
  const { rows } = await sql<{
    identifiers: { type: string; value: string }[];
    interactions: number;
    conversions: number;
    refunds: number;
    first_seen_at: Date | null;
    last_seen_at: Date | null;
    revenue: { currency: string; minor: number }[];
  }>`
    select touch.interactions, sale.conversions, sale.refunds,
           least(touch.first_at, sale.first_at) as first_seen_at, greatest(touch.last_at, sale.last_at) as last_seen_at,
           coalesce((select jsonb_agg(jsonb_build_object('type', type, 'value', value) order by type, value)
                     from customer_identifiers
                     where organization_id = ${ctx.organizationId} and customer_id = any(${records})), '[]') as identifiers,
           coalesce((select jsonb_agg(jsonb_build_object('currency', currency, 'minor', minor) order by currency)
                     from (select currency, sum(amount_minor) as minor from conversions
                           where organization_id = ${ctx.organizationId} and customer_id = any(${records}) and voided_at is null
                           group by currency) s), '[]') as revenue
    from (select count(*) as interactions, min(started_at) as first_at, max(started_at) as last_at from interactions
          where organization_id = ${ctx.organizationId} and customer_id = any(${records}) and voided_at is null) touch,
         (select count(*) filter (where refund_of is null) as conversions, count(refund_of) as refunds, min(occurred_at) as first_at, max(occurred_at) as last_at from conversions
          where organization_id = ${ctx.organizationId} and customer_id = any(${records}) and voided_at is null) sale`.execute(
    ctx.tx,
  );
  const row = rows[0]!;
  return {
    id: canonicalId,
    linkedCustomerIds: recordIds.filter((id) => id !== canonicalId),
    identifiers: row.identifiers,
    firstSeenAt: row.first_seen_at,
    lastSeenAt: row.last_seen_at,
    interactions: row.interactions,
    conversions: row.conversions,
    refunds: row.refunds,
    revenue: row.revenue.map(({ currency, minor }) => ({ currency, amount: fromMinorUnits(minor, currency) })),
  };
}

async function readTimeline(
  ctx: Ctx,
  recordIds: string[],
  input: GetJourneyInput,
  include: ReadonlySet<Behavior>,
): Promise<JourneyView['timeline']> {
  const records = sql`${sql.val(recordIds)}::uuid[]`;
  const { rows } = await sql<JourneyView['timeline'][number]>`
    select type, id, at from (
      select 'interaction' as type, id, started_at as at, 0 as rank, external_id from interactions
      where organization_id = ${ctx.organizationId} and customer_id = any(${records}) and voided_at is null
      union all
      select 'conversion', id, occurred_at, 1, external_id from conversions
      where organization_id = ${ctx.organizationId} and customer_id = any(${records}) and voided_at is null
      ${behaviorEntries(ctx, recordIds, include)}
    ) entry
    order by at, rank, external_id, id
    limit ${input.limit} offset ${(input.page - 1) * input.limit}`.execute(ctx.tx);
  return rows;
}

async function readInteractions(ctx: Ctx, ids: string[]): Promise<JourneyInteraction[]> {
  if (ids.length === 0) return [];
  const rows = await ctx.tx
    .selectFrom('interactions')
    .selectAll()
    .where('id', 'in', ids)
    .orderBy('started_at')
    .orderBy('external_id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    externalInteractionId: row.external_id,
    channel: row.channel,
    direction: row.direction,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    language: row.language,
    primaryIntent: row.primary_intent,
    purchaseProbability: row.purchase_probability,
    vendorId: row.vendor_id,
    transcriptUrl: row.transcript_url,
  }));
}

async function readConversions(ctx: Ctx, ids: string[]): Promise<JourneyConversion[]> {
  if (ids.length === 0) return [];
  const rows = await ctx.tx
    .selectFrom('conversions')
    .selectAll()
    .where('id', 'in', ids)
    .orderBy('occurred_at')
    .orderBy('external_id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    externalEventId: row.external_id,
    eventType: row.event_type,
    eventSource: row.event_source,
    amountDecimal: fromMinorUnits(row.amount_minor, row.currency),
    currency: row.currency,
    occurredAt: row.occurred_at,
    refundOf: row.refund_of,
  }));
}

/** Newest published first; each candidate is probed for these conversions, so the results table is never scanned. */
async function newestRun(ctx: Ctx, conversionIds: string[]): Promise<string | null> {
  if (conversionIds.length === 0) return null;
  const { rows } = await sql<{ id: string }>`
    select run.id from attribution_runs run
    where run.organization_id = ${ctx.organizationId} and run.published_generation is not null and run.comparison_id is null
      and exists (
        select from attribution_results r
        where r.organization_id = run.organization_id and r.run_id = run.id
          and r.generation = run.published_generation and r.conversion_id = any(${sql.val(conversionIds)}::uuid[]))
    order by run.as_of desc limit 1`.execute(ctx.tx);
  return rows[0]?.id ?? null;
}

/** The run to show and its credits. */
async function readAttribution(
  ctx: Ctx,
  asked: string | undefined,
  conversionIds: string[],
): Promise<[string | null, CreditView[]]> {
  const runId = asked ?? (await newestRun(ctx, conversionIds));
  return [runId, runId ? await readCredits(ctx, runId, conversionIds) : []];
}

async function readCredits(ctx: Ctx, runId: string, conversionIds: string[]): Promise<CreditView[]> {
  if (conversionIds.length === 0) return [];
  const rows = await selectCreditsOf(ctx, runId, conversionIds)
    .orderBy('r.converted_at')
    .orderBy('r.model_code')
    .orderBy('r.touched_at')
    .orderBy('r.id')
    .execute();
  return rows.map(toCreditView);
}
