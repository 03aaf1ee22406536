import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What a pool has at a moment; structurally that of `schema/connection-pool.ts`. */
export interface PoolState {
  readonly held: number;
  readonly idle: number;
  /** Units of work that wait for a connection. */
  readonly waiting: number;
}

/** What waits between commit and effect, over all organizations. */
export interface Backlog {
  readonly events: { readonly count: number; readonly oldestSeconds: number };
  readonly reactions: { readonly pending: number; readonly parked: number; readonly oldestSeconds: number };
  readonly commands: { readonly pending: number; readonly parked: number; readonly oldestSeconds: number };
  /** Inbox → events of providers that are stored and not worked off. */
  readonly inboxes: Readonly<Record<string, { readonly count: number; readonly oldestSeconds: number }>>;
  /** State of the send ledger → open sends, and those that were settled within the last hour. */
  readonly sends: Readonly<Record<string, number>>;
}

export interface ProcessMetrics {
  /** Called when a request begins; what it answers is called with the status. */
  request(operation: string): (status: number) => void;
  /** Requests that shared one transaction. */
  group(size: number): void;
  watchPools(read: () => Readonly<Record<string, PoolState>>): void;
  /** Asked at most every 10 s, however many collectors there are. */
  watchBacklog(read: () => Promise<Backlog>): void;
  contentType: string;
  text(): Promise<string>;
}

/** Up to where a request is a matter of milliseconds, and where somebody waits. */
const REQUEST_SECONDS = [0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
const GROUP_SIZES = [1, 2, 5, 10, 25, 50, 100, 200];
const BACKLOG_MS = 10_000;

/** Counters of one process in the words of Prometheus: the runtime's own, and those of the product. */
export function createMetrics(service: string): ProcessMetrics {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const seconds = new Histogram({
    name: 'revloop_http_request_seconds',
    help: 'Time to the answer, by operation',
    labelNames: ['operation'],
    buckets: REQUEST_SECONDS,
    registers,
  });
  const requests = new Counter({
    name: 'revloop_http_requests_total',
    help: 'Answered requests',
    labelNames: ['operation', 'status'],
    registers,
  });
  const inFlight = new Gauge({
    name: 'revloop_http_requests_in_flight',
    help: 'Requests without an answer',
    registers,
  });
  const groups = new Histogram({
    name: 'revloop_ingestion_group_requests',
    help: 'Ingesting requests that shared one transaction',
    buckets: GROUP_SIZES,
    registers,
  });
  return {
    request(operation) {
      const started = performance.now();
      inFlight.inc();
      return (status) => {
        inFlight.dec();
        seconds.observe({ operation }, (performance.now() - started) / 1000);
        requests.inc({ operation, status });
      };
    },
    group: (size) => groups.observe(size),
    watchPools: (read) => watchPools(registry, read),
    watchBacklog: (read) => watchBacklog(registry, read),
    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
}

function watchPools(registry: Registry, read: () => Readonly<Record<string, PoolState>>): void {
  new Gauge({
    name: 'revloop_db_connections',
    help: 'Connections of each pool that are held or idle, and units of work that wait for one',
    labelNames: ['pool', 'state'],
    registers: [registry],
    collect() {
      for (const [pool, { held, idle, waiting }] of Object.entries(read())) {
        this.set({ pool, state: 'held' }, held);
        this.set({ pool, state: 'idle' }, idle);
        this.set({ pool, state: 'waiting' }, waiting);
      }
    },
  });
}

function watchBacklog(registry: Registry, read: () => Promise<Backlog>): void {
  // Metrics are collected side by side: each waits for the same reading.
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name, help, labelNames, registers: [registry], collect: refresh });
  const count = gauge('revloop_backlog', 'What waits between commit and effect', ['kind']);
  const age = gauge('revloop_backlog_oldest_seconds', 'How long the oldest of it waits past its time', ['kind']);
  const sends = gauge('revloop_sends', 'Sends by state: open ones, and those settled within the hour', ['state']);
  const up = gauge('revloop_backlog_up', '1 when the backlog could be read');
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> = Promise.resolve();

  function refresh(): Promise<void> {
    if (performance.now() - readAt < BACKLOG_MS) return reading;
    readAt = performance.now();
    // The scrape of the rest must not fail with the database.
    reading = read().then(show, () => up.set(0));
    return reading;
  }

  function tell(kind: string, number: number, oldestSeconds?: number): void {
    count.set({ kind }, number);
    if (oldestSeconds !== undefined) age.set({ kind }, oldestSeconds);
  }

  function show({ events, reactions, commands, inboxes, sends: states }: Backlog): void {
    tell('events', events.count, events.oldestSeconds);
    tell('reactions', reactions.pending, reactions.oldestSeconds);
    tell('reactions_parked', reactions.parked);
    tell('commands', commands.pending, commands.oldestSeconds);
    tell('commands_parked', commands.parked);
    for (const [name, inbox] of Object.entries(inboxes)) tell(`inbox_${name}`, inbox.count, inbox.oldestSeconds);
    sends.reset();
    for (const [state, number] of Object.entries(states)) sends.set({ state }, number);
    up.set(1);
  }
}
