import { sql } from 'kysely';

/** Sums over calls to models. Amounts are millionths of a dollar, as they were settled: nothing is rounded. */
export interface CallFigures {
  readonly calls: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly pending: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cachedTokens: number;
  readonly costMicros: number;
  /** What counts against the budget: more than the cost where a price or an answer was lost. */
  readonly countedMicros: number;
  /** Settled calls of unknown cost; `costMicros` holds none of them. */
  readonly unpriced: number;
}

/** `CallFigures` of the rows of `c`, which may come from an outer join. */
export const CALL_FIGURES = sql<CallFigures>`
  count(c.id)::integer as calls,
  (count(c.id) filter (where c.status = 'succeeded'))::integer as succeeded,
  (count(c.id) filter (where c.status = 'failed'))::integer as failed,
  (count(c.id) filter (where c.status = 'pending'))::integer as pending,
  coalesce(sum(c.input_tokens), 0)::bigint as "inputTokens",
  coalesce(sum(c.output_tokens), 0)::bigint as "outputTokens",
  coalesce(sum(c.cached_tokens), 0)::bigint as "cachedTokens",
  coalesce(sum(c.cost_micros), 0)::bigint as "costMicros",
  coalesce(sum(c.counted_micros), 0)::bigint as "countedMicros",
  (count(c.id) filter (where c.cost_micros is null and c.status <> 'pending'))::integer as unpriced`;
