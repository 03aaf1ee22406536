import type postgres from 'postgres';
import type { Dispatcher } from '../services/core/dispatcher.ts';
import { positionEvents, type RelayDeps, runReactions } from '../services/core/relay.ts';
import { RELAY_CHANNEL } from '../services/core/relay-wakeup.ts';
import { createLoop } from './loop.ts';

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
  // Apart from each other: a reaction that waits for a lock must not hold up the delivery of commands.
  const loops = [
    createLoop(options, pollMs, async () => (await positionEvents(options)) + (await runReactions(options))),
    createLoop(options, pollMs, () => options.dispatcher.dispatch()),
  ];
  const wake = () => {
    for (const loop of loops) loop.wake();
    options.onWake?.();
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
