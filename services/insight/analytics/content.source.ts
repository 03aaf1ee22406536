import { type RawBuilder, sql } from 'kysely';
import type { Dimension, Metric } from '../../../domain/insight/metrics.rules.ts';
import { and, anyText, type CellQuery, keyColumns, localDay, type MetricSource, personOf } from './source.ts';

const VIEW_COLUMNS: Partial<Record<Dimension, RawBuilder<unknown>>> = {
  content: sql`coalesce(v.content_id, v.path)`,
  campaign: sql`v.utm ->> 'campaign'`,
  source: sql`v.utm ->> 'source'`,
};

const filtered = (query: CellQuery, columns: Partial<Record<Dimension, RawBuilder<unknown>>>): RawBuilder<unknown> =>
  and(
    (Object.entries(query.filters) as [Dimension, readonly string[]][]).map(([dimension, values]) =>
      anyText(columns[dimension]!, values),
    ),
  );

const views = (query: CellQuery): RawBuilder<unknown> => sql`
  from periods p
  join website_page_views v on v.organization_id = ${query.organizationId}
    and v.occurred_at >= p.from_at and v.occurred_at < p.to_at`;

/** From so many seconds on a page was read. */
const READ_SECONDS = 10;

/** A view that was more than a glance: read, or its visit has an event or another page. */
const isEngaged = sql`(v.duration_seconds >= ${READ_SECONDS}::integer
  or exists (select from events e where e.organization_id = v.organization_id and e.session_id = v.session_id)
  or exists (select from website_page_views o
             where o.organization_id = v.organization_id and o.session_id = v.session_id and o.id <> v.id))`;

const VIEWS: MetricSource = {
  name: 'views',
  measures: ['views', 'engaged_views', 'view_seconds', 'timed_views'],
  money: [],
  byCurrency: false,
  dimensions: ['content', 'campaign', 'source'],
  addsUp: () => true,
  cells: (query) => sql`
    select ${keyColumns(query, VIEW_COLUMNS, localDay(sql`v.occurred_at`))}, null::text as currency,
           null::date as rate_day, count(*) as m0, count(*) filter (where ${isEngaged}) as m1,
           coalesce(sum(v.duration_seconds), 0) as m2, count(v.duration_seconds) as m3
    ${views(query)}
    where true ${filtered(query, VIEW_COLUMNS)}
    group by 1, 2, 3, 4`,
};

const VIEWERS: MetricSource = {
  name: 'viewers',
  measures: ['viewers'],
  money: [],
  byCurrency: false,
  dimensions: ['content', 'campaign', 'source'],
  addsUp: () => false,
  cells: (query) => sql`
    select ${keyColumns(query, VIEW_COLUMNS, localDay(sql`v.occurred_at`))}, null::text as currency,
           null::date as rate_day,
           count(distinct coalesce((${personOf(query.organizationId, sql`v.customer_id`)})::text, v.session_id)) as m0
    ${views(query)}
    where true ${filtered(query, VIEW_COLUMNS)}
    group by 1, 2, 3, 4`,
};

const EVENT_COLUMNS: Partial<Record<Dimension, RawBuilder<unknown>>> = {
  content: sql`coalesce(e.content_id, seen.content)`,
};

const ENGAGEMENTS: MetricSource = {
  name: 'engagements',
  measures: ['engagements'],
  money: [],
  byCurrency: false,
  dimensions: ['content'],
  addsUp: () => true,
  cells: (query) => sql`
    select ${keyColumns(query, EVENT_COLUMNS, localDay(sql`e.occurred_at`))}, null::text as currency,
           null::date as rate_day, count(*) as m0
    from periods p
    join events e on e.organization_id = ${query.organizationId}
      and e.occurred_at >= p.from_at and e.occurred_at < p.to_at
    left join lateral (
      select coalesce(v.content_id, v.path) as content from website_page_views v
      where e.content_id is null and v.organization_id = e.organization_id and v.session_id = e.session_id
        and v.occurred_at <= e.occurred_at
      order by v.occurred_at desc, v.id desc limit 1
    ) seen on true
    where true ${filtered(query, EVENT_COLUMNS)}
    group by 1, 2, 3, 4`,
};

const METRICS: readonly Metric[] = [
  {
    code: 'content_views',
    label: 'Content views',
    alsoCalled: [],
    unit: 'count',
    direction: 'higher',
    additive: true,
    formula: { sum: ['views'] },
    description: 'Page views of a content: its content_id, else the path of the page.',
  },
  {
    code: 'viewers',
    label: 'Viewers',
    alsoCalled: [],
    unit: 'count',
    direction: 'higher',
    additive: false,
    formula: { sum: ['viewers'] },
    description: 'Distinct people with a page view; where nobody is known, distinct sessions.',
  },
  {
    code: 'engagement_rate',
    label: 'Engagement rate',
    alsoCalled: ['Engagement rates'],
    unit: 'ratio',
    direction: 'higher',
    additive: false,
    formula: { ratio: [['engaged_views'], ['views']] },
    description: `Engaged views ÷ content_views. Engaged: read for ${READ_SECONDS} seconds, or the visit has an event or another page.`,
  },
  {
    code: 'engagements',
    label: 'Engagements',
    alsoCalled: [],
    unit: 'count',
    direction: 'higher',
    additive: true,
    formula: { sum: ['engagements'] },
    description:
      'Events (scrolls, plays, downloads …) of the content they name, else of the page seen last in their session.',
  },
  {
    code: 'avg_view_duration',
    label: 'Average view duration',
    alsoCalled: [],
    unit: 'seconds',
    direction: 'higher',
    additive: false,
    formula: { ratio: [['view_seconds'], ['timed_views']] },
    description: 'Mean duration of the page views that have one, in seconds.',
  },
];

export const CONTENT = { sources: [VIEWS, VIEWERS, ENGAGEMENTS], metrics: METRICS };
