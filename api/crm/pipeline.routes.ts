import { z } from 'zod';
import { DEAL_STAGES, FORECAST_CATEGORIES } from '../../domain/crm/deal.rules.ts';
import { WATERFALL_PARTS } from '../../domain/crm/waterfall.rules.ts';
import {
  type Accuracy,
  analyzeDeal,
  FORECAST_PERIODS,
  type Forecast,
  listPipelineHealth,
  readDealHealth,
  readForecast,
  readForecastAccuracy,
  readWaterfall,
  readWinLoss,
  type Waterfall,
  WIN_LOSS_GROUPS,
  type WinLossLine,
} from '../../services/crm/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { day, freeForm, id, pageQuery } from '../http/schemas.ts';
import { DealParams, DealWithContacts, toDealDetail } from './deals.dto.ts';

const face = 'b' as const;
const params = DealParams;
const scope = { ownerId: id().optional(), teamId: id().optional() };
const period = z.enum(FORECAST_PERIODS).default('quarter');

const DealHealth = z
  .strictObject({
    dealId: id(),
    dealName: z.string(),
    stage: z.enum(DEAL_STAGES),
    riskScore: z.number().describe('0 to 100; from 30 on medium, from 60 on high'),
    riskLevel: z.enum(['low', 'medium', 'high']),
    riskFactors: z.array(z.strictObject({ factor: z.string(), points: z.number(), evidence: freeForm() })),
    recommendations: z.array(z.string()),
  })
  .meta({ id: 'DealHealth' });

export const listPipelineHealthEndpoint = defineEndpoint({
  operationId: 'listPipelineHealth',
  face,
  method: 'get',
  path: '/deals/health',
  tag: 'deals',
  summary: 'Judge all open deals, riskiest first',
  list: 'page',
  query: z.strictObject({
    ...pageQuery,
    teamId: id().optional(),
    minRisk: z.coerce.number({ error: 'must be a number from 0 to 100' }).int().min(0).max(100).optional(),
  }),
  response: DealHealth,
  verb: listPipelineHealth,
  input: ({ query }) => query,
  output: (health) => health as z.output<typeof DealHealth>,
});

export const readDealHealthEndpoint = defineEndpoint({
  operationId: 'readDealHealth',
  face,
  method: 'get',
  path: '/deals/{id}/health',
  tag: 'deals',
  summary: 'Judge an open deal: risk score, named factors with their evidence, recommendations',
  errors: [404, 409],
  params,
  response: DealHealth,
  verb: readDealHealth,
  input: ({ params: given }) => given,
  output: (health) => health as z.output<typeof DealHealth>,
});

export const analyzeDealEndpoint = defineEndpoint({
  operationId: 'analyzeDeal',
  face,
  method: 'post',
  path: '/deals/{id}/analyze',
  tag: 'deals',
  summary: 'Judge an open deal and keep the judgement with it',
  description: 'By rules, as `aiAnalysis.model` says; each factor names what it was seen by.',
  errors: [404, 409],
  params,
  response: DealWithContacts,
  verb: analyzeDeal,
  input: ({ params: given }) => given,
  output: toDealDetail,
  etag: (deal) => deal.version,
});

const winLossLine = z.strictObject({
  key: z.string().nullable(),
  won: z.number(),
  lost: z.number(),
  winRate: z.number().nullable(),
  winRateLow: z.number().nullable().describe('95 % interval by Wilson'),
  winRateHigh: z.number().nullable(),
  cycleDaysWon: z.number().nullable(),
  cycleDaysLost: z.number().nullable(),
  amounts: z.array(
    z.strictObject({ currency: z.string(), won: z.number(), lost: z.number(), averageWon: z.number().nullable() }),
  ),
});
const toLine = (line: WinLossLine) => ({
  ...line,
  amounts: line.amounts.map((amount) => ({
    currency: amount.currency,
    won: Number(amount.won),
    lost: Number(amount.lost),
    averageWon: amount.averageWon === null ? null : Number(amount.averageWon),
  })),
});

export const readWinLossEndpoint = defineEndpoint({
  operationId: 'readWinLoss',
  face,
  method: 'get',
  path: '/deals/win-loss',
  tag: 'deals',
  summary: 'Analyse won and lost deals',
  description: 'By the day of the decision. The group `stage` is the stage that deals were decided from.',
  query: z.strictObject({ startDate: day(), endDate: day(), ...scope, groupBy: z.enum(WIN_LOSS_GROUPS).optional() }),
  response: z
    .strictObject({ total: winLossLine, groups: z.array(winLossLine), reasons: z.array(winLossLine) })
    .meta({ id: 'WinLoss' }),
  verb: readWinLoss,
  input: ({ query }) => query,
  output: ({ total, groups, reasons }) => ({
    total: toLine(total),
    groups: groups.map(toLine),
    reasons: reasons.map(toLine),
  }),
  examples: [{ name: 'A year by owner', query: { startDate: '2026-01-01', endDate: '2026-12-31', groupBy: 'owner' } }],
});

