/** The wing's part of the process map. */
export type ServiceProcesses = Record<never, never>;
