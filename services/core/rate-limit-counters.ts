import { sql } from 'kysely';
import type { Db } from '../../schema/db.ts';

export interface CountedWindow {
  readonly subject: string;
  /** Unix seconds. */
  readonly resetAt: number;
  readonly count: number;
}

const CLEAR_EVERY = 200;

/** Counters of requests in Postgres, for API processes without a Redis. @param platformDb pool of the platform role */
export function createRateLimitCounters(platformDb: Db) {
  let sinceClear = 0;
  return {
    /** Adds counts of different windows, one statement, and answers the totals in order. */
    async add(counts: readonly CountedWindow[]): Promise<number[]> {
      // Sorted, so that two processes that add to the same rows do not wait for each other in a circle.
      const rows = counts
        .map(({ subject, resetAt, count }) => ({ subject, ends: new Date(resetAt * 1000).toISOString(), count }))
        .sort((a, b) => (a.subject < b.subject ? -1 : a.subject > b.subject ? 1 : 0));
      const stored = await sql<{ subject: string; used: number }>`
        insert into rate_limit_counters as c (subject, window_ends_at, used)
        select subject, ends, count
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(subject text, ends timestamptz, count bigint)
        on conflict (subject, window_ends_at) do update set used = c.used + excluded.used
        returning subject, used`.execute(platformDb);
      if (++sinceClear % CLEAR_EVERY === 0) {
        const oldest = Math.min(...counts.map(({ resetAt }) => resetAt)) - 7_200;
        await sql`delete from rate_limit_counters where window_ends_at < ${new Date(oldest * 1000)}`.execute(
          platformDb,
        );
      }
      const totals = new Map(stored.rows.map(({ subject, used }) => [subject, used]));
      return counts.map(({ subject }) => totals.get(subject)!);
    },
  };
}
