export interface HousekeepingResult {
  /** Idempotency keys past their 24 hours. */
  expiredIdempotencyKeys: number;
  /** Attribution runs whose process no longer exists. */
  lostRuns: number;
}
