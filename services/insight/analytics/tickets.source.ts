import { type RawBuilder, sql } from 'kysely';
import type { Dimension, Metric } from '../../../domain/insight/metrics.rules.ts';
import { and, anyId, anyText, type CellQuery, keyColumns, localDay, type MetricSource } from './source.ts';

const COLUMNS: Partial<Record<Dimension, RawBuilder<unknown>>> = {
  agent: sql`(select a.id from agents a where a.organization_id = t.organization_id and a.user_id = t.assignee_id
              order by a.created_at, a.id limit 1)`,
  team: sql`t.team_id`,
  channel: sql`t.channel`,
};

const filtered = ({ filters }: CellQuery): RawBuilder<unknown> =>
  and(
    (Object.entries(filters) as [Dimension, readonly string[]][]).map(([dimension, values]) =>
      (dimension === 'channel' ? anyText : anyId)(COLUMNS[dimension]!, values),
    ),
  );

/** Tickets by one of their moments; what was merged away is counted in the ticket that took it in. */
const byMoment = (
  name: string,
  moment: string,
  measures: Readonly<Record<string, RawBuilder<unknown>>>,
): MetricSource => {
  const at = sql.ref(`t.${moment}`);
  const columns = Object.values(measures).map((measure, index) => sql`${measure} as ${sql.ref(`m${index}`)}`);
  return {
    name,
    measures: Object.keys(measures),
    money: [],
    byCurrency: false,
    dimensions: ['agent', 'team', 'channel'],
    addsUp: () => true,
    cells: (query) => sql`
      select ${keyColumns(query, COLUMNS, localDay(at))}, null::text as currency, null::date as rate_day,
             ${sql.join(columns)}
      from periods p
      join tickets t on t.organization_id = ${query.organizationId} and t.deleted_at is null
        and t.merged_into_id is null and ${at} >= p.from_at and ${at} < p.to_at
      where true ${filtered(query)}
      group by 1, 2, 3, 4`,
  };
};

const seconds = (moment: string) => sql.raw(`coalesce(sum(extract(epoch from t.${moment} - t.opened_at)), 0)`);

const OPENED = byMoment('tickets', 'opened_at', {
  tickets: sql`count(*)`,
  promised_tickets: sql`count(*) filter (where t.sla_id is not null)`,
  breached_tickets: sql`count(*) filter (where t.sla_id is not null
    and coalesce(t.first_response_breached_at, t.next_response_breached_at, t.resolution_breached_at) is not null)`,
  reopened_tickets: sql`count(*) filter (where t.reopened_count > 0)`,
  rated_tickets: sql`count(t.satisfaction_score)`,
  satisfied_tickets: sql`count(*) filter (where t.satisfaction_score >= 4)`,
  rating_sum: sql`coalesce(sum(t.satisfaction_score), 0)`,
});

const RESPONDED = byMoment('ticket responses', 'first_responded_at', {
  first_responses: sql`count(*)`,
  first_response_seconds: seconds('first_responded_at'),
});

const RESOLVED = byMoment('ticket resolutions', 'resolved_at', {
  resolved_tickets: sql`count(*)`,
  resolution_seconds: seconds('resolved_at'),
});

const metric = (
  code: string,
  label: string,
  unit: Metric['unit'],
  rest: Omit<Metric, 'code' | 'label' | 'unit' | 'alsoCalled'>,
): Metric => ({
  code,
  label,
  unit,
  alsoCalled: [],
  ...rest,
});

const METRICS: readonly Metric[] = [
  metric('tickets_created', 'Tickets created', 'count', {
    direction: 'neutral',
    additive: true,
    formula: { sum: ['tickets'] },
    description: 'Tickets that began in the period, without those that were merged into another one.',
  }),
  metric('tickets_resolved', 'Tickets resolved', 'count', {
    direction: 'higher',
    additive: true,
    formula: { sum: ['resolved_tickets'] },
    description: 'Tickets whose (latest) resolution lies in the period.',
  }),
  metric('avg_first_response_time', 'Average first response time', 'seconds', {
    direction: 'lower',
    additive: false,
    formula: { ratio: [['first_response_seconds'], ['first_responses']] },
    description:
      'Mean time by the clock on the wall from the creation to the first public reply, of replies in the period.',
  }),
  metric('avg_resolution_time', 'Average resolution time', 'seconds', {
    direction: 'lower',
    additive: false,
    formula: { ratio: [['resolution_seconds'], ['resolved_tickets']] },
    description:
      'Mean time by the clock on the wall from the creation to the resolution, of tickets resolved in the period.',
  }),
  metric('sla_breach_rate', 'SLA breach rate', 'ratio', {
    direction: 'lower',
    additive: false,
    formula: { ratio: [['breached_tickets'], ['promised_tickets']] },
    description: 'Of the tickets created in the period that were promised anything, those with a broken promise.',
  }),
  metric('sla_breaches', 'Tickets with a breach', 'count', {
    direction: 'lower',
    additive: true,
    formula: { sum: ['breached_tickets'] },
    description: 'Tickets created in the period of which a first response, a next response or the resolution was late.',
  }),
  metric('csat', 'Customer satisfaction', 'ratio', {
    direction: 'higher',
    additive: false,
    formula: { ratio: [['satisfied_tickets'], ['rated_tickets']] },
    description: 'Of the rated tickets created in the period, those with 4 or 5 of 5.',
  }),
  metric('avg_rating', 'Average rating', 'count', {
    direction: 'higher',
    additive: false,
    formula: { ratio: [['rating_sum'], ['rated_tickets']] },
    description: 'Mean rating, 1 to 5, of the rated tickets created in the period.',
  }),
  metric('ratings', 'Ratings', 'count', {
    direction: 'higher',
    additive: true,
    formula: { sum: ['rated_tickets'] },
    description: 'Tickets created in the period that were rated.',
  }),
  metric('reopen_rate', 'Reopen rate', 'ratio', {
    direction: 'lower',
    additive: false,
    formula: { ratio: [['reopened_tickets'], ['tickets']] },
    description: 'Of the tickets created in the period, those that were resolved and came back.',
  }),
];

export const SUPPORT = { sources: [OPENED, RESPONDED, RESOLVED], metrics: METRICS };
