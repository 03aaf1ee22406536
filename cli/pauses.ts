import { setTimeout as sleep } from 'node:timers/promises';

const FIRST_MS = 400;
const LONGEST_MS = 5_000;
const GROWTH = 1.15;

/** Pauses between looks at a process, growing: a long one must not use up the caller's requests of the hour. */
export function growingPauses(): () => Promise<void> {
  let next = FIRST_MS;
  return async () => {
    await sleep(next);
    next = Math.min(LONGEST_MS, next * GROWTH);
  };
}
