/** Which execution: the workflow id is built from these. */
export interface ProcessTarget {
  readonly organizationId: string;
  readonly process: string;
  readonly entityId: string;
  readonly generation: number | null;
}

/** When a process is started again and again, by the wall clock of a time zone. */
export interface ScheduleDefinition {
  /** Weekdays are ISO (1 is Monday); without a day it is every day. */
  readonly wallClocks: readonly {
    readonly hour: number;
    readonly minute: number;
    readonly weekday?: number;
    readonly monthDay?: number;
  }[];
  /** Instead of wall clocks: again and again after this time, each start up to `jitterSeconds` late. */
  readonly every?: { readonly seconds: number; readonly jitterSeconds: number };
  /** IANA. */
  readonly timeZone: string;
  readonly paused: boolean;
  /** Of each start. */
  readonly input: unknown;
}

export interface ProcessCommand extends ProcessTarget {
  /** `schedule` makes the engine's schedule equal to the input, a ScheduleDefinition, or takes it away (null). */
  readonly kind: 'start' | 'signal' | 'cancel' | 'schedule';
  readonly signal?: string | null;
  readonly input: unknown;
}

/** started or delivered / already started / the target is closed or never existed: in each case the command is finished. */
export type DispatchOutcome = 'done' | 'already' | 'gone';

/** The workflow engine as the rest of the product sees it. */
export interface ProcessGateway {
  /**
   * At least once: a call that timed out may have been carried out, and repeating it is harmless.
   * @throws an error with `permanent: true` when repeating cannot help; anything else is tried again.
   */
  dispatch(command: ProcessCommand): Promise<DispatchOutcome>;
  isAvailable(): Promise<boolean>;
  /** Whether the execution exists and is open. @throws when the engine does not answer. */
  isRunning(target: ProcessTarget): Promise<boolean>;
}
