import { type RawBuilder, sql } from 'kysely';

/** Columns of `bdr_performance_metrics`: figures of a day; each adds up. */
export const AGENT_FIGURES = [
  'prospects_contacted',
  'messages_sent',
  'replies',
  'positive_replies',
  'opt_outs',
  'bounces',
  'qualified',
  'meetings_booked',
  'handoffs_created',
  'handoffs_accepted',
  'handoffs_rejected',
  'model_cost_micros',
] as const;
export type AgentFigure = (typeof AGENT_FIGURES)[number];

/** Figures of an agent over days. */
export interface AgentFigures {
  readonly prospectsContacted: number;
  readonly messagesSent: number;
  readonly replies: number;
  readonly positiveReplies: number;
  readonly optOuts: number;
  readonly bounces: number;
  readonly qualified: number;
  readonly meetingsBooked: number;
  readonly handoffsCreated: number;
  readonly handoffsAccepted: number;
  readonly handoffsRejected: number;
  readonly modelCostUsd: number;
}

const sum = (figure: AgentFigure): RawBuilder<unknown> => sql`coalesce(sum(${sql.ref(`m.${figure}`)}), 0)`;

/** Sums over rows `m` of `bdr_performance_metrics`, as `AgentFigures` names them. */
export const FIGURE_SUMS: RawBuilder<unknown> = sql`
  ${sum('prospects_contacted')}::integer as "prospectsContacted", ${sum('messages_sent')}::integer as "messagesSent",
  ${sum('replies')}::integer as replies, ${sum('positive_replies')}::integer as "positiveReplies",
  ${sum('opt_outs')}::integer as "optOuts", ${sum('bounces')}::integer as bounces,
  ${sum('qualified')}::integer as qualified, ${sum('meetings_booked')}::integer as "meetingsBooked",
  ${sum('handoffs_created')}::integer as "handoffsCreated", ${sum('handoffs_accepted')}::integer as "handoffsAccepted",
  ${sum('handoffs_rejected')}::integer as "handoffsRejected",
  (${sum('model_cost_micros')} / 1000000.0)::float8 as "modelCostUsd"`;

export interface AgentRates {
  readonly responseRate: number | null;
  readonly handoffRate: number | null;
  readonly acceptanceRate: number | null;
}

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/** Answers and handoffs per person contacted; accepted ones among those that were decided. */
export const agentRatesOf = (of: AgentFigures): AgentRates => ({
  responseRate: share(of.replies, of.prospectsContacted),
  handoffRate: share(of.handoffsCreated, of.prospectsContacted),
  acceptanceRate: share(of.handoffsAccepted, of.handoffsAccepted + of.handoffsRejected),
});
