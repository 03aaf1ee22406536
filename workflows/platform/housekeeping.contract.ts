export interface HousekeepingResult {
  /** Idempotency keys past their 24 hours. */
  expiredIdempotencyKeys: number;
}

export const HOUSEKEEPING_QUEUE = 'revloop';
