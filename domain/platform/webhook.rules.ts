/** Seconds between one attempt and the next, after Standard Webhooks: ten attempts within 75 hours. */
export const RETRY_DELAY_SECONDS = [0, 5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400] as const;

/** An endpoint that failed this long without a single success is disabled. */
export const DISABLE_AFTER_HOURS = 120;
/** Failures in a row after which an endpoint is only probed, one message at a time. */
export const BREAKER_FAILURES = 10;
/** How long the log of what was delivered, or given up, is kept. */
export const LOG_DAYS = 30;
/** Receivers refuse older signatures, so each attempt is signed anew. */
export const EXCERPT_BYTES = 1_024;

const LONGEST_RETRY_AFTER_SECONDS = 86_400;
const LONGEST_BLOCK_SECONDS = 300;

/** Whether one of the patterns covers the type: `deal.won`, `deal.*` or `*`. */
export const matchesEvent = (patterns: readonly string[], type: string): boolean =>
  patterns.some(
    (pattern) =>
      pattern === '*' || pattern === type || (pattern.endsWith('.*') && type.startsWith(pattern.slice(0, -1))),
  );

/**
 * Seconds from a failed attempt to the next one; null when that was the last.
 * @param step attempts made since the schedule began, this one included
 * @param jitter 0 to 1: up to a tenth is added, so that what failed together does not come back together
 */
export function nextDelaySeconds(step: number, retryAfterSeconds: number | null, jitter: number): number | null {
  const delay = RETRY_DELAY_SECONDS[step];
  if (delay === undefined) return null;
  return Math.max(delay * (1 + jitter / 10), retryAfterSeconds ?? 0);
}

/** `Retry-After` in seconds: a number or a date, one day at most; null when absent or unreadable. */
export function readRetryAfter(header: string | undefined, now: Date): number | null {
  if (header === undefined) return null;
  const text = header.trim();
  const seconds = /^\d{1,9}$/.test(text) ? Number(text) : (Date.parse(text) - now.getTime()) / 1_000;
  if (!Number.isFinite(seconds) || seconds <= 0) return null;
  return Math.min(seconds, LONGEST_RETRY_AFTER_SECONDS);
}

/** Answers by which a receiver says that everything, not just this message, should wait. */
export const isThrottling = (status: number | null): boolean =>
  status === 429 || status === 502 || status === 503 || status === 504;

/** How long nothing is sent after so many failures in a row; 0 below the breaker's threshold. */
export function blockSeconds(consecutiveFailures: number): number {
  if (consecutiveFailures < BREAKER_FAILURES) return 0;
  return Math.min(5 * 2 ** Math.min(consecutiveFailures - BREAKER_FAILURES, 10), LONGEST_BLOCK_SECONDS);
}

export type WebhookHealth = 'healthy' | 'degraded' | 'failing' | 'disabled';

export function healthOf(endpoint: { active: boolean; consecutiveFailures: number }): WebhookHealth {
  if (!endpoint.active) return 'disabled';
  if (endpoint.consecutiveFailures >= BREAKER_FAILURES) return 'failing';
  return endpoint.consecutiveFailures > 0 ? 'degraded' : 'healthy';
}
