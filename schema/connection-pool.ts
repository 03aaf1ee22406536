import postgres from 'postgres';

type Sql = postgres.Sql<{ bigint: number }>;

/** One connection, held by one unit of work; what Kysely's driver needs of it. */
export interface HeldConnection {
  unsafe: Sql['unsafe'];
  release(): void;
}

export interface ConnectionPool {
  readonly options: Sql['options'];
  /** @throws an error with code POOL_TIMEOUT, CONNECT_TIMEOUT or the reason why Postgres cannot be reached. */
  reserve(): Promise<HeldConnection>;
  /** For whoever watches: connections in use and idle, and units of work that wait for one. */
  state(): PoolState;
  end(options?: { timeout?: number | undefined }): Promise<void>;
}

export interface PoolState {
  readonly held: number;
  readonly idle: number;
  readonly waiting: number;
}

interface Slot {
  readonly client: Sql;
  alive: boolean;
  /** A reader is done here; its commit goes along with the next begin, or alone when this ends. */
  reader?: NodeJS.Timeout | undefined;
}

interface Waiter {
  resolve(slot: Slot): void;
  reject(error: Error): void;
}

const WAIT_MS = 5_000;

/** The commit of a unit of work that has only read: nobody waits for it, so it may share a message with what follows. */
export const COMMIT_READER = 'commit /* reader */';
const READER_MS = 5;

const failure = (code: string, message: string): Error => Object.assign(new Error(message), { code });

/** Postgres answers the COMMIT of a transaction in which a statement has failed with ROLLBACK, and no error. */
function committed<R extends { command: string }>(result: R): R {
  if (result.command === 'COMMIT') return result;
  throw failure('25P02', 'The transaction was rolled back: one of its statements had failed.');
}

const MOST_PARAMETERS = 65_533;

/** What the client refuses only while it writes: by then it takes its own failure for that of another statement under way. */
function refusal(parameters: readonly unknown[]): Error | null {
  if (parameters.length > MOST_PARAMETERS)
    return failure('TOO_MANY_PARAMETERS', 'A statement takes 65,533 parameters.');
  const at = parameters.findIndex(
    (value) => value === undefined || (value instanceof Date && Number.isNaN(value.getTime())),
  );
  return at < 0 ? null : failure('UNUSABLE_PARAMETER', `Parameter ${at + 1} of a statement is no value.`);
}

/**
 * Hands out connections whole. The client's own `reserve()` goes on using a connection object after its socket has
 * died: it crashes the process, or runs the rest of a transaction inside somebody else's. Here each object serves one
 * socket: once that is gone, every further statement is refused and the object is thrown away.
 */
