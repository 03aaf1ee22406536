import { type RawBuilder, sql } from 'kysely';
import { DEFAULT_INTENT_WEIGHTS } from '../../../domain/insight/attribution.rules.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { type AnswerFacts, checkAsked, factsOf, refuseUnknownZone } from './facts.ts';
import { type Head, headCtes } from './head.query.ts';
import { filtersOf, type ReportInput } from './report.ts';
import { personOf } from './source.ts';
import { touches } from './touches.source.ts';

/** In the order in which a person goes through them. */
export const FUNNEL_STAGES = ['touched', 'engaged', 'interested', 'lead', 'opportunity', 'converted'] as const;
export type FunnelStage = (typeof FUNNEL_STAGES)[number];

export interface FunnelRow {
  stage: FunnelStage;
  /** People who got at least this far. */
  volume: number;
  /** Of those of the stage before, and of the first one. */
  conversionRate: number | null;
  overallRate: number | null;
  /** People who got this far and no further (none for the last stage). */
  dropOff: number;
  dropOffRate: number | null;
  /** From the stage before, for people who were seen in both, in this order. */
  avgHoursFromPrevious: number | null;
  medianHoursFromPrevious: number | null;
  /** The same figures of the period before. */
  previousVolume: number | null;
}

export interface Funnel extends AnswerFacts {
  stages: FunnelRow[];
  /** The stage after which most people are lost. */
  biggestDropOff: FunnelStage | null;
  /** Of the first stage that reaches the last one. */
  overallConversionRate: number | null;
}

interface Counted {
  which: 0 | 1;
  /** By stage: how many have it as their furthest one. */
  furthest: Record<string, number>;
  gaps: { stage: number; average: number; median: number }[] | null;
}

/**
 * How far people get who were touched in the period, up to its end: touched, engaged (a second touch), interested (a
 * touch with an intent to buy), lead and opportunity (the organization's milestone events, where it has named some),
 * converted. Who is seen in a later stage has passed the earlier ones.
 * @throws AppError validation; not_found and conflict for the run.
 */
export const funnelStages = verb(
  { permission: 'analytics.intents.view' },
  async (ctx, input: ReportInput): Promise<Funnel> => {
    checkAsked(input);
    const { head, milestones, counted } = await refuseUnknownZone(() => readFunnel(ctx, input), input.timezone);
    const shown = FUNNEL_STAGES.map((stage, index) => ({ stage, index })).filter(
      ({ stage }) => (stage !== 'lead' && stage !== 'opportunity') || (milestones[stage] ?? []).length > 0,
    );
    const volumesOf = (which: 0 | 1): number[] => {
      const furthest = counted.find((row) => row.which === which)?.furthest ?? {};
      const reached = (index: number) =>
        Object.entries(furthest).reduce((sum, [stage, people]) => (Number(stage) >= index ? sum + people : sum), 0);
      return shown.map(({ index }) => reached(index));
    };
    const volumes = volumesOf(0);
    const before = input.compare ? volumesOf(1) : null;
    const gaps = counted.find((row) => row.which === 0)?.gaps ?? [];
    const part = (over: number, under: number | undefined) => (under ? Math.round((over / under) * 1e6) / 1e6 : null);
    const stages = shown.map(({ stage, index }, position): FunnelRow => {
      const volume = volumes[position]!;
      const lost = position === shown.length - 1 ? 0 : volume - volumes[position + 1]!;
      const gap = gaps.find((one) => one.stage === index);
      return {
        stage,
        volume,
        conversionRate: position === 0 ? null : part(volume, volumes[position - 1]),
        overallRate: part(volume, volumes[0]),
        dropOff: lost,
        dropOffRate: part(lost, volume),
        avgHoursFromPrevious: gap?.average ?? null,
        medianHoursFromPrevious: gap?.median ?? null,
        previousVolume: before?.[position] ?? null,
      };
    });
    const worst = [...stages].sort((a, b) => b.dropOff - a.dropOff)[0];
    return {
      ...factsOf(head, input),
      stages,
      biggestDropOff: worst && worst.dropOff > 0 ? worst.stage : null,
      overallConversionRate: part(volumes.at(-1)!, volumes[0]),
    };
  },
);

interface Read {
  head: Head;
  milestones: Partial<Record<FunnelStage, string[]>>;
  counted: Counted[];
}

