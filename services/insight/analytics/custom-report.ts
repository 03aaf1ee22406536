import { type FieldIssue, invalidAll } from '../../../domain/core/errors.ts';
import type { Dimension } from '../../../domain/insight/metrics.rules.ts';
import type { Granularity } from '../../../domain/insight/period.rules.ts';
import { audit } from '../../core/audit.ts';
import { verb } from '../../core/context.ts';
import { allMetrics, findMetric } from './registry.ts';
import { makeReport, type Report, type ReportInput } from './report.ts';

export interface CustomReportInput {
  readonly name?: string | undefined;
  readonly metrics: readonly string[];
  /** Two at most. */
  readonly dimensions: readonly Dimension[];
  readonly granularity?: Granularity | undefined;
  readonly format: 'json' | 'csv';
  readonly report: ReportInput;
}

export interface CustomReport extends Report {
  name: string | null;
}

/**
 * Any metrics of the registry by any dimensions they share. What it was asked for is in the audit log.
 * @throws AppError validation for unknown metrics and those that cannot be cut or filtered so; not_found and conflict
 * for the run.
 */
export const customReport = verb(
  { permission: 'reports.create' },
  async (ctx, input: CustomReportInput): Promise<CustomReport> => {
    const issues = input.metrics.flatMap((code, index): FieldIssue[] =>
      findMetric(code) ? [] : [{ field: `metrics.${index}`, message: 'is no metric', value: code }],
    );
    const { sort } = input.report;
    if (sort && !input.metrics.includes(sort.replace(/^-/, ''))) {
      issues.push({ field: 'sort', message: 'must be one of the metrics', value: sort });
    }
    if (issues.length > 0) {
      const known = allMetrics().map(({ code }) => code);
      throw invalidAll(issues, `GET /v1/analytics/metrics lists them: ${known.slice(0, 8).join(', ')} …`);
    }
    const report = await makeReport(ctx, input.report, {
      metrics: input.metrics,
      dimensions: input.dimensions,
      granularity: input.granularity ?? null,
      lenient: false,
    });
    await audit(ctx, 'report.custom', {
      entityType: 'report',
      entityId: null,
      after: {
        name: input.name ?? null,
        metrics: input.metrics,
        dimensions: input.dimensions,
        format: input.format,
        period: report.period,
        runId: report.run?.id ?? null,
        rows: report.total,
      },
    });
    return { ...report, name: input.name ?? null };
  },
);
