import { verb } from '../../core/context.ts';
import { renderReport } from './page.ts';
import { readReport } from './read-report.ts';

/** A run's results as one page that needs nothing else. @throws AppError not_found; conflict `RUN_NOT_COMPLETED`. */
export const renderRunReport = verb(
  { permission: 'attribution.view' },
  async (ctx, input: { runId: string }): Promise<{ text: string; next: string | null }> => ({
    text: renderReport(await readReport(ctx, input.runId)),
    next: null,
  }),
);
