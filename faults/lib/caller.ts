import { setTimeout as sleep } from 'node:timers/promises';

export interface Answer {
  readonly status: number;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: trials look into answers of every shape
  readonly json: any;
  /** How often it was asked; above 1, an earlier attempt may have been carried out. */
  readonly attempts: number;
  /** Every status that was answered on the way, 503 included. */
  readonly statuses: readonly number[];
}

export interface CallerOptions {
  readonly url: string;
  readonly organizationId?: string;
  readonly key?: string;
  readonly headers?: Record<string, string>;
  readonly timeoutMs?: number;
  /** Gives up after this long without an answer that counts. */
  readonly patienceMs?: number;
}

export interface Caller {
  (method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** Attempts that got no answer, and 503s. */
  readonly broken: { count: number };
}

const RETRIED = new Set([502, 503, 504]);

/** A client as it should be: repeats what got no answer or a 503, with the same body and key, until there is one. */
export function createCaller(options: CallerOptions): Caller {
  const broken = { count: 0 };
  const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const statuses: number[] = [];
    const end = performance.now() + (options.patienceMs ?? 120_000);
    for (let attempts = 1; ; attempts++) {
      try {
        const response = await fetch(`${options.url}${path}`, {
          method,
          headers: {
            ...(text === undefined ? {} : { 'content-type': 'application/json' }),
            ...(options.key ? { 'x-api-key': options.key } : {}),
            ...(options.organizationId ? { 'x-tenant-id': options.organizationId } : {}),
            ...options.headers,
            ...headers,
          },
          ...(text === undefined ? {} : { body: text }),
          signal: AbortSignal.timeout(options.timeoutMs ?? 20_000),
        });
        const answer = await response.text();
        statuses.push(response.status);
        const json = parsed(answer);
        const isBusy = RETRIED.has(response.status) || json?.code === 'IDEMPOTENCY_IN_PROGRESS';
        if (!isBusy) return { status: response.status, text: answer, json, attempts, statuses };
      } catch {
        // Nobody listens, or the answer broke off.
      }
      broken.count += 1;
      if (performance.now() > end) throw new Error(`${method} ${path} is never answered (${statuses.join(', ')})`);
      await sleep(Math.min(25 * attempts, 250));
    }
  };
  return Object.assign(call, { broken });
}

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape
function parsed(text: string): any {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `work` for 0 … count-1, `atOnce` at a time, at most `perSecond` begun each second. */
export async function inParallel(
  count: number,
  { atOnce, perSecond }: { atOnce: number; perSecond?: number },
  work: (index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const begun = performance.now();
  const loop = async () => {
    for (let index = next++; index < count; index = next++) {
      if (perSecond) await sleep(Math.max(0, begun + (index * 1_000) / perSecond - performance.now()));
      await work(index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, loop));
}

/** The same numbers in every run, spread over [0, 1). */
export function moments(count: number, seed = 7): number[] {
  let state = seed;
  return Array.from({ length: count }, () => {
    state = (state * 75 + 74) % 65_537;
    return state / 65_537;
  });
}
