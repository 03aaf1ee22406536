import { verb } from '../../core/context.ts';
import { readReport } from './read-report.ts';

/** A run's results as one page that needs nothing else. @throws AppError not_found; conflict `RUN_NOT_COMPLETED`. */
export const renderRunReport = verb(
  { permission: 'attribution.view' },
  async (ctx, input: { runId: string }): Promise<{ text: string; next: string | null }> => {
    const data = await readReport(ctx, input.runId);
    // Loaded with the first report: what draws is a quarter of all modules, and most processes never draw.
    const { renderReport } = await import('./page.ts');
    return { text: renderReport(data), next: null };
  },
);
