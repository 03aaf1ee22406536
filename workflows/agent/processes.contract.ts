/** The wing's part of the process map. */
export type AgentProcesses = Record<never, never>;
