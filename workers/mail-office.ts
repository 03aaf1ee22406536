import { setTimeout as sleep } from 'node:timers/promises';

export interface MailOfficeOptions {
  /** Each answers how much it has done; one after the other, in rounds. */
  readonly chores: readonly (() => Promise<number>)[];
  readonly onOutage: (error: unknown) => void;
  readonly pollMs?: number;
}

export interface MailOffice {
  start(): void;
  /** Something has been committed: look at once. */
  wake(): void;
  stop(): Promise<void>;
}

/** A loop of its own beside the relay: a mail provider that takes its time must not hold up events and commands. */
export function createMailOffice({ chores, onOutage, pollMs = 500 }: MailOfficeOptions): MailOffice {
  let stopped = false;
  let woken = false;
  let pause = new AbortController();
  let loop: Promise<void> | undefined;

  async function round(): Promise<void> {
    woken = false;
    let done = 0;
    for (const chore of chores) done += await chore();
    if (done === 0 && !woken) await rest(pollMs);
  }

  async function rest(milliseconds: number): Promise<void> {
    pause = new AbortController();
    if (stopped) return;
    await sleep(milliseconds, undefined, { signal: pause.signal }).catch(() => {});
  }

  const wake = () => {
    woken = true;
    pause.abort();
  };

  async function run(): Promise<void> {
    while (!stopped) {
      try {
        await round();
      } catch (error) {
        onOutage(error);
        await rest(pollMs * 4);
      }
    }
  }

  return {
    start() {
      loop = run();
    },
    wake,
    async stop() {
      stopped = true;
      wake();
      await loop;
    },
  };
}
