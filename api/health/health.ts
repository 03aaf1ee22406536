export interface CheckResult {
  readonly status: 'ok' | 'failing' | 'timeout';
  readonly latencyMs: number;
  /** Public facts of the check, e.g. which providers are simulated. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Each resolves (perhaps with public facts) when its dependency answers, and rejects when it does not. */
export interface HealthChecks {
  readonly database: () => Promise<unknown>;
  readonly temporal: () => Promise<unknown>;
  readonly workers: () => Promise<unknown>;
  readonly providers: () => Promise<unknown>;
}

export type CheckName = keyof HealthChecks;

export interface HealthReport {
  readonly status: 'ok' | 'degraded' | 'unavailable';
  readonly checks: Readonly<Record<CheckName, CheckResult>>;
}

export interface Readiness {
  readonly ready: boolean;
  readonly status: 'ready' | 'draining' | 'unavailable';
  /** What is away without stopping requests. */
  readonly degraded: readonly CheckName[];
}

export interface Health {
  readonly version: string;
  report(): Promise<HealthReport>;
  readiness(): Promise<Readiness>;
  /** From now on `/ready` answers 503, so that no new traffic is sent here. */
  drain(): void;
}

export interface HealthOptions {
  readonly version: string;
  readonly checks: HealthChecks;
  readonly timeoutMs?: number;
  /** Probes from many sides share one look at each dependency. */
  readonly cacheMs?: number;
}

export function createHealth(options: HealthOptions): Health {
  const { timeoutMs = 1_000, cacheMs = 1_000 } = options;
  let draining = false;
  const cached = Object.fromEntries(
    Object.entries(options.checks).map(([name, check]) => [name, shared(() => run(check, timeoutMs), cacheMs)]),
  ) as Record<CheckName, () => Promise<CheckResult>>;

  return {
    version: options.version,
    drain() {
      draining = true;
    },
    async report() {
      const names = Object.keys(cached) as CheckName[];
      const results = await Promise.all(names.map(async (name) => [name, await cached[name]()] as const));
      const checks = Object.fromEntries(results) as Record<CheckName, CheckResult>;
      const allOk = results.every(([, result]) => result.status === 'ok');
      return { status: checks.database.status !== 'ok' ? 'unavailable' : allOk ? 'ok' : 'degraded', checks };
    },
    async readiness() {
      const [database, temporal] = await Promise.all([cached.database(), cached.temporal()]);
      const degraded = temporal.status === 'ok' ? [] : (['temporal'] as const);
      if (draining) return { ready: false, status: 'draining', degraded };
      const ready = database.status === 'ok';
      return { ready, status: ready ? 'ready' : 'unavailable', degraded };
    },
  };
}

async function run(check: () => Promise<unknown>, timeoutMs: number): Promise<CheckResult> {
  const startedAt = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<'timeout'>((resolve) => {
    timer = setTimeout(resolve, timeoutMs, 'timeout');
  });
  const latencyMs = () => Math.round(performance.now() - startedAt);
  try {
    const facts = await Promise.race([check(), timeout]);
    if (facts === 'timeout') return { status: 'timeout', latencyMs: latencyMs() };
    const details = isFacts(facts) ? { details: facts } : {};
    return { status: 'ok', latencyMs: latencyMs(), ...details };
  } catch {
    // The reason may name hosts and users; it belongs into the log of whoever owns the connection.
    return { status: 'failing', latencyMs: latencyMs() };
  } finally {
    clearTimeout(timer);
  }
}

const isFacts = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function shared<T>(load: () => Promise<T>, lifeMs: number): () => Promise<T> {
  let current: { at: number; value: Promise<T> } | undefined;
  return () => {
    if (!current || performance.now() - current.at > lifeMs) current = { at: performance.now(), value: load() };
    return current.value;
  };
}
