import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, ROOT } from '../../dev/host.ts';
import { type ProductProcess, superviseProcess } from '../../test/processes/product-process.ts';

type Environment = Readonly<Record<string, string>>;

export interface ProductOptions {
  /** API processes; default 1. */
  readonly apis?: number;
  /** Worker processes, each with a relay; default 2. */
  readonly workers?: number;
  /** Configuration of all processes; `REVLOOP_FAULTS` sets pause points. Asked anew with the number of each start. */
  readonly env?: Environment | ((process: string, start: number) => Environment);
}

/** The processes of the product, each started again whenever it ends. */
export interface Product {
  /** Of the first API. */
  readonly url: string;
  readonly urls: readonly string[];
  readonly apis: readonly ProductProcess[];
  readonly workers: readonly ProductProcess[];
  /** Resolves when all of them are ready. */
  up(): Promise<void>;
  stop(): Promise<void>;
}

const NO_LIMITS = {
  RATE_LIMIT_GENERAL_PER_HOUR: '100000000',
  RATE_LIMIT_AUTH_PER_MINUTE: '100000000',
  RATE_LIMIT_SEARCH_PER_MINUTE: '100000000',
  RATE_LIMIT_INGEST_PER_MINUTE: '100000000',
  RATE_LIMIT_WEBHOOK_PER_MINUTE: '100000000',
};

/** What a process says of warnings and errors, for whoever looks into a count that is not 0. */
const LOGS = join(ROOT, 'test-results', 'faults');

export async function startProduct(
  trial: string,
  servers: { databaseUrl: string; temporalAddress: string; namespace: string },
  { apis = 1, workers = 2, env = {} }: ProductOptions,
): Promise<Product> {
  mkdirSync(LOGS, { recursive: true });
  const launch = async (kind: 'api' | 'workers', number: number) => {
    const port = await freePort();
    const name = `${kind}-${number}`;
    const fixed = {
      DATABASE_URL: servers.databaseUrl,
      TEMPORAL_ADDRESS: servers.temporalAddress,
      TEMPORAL_NAMESPACE: servers.namespace,
      ...NO_LIMITS,
      LOG_LEVEL: 'warn',
      LOG_FILE: join(LOGS, `${trial}-${name}.log`),
      // Links in mails lead to the first API.
      ...(first === 0 ? {} : { PUBLIC_URL: `http://127.0.0.1:${first}` }),
      ...(kind === 'api'
        ? { PORT: String(port), WORKER_HEALTH_PORT: '1' }
        : { PORT: '1', WORKER_HEALTH_PORT: String(port) }),
    };
    const process = superviseProcess(kind, port, (start) => ({
      ...fixed,
      ...(typeof env === 'function' ? env(name, start) : env),
    }));
    return { process, port };
  };
  let first = 0;
  const started = { api: [] as ProductProcess[], workers: [] as ProductProcess[] };
  const urls: string[] = [];
  for (let number = 1; number <= apis; number++) {
    const { process, port } = await launch('api', number);
    first ||= port;
    urls.push(`http://127.0.0.1:${port}`);
    started.api.push(process);
  }
  for (let number = 1; number <= workers; number++) started.workers.push((await launch('workers', number)).process);
  const all = [...started.api, ...started.workers];
  return {
    url: urls[0] ?? '',
    urls,
    apis: started.api,
    workers: started.workers,
    async up() {
      await Promise.all(all.map((one) => one.up()));
    },
    async stop() {
      await Promise.all(all.map((one) => one.stop()));
    },
  };
}
