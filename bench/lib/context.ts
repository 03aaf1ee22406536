import type { Report } from '../../dev/host.ts';

/** What a row of the benchmark is given. */
export interface BenchContext {
  readonly report: Report;
  /** Owner login on the embedded server. */
  readonly postgresUrl: string;
  /** Started on first use. */
  readonly temporalAddress: () => Promise<string>;
  /** 1 = the sizes of the targets. */
  readonly scale: number;
  /** Seconds of load per measurement. */
  readonly seconds: number;
  /** Repetitions of long measurements; the median counts. */
  readonly rounds: number;
  /** Registers what must be ended, whatever happens; the returned function ends it now. */
  readonly cleanUp: (stop: () => Promise<unknown>) => () => Promise<void>;
}
