import type { Logger } from 'pino';
import type { Config } from '../../config.ts';
import type { BlobStore } from '../../domain/core/blob.port.ts';
import type { Outbound } from '../../domain/core/outbound.port.ts';
import type { ProcessGateway } from '../../domain/core/process.port.ts';
import type { Db } from '../../schema/db.ts';
import type { ModelGateway } from '../../services/agent/gateway/index.ts';
import type { Clock } from '../../services/core/clock.ts';
import type { FaultPoint } from '../../services/core/fault-points.ts';
import type { Mailing, SendGuard, SendObserver } from '../../services/platform/sends/index.ts';

/** What a worker process has, for the wings to build their work from. */
export interface WorkTools {
  readonly config: Config;
  readonly logger: Logger;
  readonly db: Db;
  /** Sees the queues of all organizations and nothing else. */
  readonly platformDb: Db;
  /** The time of the attempt that is going on; loops take `serverClock`. */
  readonly clock: Clock;
  readonly serverClock: Clock;
  readonly blobs: BlobStore;
  readonly faultPoint: FaultPoint;
  readonly gateway: ProcessGateway;
  readonly mailing: Mailing;
  readonly outbound: Outbound;
  readonly models: ModelGateway;
}

/** What one wing does in a worker: its activities by queue, its loops, its reasons to hold a message back. */
export interface WingWork {
  /** Short ones: activity type → function. */
  readonly main: object;
  /** Long statements; also on the main queue when a workflow may ask for them there. */
  readonly bulk?: object;
  /** Calls to servers of others. */
  readonly outbound?: object;
  readonly loops?: readonly { start(): void; stop(): Promise<void> | undefined }[];
  readonly sendGuards?: readonly SendGuard[];
  /** What it does in the transaction that settles a message. */
  readonly sendObservers?: readonly SendObserver[];
}
