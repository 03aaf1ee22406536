import { Redis } from 'ioredis';
import type { RateLimitStore } from './rate-limit.ts';

export interface RedisCounters extends RateLimitStore {
  close(): void;
}

/** Long enough for a clock that is a little behind. */
const KEPT_AFTER_SECONDS = 60;
const TIMEOUT_MS = 500;

/**
 * Counters in Redis, one round trip for all windows of an exchange. While Redis is away an exchange fails at once and
 * every process counts for itself; the connection is tried again in the background.
 */
export function createRedisCounters(url: string, onOutage: (error: unknown) => void): RedisCounters {
  const redis = new Redis(url, {
    keyPrefix: 'revloop:limit:',
    lazyConnect: false,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: 2_000,
    commandTimeout: TIMEOUT_MS,
    retryStrategy: (attempt: number) => Math.min(attempt * 200, 5_000),
  });
  let isTold = false;
  redis.on('error', (error) => {
    if (!isTold) onOutage(error);
    isTold = true;
  });
  redis.on('ready', () => {
    isTold = false;
  });
  return {
    async add(counts) {
      const pipeline = redis.pipeline();
      for (const { subject, resetAt, count } of counts) {
        const key = `${subject}:${resetAt}`;
        pipeline.incrby(key, count).expireat(key, resetAt + KEPT_AFTER_SECONDS);
      }
      const answers = (await pipeline.exec()) ?? [];
      return counts.map((_, index) => {
        const [error, total] = answers[index * 2] ?? [new Error('Redis gave no answer.')];
        if (error) throw error;
        return Number(total);
      });
    },
    close: () => redis.disconnect(),
  };
}
