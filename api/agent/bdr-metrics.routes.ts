import { z } from 'zod';
import { reportAgents } from '../../services/agent/bdr/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { day, id } from '../http/schemas.ts';

const count = z.number();
const rate = z.number().nullable().describe('Of the leads contacted; null when there are none');
const figures = {
  teamId: id().nullable(),
  teamName: z.string().nullable(),
  leadsContacted: count,
  messagesSent: count,
  replies: count,
  meetingsBooked: count,
  handoffsCreated: count,
  handoffsAccepted: count,
  responseRate: rate,
  handoffRate: rate,
  modelCostUsd: count,
};

export const reportAgentsEndpoint = defineEndpoint({
  operationId: 'reportAgents',
  face: 'b',
  method: 'get',
  path: '/analytics/bdr',
  tag: 'analytics',
  summary: 'What the agents of all teams have done',
  description: 'Leads contacted, meetings booked, response and handoff rate by team. Default: the last 30 days.',
  query: z.strictObject({ startDate: day().optional(), endDate: day().optional() }),
  response: z
    .strictObject({
      startDate: z.string(),
      endDate: z.string(),
      teams: z.array(z.strictObject(figures)),
      totals: z.strictObject(figures),
    })
    .meta({ id: 'AgentMetrics' }),
  verb: reportAgents,
  input: ({ query }) => query,
  output: (report) => ({ ...report, teams: [...report.teams] }),
  examples: [{ name: 'Of June', query: { startDate: '2026-06-01', endDate: '2026-06-30' } }],
});
