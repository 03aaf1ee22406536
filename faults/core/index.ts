import type { Trial } from '../lib/trial.ts';
import { killedApi } from './killed-api.ts';
import { restartedPostgres } from './restarted-postgres.ts';

/** F1–F16 that belong to no wing. */
export const CORE: readonly Trial[] = [killedApi, restartedPostgres];
