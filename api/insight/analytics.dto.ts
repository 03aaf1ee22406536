import { z } from 'zod';
import { isCurrency } from '../../domain/data/money.rules.ts';
import type { SourceKey } from '../../domain/data/touch-source.rules.ts';
import { MODEL_CODES } from '../../domain/insight/attribution.rules.ts';
import { DIMENSIONS, type Dimension } from '../../domain/insight/metrics.rules.ts';
import { GRANULARITIES } from '../../domain/insight/period.rules.ts';
import { type Figures, type GroupBy, metricOf, type Report, type ReportRow } from '../../services/insight/index.ts';
import type { CsvTable } from '../http/endpoint.ts';
import { currencyCode, day, id, pageQuery, reportDay, text, timestamp } from '../http/schemas.ts';
import { referenceText } from '../platform/people.dto.ts';
import { SOURCE_FIELDS } from './source-fields.ts';

const several = <T extends z.ZodType>(one: T) => z.array(one).min(1).max(50).optional();

/** What every analytic endpoint takes. */
export const askedQuery = {
  startDate: reportDay().optional().describe('First day; the 30th before the last one unless given'),
  endDate: reportDay().optional().describe('Last day, inclusive; today unless given'),
  timezone: text(64).optional().describe('Whose days these are; the organization’s unless given'),
  runId: id().optional().describe('The newest completed run that covers the days and holds the model, unless given'),
  modelCode: z.enum(MODEL_CODES).optional().describe('The organization’s default model unless given'),
  compare: z.enum(['previous']).optional().describe('previous: the period of the same length right before, too'),
};

export const filterQuery = {
  agentId: several(id()),
  teamId: several(referenceText()),
  vendorId: several(id()),
  channel: several(text(64).toLowerCase()),
  campaign: several(text(255)),
  contentId: several(text(255)),
  source: several(text(255)).describe('utm_source'),
  intent: several(text(255)),
  ...(Object.fromEntries(Object.entries(SOURCE_FIELDS).map(([key, field]) => [key, several(field)])) as Record<
    SourceKey,
    ReturnType<typeof several<z.ZodString>>
  >),
};

export const moneyQuery = {
  currency: currencyCode()
    .refine(isCurrency, 'is not a currency of ISO 4217')
    .optional()
    .describe('Amounts are shown in it where rates are known; the organization’s unless given'),
};

const GROUPS = [...GRANULARITIES, ...DIMENSIONS] as const;

const groupBy = (own: Dimension) =>
  z
    .string()
    .max(64)
    .transform((list) => list.split(',').map((part) => part.trim()))
    .pipe(
      z
        .array(z.enum(GROUPS, `must be one or two of ${GROUPS.join(', ')}`))
        .min(1)
        .max(2),
    )
    .refine(
      (parts) => new Set(parts).size === parts.length && parts.filter(isGranularity).length < 2,
      'must name different things, and one of day, week and month at most',
    )
    .optional()
    .describe(`day, week, month, a dimension, or one of each separated by a comma; ${own} unless given`);

const isGranularity = (part: GroupBy): boolean => (GRANULARITIES as readonly string[]).includes(part);

const orderBy = (metrics: readonly string[]) =>
  z
    .enum(metrics.flatMap((metric) => [metric, `-${metric}`]) as [string, ...string[]])
    .optional()
    .describe('A metric, with - in front: largest first');

export const screenQuery = (own: Dimension, metrics: readonly string[]) =>
  z.strictObject({
    ...askedQuery,
    ...moneyQuery,
    ...filterQuery,
    groupBy: groupBy(own),
    sort: orderBy(metrics),
    ...pageQuery,
  });

const camel = (code: string): string => code.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** Fields of the answer that say what it is about. */
export const factFields = {
  period: z.strictObject({ startDate: day(), endDate: day(), timezone: z.string() }),
  previousPeriod: z.strictObject({ startDate: day(), endDate: day() }).nullable(),
  run: z
    .strictObject({
      id: id(),
      name: z.string(),
      modelCode: z.string(),
      generation: z.number(),
      asOf: timestamp(),
      startDate: day().nullable(),
      endDate: day().nullable(),
      rangeInsideRun: z.boolean(),
    })
    .nullable(),
  modelCode: z.string(),
  warnings: z.array(z.strictObject({ code: z.string(), message: z.string() })),
};

export const moneyField = z.strictObject({
  mode: z
    .enum(['single', 'converted', 'grouped'])
    .describe('grouped: a rate is missing, so amounts of different currencies stand apart in by_currency'),
  currency: z.string(),
  currencies: z.array(z.string()).describe('Those of the facts'),
  rates: z
    .array(
      z.strictObject({
        from: z.string(),
        to: z.string(),
        rate: z.number(),
        effectiveOn: day(),
        inverse: z.boolean().describe('Stored in the other direction'),
      }),
    )
    .describe('Rates that were used'),
});

