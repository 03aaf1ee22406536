/**
 * Works batches off until there is none left; between two of them a cancellation is noticed.
 * @param step answers where the next batch begins. @returns how many batches there were.
 */
export async function everyBatch(
  signal: AbortSignal,
  step: (after: string | null) => Promise<string | null>,
): Promise<number> {
  let batches = 0;
  let after: string | null = null;
  do {
    signal.throwIfAborted();
    after = await step(after);
    batches += 1;
  } while (after !== null);
  return batches;
}
