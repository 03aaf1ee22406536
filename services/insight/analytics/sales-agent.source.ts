import { type RawBuilder, sql } from 'kysely';
import type { Dimension, Metric } from '../../../domain/insight/metrics.rules.ts';
import { AGENT_FIGURES } from '../../agent/bdr/index.ts';
import type { MetricFamily } from './registry.ts';
import { and, isOneOf, keyColumns, type MetricSource } from './source.ts';

const COLUMNS: Partial<Readonly<Record<Dimension, RawBuilder<unknown>>>> = {
  team: sql`f.team_id`,
  bdr_agent: sql`(select c.id::text from bdr_agent_configs c
                  where c.organization_id = f.organization_id and c.team_id = f.team_id)`,
};

/** Figures of the days of agents, each day on the wall of its agent. */
const days = (
  name: string,
  measures: Readonly<Record<string, RawBuilder<unknown>>>,
  isMoney: boolean,
): MetricSource => ({
  name,
  measures: Object.keys(measures),
  money: isMoney ? Object.keys(measures) : [],
  byCurrency: isMoney,
  dimensions: ['team', 'bdr_agent'],
  addsUp: () => true,
  cells: (query) => sql`
    select ${keyColumns(query, COLUMNS, sql`f.date`)}, ${isMoney ? sql`'USD'` : sql`null`}::text as currency,
           ${isMoney ? sql`case when (select currency from head) <> 'USD' then f.date end` : sql`null`}::date as rate_day,
           ${sql.join(Object.values(measures).map((measure, index) => sql`sum(${measure}) as ${sql.ref(`m${index}`)}`))}
    from periods p
    join bdr_performance_metrics f on f.organization_id = ${query.organizationId} and f.date between p.from_day and p.to_day
    where true ${and(
      (Object.entries(query.filters) as [Dimension, readonly string[]][]).map(([dimension, values]) =>
        isOneOf(dimension, COLUMNS, values),
      ),
    )}
    group by 1, 2, 3, 4, 5, 6`,
});

const COUNTS = AGENT_FIGURES.filter((figure) => figure !== 'model_cost_micros');
const SOURCES = [
  days('agent days', Object.fromEntries(COUNTS.map((figure) => [`bdr_${figure}`, sql.ref(`f.${figure}`)])), false),
  days('agent costs', { bdr_model_cost_minor: sql`f.model_cost_micros / 10000.0` }, true),
];

const LABELS: Readonly<Record<string, readonly [label: string, description: string]>> = {
  prospects_contacted: ['Prospects contacted', 'People to whom the sales agent wrote for the first time.'],
  messages_sent: ['Messages of the agent', 'Messages of the sales agent that entered the ledger or became tasks.'],
  replies: ['Replies to the agent', 'Answers to the sales agent, absences excluded.'],
  positive_replies: ['Positive replies', 'Of bdr_replies, those of people who are interested.'],
  opt_outs: ['Opt-outs', 'People who told the sales agent to stop.'],
  bounces: ['Bounces of the agent', 'Messages of the sales agent that will never arrive.'],
  qualified: ['Qualified by the agent', 'People who passed the threshold of qualification.'],
  meetings_booked: ['Meetings booked', 'Meetings that came of the agent’s work.'],
  handoffs_created: ['Handoffs', 'People whom the agent handed to a colleague.'],
  handoffs_accepted: ['Handoffs accepted', 'Of the handoffs decided in the period, those that were accepted.'],
  handoffs_rejected: ['Handoffs rejected', 'Of the handoffs decided in the period, those that were rejected.'],
};
const LOWER: ReadonlySet<string> = new Set(['opt_outs', 'bounces', 'handoffs_rejected']);

const base = { alsoCalled: [], direction: 'higher' } as const;
const METRICS: readonly Metric[] = [
  ...COUNTS.map((figure): Metric => {
    const [label, description] = LABELS[figure]!;
    return {
      ...base,
      code: `bdr_${figure}`,
      label,
      unit: 'count',
      direction: LOWER.has(figure) ? 'lower' : 'higher',
      additive: true,
      formula: { sum: [`bdr_${figure}`] },
      description,
    };
  }),
  {
    ...base,
    code: 'bdr_model_cost',
    label: 'Models of the agent',
    unit: 'money',
    direction: 'lower',
    additive: true,
    formula: { sum: ['bdr_model_cost_minor'] },
    description:
      'What models cost the agent on the days of the period, readings and unsent drafts included; in dollars.',
  },
  {
    ...base,
    code: 'bdr_response_rate',
    label: 'Response rate of the agent',
    unit: 'ratio',
    additive: false,
    formula: { ratio: [['bdr_replies'], ['bdr_prospects_contacted']] },
    description: 'bdr_replies ÷ bdr_prospects_contacted.',
  },
  {
    ...base,
    code: 'bdr_handoff_rate',
    label: 'Handoff rate',
    unit: 'ratio',
    additive: false,
    formula: { ratio: [['bdr_handoffs_created'], ['bdr_prospects_contacted']] },
    description: 'bdr_handoffs_created ÷ bdr_prospects_contacted.',
  },
  {
    ...base,
    code: 'bdr_acceptance_rate',
    label: 'Accepted handoffs',
    unit: 'ratio',
    additive: false,
    formula: { ratio: [['bdr_handoffs_accepted'], ['bdr_handoffs_accepted', 'bdr_handoffs_rejected']] },
    description: 'bdr_handoffs_accepted ÷ those decided.',
  },
];

export const SALES_AGENT: MetricFamily = { sources: SOURCES, metrics: METRICS };