export function createConnectionPool(sql: Sql): ConnectionPool {
  const { max } = sql.options;
  const slots = new Set<Slot>();
  const idle: Slot[] = [];
  const waiting: Waiter[] = [];
  // The client learns array types with a query whose failure nobody can catch, so only first connections ask it;
  // what they learn is shared by all.
  let typesKnown = false;
  let ending = false;

  function open(): Slot {
    const options = {
      ...sql.options,
      max: 1,
      idle_timeout: null,
      max_lifetime: null,
      fetch_types: !typesKnown,
      onclose: () => lose(slot),
    };
    const slot: Slot = {
      client: postgres(options as unknown as postgres.Options<Record<string, never>>) as unknown as Sql,
      alive: true,
    };
    slots.add(slot);
    return slot;
  }

  function lose(slot: Slot): void {
    if (!slots.delete(slot)) return;
    slot.alive = false;
    clearTimeout(slot.reader);
    const at = idle.indexOf(slot);
    if (at >= 0) idle.splice(at, 1);
    void slot.client.end({ timeout: 0 }).catch(() => {});
    const next = waiting.shift();
    if (next) connect().then(next.resolve, next.reject);
  }

  /** The first statement opens the socket; a server that accepts and hangs up would be tried for ever without the limit. */
  async function connect(): Promise<Slot> {
    const slot = open();
    try {
      await within(WAIT_MS, slot.client.unsafe('select 1'), () =>
        failure('CONNECT_TIMEOUT', 'Postgres does not answer.'),
      );
      typesKnown = true;
      return slot;
    } catch (error) {
      lose(slot);
      throw error;
    }
  }

  function wait(): Promise<Slot> {
    const turn = Promise.withResolvers<Slot>();
    const waiter: Waiter = turn;
    waiting.push(waiter);
    return within(WAIT_MS, turn.promise, () => {
      const at = waiting.indexOf(waiter);
      if (at >= 0) waiting.splice(at, 1);
      // A connection that comes after the limit goes back to the others.
      else void turn.promise.then(giveBack, () => {});
      return failure('POOL_TIMEOUT', 'All connections are in use.');
    });
  }

  function giveBack(slot: Slot): void {
    if (!slot.alive) return;
    const next = waiting.shift();
    if (ending) lose(slot);
    else if (next) next.resolve(slot);
    else idle.push(slot);
  }

  function leaveOpen(slot: Slot): Promise<never[]> {
    slot.reader = setTimeout(commitReader, READER_MS, slot);
    return Promise.resolve([]);
  }

  function forgetReader(slot: Slot): void {
    clearTimeout(slot.reader);
    slot.reader = undefined;
  }

  function commitReader(slot: Slot): void {
    forgetReader(slot);
    // With the socket, the transaction is gone too.
    slot.client.unsafe('commit').catch(() => {});
  }

  function hold(slot: Slot): HeldConnection {
    let held = true;
    let refused: Error | null = null;
    return {
      unsafe: ((...args: Parameters<Sql['unsafe']>) => {
        // By now it may be inside the transaction of another organization.
        if (!held) throw failure('CONNECTION_RELEASED', 'The unit of work is over.');
        if (!slot.alive) throw failure('CONNECTION_CLOSED', 'The connection was lost.');
        const [text, parameters, options] = args;
        if (text === COMMIT_READER) return leaveOpen(slot);
        if (text === 'rollback') refused = null;
        // Whoever let the refused one go must not commit the others.
        if (refused && text === 'commit') throw refused;
        const unusable = refusal(parameters ?? []);
        if (unusable) {
          refused = unusable;
          throw unusable;
        }
        const before = slot.reader === undefined ? '' : 'commit; ';
        // Several statements in one message, as the begin of a unit of work is, cannot be prepared.
        if (text.startsWith('begin')) {
          forgetReader(slot);
          return slot.client.unsafe(`${before}${text}`, [], { simple: true } as typeof options).execute();
        }
        if (before) commitReader(slot);
        const query = slot.client.unsafe(text, parameters, options);
        // The client sends a query once somebody waits for it: here, in the order in which they came. Cursors begin by themselves.
        if (options) query.execute();
        return text === 'commit' ? query.then(committed) : query;
      }) as Sql['unsafe'],
      release() {
        if (!held) return;
        held = false;
        giveBack(slot);
      },
    };
  }

  return {
    options: sql.options,
    async reserve() {
      if (ending) throw failure('CONNECTION_ENDED', 'The pool is closed.');
      const slot = idle.pop();
      if (slot) return hold(slot);
      return hold(await (slots.size < max ? connect() : wait()));
    },
    state: () => ({ held: slots.size - idle.length, idle: idle.length, waiting: waiting.length }),
    async end({ timeout } = {}) {
      ending = true;
      for (const waiter of waiting.splice(0)) waiter.reject(failure('CONNECTION_ENDED', 'The pool is closed.'));
      await Promise.all([...slots].map((slot) => slot.client.end(timeout === undefined ? {} : { timeout })));
    },
  };
}

async function within<T>(ms: number, work: PromiseLike<T>, tooLate: () => Error): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(tooLate()), ms);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
