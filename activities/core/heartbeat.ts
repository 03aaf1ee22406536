import { Context } from '@temporalio/activity';

export interface Heartbeat<Details> {
  /** Where the previous attempt got to; undefined on the first attempt. */
  readonly resumeFrom: Details | undefined;
  /** Aborts when the workflow cancels, the attempt times out or the worker drains: pass it on to what takes long. */
  readonly signal: AbortSignal;
  /** Reports a new position at once; the background beat repeats it. */
  progress(details: Details): void;
}

/**
 * Beats in the background while `work` runs, so a long statement is not taken for a dead worker and a cancellation
 * reaches it (only a heartbeating activity learns of one). The interval is well below the heartbeat timeout.
 */
export async function withHeartbeat<Result, Details = unknown>(
  work: (beat: Heartbeat<Details>) => Promise<Result>,
  intervalMs = 5_000,
): Promise<Result> {
  const context = Context.current();
  let details: Details | undefined = context.info.heartbeatDetails ?? undefined;
  const beat = () => context.heartbeat(details);
  // The first beat goes out now: details of the last attempt would be lost if this one died before reporting any.
  beat();
  const timer = setInterval(beat, intervalMs);
  try {
    return await work({
      resumeFrom: details,
      signal: context.cancellationSignal,
      progress(next) {
        details = next;
        beat();
      },
    });
  } finally {
    clearInterval(timer);
  }
}

/** `<workflowId>:<step>`: the same for every attempt and after a reset, unlike activity and run ids. */
export function idempotencyKey(step: string): string {
  const execution = Context.current().info.workflowExecution;
  if (!execution) throw new Error('An idempotency key needs a workflow around its activity.');
  return `${execution.workflowId}:${step}`;
}
