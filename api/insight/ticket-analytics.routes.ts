import { SCREENS, ticketAnalytics } from '../../services/insight/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { reportCsv, reportOut, reportSchema, screenQuery } from './analytics.dto.ts';

const { dimension, metrics } = SCREENS.tickets;

export const ticketAnalyticsEndpoint = defineEndpoint({
  operationId: 'readTicketAnalytics',
  face: 'b',
  method: 'get',
  path: '/tickets/analytics',
  tag: 'tickets',
  summary: 'Response and resolution times, broken promises and satisfaction',
  description:
    'Of a range of days, cut by agent, team, channel, day, week or month. Times are by the clock on the wall; GET /tickets/{id}/sla has business time. Metrics are defined at GET /v1/analytics/metrics.',
  errors: [404, 409],
  query: screenQuery(dimension, metrics),
  response: reportSchema(metrics, 'TicketAnalytics'),
  verb: ticketAnalytics,
  input: ({ query }) => query,
  output: reportOut,
  csv: reportCsv,
  examples: [{ name: 'By channel', query: { groupBy: 'channel' } }],
});
