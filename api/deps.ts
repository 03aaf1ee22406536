import { sql } from 'kysely';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { clientsOf, standInsOf } from '../domain/integrations/provider.rules.ts';
import { createLogger } from '../logging.ts';
import { createDomainLookup } from '../providers/dns/domain-lookup.ts';
import { createModels } from '../providers/models/index.ts';
import { type Databases, openDatabases } from '../schema/db.ts';
import { createModelGateway } from '../services/agent/gateway/index.ts';
import { createBlobStore } from '../services/core/blobs.ts';
import { systemClock } from '../services/core/clock.ts';
import { assertBoundByRowSecurity } from '../services/core/database-role.ts';
import { createDispatcher } from '../services/core/dispatcher.ts';
import { createFaultPoint } from '../services/core/fault-points.ts';
import { createPeriodic } from '../services/core/periodic.ts';
import { createRateLimitCounters } from '../services/core/rate-limit-counters.ts';
import { createRelayWakeUp } from '../services/core/relay-wakeup.ts';
import { createDeliveryVerifier } from '../services/integrations/index.ts';
import { PUBLIC_EVENTS } from '../services/outward/index.ts';
import { type AuthTools, createAuthTools } from '../services/platform/auth/index.ts';
import { createMailing } from '../services/platform/sends/index.ts';
import { type ProcessMetrics, startTelemetry, type Telemetry } from '../telemetry/index.ts';
import { createClient, identityOf } from '../temporal/connection.ts';
import { createProcessGateway } from '../temporal/processes/gateway.ts';
import { PROCESSES } from '../temporal/processes/index.ts';
import { MAIN_QUEUE } from '../workflows/queues.contract.ts';
import type { AppDeps } from './app.ts';
import { ENDPOINTS, SYSTEM_ENDPOINTS } from './endpoints.ts';
import { createHealth } from './health/health.ts';
import { createStreams } from './http/event-stream.ts';
import { createRequestNotes } from './http/notes.ts';
import { createRateLimiter, type RateLimitStore } from './http/rate-limit.ts';
import { createRedisCounters } from './http/redis-counters.ts';
import { openApiText } from './openapi.ts';

export interface ApiDeps {
  readonly app: AppDeps;
  readonly logger: Logger;
  readonly metrics: ProcessMetrics;
  close(): Promise<void>;
}

/** Longer than any honest request; a blocked one becomes a 503 and gives its connection back. */
const STATEMENT_TIMEOUT_MS = 15_000;

/** The composition root of the API process. @throws when the database role could read other organizations. */
export async function createApiDeps(config: Config): Promise<ApiDeps> {
  const logger = createLogger(config.log, 'api');
  const telemetry = await startTelemetry(config.telemetry, 'revloop-api', config.version);
  const { metrics, tracing } = telemetry;
  const databases = openDatabases(
    { ...config.database, statementTimeoutMs: STATEMENT_TIMEOUT_MS, onStatement: tracing?.onStatement },
    'revloop-api',
  );
  metrics.watchPools(databases.poolStates);
  await assertBoundByRowSecurity(databases.app).catch(async (error: unknown) => {
    await databases.close();
    throw error;
  });
  const processes = connectProcesses(config, databases, logger, telemetry.clientInterceptors);
  const auth = createAuthTools({
    db: databases.app,
    jwtSecret: config.auth.jwtSecret,
    sessionSeconds: config.auth.jwtExpirationSeconds,
    onError: (err) => logger.warn({ err }, 'failed sign-ins were not written'),
  });
  const mailing = createMailing({ ...config.mail, publicUrl: config.http.publicUrl, encryption: config.encryption });
  const background = startBackground(config, databases, auth, logger);
  const health = createHealth({
    version: config.version,
    checks: {
      database: async () => void (await sql`select 1`.execute(databases.app)),
      temporal: processes.checkTemporal,
      workers: processes.checkWorkers,
      providers: async () => providerFacts(config),
    },
  });
  return {
    logger,
    metrics,
    app: {
      endpoints: ENDPOINTS,
      systemEndpoints: SYSTEM_ENDPOINTS,
      openApi: openApiText(ENDPOINTS, SYSTEM_ENDPOINTS),
      db: databases.app,
      logger,
      rateLimiter: background.rateLimiter,
      notes: background.notes,
      watch: telemetry.watch,
      now: systemClock.now,
      afterCommit: processes.afterCommit,
      health,
      blobs: createBlobStore(databases.app),
      streams: createStreams(),
      tools: {
        ...auth,
        webhooks: {
          secrets: mailing.secrets,
          catalogue: PUBLIC_EVENTS,
          outboundPolicy: config.outbound,
        },
        mailing,
        outreach: { ...config.outreach, mailing, domains: createDomainLookup() },
        models: createModelGateway({ db: databases.app, ...(await createModels(config.providers)) }),
        invitationHours: config.auth.invitationExpirationHours,
        integrations: {
          publicUrl: config.http.publicUrl,
          bases: standInsOf(config.integrations.baseUrls),
          shared: clientsOf({ salesforce: config.providers.salesforce }),
          verifyDelivery: createDeliveryVerifier({ db: databases.app, secrets: mailing.secrets }),
        },
      },
      config: {
        ...config.http,
        rateLimits: config.rateLimits,
        checkAnswers: config.env === 'test',
      },
    },
    async close() {
      await background.close();
      await processes.close();
      await databases.close();
      await telemetry.close();
    },
  };
}

