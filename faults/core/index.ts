import type { Trial } from '../lib/trial.ts';
import { brokenProvider } from './broken-provider.ts';
import { busyProvider } from './busy-provider.ts';
import { killedApi } from './killed-api.ts';
import { killedAtCommits } from './killed-at-commits.ts';
import { killedTemporal } from './killed-temporal.ts';
import { killedUnderLoad } from './killed-under-load.ts';
import { lockedRow } from './locked-row.ts';
import { oddBodies } from './odd-bodies.ts';
import { poisonMessage } from './poison-message.ts';
import { redisAway } from './redis-away.ts';
import { replayedHistories } from './replayed-histories.ts';
import { restartedPostgres } from './restarted-postgres.ts';
import { skewedClocks } from './skewed-clocks.ts';

/** F2–F7 and F12–F17; those of one wing stand in its suite. */
export const CORE: readonly Trial[] = [
  killedApi,
  restartedPostgres,
  killedTemporal,
  redisAway,
  busyProvider,
  brokenProvider,
  poisonMessage,
  oddBodies,
  replayedHistories,
  lockedRow,
  skewedClocks,
  killedAtCommits,
  killedUnderLoad,
];
