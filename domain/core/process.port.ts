/** Which execution: the workflow id is built from these. */
export interface ProcessTarget {
  readonly organizationId: string;
  readonly process: string;
  readonly entityId: string;
  readonly generation: number | null;
}

export interface ProcessCommand extends ProcessTarget {
  readonly kind: 'start' | 'signal' | 'cancel';
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