async function readFunnel(ctx: Ctx, input: ReportInput): Promise<Read> {
  const organizationId = ctx.organizationId;
  const person = (customer: RawBuilder<unknown>) => personOf(organizationId, customer);
  const buying = DEFAULT_INTENT_WEIGHTS.filter(({ weight }) => weight > 1).map(({ pattern }) => pattern);
  const cells = { organizationId, dimensions: [], granularity: null, filters: await filtersOf(ctx, input) };
  const milestone = (name: 'lead' | 'opportunity') => sql`
    array(select jsonb_array_elements_text(coalesce(o.milestone_event_types -> ${name}, '[]')))`;
  const { rows } = await sql<Read>`
    with ${headCtes(ctx, input)},
    milestones as (
      select ${milestone('lead')} as lead, ${milestone('opportunity')} as opportunity
      from organizations o where o.id = ${organizationId}
    ),
    touch as materialized (
      select t.which, ${person(sql`t.customer_id`)} as person, t.at, t.buying, t.to_at
      from (
        select p.which, p.to_at, i.customer_id, i.started_at as at, coalesce(i.primary_intent ~* any(${sql.val(buying)}::text[]), false) as buying
        ${touches(cells)}
      ) t
    ),
    numbered as (
      select touch.*, row_number() over (partition by which, person order by at) as position from touch
    ),
    cohort as materialized (
      select which, person, max(to_at) as to_at, min(at) as touched, min(at) filter (where position = 2) as engaged,
             min(at) filter (where buying) as interested
      from numbered group by which, person
    ),
    milestone as (
      select ${person(sql`e.customer_id`)} as person, e.type, e.at
      from (
        select customer_id, type, occurred_at as at from events
        where organization_id = ${organizationId} and customer_id is not null
          and type = any((select lead || opportunity from milestones)::text[])
        union all
        select customer_id, event_type, occurred_at from conversions
        where organization_id = ${organizationId} and voided_at is null and amount_minor >= 0
          and event_type = any((select lead || opportunity from milestones)::text[])
      ) e
    ),
    reached as (
      select c.*,
        (select min(m.at) from milestone m
         where m.person = c.person and m.at >= c.touched and m.at < c.to_at and m.type = any((select lead from milestones)::text[])) as lead,
        (select min(m.at) from milestone m
         where m.person = c.person and m.at >= c.touched and m.at < c.to_at and m.type = any((select opportunity from milestones)::text[])) as opportunity,
        sale.at as converted
      from cohort c
      left join (
        select which, person, min(at) as at
        from (
          select cohort.which, cohort.person, s.at
          from (
            select ${person(sql`c.customer_id`)} as person, c.occurred_at as at
            from conversions c
            where c.organization_id = ${organizationId} and c.voided_at is null and c.amount_minor >= 0
              and c.occurred_at >= (select min(from_at) from periods) and c.occurred_at < (select max(to_at) from periods)
          ) s join cohort on cohort.person = s.person and s.at >= cohort.touched and s.at < cohort.to_at
        ) first group by which, person
      ) sale on sale.which = c.which and sale.person = c.person
    ),
    furthest as (
      select which, stage, count(*)::integer as people
      from (
        select which, case when converted is not null then 5 when opportunity is not null then 4 when lead is not null then 3
                           when interested is not null then 2 when engaged is not null then 1 else 0 end as stage
        from reached
      ) r group by which, stage
    ),
    steps as (
      select which, stage, at, lag(at) over (partition by which, person order by stage) as before
      from reached cross join lateral (values (0, touched), (1, engaged), (2, interested), (3, lead), (4, opportunity), (5, converted)) as s(stage, at)
      where at is not null
    ),
    gaps as (
      select which, stage, round((avg(extract(epoch from at - before)) / 3600)::numeric, 3) as average,
             round((percentile_cont(0.5) within group (order by extract(epoch from at - before)::double precision) / 3600)::numeric, 3) as median
      from steps where before is not null and at >= before group by which, stage
    )
    select (select to_jsonb(h) from head h) as head, (select to_jsonb(m) from milestones m) as milestones,
           coalesce((select jsonb_agg(jsonb_build_object('which', p.which,
             'furthest', coalesce((select jsonb_object_agg(f.stage, f.people) from furthest f where f.which = p.which), '{}'),
             'gaps', (select jsonb_agg(jsonb_build_object('stage', g.stage, 'average', g.average, 'median', g.median)) from gaps g where g.which = p.which)))
             from periods p), '[]') as counted`.execute(ctx.tx);
  return rows[0]!;
}
