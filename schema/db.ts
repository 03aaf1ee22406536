import {
  type Dialect,
  DummyDriver,
  Kysely,
  type LogEvent,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely';
import { PostgresJSDialect } from 'kysely-postgres-js';
import postgres from 'postgres';
import { createConnectionPool, type PoolState } from './connection-pool.ts';
import type { DB } from './database.gen.ts';

export type Db = Kysely<DB>;

export interface PoolOptions {
  url: string;
  /** Connections; an open transaction holds one. */
  max: number;
  /** Shown in pg_stat_activity. */
  name: string;
  /** Assumed at connect as a startup parameter; absent when the login itself is the role. */
  role?: string;
  statementTimeoutMs?: number;
  /**
   * For what is built anew, or goes on, where the server dies with the last of it: commits do not wait for the disk, and each
   * connection plans a statement once.
   */
  lazyCommits?: boolean;
}

/** One pool. int8 arrives as a number (all our 64-bit values stay below 2^53), json text goes in as it is. */
export function createSql(options: PoolOptions): postgres.Sql<{ bigint: number }> {
  return postgres(options.url, {
    max: options.max,
    idle_timeout: 300,
    connect_timeout: 5,
    backoff: (attempt: number) => Math.min(2 ** attempt * 0.05, 2),
    onnotice: () => {},
    connection: {
      application_name: options.name,
      TimeZone: 'UTC',
      ...(options.role ? { role: options.role } : {}),
      ...(options.statementTimeoutMs ? { statement_timeout: options.statementTimeoutMs } : {}),
      ...(options.lazyCommits ? { synchronous_commit: 'off' as const, plan_cache_mode: 'force_generic_plan' } : {}),
    },
    types: {
      bigint: { to: 20, from: [20], parse: parseSafeInteger, serialize: String },
      // Without this a JSON text would be encoded a second time.
      json: { to: 3802, from: [114, 3802], parse: JSON.parse, serialize: jsonText },
    },
  }) as unknown as postgres.Sql<{ bigint: number }>;
}

/** Told of each statement when it has been answered, in the context of whoever sent it. */
export type OnStatement = (statement: LogEvent) => void;

/** Kysely over connections that are held whole; ending `sql` ends them too. */
export function createDb(sql: postgres.Sql<{ bigint: number }>, onStatement?: OnStatement): Db {
  return openPool(sql, onStatement).db;
}

function openPool(sql: postgres.Sql<{ bigint: number }>, onStatement?: OnStatement) {
  const pool = createConnectionPool(sql);
  const endOwn = sql.end;
  sql.end = async (options) => {
    await Promise.all([pool.end(options), endOwn(options)]);
  };
  const db = new Kysely<DB>({
    dialect: new PostgresJSDialect({ postgres: () => pool as unknown as postgres.Sql }),
    ...(onStatement ? { log: onStatement } : {}),
  });
  return { db, state: pool.state };
}

/** Never connects: whoever is given a connection has it already. */
const CONNECTED: Dialect = {
  createAdapter: () => new PostgresAdapter(),
  createDriver: () => new DummyDriver(),
  createIntrospector: (db) => new PostgresIntrospector(db),
  createQueryCompiler: () => new PostgresQueryCompiler(),
};
const NO_DRIVER = new DummyDriver();

/**
 * Work on one connection of the pool. Statements go out in the order in which they are asked for, and none waits for the answer to
 * the one before unless its caller does; Kysely's own `connection()` sends each alone.
 */
export function onOneConnection<T>(db: Db, work: (held: Db) => Promise<T>): Promise<T> {
  const pool = db.getExecutor();
  return pool.provideConnection((connection) => {
    const executor = pool.withConnectionProvider({ provideConnection: (consumer) => consumer(connection) });
    return work(new Kysely<DB>({ config: { dialect: CONNECTED }, dialect: CONNECTED, driver: NO_DRIVER, executor }));
  });
}

export interface DatabaseOptions {
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly platformUrl: string;
  /** For LISTEN, where appUrl and platformUrl go through a transaction pooler. */
  readonly directUrl?: string | undefined;
  /** One login for all roles (development): each pool assumes its role at connect. */
  readonly assumeRole: boolean;
  readonly poolSize: number;
  /** For the app pool of processes that answer people; work that may take long has none. */
  readonly statementTimeoutMs?: number;
  /** Of the app pool; see `PoolOptions`. */
  readonly lazyCommits?: boolean;
  readonly onStatement?: OnStatement | undefined;
}

export interface Databases {
  /** Bound by row-level security: everything that is done for an organization. */
  readonly app: Db;
  /** Sees the queue tables of all organizations and nothing else. */
  readonly platform: Db;
  /** For LISTEN and NOTIFY. */
  readonly notifications: postgres.Sql<{ bigint: number }>;
  /** Pool → its connections at this moment. */
  poolStates(): Record<'app' | 'platform', PoolState>;
  close(): Promise<void>;
}

const PLATFORM_POOL_SIZE = 4;

/** The pools of one process. Connects on first use. */
export function openDatabases(options: DatabaseOptions, name: string): Databases {
  const roleOf = (role: string) => (options.assumeRole ? { role } : {});
  const { statementTimeoutMs, lazyCommits = false } = options;
  const app = createSql({
    url: options.appUrl,
    max: options.poolSize,
    name,
    ...roleOf('revloop_app'),
    ...(statementTimeoutMs === undefined ? {} : { statementTimeoutMs }),
    lazyCommits,
  });
  const platform = createSql({
    url: options.platformUrl,
    max: PLATFORM_POOL_SIZE,
    name: `${name}-platform`,
    ...roleOf('revloop_platform'),
  });
  const notifications = createSql({
    url: options.directUrl ?? options.platformUrl,
    max: 1,
    name: `${name}-listen`,
    ...roleOf('revloop_platform'),
  });
  const pools = { app: openPool(app, options.onStatement), platform: openPool(platform, options.onStatement) };
  return {
    app: pools.app.db,
    platform: pools.platform.db,
    notifications,
    poolStates: () => ({ app: pools.app.state(), platform: pools.platform.state() }),
    async close() {
      await Promise.all([app, platform, notifications].map((sql) => sql.end({ timeout: 5 })));
    },
  };
}

function parseSafeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`int8 value ${text} is beyond 2^53`);
  return value;
}

const jsonText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
