import type { AuthTools } from '../../services/platform/auth/index.ts';

/** What `prepare` steps work with; one per process. */
export type Tools = AuthTools;
