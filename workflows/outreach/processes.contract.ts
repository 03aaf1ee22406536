/** The wing's part of the process map. */
export type OutreachProcesses = Record<never, never>;
