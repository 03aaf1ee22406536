import { sql } from 'kysely';
import { invalid } from '../../../domain/core/errors.ts';
import { verb } from '../../core/context.ts';
import { requireIntegration } from '../syncs/sync-view.ts';

export interface UsageDay {
  date: string;
  apiCalls: number;
  successfulCalls: number;
  failedCalls: number;
  rateLimitedCalls: number;
  averageLatencyMs: number | null;
  maxLatencyMs: number;
  /** Decimal text. */
  costUsd: string;
  errors: Record<string, number>;
}

export interface Usage {
  startDate: string;
  endDate: string;
  totals: Omit<UsageDay, 'date'> & { successRate: number | null };
  days: UsageDay[];
}

const LONGEST_DAYS = 366;
const DEFAULT_DAYS = 30;

/** Calls to the provider by day (UTC), a row for each day of the period. @throws AppError not_found; validation. */
export const readIntegrationUsage = verb(
  { permission: 'integrations.view' },
  async (ctx, input: { id: string; startDate?: string | undefined; endDate?: string | undefined }): Promise<Usage> => {
    await requireIntegration(ctx, input.id);
    const endDate = input.endDate ?? ctx.now.toISOString().slice(0, 10);
    const startDate = input.startDate ?? daysBefore(endDate, DEFAULT_DAYS - 1);
    if (startDate > endDate) throw invalid('startDate', 'must not lie after endDate', startDate);
    if (daysBefore(endDate, LONGEST_DAYS) > startDate) {
      throw invalid('startDate', `must lie at most ${LONGEST_DAYS} days before endDate`, startDate);
    }
    const { rows } = await sql<UsageDay & { totalLatencyMs: number }>`
      select to_char(d.day, 'YYYY-MM-DD') as date, coalesce(u.api_calls, 0)::integer as "apiCalls",
             coalesce(u.successful_calls, 0)::integer as "successfulCalls", coalesce(u.failed_calls, 0)::integer as "failedCalls",
             coalesce(u.rate_limited_calls, 0)::integer as "rateLimitedCalls",
             coalesce(u.total_latency_ms, 0)::double precision as "totalLatencyMs",
             round(u.total_latency_ms::numeric / nullif(u.api_calls, 0))::integer as "averageLatencyMs",
             coalesce(u.max_latency_ms, 0) as "maxLatencyMs", trim_scale(coalesce(u.cost_usd, 0))::text as "costUsd",
             coalesce(u.errors, '{}') as errors
      from generate_series(${startDate}::date, ${endDate}::date, interval '1 day') as d(day)
      left join integration_usage_analytics u
        on u.organization_id = ${ctx.organizationId} and u.integration_id = ${input.id} and u.day = d.day::date
      order by d.day`.execute(ctx.tx);
    const { rows: sums } = await sql<{ cost: string }>`
      select trim_scale(coalesce(sum(cost_usd), 0))::text as cost from integration_usage_analytics
      where organization_id = ${ctx.organizationId} and integration_id = ${input.id}
        and day between ${startDate}::date and ${endDate}::date`.execute(ctx.tx);
    const sum = (read: (day: (typeof rows)[number]) => number) => rows.reduce((total, day) => total + read(day), 0);
    const apiCalls = sum((day) => day.apiCalls);
    const errors: Record<string, number> = {};
    for (const day of rows) {
      for (const [code, count] of Object.entries(day.errors)) errors[code] = (errors[code] ?? 0) + count;
    }
    return {
      startDate,
      endDate,
      totals: {
        apiCalls,
        successfulCalls: sum((day) => day.successfulCalls),
        failedCalls: sum((day) => day.failedCalls),
        rateLimitedCalls: sum((day) => day.rateLimitedCalls),
        successRate: apiCalls === 0 ? null : sum((day) => day.successfulCalls) / apiCalls,
        averageLatencyMs: apiCalls === 0 ? null : Math.round(sum((day) => day.totalLatencyMs) / apiCalls),
        maxLatencyMs: Math.max(...rows.map((day) => day.maxLatencyMs)),
        costUsd: sums[0]!.cost,
        errors,
      },
      days: rows.map(({ totalLatencyMs: _, ...day }) => day),
    };
  },
);

const daysBefore = (day: string, count: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - count * 86_400_000).toISOString().slice(0, 10);
