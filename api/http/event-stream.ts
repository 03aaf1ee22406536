import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../domain/core/errors.ts';
import type { Db } from '../../schema/db.ts';
import type { Scope } from '../../services/core/context.ts';
import { inTransaction } from '../../services/core/transaction.ts';
import { valueOnWire } from './answer.ts';
import type { CompiledEndpoint } from './compile.ts';

/** Open event streams of this process: each holds a socket, and looks once a second. */
export interface Streams {
  /** Takes a place until the function is called. @throws AppError rate_limited `TOO_MANY_STREAMS`. */
  admit(organizationId: string): () => void;
  /** Aborted when the process shuts down. */
  readonly closing: AbortSignal;
  close(): void;
}

const PER_ORGANIZATION = 20;
const PER_PROCESS = 400;

export function createStreams(perOrganization = PER_ORGANIZATION): Streams {
  const open = new Map<string, number>();
  const shutdown = new AbortController();
  let all = 0;
  return {
    closing: shutdown.signal,
    close: () => shutdown.abort(),
    admit(organizationId) {
      const own = open.get(organizationId) ?? 0;
      if (own >= perOrganization || all >= PER_PROCESS) {
        throw new AppError('rate_limited', 'TOO_MANY_STREAMS', 'Too many event streams are open.', {
          hint: 'Close one, or read the progress without a stream.',
          retryAfterSeconds: 5,
        });
      }
      open.set(organizationId, own + 1);
      all += 1;
      let released = false;
      return () => {
        if (released) return;
        released = true;
        all -= 1;
        const left = open.get(organizationId)! - 1;
        if (left === 0) open.delete(organizationId);
        else open.set(organizationId, left);
      };
    },
  };
}

const TICK_MS = 1_000;
const HEARTBEAT_TICKS = 15;
/** A stream ends sooner or later, so that the credential is looked at again when the client comes back. */
const MAX_TICKS = 900;

/**
 * Server-sent events: the verb's value whenever it has changed, read from the database in a transaction of its own each
 * time. The first one is read before the answer begins, so its refusal is a plain one.
 */
export async function streamEvents(
  deps: { readonly db: Db; readonly streams: Streams; readonly checkAnswers: boolean },
  compiled: CompiledEndpoint,
  scope: Scope,
  input: unknown,
  headers: Record<string, string>,
): Promise<Response> {
  const { verb, stream } = compiled.endpoint;
  const leave = deps.streams.admit(scope.organizationId);
  const release = () => {
    leave();
    stream!.ended?.(input);
  };
  const read = () => inTransaction(deps.db, scope, (ctx) => verb(ctx, input), { readOnly: true });
  const text = (value: unknown) => JSON.stringify(valueOnWire(compiled, value, deps.checkAnswers));
  const gone = new AbortController();
  const signal = AbortSignal.any([gone.signal, deps.streams.closing]);

  async function* events(first: unknown): AsyncGenerator<string> {
    try {
      let value = first;
      let said = text(value);
      let quiet = 0;
      yield `retry: 2000\n\n${event(stream!.event, said)}`;
      for (let tick = 0; tick < Math.min(stream!.maxTicks?.(input) ?? MAX_TICKS, MAX_TICKS); tick++) {
        if (stream!.isLast(value)) return yield event('end', '{}');
        await sleep(TICK_MS, undefined, { signal });
        value = await read();
        const now = text(value);
        quiet = now === said ? quiet + 1 : 0;
        if (now !== said) yield event(stream!.event, now);
        else if (quiet % HEARTBEAT_TICKS === 0) yield ': still here\n\n';
        said = now;
      }
    } catch {
      // Shut down, left by the client, or the database is away: the stream ends, and the client comes back.
    } finally {
      release();
    }
  }

  let source: AsyncGenerator<string>;
  try {
    source = events(await read());
  } catch (error) {
    release();
    throw error;
  }
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await source.next();
      if (done) controller.close();
      else controller.enqueue(Buffer.from(value, 'utf8'));
    },
    async cancel() {
      gone.abort();
      await source.return(undefined);
      release();
    },
  });
  return new Response(body, {
    status: 200,
    headers: { ...headers, 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' },
  });
}

const event = (name: string, data: string): string => `event: ${name}\ndata: ${data}\n\n`;
