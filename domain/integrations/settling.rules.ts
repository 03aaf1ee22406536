/** Changes that people make one after the other go out together. */
const SETTLE_SECONDS = 2;
/** Between two syncs that changes ask for: whoever edits all day spends no day's allowance of calls. */
const GAP_SECONDS = 10;
const FIRST_RETRY_SECONDS = 60;
const LONGEST_RETRY_SECONDS = 3_600;

export interface SyncTimes {
  readonly lastCompletedAt: Date | null;
  readonly lastFailedAt: Date | null;
  readonly consecutiveFailures: number;
}

/** How long a sync that a change of ours asks for waits for further ones; a provider that fails is asked ever more rarely. */
export function settleSeconds({ lastCompletedAt, lastFailedAt, consecutiveFailures }: SyncTimes, now: Date): number {
  const since = (at: Date | null): number => (at === null ? Infinity : (now.getTime() - at.getTime()) / 1_000);
  const pause = Math.min(FIRST_RETRY_SECONDS * 2 ** (consecutiveFailures - 1), LONGEST_RETRY_SECONDS);
  const wait = consecutiveFailures > 0 ? pause - since(lastFailedAt) : GAP_SECONDS - since(lastCompletedAt);
  return Math.max(Math.ceil(wait), SETTLE_SECONDS);
}
