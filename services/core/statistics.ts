import { sql } from 'kysely';
import type { Ctx } from './context.ts';

/** Tables that loads and imports fill, and that the app role may therefore analyze (migration 0022). */
const FILLED_IN_BULK = [
  'customers',
  'customer_identifiers',
  'identity_links',
  'identity_evidence',
  'interactions',
  'interaction_participants',
  'conversions',
  'events',
  'website_page_views',
  'spend',
  'attribution_results',
  'accounts',
  'prospects',
  'deals',
  'deal_contacts',
  'deal_stage_history',
  'activities',
  'call_logs',
  'meetings',
  'tasks',
  'contact_list_members',
] as const;
export type BulkTable = (typeof FILLED_IN_BULK)[number];

/**
 * Tells the planner how full the tables are. Postgres does so by itself a minute later, and until then plans are those of
 * empty tables: after many rows have come at once, a report would run into its time limit.
 */
export async function refreshStatistics(ctx: Ctx, tables: readonly BulkTable[] = FILLED_IN_BULK): Promise<void> {
  await sql`analyze ${sql.join(tables.map((table) => sql.table(table)))}`.execute(ctx.tx);
}
