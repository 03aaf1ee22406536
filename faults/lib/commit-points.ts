/**
 * Loaded before a process of the product (`--import`): knows each commit by the tables that were written in it, notes the
 * kinds of commits there are, and kills the process right after one of them, before anybody hears that it is done.
 * FAULTS_COMMITS: file that collects the kinds; FAULTS_KILL_AFTER: the kind after which the process dies.
 */
import { appendFileSync, readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

// biome-ignore lint/suspicious/noExplicitAny: it stands between the product and its driver
type Anything = any;

const { FAULTS_COMMITS: file, FAULTS_KILL_AFTER: killAfter } = process.env;
const WRITES = /(?<!\b(?:for|key|do)\s)\b(insert\s+into|update|delete\s+from)\s+(?:only\s+)?"?([a-z_]\w*)"?/gi;
const noted = new Set<string>();

const writesOf = (text: string): string[] =>
  [...text.matchAll(WRITES)].map(([, verb, table]) => `${verb!.split(/\s/)[0]!.toLowerCase()} ${table}`);

function committed(writes: ReadonlySet<string>): void {
  if (writes.size === 0) return;
  const kind = [...writes].sort().join(', ');
  if (file && !noted.has(kind)) {
    noted.add(kind);
    appendFileSync(file, `${kind}\n`);
  }
  if (killAfter === kind) {
    if (file) appendFileSync(file, `killed after ${kind}\n`);
    process.kill(process.pid, 'SIGKILL');
  }
}

/** Replaces the statements of a connection while it is held. */
function watched(connection: Anything): Anything {
  const { unsafe } = connection;
  let isOpen = false;
  let writes = new Set<string>();
  connection.unsafe = (...call: Anything[]) => {
    const text = String(call[0]);
    if (/^\s*begin/i.test(text)) isOpen = true;
    const isEnd = /^\s*(?:commit|rollback)/i.test(text);
    for (const write of writesOf(text)) writes.add(write);
    const result = unsafe(...call);
    if (isEnd || !isOpen) {
      const done = /^\s*rollback/i.test(text) ? new Set<string>() : writes;
      writes = new Set();
      isOpen = false;
      return result.then((value: Anything) => {
        committed(done);
        return value;
      });
    }
    return result;
  };
  return connection;
}

(globalThis as Anything).watchCommits = (pool: Anything) => {
  const { reserve } = pool;
  pool.reserve = async () => watched(await reserve());
  return pool;
};

registerHooks({
  load(url, context, next) {
    const loaded = next(url, context);
    if (!url.endsWith('/schema/connection-pool.ts')) return loaded;
    const source = readFileSync(new URL(url), 'utf8').replace(
      'export function createConnectionPool(',
      'export const createConnectionPool = (sql: any): ConnectionPool => (globalThis as any).watchCommits(openPool(sql));\nfunction openPool(',
    );
    return { ...loaded, format: 'module-typescript', source, shortCircuit: true };
  },
});
