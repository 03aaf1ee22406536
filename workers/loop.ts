/** Repeats a round while it moves anything, else after a pause or a wake-up. */
export function createLoop(
  { onOutage }: { readonly onOutage: (error: unknown) => void },
  pollMs: number,
  round: () => Promise<number>,
) {
  let stopped = false;
  /** A wake-up that came during a round counts for the pause after it. */
  let woken = false;
  let endPause = () => {};
  let running: Promise<void> | undefined;

  function pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async function run(): Promise<void> {
    while (!stopped) {
      try {
        woken = false;
        const moved = await round();
        if (moved === 0 && !stopped && !woken) await pause(pollMs);
      } catch (error) {
        onOutage(error);
        await pause(pollMs * 4);
      }
    }
  }

  const wake = () => {
    woken = true;
    endPause();
  };
  return {
    wake,
    start() {
      running = run();
    },
    stop(): Promise<void> | undefined {
      stopped = true;
      wake();
      return running;
    },
  };
}
