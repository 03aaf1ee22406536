import { AppError } from '../../domain/core/errors.ts';
import type { RateLimitBucket } from './endpoint.ts';

export interface RateLimitState {
  readonly limit: number;
  readonly remaining: number;
  /** Unix seconds at which the window ends. */
  readonly resetAt: number;
  readonly allowed: boolean;
}

export interface RateLimiter {
  /** Counts one request of `key` in its bucket, in memory: nobody waits for a counter. */
  take(bucket: RateLimitBucket, key: string, limit: number): RateLimitState;
}

/** What was counted here since the last exchange, and what all processes together have counted. */
export interface WindowCount {
  readonly subject: string;
  /** Unix seconds. */
  readonly resetAt: number;
  readonly count: number;
}

/** Counters that several processes share. */
export interface RateLimitStore {
  /** Adds counts of different windows and answers the totals, in order. */
  add(counts: readonly WindowCount[]): Promise<readonly number[]>;
}

export interface SharedRateLimiter extends RateLimiter {
  /** Exchanges counts with the store. @throws what the store throws; counts are kept for the next time. */
  synchronize(): Promise<void>;
}

interface Window {
  readonly resetAt: number;
  /** Of all processes as far as known here. */
  used: number;
  /** Of this process, not yet told to the store. */
  untold: number;
}

const WINDOW_SECONDS: Record<RateLimitBucket, number> = {
  general: 3600,
  auth: 60,
  search: 60,
  ingest: 60,
  webhook: 60,
};
const SWEEP_EVERY = 10_000;
const PER_EXCHANGE = 1_000;

/**
 * Fixed windows. A request is counted in this process's memory; the counts of the others arrive with the next exchange.
 * So a subject may exceed its limit by what the other processes let through between two exchanges, each at most its
 * whole limit. Without a store, or while it is away, every process counts for itself.
 */
export function createRateLimiter(now: () => Date, store?: RateLimitStore): SharedRateLimiter {
  const windows = new Map<string, Window>();
  /** Those with something to tell. */
  const changed = new Set<string>();
  let sinceSweep = 0;
  let running: Promise<void> | undefined;

  const secondsNow = () => Math.floor(now().getTime() / 1000);

  function sweep(seconds: number): void {
    sinceSweep = 0;
    for (const [id, window] of windows) {
      if (window.resetAt > seconds) continue;
      windows.delete(id);
      changed.delete(id);
    }
  }

  async function exchange(shared: RateLimitStore): Promise<void> {
    const seconds = secondsNow();
    const batch: (WindowCount & { readonly window: Window })[] = [];
    for (const subject of changed) {
      if (batch.length === PER_EXCHANGE) break;
      changed.delete(subject);
      const window = windows.get(subject);
      // What belongs to a window that has ended interests nobody.
      if (!window || window.resetAt <= seconds) continue;
      batch.push({ subject, resetAt: window.resetAt, count: window.untold, window });
      window.untold = 0;
    }
    if (batch.length === 0) return;
    try {
      const totals = await shared.add(batch.map(({ window: _, ...count }) => count));
      for (const [index, { window }] of batch.entries())
        window.used = Math.max(window.used, totals[index]! + window.untold);
    } catch (error) {
      for (const { subject, window, count } of batch) {
        window.untold += count;
        if (windows.get(subject) === window) changed.add(subject);
      }
      throw error;
    }
    if (changed.size > 0 && batch.length === PER_EXCHANGE) await exchange(shared);
  }

  return {
    take(bucket, key, limit) {
      const seconds = secondsNow();
      if (++sinceSweep > SWEEP_EVERY) sweep(seconds);
      const id = `${bucket}:${key}`;
      let window = windows.get(id);
      if (!window || window.resetAt <= seconds) {
        const length = WINDOW_SECONDS[bucket];
        window = { used: 0, untold: 0, resetAt: seconds - (seconds % length) + length };
        windows.set(id, window);
      }
      window.used++;
      if (store) {
        window.untold++;
        changed.add(id);
      }
      const remaining = Math.max(0, limit - window.used);
      return { limit, remaining, resetAt: window.resetAt, allowed: window.used <= limit };
    },
    async synchronize() {
      if (!store) return;
      // One at a time: a slow store must not be asked twice for the same counts.
      running ??= exchange(store).finally(() => {
        running = undefined;
      });
      await running;
    },
  };
}

/** Counts in this process alone. */
export const createMemoryRateLimiter = (now: () => Date): RateLimiter => createRateLimiter(now);

export function rateLimited(state: RateLimitState, now: Date): AppError {
  const retryAfterSeconds = Math.max(1, state.resetAt - Math.floor(now.getTime() / 1000));
  return new AppError('rate_limited', 'RATE_LIMITED', `The limit of ${state.limit} requests is used up.`, {
    hint: 'Wait for the time in Retry-After.',
    retryAfterSeconds,
  });
}
