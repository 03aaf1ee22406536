/**
 * Leaves a provider alone that does not work or asked for rest, so that whoever needs another one does not wait behind it.
 * Kept in memory: each process learns for itself, and forgets when it starts anew.
 */
export interface Circuit {
  /** While it is, nothing is to be handed over. After the rest callers may try; one more failure opens it again. */
  isOpen(): boolean;
  succeeded(): void;
  /** No answer, or one of a machine that is out of order. */
  failed(): void;
  /** It answered that it wants to be left alone. */
  restFor(seconds: number): void;
}

const MOST_FAILURES = 5;
const REST_SECONDS = 15;
const LONGEST_REST_SECONDS = 300;

/** @param elapsed milliseconds of a clock that only runs forward */
export function createCircuit(elapsed: () => number = () => performance.now()): Circuit {
  let failures = 0;
  let restingUntil = Number.NEGATIVE_INFINITY;
  const rest = (seconds: number) => {
    restingUntil = Math.max(restingUntil, elapsed() + Math.min(seconds, LONGEST_REST_SECONDS) * 1_000);
  };
  return {
    isOpen: () => elapsed() < restingUntil,
    succeeded() {
      failures = 0;
    },
    failed() {
      failures += 1;
      if (failures >= MOST_FAILURES) rest(REST_SECONDS);
    },
    restFor: rest,
  };
}
