import { sql } from 'kysely';
import { bucketsOf, type Granularity } from '../../../domain/insight/period.rules.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { type AnswerFacts, checkAsked, factsOf, refuseUnknownZone } from './facts.ts';
import { type Asked, type Head, headCtes } from './head.query.ts';
import { localDay, personOf } from './source.ts';

export interface VelocityInput extends Asked {
  /** How far back before a conversion its journey begins at most. */
  readonly windowDays: number;
  readonly granularity: Granularity;
  readonly channel?: readonly string[] | undefined;
  /** Paths that fewer conversions took are not listed. */
  readonly minConversions: number;
  readonly limit: number;
}

export interface JourneyFigures {
  conversions: number;
  avgJourneyHours: number | null;
  medianJourneyHours: number | null;
  avgTouches: number | null;
}

export interface Velocity extends AnswerFacts {
  windowDays: number;
  /** Conversions with a journey: at least one touch in the window. */
  totals: JourneyFigures;
  previous: JourneyFigures | null;
  /** Conversions without one. */
  conversionsWithoutTouch: number;
  /** Channels in order, repetitions once; those that are quickest on average come first. */
  fastestPaths: ({ path: string[] } & JourneyFigures)[];
  /** Steps from one channel to the next; those that take longest on average come first. */
  bottlenecks: { from: string; to: string; steps: number; avgHours: number; medianHours: number }[];
  trend: ({ period: string } & JourneyFigures)[];
}

interface Read {
  head: Head;
  totals: (JourneyFigures & { which: 0 | 1 })[];
  without: number;
  paths: Velocity['fastestPaths'];
  steps: Velocity['bottlenecks'];
  trend: Velocity['trend'];
}

const NONE: JourneyFigures = { conversions: 0, avgJourneyHours: null, medianJourneyHours: null, avgTouches: null };

/**
 * How long it takes from the first touch to the conversion, which channel paths are quickest and where it stalls. A
 * journey is what the person was touched by in the window before a conversion of the period, after their conversion
 * before it. Refunds and voided facts are left out.
 * @throws AppError validation; not_found and conflict for the run.
 */
export const journeyVelocity = verb(
  { permission: 'analytics.journey.view' },
  async (ctx, input: VelocityInput): Promise<Velocity> => {
    checkAsked(input, input.granularity);
    const read = await refuseUnknownZone(() => readJourneys(ctx, input), input.timezone);
    const { head } = read;
    const found = new Map(read.trend.map((row) => [row.period, row]));
    const totalsOf = (which: 0 | 1): JourneyFigures => {
      const row = read.totals.find((one) => one.which === which);
      if (!row) return NONE;
      const { which: _, ...figures } = row;
      return figures;
    };
    return {
      ...factsOf(head, input),
      windowDays: input.windowDays,
      totals: totalsOf(0),
      previous: input.compare ? totalsOf(1) : null,
      conversionsWithoutTouch: read.without,
      fastestPaths: read.paths,
      bottlenecks: read.steps,
      trend: bucketsOf(head.from_day, head.to_day, input.granularity, head.week_start).map(
        (period) => found.get(period) ?? { period, ...NONE },
      ),
    };
  },
);

const hours = (text: string) => sql.raw(`round((${text} / 3600)::numeric, 3)`);
const FIGURES = sql`
  'conversions', count(*), 'avgJourneyHours', ${hours('avg(seconds)')},
  'medianJourneyHours', ${hours('percentile_cont(0.5) within group (order by seconds)')},
  'avgTouches', round(avg(touches)::numeric, 3)`;