export const readForecastEndpoint = defineEndpoint({
  operationId: 'readForecast',
  face,
  method: 'get',
  path: '/analytics/forecast',
  tag: 'forecasting',
  summary: 'Forecast a month, quarter or year by category',
  description:
    'Open deals by close date, won ones by the day they were won. Quarters and years begin with the fiscal year of the organization.',
  query: z.strictObject({ period, date: day().optional(), asOf: day().optional(), ...scope }),
  response: z
    .strictObject({
      period: z.enum(FORECAST_PERIODS),
      startDate: z.string(),
      endDate: z.string(),
      asOf: z.string().nullable(),
      currencies: z.array(
        z.strictObject({
          currency: z.string(),
          categories: z.array(
            z.strictObject({
              category: z.enum(FORECAST_CATEGORIES),
              deals: z.number(),
              amount: z.number(),
              weighted: z.number(),
            }),
          ),
          projected: z.number().describe('Closed, and open deals by their probability'),
          commit: z.number().describe('Closed and commit'),
          bestCase: z.number().describe('Closed, commit and best case'),
        }),
      ),
    })
    .meta({ id: 'Forecast' }),
  verb: readForecast,
  input: ({ query }) => query,
  output: (forecast: Forecast) => ({
    ...forecast,
    currencies: forecast.currencies.map((entry) => ({
      ...entry,
      projected: Number(entry.projected),
      commit: Number(entry.commit),
      bestCase: Number(entry.bestCase),
      categories: entry.categories.map((line) => ({
        ...line,
        amount: Number(line.amount),
        weighted: Number(line.weighted),
      })),
    })),
  }),
});

export const readForecastAccuracyEndpoint = defineEndpoint({
  operationId: 'readForecastAccuracy',
  face,
  method: 'get',
  path: '/analytics/forecast/accuracy',
  tag: 'forecasting',
  summary: 'Compare what was forecast at the beginning of past periods with what was won',
  query: z.strictObject({
    period,
    ...scope,
    periods: z.coerce.number({ error: 'must be a number from 1 to 36' }).int().min(1).max(36).default(12),
  }),
  response: z
    .strictObject({
      period: z.enum(FORECAST_PERIODS),
      periods: z.array(
        z.strictObject({
          periodStart: z.string(),
          currency: z.string(),
          forecastOn: z.string(),
          projected: z.number(),
          commit: z.number(),
          actual: z.number(),
          error: z.number().nullable().describe('(projected − actual) ÷ actual; above 0 was too hopeful'),
          commitError: z.number().nullable(),
        }),
      ),
    })
    .meta({ id: 'ForecastAccuracy' }),
  verb: readForecastAccuracy,
  input: ({ query }) => query,
  output: (answer: { period: (typeof FORECAST_PERIODS)[number]; periods: Accuracy[] }) => ({
    ...answer,
    periods: answer.periods.map((line) => ({
      ...line,
      projected: Number(line.projected),
      commit: Number(line.commit),
      actual: Number(line.actual),
    })),
  }),
});

export const readWaterfallEndpoint = defineEndpoint({
  operationId: 'readPipelineWaterfall',
  face,
  method: 'get',
  path: '/analytics/pipeline/waterfall',
  tag: 'forecasting',
  summary: 'Show how the pipeline came from one day to another',
  description:
    'opening + parts = closing, to the cent. With closeFrom and closeUntil the pipeline is what is to close in those days, and a deal whose close date leaves them has slipped.',
  query: z.strictObject({
    startDate: day(),
    endDate: day(),
    closeFrom: day().optional(),
    closeUntil: day().optional(),
    ...scope,
  }),
  response: z
    .strictObject({
      currencies: z.array(
        z.strictObject({
          currency: z.string(),
          opening: z.number(),
          openingDeals: z.number(),
          closing: z.number(),
          closingDeals: z.number(),
          parts: z.array(z.strictObject({ part: z.enum(WATERFALL_PARTS), amount: z.number(), changes: z.number() })),
        }),
      ),
    })
    .meta({ id: 'PipelineWaterfall' }),
  verb: readWaterfall,
  input: ({ query }) => query,
  output: ({ currencies }: { currencies: Waterfall[] }) => ({
    currencies: currencies.map((entry) => ({
      ...entry,
      opening: Number(entry.opening),
      closing: Number(entry.closing),
      parts: entry.parts.map((line) => ({ ...line, amount: Number(line.amount) })),
    })),
  }),
  examples: [{ name: 'A quarter', query: { startDate: '2026-07-01', endDate: '2026-09-30' } }],
});
