import type { Metric } from '../../../domain/insight/metrics.rules.ts';
import { OUTREACH_SOURCES } from './outreach.source.ts';
import type { MetricFamily } from './registry.ts';

type Rest = Pick<Metric, 'formula' | 'description'> & Partial<Pick<Metric, 'direction' | 'unit' | 'alsoCalled'>>;

const metric = (code: string, label: string, { formula, ...rest }: Rest): Metric => ({
  code,
  label,
  alsoCalled: [],
  unit: 'sum' in formula ? 'count' : 'ratio',
  direction: 'higher',
  additive: 'sum' in formula,
  formula,
  ...rest,
});

const ofSent = (measure: string): Metric['formula'] => ({ ratio: [[measure], ['emails_sent']] });
const sum = (measure: string): Metric['formula'] => ({ sum: [measure] });

const METRICS: readonly Metric[] = [
  metric('emails_sent', 'E-mails sent', {
    formula: sum('emails_sent'),
    description: 'E-mails that a transport took in the period, without tests.',
  }),
  metric('emails_delivered', 'E-mails delivered', {
    formula: sum('emails_delivered'),
    description: 'Of emails_sent, those that have not bounced for good.',
  }),
  metric('emails_opened', 'E-mails opened', {
    formula: sum('emails_opened'),
    description: 'Of emails_sent, those that a person opened or clicked; what machines load does not count.',
  }),
  metric('emails_clicked', 'E-mails clicked', {
    formula: sum('emails_clicked'),
    description: 'Of emails_sent, those of which a person followed a link.',
  }),
  metric('emails_replied', 'E-mails answered', {
    formula: sum('emails_replied'),
    description: 'Of emails_sent, those that a person answered; absences and automatic answers do not count.',
  }),
  metric('emails_bounced', 'E-mails bounced', {
    direction: 'lower',
    formula: sum('emails_bounced'),
    description: 'Of emails_sent, those that will never arrive.',
  }),
  metric('emails_unsubscribed', 'Unsubscribed', {
    direction: 'lower',
    formula: sum('emails_unsubscribed'),
    description: 'Of emails_sent, those after which the person unsubscribed.',
  }),
  metric('open_rate', 'Open rate', { formula: ofSent('emails_opened'), description: 'emails_opened ÷ emails_sent.' }),
  metric('click_rate', 'Click rate', {
    formula: ofSent('emails_clicked'),
    description: 'emails_clicked ÷ emails_sent.',
  }),
  metric('reply_rate', 'Reply rate', {
    formula: ofSent('emails_replied'),
    description: 'emails_replied ÷ emails_sent.',
  }),
  metric('bounce_rate', 'Bounce rate', {
    direction: 'lower',
    formula: ofSent('emails_bounced'),
    description: 'emails_bounced ÷ emails_sent.',
  }),
  metric('calls_made', 'Calls made', { formula: sum('done_call'), description: 'Outbound calls that were logged.' }),
  metric('emails_written', 'E-mails of people', {
    formula: sum('done_email'),
    description: 'E-mails sent in the period, by whose name they went out in. The same as emails_sent, cut by people.',
  }),
  metric('meetings_scheduled', 'Meetings scheduled', {
    formula: sum('done_meeting'),
    description: 'Meetings that were arranged in the period, whenever they take place.',
  }),
  metric('linkedin_messages', 'LinkedIn messages', {
    formula: sum('done_linkedin'),
    description: 'Tasks for LinkedIn that were completed, and interactions there that were noted.',
  }),
  metric('sms_sent', 'Texts sent', { formula: sum('done_sms'), description: 'Text messages that a transport took.' }),
  metric('tasks_completed', 'Tasks completed', { formula: sum('done_task'), description: 'Tasks done in the period.' }),
  metric('cadence_enrolled', 'Enrolled in cadences', {
    formula: sum('enrolled'),
    description: 'Enrollments that began in the period.',
  }),
  metric('cadence_replied', 'Replies in cadences', {
    formula: sum('enrolled_replied'),
    description: 'Of cadence_enrolled, those who have answered since.',
  }),
  metric('cadence_reply_rate', 'Reply rate of cadences', {
    formula: { ratio: [['enrolled_replied'], ['enrolled']] },
    description: 'cadence_replied ÷ cadence_enrolled: of people, where reply_rate is of messages.',
  }),
  metric('cadence_completion_rate', 'Went through the cadence', {
    direction: 'neutral',
    formula: { ratio: [['enrolled_completed'], ['enrolled']] },
    description: 'Of cadence_enrolled, those who have gone through all steps without an answer or an exit.',
  }),
  metric('deals_won', 'Deals won', { formula: sum('deals_won'), description: 'Deals won in the period.' }),
  metric('deals_lost', 'Deals lost', {
    direction: 'lower',
    formula: sum('deals_lost'),
    description: 'Deals lost in the period.',
  }),
  metric('win_rate', 'Win rate', {
    formula: { ratio: [['deals_won'], ['deals_won', 'deals_lost']] },
    description: 'deals_won ÷ (deals_won + deals_lost), of deals decided in the period.',
  }),
  metric('won_amount', 'Amount won', {
    unit: 'money',
    formula: sum('won_minor'),
    description: 'Amounts of the deals won in the period. Attributed revenue is what touches are credited with of it.',
  }),
  metric('avg_won_deal', 'Average deal won', {
    unit: 'money',
    formula: { ratio: [['won_minor'], ['won_priced']] },
    description: 'won_amount ÷ deals won that have an amount.',
  }),
  metric('sales_cycle', 'Sales cycle', {
    unit: 'seconds',
    direction: 'lower',
    formula: { ratio: [['won_cycle_seconds'], ['deals_won']] },
    description: 'Mean time from the beginning of a deal to its win, of deals won in the period.',
  }),
];

export const OUTREACH: MetricFamily = { sources: OUTREACH_SOURCES, metrics: METRICS };