async function readJourneys(ctx: Ctx, input: VelocityInput): Promise<Read> {
  const organizationId = ctx.organizationId;
  const { windowDays, granularity, channel, minConversions, limit } = input;
  const day = localDay(sql`occurred_at`);
  const bucket =
    granularity === 'day'
      ? day
      : granularity === 'month'
        ? sql`date_trunc('month', ${day})::date`
        : sql`(${day} - ((extract(isodow from ${day})::integer - (select week_start from head) + 7) % 7))`;
  // Looked up for each sale: joined as a set, a plan made without statistics compares all sales with all people.
  const records = sql`
    select sale.person as customer_id
    union all
    select member.customer_id from identity_links member
    where member.organization_id = ${organizationId} and member.canonical_id = sale.person and member.ended_xid is null`;
  const { rows } = await sql<Read>`
    with ${headCtes(ctx, input)},
    sale as materialized (
      select p.which, c.id, ${personOf(organizationId, sql`c.customer_id`)} as person, c.occurred_at
      from periods p
      join conversions c on c.organization_id = ${organizationId} and c.voided_at is null and c.amount_minor >= 0
        and c.occurred_at >= p.from_at and c.occurred_at < p.to_at
    ),
    begun as (
      select sale.*, greatest(sale.occurred_at - make_interval(days => ${windowDays}::integer), (
        select max(c.occurred_at) from (${records}) record
        cross join lateral (
          select c.occurred_at from conversions c
          where c.organization_id = ${organizationId} and c.customer_id = record.customer_id
            and c.voided_at is null and c.amount_minor >= 0 and c.occurred_at < sale.occurred_at
          order by c.occurred_at desc limit 1) c)) as since
      from sale
    ),
    step as materialized (
      select sale.which, sale.id, sale.occurred_at, i.started_at, i.channel,
             lag(i.channel) over journey as channel_before, lag(i.started_at) over journey as before
      from begun sale
      cross join lateral (${records}) record
      cross join lateral (
        select i.* from interactions i
        where i.organization_id = ${organizationId} and i.customer_id = record.customer_id
          and i.voided_at is null and i.started_at > sale.since and i.started_at <= sale.occurred_at
          ${channel?.length ? sql`and i.channel = any(${sql.val(channel)}::text[])` : sql``}
        offset 0) i
      window journey as (partition by sale.which, sale.id order by i.started_at, i.external_id, i.id)
    ),
    journey as materialized (
      select which, id, occurred_at, extract(epoch from occurred_at - min(started_at))::double precision as seconds,
             count(*) as touches,
             array_agg(channel order by started_at) filter (where channel is distinct from channel_before) as path
      from step group by which, id, occurred_at
    )
    select (select to_jsonb(h) from head h) as head,
      coalesce((select jsonb_agg(t.figures) from (
        select jsonb_build_object('which', which, ${FIGURES}) as figures from journey group by which) t), '[]') as totals,
      (select count(*)::integer from sale where which = 0 and not exists (
        select from journey where journey.which = 0 and journey.id = sale.id)) as without,
      coalesce((select jsonb_agg(t.figures) from (
        select jsonb_build_object('path', path, ${FIGURES}) as figures from journey where which = 0
        group by path having count(*) >= ${minConversions}::integer
        order by avg(seconds), count(*) desc, path limit ${limit}::integer) t), '[]') as paths,
      coalesce((select jsonb_agg(t.figures) from (
        select jsonb_build_object('from', channel_before, 'to', channel, 'steps', count(*),
          'avgHours', ${hours('avg(extract(epoch from started_at - before))')},
          'medianHours', ${hours('percentile_cont(0.5) within group (order by extract(epoch from started_at - before)::double precision)')}) as figures
        from step where which = 0 and before is not null
        group by channel_before, channel
        order by avg(started_at - before) desc, channel_before, channel limit ${limit}::integer) t), '[]') as steps,
      coalesce((select jsonb_agg(t.figures) from (
        select jsonb_build_object('period', period, ${FIGURES}) as figures
        from (select ${bucket} as period, seconds, touches from journey where which = 0) j
        group by period order by period) t), '[]') as trend`.execute(ctx.tx);
  return rows[0]!;
}
