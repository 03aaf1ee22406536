import { z } from 'zod';
import { AUTONOMY_LEVELS, BDR_CHANNELS, FRAMEWORKS } from '../../domain/agent/bdr.rules.ts';
import {
  configureAgent,
  getAgentConfig,
  pauseAgent,
  readAgentDashboard,
  readAgentPerformance,
  resumeAgent,
} from '../../services/agent/bdr/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { day, id, text, timestamp } from '../http/schemas.ts';

const face = 'b' as const;
const tag = 'bdr';
export const teamQuery = { teamId: id().optional().describe('Default: your team, else the first one') };

const timezone = text(60).refine((zone) => {
  try {
    return Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}, 'must be a time zone of the IANA list, like America/New_York');

/** ISO weekdays; Sunday may also be called 0. */
const weekday = z.int().min(0).max(7);

const workingHours = z
  .strictObject({
    timezone,
    startHour: z.int().min(0).max(23),
    endHour: z.int().min(1).max(24),
    days: z.array(weekday).min(1).max(7).describe('1 is Monday, 7 (or 0) Sunday'),
  })
  .refine(({ startHour, endHour }) => startHour < endHour, {
    path: ['endHour'],
    message: 'must be later than startHour',
  })
  .meta({ id: 'BdrWorkingHours' });

const host = text(253).regex(/^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\.[a-z]{2,}$/i, 'must be a host name like example.com');

const settings = {
  agentName: text(100),
  isActive: z.boolean(),
  autoApproveMessages: z.boolean().describe('Grounded drafts may leave by themselves, as far as `autonomyLevel` goes'),
  requireHumanReview: z.boolean().describe('A person looks at every draft; wins over `autoApproveMessages`'),
  maxDailyTouches: z.int().min(0).max(10_000),
  maxTouchesPerProspect: z.int().min(1).max(50),
  minDelayBetweenTouchesHours: z.int().min(1).max(2_160),
  discoveryEnabled: z.boolean(),
  discoveryIntervalMinutes: z.int().min(5).max(10_080),
  minIntentScore: z.int().min(0).max(100),
  maxNewProspectsPerDay: z.int().min(0).max(10_000),
  preferredChannels: z.array(z.enum(BDR_CHANNELS)).min(1).max(3),
  qualificationFramework: z.enum(FRAMEWORKS),
  autoQualifyThreshold: z.int().min(0).max(100),
  handoffThreshold: z.int().min(0).max(100),
  offerStatements: z.array(text(300)).max(20).describe('What the agent may say of your organization'),
  allowedHosts: z.array(host).max(20).describe('Where links in messages may lead'),
  researchCompanySites: z
    .boolean()
    .describe('Pages of a prospect’s company are read, as far as their robots.txt allows'),
  researchHosts: z.array(host).max(20).describe('Hosts that may be read beside, where a site leads to them'),
  managerId: id().nullable().describe('Who decides about messages; null: the admins'),
  approvalTimeoutHours: z.int().min(1).max(720),
  createDealOnAccept: z.boolean(),
  autonomyLevel: z.enum(AUTONOMY_LEVELS),
  monthlyModelBudgetUsd: z
    .number()
    .min(0)
    .max(1_000_000)
    .multipleOf(0.01)
    .describe('For all models of the organization'),
};

const AgentConfig = z
  .strictObject({
    ...settings,
    workingHours,
    id: id().nullable().describe('Null: nobody has set the agent up'),
    teamId: id(),
    isPaused: z.boolean(),
    pausedAt: timestamp().nullable(),
    generation: z.number(),
    version: z.number(),
  })
  .meta({ id: 'BdrConfig' });

const changes = z
  .strictObject({ ...settings, workingHours })
  .partial()
  .meta({ id: 'BdrConfigChanges' });

export const getBdrConfigEndpoint = defineEndpoint({
  operationId: 'getBdrConfig',
  face,
  method: 'get',
  path: '/bdr/config',
  tag,
  summary: 'How the agent of a team is set up',
  errors: [404],
  query: z.strictObject(teamQuery),
  response: AgentConfig,
  verb: getAgentConfig,
  input: ({ query }) => query,
  etag: ({ version }) => (version === 0 ? undefined : version),
});

export const ALWAYS_OPEN = { timezone: 'UTC', startHour: 0, endHour: 24, days: [1, 2, 3, 4, 5, 6, 7] };

export const configureBdrEndpoint = defineEndpoint({
  operationId: 'configureBdr',
  face,
  method: 'put',
  path: '/bdr/config',
  tag,
  summary: 'Set the agent of a team up, switch it on or off (partial)',
  description:
    'Switching it on begins the discovery of prospects; switching it off lets everything rest. The day of the caps ends at midnight of `workingHours.timezone`.',
  errors: [404, 412],
  query: z.strictObject(teamQuery),
  body: changes,
  response: AgentConfig,
  verb: configureAgent,
  input: ({ query, body, raw }) => ({
    ...query,
    expectedVersion: raw.ifMatch,
    changes: {
      ...body,
      ...(body.workingHours ? { workingHours: { ...body.workingHours, days: isoDays(body.workingHours.days) } } : {}),
    },
  }),
  etag: ({ version }) => version,
  examples: [
    {
      name: 'As printed',
      body: {
        isActive: true,
        autoApproveMessages: false,
        maxDailyTouches: 50,
        maxTouchesPerProspect: 5,
        minDelayBetweenTouchesHours: 48,
        discoveryEnabled: true,
        minIntentScore: 60,
        qualificationFramework: 'BANT',
        handoffThreshold: 80,
        workingHours: { timezone: 'America/New_York', startHour: 9, endHour: 17, days: [1, 2, 3, 4, 5] },
      },
    },
    { name: 'Around the clock', body: { isActive: true, discoveryEnabled: false, workingHours: ALWAYS_OPEN } },
    {
      name: 'With a manager',
      body: {
        isActive: true,
        discoveryEnabled: false,
        managerId: '{{createUser.id}}',
        offerStatements: ['Our product shows which touch earned what.'],
        workingHours: ALWAYS_OPEN,
      },
    },
    {
      name: 'Hands over at once',
      body: { isActive: true, discoveryEnabled: false, handoffThreshold: 0, workingHours: ALWAYS_OPEN },
    },
  ],
});

const isoDays = (days: readonly number[]): number[] =>
  [...new Set(days.map((given) => (given === 0 ? 7 : given)))].toSorted((a, b) => a - b);

const reason = z.strictObject({ reason: text(500).optional() });

export const pauseBdrEndpoint = defineEndpoint({
  operationId: 'pauseBdr',
  face,
  method: 'post',
  path: '/bdr/pause',
  tag,
  summary: 'Stop the agent of a team at once',
  description: 'From this answer on none of its messages is handed to a provider. What is approved meanwhile is held.',
  errors: [404],
  query: z.strictObject(teamQuery),
  body: reason.meta({ id: 'BdrPause' }),
  response: AgentConfig,
  verb: pauseAgent,
  input: ({ query, body }) => ({ ...query, ...body }),
  shownBy: { operation: 'getBdrConfig', shows: { isPaused: true } },
  examples: [{ name: 'For a while', body: { reason: 'A new campaign begins' }, after: ['configureBdr'] }],
});

export const resumeBdrEndpoint = defineEndpoint({
  operationId: 'resumeBdr',
  face,
  method: 'post',
  path: '/bdr/resume',
  tag,
  summary: 'Let the agent go on',
  errors: [404],
  query: z.strictObject(teamQuery),
  body: reason.meta({ id: 'BdrResume' }),
  response: AgentConfig,
  verb: resumeAgent,
  input: ({ query, body }) => ({ ...query, ...body }),
  shownBy: { operation: 'getBdrConfig', shows: { isPaused: false } },
  examples: [{ name: 'Go on', body: {}, after: ['pauseBdr'] }],
});

const figure = z.number();

export const bdrDashboardEndpoint = defineEndpoint({
  operationId: 'getBdrDashboard',
  face,
  method: 'get',
  path: '/bdr/dashboard',
  tag,
  summary: 'Where the agent stands: today, and the last thirty days',
  errors: [404],
  query: z.strictObject(teamQuery),
  response: z
    .strictObject({
      isActive: z.boolean(),
      isPaused: z.boolean(),
      activeProspects: figure,
      pendingTasks: figure,
      pendingApprovals: figure,
      pendingHandoffs: figure,
      touchesToday: figure,
      touchesLeftToday: figure,
      messagesSent: figure,
      prospectsContacted: figure,
      replies: figure,
      positiveReplies: figure,
      qualified: figure,
      meetingsBooked: figure,
      handoffsCreated: figure,
      handoffsAccepted: figure,
      responseRate: figure.nullable(),
      handoffRate: figure.nullable(),
    })
    .meta({ id: 'BdrDashboard' }),
  verb: readAgentDashboard,
  input: ({ query }) => query,
});

const dayFigures = {
  prospectsContacted: figure,
  messagesSent: figure,
  replies: figure,
  positiveReplies: figure,
  optOuts: figure,
  bounces: figure,
  qualified: figure,
  meetingsBooked: figure,
  handoffsCreated: figure,
  handoffsAccepted: figure,
  handoffsRejected: figure,
  modelCostUsd: figure,
};

export const bdrPerformanceEndpoint = defineEndpoint({
  operationId: 'getBdrPerformance',
  face,
  method: 'get',
  path: '/bdr/performance',
  tag,
  summary: 'Figures of the agent by day',
  errors: [404],
  query: z.strictObject({ ...teamQuery, startDate: day().optional(), endDate: day().optional() }),
  response: z
    .strictObject({
      days: z.array(z.strictObject({ date: z.string(), ...dayFigures })),
      totals: z.strictObject({
        ...dayFigures,
        responseRate: figure.nullable(),
        handoffRate: figure.nullable(),
        acceptanceRate: figure.nullable(),
      }),
    })
    .meta({ id: 'BdrPerformance' }),
  verb: readAgentPerformance,
  input: ({ query }) => query,
  examples: [{ name: 'Of June', query: { startDate: '2026-06-01', endDate: '2026-06-30' } }],
});
