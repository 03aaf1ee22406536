import { z } from 'zod';
import { dashboardOverview, recentActivity } from '../../services/insight/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { id, pageQuery, text, timestamp } from '../http/schemas.ts';
import { askedQuery, factFields, moneyQuery } from './analytics.dto.ts';

const face = 'a' as const;
const tag = 'dashboard';

const figures = <T extends z.ZodType>(revenue: T, count: z.ZodType) => ({
  totalRevenue: revenue,
  conversions: count,
  refunds: count,
  interactions: count,
  attributionRuns: count,
  activeCampaigns: count,
});

const Figures = z.strictObject(figures(z.number().nullable(), z.number()));
const Changes = z.strictObject(figures(z.number().nullable(), z.number().nullable()));

const OverviewSchema = z
  .strictObject({
    ...factFields,
    greeting: z.strictObject({ name: z.string().nullable(), message: z.string() }),
    organizationName: z.string(),
    currency: z.string(),
    totalRevenue: z.number().nullable().describe('Conversions less refunds, whether credited or not'),
    conversions: z.number(),
    refunds: z.number(),
    interactions: z.number(),
    attributionRuns: z.number().describe('Created in the period'),
    activeCampaigns: z.number().describe('With spend or touches in the period'),
    previous: Figures.nullable(),
    change: Changes.nullable().describe('Relative change since the previous period'),
    revenueByCurrency: z.array(z.strictObject({ currency: z.string(), amount: z.number() })),
    allRuns: z.strictObject({
      pending: z.number(),
      running: z.number(),
      completed: z.number(),
      failed: z.number(),
    }),
    daily: z.array(z.strictObject({ day: z.string(), revenue: z.number().nullable(), conversions: z.number() })),
  })
  .meta({ id: 'DashboardOverview' });

const { runId: _, modelCode: __, ...range } = askedQuery;

export const dashboardOverviewEndpoint = defineEndpoint({
  operationId: 'dashboardOverview',
  face,
  method: 'get',
  path: '/dashboard/overview',
  tag,
  summary: 'Home screen: greeting, total revenue, conversions, attribution runs, active campaigns',
  description:
    'Counts facts as they are now; the run that analytics would show for the same days is named for reference.',
  message: 'Dashboard overview',
  query: z.strictObject({ ...range, ...moneyQuery }),
  response: OverviewSchema,
  verb: dashboardOverview,
  input: ({ query }) => query,
  output: ({ figures: shown, ...overview }) => ({ ...overview, ...shown }),
  examples: [{ name: 'Compared with the month before', query: { compare: 'previous' } }],
});

export const dashboardActivityEndpoint = defineEndpoint({
  operationId: 'dashboardActivity',
  face,
  method: 'get',
  path: '/dashboard/activity',
  tag,
  summary: 'Recent activity: runs, uploads, changes of people and settings; newest first',
  list: 'page',
  message: 'Recent activity',
  query: z.strictObject({ ...pageQuery, entityType: text(64).optional().describe('attribution_run, upload, user …') }),
  response: z
    .strictObject({
      id: id(),
      action: z.string(),
      title: z.string(),
      entityType: z.string(),
      entityId: id().nullable(),
      entityName: z.string().nullable(),
      actor: z.strictObject({ kind: z.string(), id: id().nullable(), name: z.string().nullable() }),
      at: timestamp(),
    })
    .meta({ id: 'Activity' }),
  verb: recentActivity,
  input: ({ query }) => query,
});
