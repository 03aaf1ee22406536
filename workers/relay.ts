import type postgres from 'postgres';
import type { Dispatcher } from '../services/core/dispatcher.ts';
import { positionEvents, type RelayDeps, runReactions } from '../services/core/relay.ts';
import { RELAY_CHANNEL } from '../services/core/relay-wakeup.ts';

export interface RelayOptions extends RelayDeps {
  dispatcher: Dispatcher;
  /** Listens for wake-ups; absent where connections are pooled per transaction. */
  listen?: postgres.Sql<{ bigint: number }> | undefined;
  pollMs?: number;
  onOutage(error: unknown): void;
}

export interface Relay {
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Carries on what committed transactions left behind: positions of events, reactions, process commands. */
export function createRelay(options: RelayOptions): Relay {
  const { pollMs = 500 } = options;
  // Apart from each other: a reaction that waits for a lock must not hold up the delivery of commands.
  const loops = [
    createLoop(options, pollMs, async () => (await positionEvents(options)) + (await runReactions(options))),
    createLoop(options, pollMs, () => options.dispatcher.dispatch()),
  ];
  const wake = () => {
    for (const loop of loops) loop.wake();
  };
  let unlisten: (() => Promise<void>) | undefined;

  return {
    async start() {
      for (const loop of loops) loop.start();
      // Postgres may be away now; the driver listens again by itself whenever it comes back.
      void options.listen
        ?.listen(RELAY_CHANNEL, wake)
        .then((listener) => {
          unlisten = listener.unlisten;
        })
        .catch(options.onOutage);
    },
    async stop() {
      const ended = loops.map((loop) => loop.stop());
      await unlisten?.().catch(() => {});
      await Promise.all(ended);
    },
  };
}

/** Repeats a round while it moves anything, else after a pause or a wake-up. */
function createLoop(options: RelayOptions, pollMs: number, round: () => Promise<number>) {
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
        options.onOutage(error);
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
