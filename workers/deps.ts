import { sql } from 'kysely';
import { activityClock } from '../activities/core/clock.ts';
import type { Config } from '../config.ts';
import { createLogger } from '../logging.ts';
import { createOutbound } from '../providers/http/outbound.ts';
import { createMessageTransports } from '../providers/mail/index.ts';
import { createModels } from '../providers/models/index.ts';
import { openDatabases } from '../schema/db.ts';
import { createModelGateway } from '../services/agent/gateway/index.ts';
import { AGENT_REACTIONS } from '../services/agent/reactions.ts';
import { readBacklog } from '../services/core/backlog.query.ts';
import { createBlobStore } from '../services/core/blobs.ts';
import { systemClock } from '../services/core/clock.ts';
import { assertBoundByRowSecurity } from '../services/core/database-role.ts';
import { createDispatcher } from '../services/core/dispatcher.ts';
import { createFaultPoint } from '../services/core/fault-points.ts';
import { createPeriodic } from '../services/core/periodic.ts';
import type { Reaction } from '../services/core/relay.ts';
import { createServerClock } from '../services/core/server-clock.ts';
import { CRM_REACTIONS } from '../services/crm/reactions.ts';
import { INTEGRATIONS_REACTIONS } from '../services/integrations/reactions.ts';
import { OUTREACH_REACTIONS } from '../services/outreach/reactions.ts';
import { PUBLIC_EVENTS } from '../services/outward/index.ts';
import { sealAuditLogs } from '../services/platform/audit/index.ts';
import { createMailing } from '../services/platform/sends/index.ts';
import { webhookReactions } from '../services/platform/webhooks/index.ts';
import { SERVICE_REACTIONS } from '../services/service/reactions.ts';
import { startTelemetry } from '../telemetry/index.ts';
import { createClient, identityOf } from '../temporal/connection.ts';
import { JOBS } from '../temporal/jobs.ts';
import { createProcessGateway } from '../temporal/processes/gateway.ts';
import { PROCESSES } from '../temporal/processes/index.ts';
import { BULK_QUEUE, MAIN_QUEUE, OUTBOUND_QUEUE } from '../workflows/queues.contract.ts';
import { createMailOffice, rewrap } from './mail-office.ts';
import { createRelay } from './relay.ts';
import type { WorkerDeps } from './run.ts';
import { createWork } from './wings/index.ts';

/** Every wing's reactions: what it does because of another wing's events. */
const REACTIONS: readonly Reaction[] = [
  ...CRM_REACTIONS,
  ...OUTREACH_REACTIONS,
  ...AGENT_REACTIONS,
  ...SERVICE_REACTIONS,
  ...INTEGRATIONS_REACTIONS,
  ...webhookReactions(PUBLIC_EVENTS),
];

/** Often enough that little is unsealed, seldom enough that one batch seals much. */
const SEAL_MS = 1_000;

/** A clock that somebody sets wrong is wrong for so long at most. */
const COMPARE_CLOCKS_MS = 15_000;

/** Statements of a run that may be open at once in this process; each holds a connection of its own. */
const BULK_ACTIVITIES = 4;

/** Endpoints that one process delivers to at a time; the connection to the database is free while they answer. */
const OUTBOUND_ACTIVITIES = 50;

/** The composition root of the worker process. @throws when the database role could read other organizations. */
export async function createWorkerDeps(config: Config): Promise<WorkerDeps> {
  const logger = createLogger(config.log, 'worker');
  const telemetry = await startTelemetry(config.telemetry, 'revloop-worker', config.version);
  const databases = openDatabases(
    { ...config.database, onStatement: telemetry.tracing?.onStatement },
    'revloop-worker',
  );
  telemetry.metrics.watchPools(databases.poolStates);
  const clock = createServerClock(databases.platform, systemClock);
  telemetry.metrics.watchBacklog(() => readBacklog(databases.platform, clock.now()));
  const { client, close: closeClient } = createClient({
    ...config.temporal,
    identity: identityOf('revloop-relay', config.version),
    interceptors: telemetry.clientInterceptors,
  });
  const faultPoint = createFaultPoint(config.faults, () => process.kill(process.pid, 'SIGKILL'));
  const gateway = createProcessGateway(client, PROCESSES);
  const dispatcher = createDispatcher({
    platformDb: databases.platform,
    gateway,
    faultPoint,
    onError: (error, { id, process: name, parked }) =>
      logger[parked ? 'error' : 'warn']({ err: error, command: id, process: name }, 'a command was not dispatched'),
  });
  const dispatchSoon = (commandIds: readonly string[]) => {
    if (commandIds.length > 0)
      void dispatcher.dispatch(commandIds).catch((err) => logger.warn({ err }, 'dispatch failed'));
  };
  const mailing = createMailing({ ...config.mail, publicUrl: config.http.publicUrl, encryption: config.encryption });
  const outbound = createOutbound(config.outbound);
  const work = createWork({
    config,
    logger,
    db: databases.app,
    platformDb: databases.platform,
    clock: activityClock,
    serverClock: clock,
    blobs: createBlobStore(databases.app),
    faultPoint,
    gateway,
    mailing,
    outbound,
    models: createModelGateway({ db: databases.app, ...(await createModels(config.providers)) }),
  });
  const mailOffice = createMailOffice({
    databases,
    mailing,
    providers: createMessageTransports(config.providers),
    guards: work.sendGuards,
    observers: work.sendObservers,
    clock,
    faultPoint,
    logger,
  });
  const loops = [mailOffice, ...work.loops];
  const relay = createRelay({
    appDb: databases.app,
    platformDb: databases.platform,
    listen: databases.notifications,
    reactions: REACTIONS,
    clock,
    faultPoint,
    dispatcher,
    afterCommit: dispatchSoon,
    onError: (error, run) => logger[run.parked ? 'error' : 'warn']({ err: error, ...run }, 'a reaction failed'),
    onOutage: (error) => logger.warn({ err: error }, 'the relay is waiting for Postgres'),
    onWake: mailOffice.wake,
  });
  const sealer = createPeriodic({
    everyMs: SEAL_MS,
    run: () => sealAuditLogs({ appDb: databases.app, platformDb: databases.platform, clock, faultPoint }),
    onError: (err) => logger.warn({ err }, 'the audit log was not sealed'),
  });
  const comparison = createPeriodic({
    everyMs: COMPARE_CLOCKS_MS,
    run: clock.measure,
    onError: (err) => logger.warn({ err }, 'the clock was not compared with the database'),
  });
  return {
    logger,
    client,
    metrics: telemetry.metrics,
    tracing: telemetry.tracing,
    clock,
    queues: {
      [MAIN_QUEUE]: { workflows: true, activities: work.main },
      [BULK_QUEUE]: { workflows: false, activities: work.bulk, maxConcurrentActivities: BULK_ACTIVITIES },
      [OUTBOUND_QUEUE]: { workflows: false, activities: work.outbound, maxConcurrentActivities: OUTBOUND_ACTIVITIES },
    },
    schedules: JOBS,
    relay: {
      async start() {
        await assertBoundByRowSecurity(databases.app);
        await clock.measure();
        comparison.start();
        await relay.start();
        sealer.start();
        for (const loop of loops) loop.start();
        void rewrap(databases, mailing, logger, clock.now());
      },
      async stop() {
        await Promise.all([relay.stop(), sealer.stop(), comparison.stop(), ...loops.map((loop) => loop.stop())]);
      },
    },
    checks: { postgres: () => sql`select 1`.execute(databases.platform) },
    async close() {
      await outbound.close();
      await closeClient();
      await databases.close();
      await telemetry.close();
    },
  };
}
