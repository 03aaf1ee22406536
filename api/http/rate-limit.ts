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
  /** Counts one request of `key` in its bucket. */
  take(bucket: RateLimitBucket, key: string, limit: number): RateLimitState | Promise<RateLimitState>;
}

const WINDOW_SECONDS: Record<RateLimitBucket, number> = { general: 3600, auth: 60, search: 60, ingest: 60 };
const SWEEP_EVERY = 10_000;

/** Fixed windows in this process's memory; with several processes each one counts for itself. */
export function createMemoryRateLimiter(now: () => Date): RateLimiter {
  const windows = new Map<string, { used: number; resetAt: number }>();
  let sinceSweep = 0;

  function sweep(seconds: number): void {
    sinceSweep = 0;
    for (const [key, window] of windows) if (window.resetAt <= seconds) windows.delete(key);
  }

  return {
    take(bucket, key, limit) {
      const seconds = Math.floor(now().getTime() / 1000);
      if (++sinceSweep > SWEEP_EVERY) sweep(seconds);
      const id = `${bucket}:${key}`;
      let window = windows.get(id);
      if (!window || window.resetAt <= seconds) {
        window = { used: 0, resetAt: seconds - (seconds % WINDOW_SECONDS[bucket]) + WINDOW_SECONDS[bucket] };
        windows.set(id, window);
      }
      window.used++;
      const remaining = Math.max(0, limit - window.used);
      return { limit, remaining, resetAt: window.resetAt, allowed: window.used <= limit };
    },
  };
}

export function rateLimited(state: RateLimitState, now: Date): AppError {
  const retryAfterSeconds = Math.max(1, state.resetAt - Math.floor(now.getTime() / 1000));
  return new AppError('rate_limited', 'RATE_LIMITED', `The limit of ${state.limit} requests is used up.`, {
    hint: 'Wait for the time in Retry-After.',
    retryAfterSeconds,
  });
}
