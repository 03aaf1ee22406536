/** The wing's part of the process map. */
export type IntegrationsProcesses = Record<never, never>;
