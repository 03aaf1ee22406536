export interface Periodic {
  start(): void;
  /** Waits for the round that runs, then runs a last one where that was asked for. */
  stop(): Promise<void>;
}

export interface PeriodicOptions {
  readonly everyMs: number;
  readonly run: () => Promise<unknown>;
  readonly onError: (error: unknown) => void;
  /** What was collected must not be lost with the process. */
  readonly onceMoreAtEnd?: boolean;
}

/** Work in the background of a process, one round at a time; a failed one is told of and the next one comes. */
export function createPeriodic({ everyMs, run, onError, onceMoreAtEnd = false }: PeriodicOptions): Periodic {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let round: Promise<unknown> = Promise.resolve();
  const next = () => {
    if (stopped) return;
    timer = setTimeout(() => {
      round = run().catch(onError).then(next);
    }, everyMs);
    timer.unref();
  };
  return {
    start: next,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await round;
      if (onceMoreAtEnd) await run().catch(onError);
    },
  };
}
