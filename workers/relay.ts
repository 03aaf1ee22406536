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
  /** Told of wake-ups, for what else waits for commits. */
  onWake?(): void;
}

export interface Relay {
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Carries on what committed transactions left behind: positions of events, reactions, process commands. */
export function createRelay(options: RelayOptions): Relay {
  const { pollMs = 500 } = options;
  let stopped = false;
  /** A wake-up that came during a round counts for the pause after it. */
  let woken = false;
  let endPause = () => {};
  const wake = () => {
    woken = true;
    endPause();
    options.onWake?.();
  };
  let loop: Promise<void> | undefined;
  let unlisten: (() => Promise<void>) | undefined;

  async function round(): Promise<void> {
    woken = false;
    const moved =
      (await positionEvents(options)) + (await runReactions(options)) + (await options.dispatcher.dispatch());
    if (moved === 0 && !stopped && !woken) await pause(pollMs);
  }

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
        await round();
      } catch (error) {
        options.onOutage(error);
        await pause(pollMs * 4);
      }
    }
  }

  return {
    async start() {
      loop = run();
      // Postgres may be away now; the driver listens again by itself whenever it comes back.
      void options.listen
        ?.listen(RELAY_CHANNEL, wake)
        .then((listener) => {
          unlisten = listener.unlisten;
        })
        .catch(options.onOutage);
    },
    async stop() {
      stopped = true;
      wake();
      await unlisten?.().catch(() => {});
      await loop;
    },
  };
}
