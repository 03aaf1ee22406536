import { z } from 'zod';
import { DIMENSIONS } from '../../domain/insight/metrics.rules.ts';
import { GRANULARITIES } from '../../domain/insight/period.rules.ts';
import type { CustomReport, ReportRow } from '../../services/insight/index.ts';
import { day, pageFields, text } from '../http/schemas.ts';
import {
  askedQuery,
  dimensionFields,
  dimensionsOut,
  factFields,
  filterQuery,
  moneyField,
  moneyQuery,
} from './analytics.dto.ts';

const different = (values: readonly string[]): boolean => new Set(values).size === values.length;

export const CustomReportBody = z
  .strictObject({
    name: text(200).optional(),
    metrics: z.array(text(64)).min(1).max(30).refine(different, 'names a metric twice'),
    dimensions: z
      .array(z.enum(DIMENSIONS))
      .max(2, 'must have at most two dimensions')
      .refine(different, 'names a dimension twice')
      .default([]),
    granularity: z.enum(GRANULARITIES).optional(),
    filters: z.strictObject(filterQuery).default({}),
    format: z.enum(['json', 'csv'], 'must be json or csv; PDF files are not made here').default('json'),
    sort: text(65).optional().describe('One of the metrics, with - in front: largest first'),
    ...askedQuery,
    ...moneyQuery,
    ...pageFields,
  })
  .meta({ id: 'CustomReportInput' });

const values = () => z.record(z.string(), z.number().nullable()).describe('By the metric’s code');

const Row = z
  .strictObject({
    period: day().nullable().optional().describe('First day of the day, week or month'),
    ...dimensionFields(),
    values: values(),
    byCurrency: z.array(z.strictObject({ currency: z.string(), values: values() })),
    previous: values().nullable(),
    change: values().nullable(),
  })
  .meta({ id: 'CustomReportRow' });

export const CustomReportSchema = z
  .strictObject({
    name: z.string().nullable(),
    ...factFields,
    money: moneyField,
    groupBy: z.array(z.string()),
    rows: z.array(Row),
    rowsTotal: z.number(),
    unassigned: Row.nullable().describe('What belongs to no value; with it the rows add up to the totals'),
    totals: Row,
  })
  .meta({ id: 'CustomReport' });

const rowOut = (row: ReportRow) => ({
  ...(row.period === null ? {} : { period: row.period }),
  ...dimensionsOut(row),
  values: row.figures,
  byCurrency: row.byCurrency.map(({ currency, figures }) => ({ currency, values: figures })),
  previous: row.previous,
  change: row.change,
});

export function customReportOut(report: CustomReport) {
  const { name, period, previousPeriod, run, modelCode, warnings, money, dimensions, granularity } = report;
  return {
    ...{ name, period, previousPeriod, run, modelCode, warnings, money },
    groupBy: [...dimensions, ...(granularity ? [granularity] : [])],
    rows: report.rows.map(rowOut),
    rowsTotal: report.total,
    unassigned: report.unassigned && rowOut(report.unassigned),
    totals: rowOut(report.totals),
    // biome-ignore lint/suspicious/noExplicitAny: the fields of a row follow from the dimensions that were asked for
  } as any;
}
