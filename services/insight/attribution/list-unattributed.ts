import { sql } from 'kysely';
import { notFound } from '../../../domain/core/errors.ts';
import { fromMinorUnits } from '../../../domain/data/money.rules.ts';
import { type Ctx, verb } from '../../core/context.ts';
import type { PageInput } from '../../core/page.ts';
import { behaviorOf, touchNames } from './behavior-touches.query.ts';
import { currentAtStart, type FrozenRun, seenAtStart } from './conversions.query.ts';
import { frozenRun } from './run-view.ts';

export interface UnattributedView {
  conversionId: string;
  externalEventId: string;
  customerId: string;
  amount: string;
  currency: string;
  occurredAt: Date;
  /** The person's latest touch before the conversion, of any channel. */
  nearestTouch: {
    interactionId: string;
    externalInteractionId: string;
    touchType: string;
    channel: string;
    startedAt: Date;
    /** How far it lies before the run's general lookback window; 0 when a filter of the run kept it out. */
    hoursOutsideWindow: number;
  } | null;
}

export interface ListUnattributedInput extends PageInput {
  runId: string;
}

interface UnattributedRow {
  conversion_id: string;
  external_id: string;
  customer_id: string;
  amount_minor: number;
  currency: string;
  occurred_at: Date;
  interaction_id: string | null;
  interaction_external_id: string;
  touch_type: string;
  channel: string;
  started_at: Date | null;
}

/** Conversions of the published generation without credit, and what came closest. @throws AppError not_found. */
export const listUnattributed = verb(
  { permission: 'attribution.view' },
  async (ctx, input: ListUnattributedInput): Promise<{ items: UnattributedView[]; total: number }> => {
    const row = await ctx.tx
      .selectFrom('attribution_runs')
      .selectAll()
      .where('id', '=', input.runId)
      .executeTakeFirst();
    if (!row) throw notFound('The attribution run');
    const run = row.published_generation === null ? null : frozenRun(row, row.published_generation);
    if (!run) return { items: [], total: 0 };
    const rows = await findUnattributed(ctx, run, input.limit, (input.page - 1) * input.limit);
    return {
      items: rows.map((found) => toView(found, run.config.timeWindowHours)),
      total: row.conversions_unattributed ?? 0,
    };
  },
);

/** Links and touches are those that the run saw: a later one would explain nothing. */
async function findUnattributed(ctx: Ctx, run: FrozenRun, limit: number, offset: number): Promise<UnattributedRow[]> {
  const touchesIn = (table: 'interactions' | 'interactions_history') => sql`
    select i.id, i.external_id, i.channel, i.started_at
    from ${sql.table(table)} i
    where i.organization_id = ${ctx.organizationId} and i.customer_id = record.customer_id
      and i.started_at <= missed.occurred_at and i.voided_at is null
      and ${(table === 'interactions' ? seenAtStart : currentAtStart)('i', run.snapshot)}`;
  const behavior = behaviorOf(
    run,
    sql`i.customer_id = record.customer_id`,
    sql`and i.started_at <= missed.occurred_at`,
  ).map((touches) => sql`union all select id, external_id, channel, started_at from (${touches}) behavior`);
  const { rows } = await sql<UnattributedRow>`
    select missed.*, c.external_id, touch.*, named.touch_type
    from (
      select u.conversion_id, u.customer_id, u.amount_minor, u.currency, u.occurred_at,
             coalesce(link.canonical_id, u.customer_id) as canonical_id
      from attribution_unattributed u
      left join identity_links link on link.organization_id = ${ctx.organizationId}
        and link.customer_id = u.customer_id and ${currentAtStart('link', run.snapshot)}
      where u.organization_id = ${ctx.organizationId} and u.run_id = ${run.runId}
        and u.generation = ${run.generation}::integer
      order by u.occurred_at desc, u.conversion_id desc
      limit ${limit} offset ${offset}
    ) missed
    join conversions c on c.organization_id = ${ctx.organizationId} and c.id = missed.conversion_id
    left join lateral (
      select i.id as interaction_id, i.external_id as interaction_external_id, i.channel, i.started_at
      from (
        select missed.canonical_id as customer_id
        union all
        select l.customer_id from identity_links l
        where l.organization_id = ${ctx.organizationId} and l.canonical_id = missed.canonical_id
          and ${currentAtStart('l', run.snapshot)}
      ) record
      cross join lateral (${touchesIn('interactions')} union all ${touchesIn('interactions_history')}
                          ${sql.join(behavior, sql` `)}) i
      order by i.started_at desc limit 1
    ) touch on true
    left join lateral ${touchNames(ctx.organizationId, sql`touch.interaction_id`)} named on true
    order by missed.occurred_at desc, missed.conversion_id desc`.execute(ctx.tx);
  return rows;
}

function toView(row: UnattributedRow, windowHours: number): UnattributedView {
  return {
    conversionId: row.conversion_id,
    externalEventId: row.external_id,
    customerId: row.customer_id,
    amount: fromMinorUnits(row.amount_minor, row.currency),
    currency: row.currency,
    occurredAt: row.occurred_at,
    nearestTouch:
      row.interaction_id && row.started_at
        ? {
            interactionId: row.interaction_id,
            externalInteractionId: row.interaction_external_id,
            touchType: row.touch_type,
            channel: row.channel,
            startedAt: row.started_at,
            hoursOutsideWindow: hoursOutside(row.occurred_at, row.started_at, windowHours),
          }
        : null,
  };
}

function hoursOutside(convertedAt: Date, touchedAt: Date, windowHours: number): number {
  const hoursBefore = (convertedAt.getTime() - touchedAt.getTime()) / 3_600_000;
  return Math.max(0, Math.round((hoursBefore - windowHours) * 1000) / 1000);
}