/** Dimensions whose values are ids, and what a row says of each beside the id. */
const LABELS: Partial<Readonly<Record<Dimension, readonly string[]>>> = {
  agent: ['externalId', 'name'],
  team: ['name'],
  vendor: ['code', 'name'],
  cadence: ['name'],
  step: ['name'],
  template: ['name'],
  sender: ['name'],
  bulk_job: ['name'],
  bdr_agent: ['name'],
};

const labelled = (dimension: Dimension, label: string): string =>
  `${camel(dimension)}${label.charAt(0).toUpperCase()}${label.slice(1)}`;
const fieldOf = (dimension: Dimension): string =>
  dimension in LABELS || dimension === 'content' ? `${camel(dimension)}Id` : camel(dimension);

export const dimensionFields = (): Record<string, z.ZodType> =>
  Object.fromEntries(
    DIMENSIONS.flatMap((dimension) => [
      [fieldOf(dimension), (dimension in LABELS ? id() : z.string()).nullable().optional()],
      ...(LABELS[dimension] ?? []).map((label) => [labelled(dimension, label), z.string().nullable().optional()]),
    ]),
  );

const figureFields = (metrics: readonly string[]): Record<string, z.ZodType> =>
  Object.fromEntries(metrics.map((code) => [camel(code), z.number().nullable().describe(metricOf(code).label)]));

function rowSchema(metrics: readonly string[], name: string) {
  const figures = z.strictObject(figureFields(metrics));
  const ofCurrency = z.strictObject({
    currency: z.string(),
    ...Object.fromEntries(Object.entries(figureFields(metrics)).map(([key, schema]) => [key, schema.optional()])),
  });
  return z
    .strictObject({
      period: day().nullable().optional().describe('First day of the day, week or month'),
      ...dimensionFields(),
      ...figureFields(metrics),
      byCurrency: z.array(ofCurrency),
      previous: figures.nullable(),
      change: figures.nullable().describe('Relative change since the previous period'),
    })
    .meta({ id: name });
}

export function reportSchema(metrics: readonly string[], name: string) {
  const row = rowSchema(metrics, `${name}Row`);
  return z
    .strictObject({
      ...factFields,
      money: moneyField,
      groupBy: z.array(z.string()),
      rows: z.array(row),
      rowsTotal: z.number(),
      unassigned: row.nullable().describe('What belongs to no value; with it the rows add up to the totals'),
      totals: row,
    })
    .meta({ id: name });
}

const figuresOut = (figures: Figures): Record<string, number | null> =>
  Object.fromEntries(Object.entries(figures).map(([code, value]) => [camel(code), value]));

export function dimensionsOut({ keys, labels }: ReportRow): Record<string, string | null> {
  const out: Record<string, string | null> = {};
  for (const [dimension, value] of Object.entries(keys) as [Dimension, string | null][]) {
    out[fieldOf(dimension)] = value;
    for (const label of LABELS[dimension] ?? []) out[labelled(dimension, label)] = labels[dimension]?.[label] ?? null;
  }
  return out;
}

const rowOut = (row: ReportRow) => ({
  ...(row.period === null ? {} : { period: row.period }),
  ...dimensionsOut(row),
  ...figuresOut(row.figures),
  byCurrency: row.byCurrency.map(({ currency, figures }) => ({ currency, ...figuresOut(figures) })),
  previous: row.previous && figuresOut(row.previous),
  change: row.change && figuresOut(row.change),
});

export function reportOut(report: Report) {
  const { period, previousPeriod, run, modelCode, warnings, money, dimensions, granularity } = report;
  return {
    ...{ period, previousPeriod, run, modelCode, warnings, money },
    groupBy: [...dimensions, ...(granularity ? [granularity] : [])],
    rows: report.rows.map(rowOut),
    rowsTotal: report.total,
    unassigned: report.unassigned && rowOut(report.unassigned),
    totals: rowOut(report.totals),
    // biome-ignore lint/suspicious/noExplicitAny: the fields of a row follow from the metrics that a screen names
  } as any;
}

/** One line per row; where currencies stand apart, one per currency with the figures of that currency. */
export function reportCsv({ rows, unassigned, totals, metrics, dimensions, granularity, money }: Report): CsvTable {
  const all = [...rows, ...(unassigned ? [unassigned] : [])];
  const shown = all.length > 0 || dimensions.length > 0 || granularity ? all : [totals];
  const sample = shown[0] ? Object.keys(dimensionsOut(shown[0])) : dimensions.map((dimension) => dimension as string);
  const apart = money.mode === 'grouped';
  const lines = shown.flatMap((row) => {
    const head = [...(granularity ? [row.period] : []), ...Object.values(dimensionsOut(row))];
    const line = (currency: string | null, figures: Figures) => [
      ...head,
      ...metrics.map(({ code }) => figures[code] ?? null),
      currency,
    ];
    if (!apart) return [line(money.currency, row.figures)];
    return [line(null, row.figures), ...row.byCurrency.map(({ currency, figures }) => line(currency, figures))];
  });
  return {
    columns: [...(granularity ? ['period'] : []), ...sample, ...metrics.map(({ code }) => camel(code)), 'currency'],
    rows: lines,
  };
}