const EXCHANGE_MS = 500;
const FLUSH_MS = 2_000;

/** What requests leave in memory, and who carries it on: shared counters, use of keys, refused attempts. */
function startBackground(config: Config, databases: Databases, auth: AuthTools, logger: Logger) {
  const { url } = config.providers.redis;
  const onOutage = (err: unknown) =>
    logger.warn({ err }, 'shared rate limits are away; this process counts for itself');
  const redis = url === undefined ? undefined : createRedisCounters(url, onOutage);
  const store: RateLimitStore = redis ?? createRateLimitCounters(databases.platform);
  const rateLimiter = createRateLimiter(systemClock.now, store);
  const notes = createRequestNotes(databases.app, (err) => logger.warn({ err }, 'notes of requests were not written'));
  let isAway = false;
  const exchange = createPeriodic({
    everyMs: EXCHANGE_MS,
    async run() {
      await rateLimiter.synchronize();
      isAway = false;
    },
    onError(error) {
      if (!isAway && !redis) onOutage(error);
      isAway = true;
    },
  });
  const flush = createPeriodic({
    everyMs: FLUSH_MS,
    run: async () => void (await Promise.all([notes.flush(), auth.failedSignIns.flush()])),
    onError: (err) => logger.warn({ err }, 'notes of requests were not written'),
    onceMoreAtEnd: true,
  });
  exchange.start();
  flush.start();
  return {
    rateLimiter,
    notes,
    async close() {
      await Promise.all([exchange.stop(), flush.stop()]);
      redis?.close();
    },
  };
}

/** The workflow engine as requests need it: told after a commit, never waited for. */
function connectProcesses(
  config: Config,
  databases: Databases,
  logger: Logger,
  interceptors: Telemetry['clientInterceptors'],
) {
  const identity = identityOf('revloop-api', config.version);
  const { client, close } = createClient({ ...config.temporal, identity, interceptors });
  const dispatcher = createDispatcher({
    platformDb: databases.platform,
    gateway: createProcessGateway(client, PROCESSES),
    faultPoint: createFaultPoint(config.faults, () => process.kill(process.pid, 'SIGKILL')),
    onError: (error, { id, process: name, parked }) =>
      logger[parked ? 'error' : 'warn']({ err: error, command: id, process: name }, 'a command was not dispatched'),
  });
  const wakeRelay = createRelayWakeUp(databases.platform, (err) => logger.debug({ err }, 'the relay was not woken'));
  return {
    close,
    afterCommit(commandIds: readonly string[]): void {
      wakeRelay();
      if (commandIds.length === 0) return;
      dispatcher
        .dispatch(commandIds)
        .catch((err: unknown) => logger.warn({ err }, 'dispatch failed; the relay goes on'));
    },
    checkTemporal: async () => void (await client.workflowService.getSystemInfo({})),
    async checkWorkers() {
      const { pollers } = await client.workflowService.describeTaskQueue({
        namespace: config.temporal.namespace,
        taskQueue: { name: MAIN_QUEUE },
      });
      if (!pollers?.length) throw new Error('No worker polls the queue.');
      return { pollers: pollers.length };
    },
  };
}

function providerFacts(config: Config): Record<string, unknown> {
  const isConfigured = (values: object) => Object.values(values).some((value) => value !== undefined);
  return Object.fromEntries(
    Object.entries(config.providers).map(([name, values]) => [
      name,
      isConfigured(values) ? 'configured' : 'not configured',
    ]),
  );
}
