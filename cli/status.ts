import { type Revloop, RevloopError } from '../client/index.ts';
import { EXIT, type ExitCode } from './arguments.ts';
import { type Output, table } from './output.ts';

const NEWEST = 5;
interface Health {
  readonly status: string;
  readonly version: string;
  readonly checks: Readonly<Record<string, { readonly status: string; readonly latencyMs?: number }>>;
}
interface Readiness {
  readonly status: string;
  readonly degraded: readonly string[];
}

/** `probes` tries once; `api` is undefined when there is no key, then runs and uploads are left out. */
export async function status(probes: Revloop, api: Revloop | undefined, output: Output): Promise<ExitCode> {
  const health = await answerOf<Health>(() => probes.get('/health'));
  const readiness = await answerOf<Readiness>(() => probes.get('/ready'));
  const isReady = readiness.status === 'ready';
  output.line(`health ${health.status}, ${readiness.status}, version ${health.version}`);
  output.line(table(Object.entries(health.checks).map(([name, check]) => ['', name, check.status])));
  const lists = api && isReady ? await newest(api) : undefined;
  if (lists) printLists(lists, output);
  else if (!api) output.line('\nWith a key and its organization this shows runs and uploads too.');
  output.document({ health, ready: readiness, ...lists });
  return isReady ? EXIT.ok : EXIT.failed;
}

/** A probe says no with 503 and the same shape. */
async function answerOf<T>(ask: () => Promise<{ data: unknown }>): Promise<T> {
  try {
    return (await ask()).data as T;
  } catch (error) {
    const isProbe = error instanceof RevloopError && error.status === 503;
    if (isProbe && typeof error.body === 'object' && error.body !== null && 'status' in error.body) {
      return error.body as T;
    }
    throw error;
  }
}

async function newest(api: Revloop) {
  const params = { query: { limit: NEWEST } };
  const [runs, uploads] = await Promise.all([
    api.get('/v1/attribution/runs', { params }),
    api.get('/v1/uploads', { params }),
  ]);
  return { runs: runs.data.data, uploads: uploads.data.data };
}

function printLists({ runs, uploads }: Awaited<ReturnType<typeof newest>>, output: Output): void {
  output.line('\nNewest runs');
  const none = [['', 'none']];
  const runRows = runs.map((run) => ['', run.created_at, run.status, run.model_code, run.name, run.id]);
  output.line(table(runRows.length > 0 ? runRows : none));
  output.line('\nNewest uploads');
  const uploadRows = uploads.map((one) => [
    '',
    one.created_at,
    one.status,
    one.kind,
    `${one.created} created`,
    `${one.failed} failed`,
    one.file_name,
    one.id,
  ]);
  output.line(table(uploadRows.length > 0 ? uploadRows : none));
}
