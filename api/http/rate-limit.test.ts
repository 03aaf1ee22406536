import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createRateLimiter, type RateLimitStore } from './rate-limit.ts';
import { createRedisCounters } from './redis-counters.ts';

let seconds = 1_000_000;
const now = () => new Date(seconds * 1000);

/** What Postgres and Redis do, in a map. */
function memoryStore() {
  const totals = new Map<string, number>();
  let isAway = false;
  let asked = 0;
  const store: RateLimitStore = {
    async add(counts) {
      asked++;
      if (isAway) throw new Error('away');
      return counts.map(({ subject, resetAt, count }) => {
        const key = `${subject} ${resetAt}`;
        totals.set(key, (totals.get(key) ?? 0) + count);
        return totals.get(key)!;
      });
    },
  };
  return {
    store,
    asked: () => asked,
    away: (away: boolean) => {
      isAway = away;
    },
    forget: () => totals.clear(),
  };
}

describe('a rate limit', () => {
  it('counts in windows of its bucket and says what is left', () => {
    const limiter = createRateLimiter(now);
    const states = [1, 2, 3].map(() => limiter.take('search', 'a', 2));
    expect(states.map(({ allowed, remaining }) => [allowed, remaining])).toEqual([
      [true, 1],
      [true, 0],
      [false, 0],
    ]);
    expect(states[0]!.resetAt % 60).toBe(0);
    expect(limiter.take('search', 'b', 2).allowed).toBe(true);
    expect(limiter.take('ingest', 'a', 2).allowed).toBe(true);
    seconds += 60;
    expect(limiter.take('search', 'a', 2).allowed).toBe(true);
  });

  it('is shared by processes after an exchange; until then each lets through its limit at most', async () => {
    const { store } = memoryStore();
    const [one, other] = [createRateLimiter(now, store), createRateLimiter(now, store)];
    const letThrough = (limiter: typeof one) =>
      Array.from({ length: 20 }, () => limiter.take('general', 'k', 10)).filter(({ allowed }) => allowed).length;
    expect(letThrough(one) + letThrough(other)).toBe(20);
    await Promise.all([one.synchronize(), other.synchronize()]);
    await one.synchronize();
    expect([letThrough(one), letThrough(other)]).toEqual([0, 0]);
  });

  it('counts alone while the store is away, loses no count, and never fails a request', async () => {
    const { store, away } = memoryStore();
    const [one, other] = [createRateLimiter(now, store), createRateLimiter(now, store)];
    away(true);
    for (let i = 0; i < 6; i++) expect(one.take('general', 'outage', 10).allowed).toBe(true);
    await expect(one.synchronize()).rejects.toThrow('away');
    for (let i = 0; i < 2; i++) one.take('general', 'outage', 10);
    away(false);
    await one.synchronize();
    other.take('general', 'outage', 10);
    await other.synchronize();
    expect(other.take('general', 'outage', 10).remaining).toBe(0);
  });

  it('stays used up in every process when the store comes back without its counts', async () => {
    const { store, forget } = memoryStore();
    const [one, other] = [createRateLimiter(now, store), createRateLimiter(now, store)];
    for (let i = 0; i < 10; i++) one.take('general', 'forgotten', 10);
    await one.synchronize();
    other.take('general', 'forgotten', 10);
    await other.synchronize();
    forget();
    for (const limiter of [one, other, one, other]) {
      expect(limiter.take('general', 'forgotten', 10).allowed).toBe(false);
      await limiter.synchronize();
    }
  });

  it('asks the store for what has changed alone', async () => {
    const { store, asked } = memoryStore();
    const limiter = createRateLimiter(now, store);
    limiter.take('general', 'quiet', 10);
    await limiter.synchronize();
    await limiter.synchronize();
    expect(asked()).toBe(1);
  });
});

/** The few commands that the counters send, spoken over a socket. */
function startStandIn(port = 0): Promise<{ port: number; stop(): Promise<void> }> {
  const values = new Map<string, number>();
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    let buffer = '';
    socket.on('data', (data) => {
      buffer += data;
      for (;;) {
        const command = readCommand(buffer);
        if (!command) return;
        buffer = buffer.slice(command.length);
        socket.write(answer(command.parts));
      }
    });
  });
  const answer = ([name = '', key = '', count = '0']: string[]): string => {
    if (name.toLowerCase() === 'incrby') {
      values.set(key, (values.get(key) ?? 0) + Number(count));
      return `:${values.get(key)}\r\n`;
    }
    if (name.toLowerCase() === 'info') return '$24\r\nredis_version:7.4.0\r\nx:y\r\n';
    return name.toLowerCase() === 'expireat' ? ':1\r\n' : '+OK\r\n';
  };
  return new Promise((resolve) => {
    server.listen(port, '127.0.0.1', () =>
      resolve({
        port: (server.address() as { port: number }).port,
        stop: () =>
          new Promise((done) => {
            for (const socket of sockets) socket.destroy();
            server.close(() => done());
          }),
      }),
    );
  });
}

function readCommand(buffer: string): { parts: string[]; length: number } | undefined {
  const head = /^\*(\d+)\r\n/.exec(buffer);
  if (!head) return undefined;
  let at = head[0].length;
  const parts: string[] = [];
  for (let i = 0; i < Number(head[1]); i++) {
    const size = /^\$(\d+)\r\n/.exec(buffer.slice(at));
    if (!size) return undefined;
    at += size[0].length;
    const length = Number(size[1]);
    if (buffer.length < at + length + 2) return undefined;
    parts.push(buffer.slice(at, at + length));
    at += length + 2;
  }
  return { parts, length: at };
}

describe('counters in Redis', () => {
  const open: (() => unknown)[] = [];
  afterEach(async () => {
    for (const close of open.splice(0)) await close();
  });

  it('are added to by all processes, and are done without while Redis is away', async () => {
    let standIn = await startStandIn();
    open.push(() => standIn.stop());
    const outages: unknown[] = [];
    const counters = [0, 1].map(() =>
      createRedisCounters(`redis://127.0.0.1:${standIn.port}`, (error) => outages.push(error)),
    );
    for (const counter of counters) open.push(() => counter.close());
    const [one, other] = counters.map((counter) => createRateLimiter(now, counter));
    for (let i = 0; i < 7; i++) one!.take('general', 'redis', 10);
    for (let i = 0; i < 2; i++) other!.take('general', 'redis', 10);
    const synchronized = async (limiter: typeof one) => {
      await expect
        .poll(() =>
          limiter!.synchronize().then(
            () => 'done',
            () => 'failed',
          ),
        )
        .toBe('done');
    };
    await synchronized(one);
    await synchronized(other);
    expect(other!.take('general', 'redis', 10).remaining).toBe(0);

    const { port } = standIn;
    await standIn.stop();
    expect(one!.take('general', 'redis', 10).allowed).toBe(true);
    await expect(one!.synchronize()).rejects.toThrow();
    expect(one!.take('general', 'redis', 10).remaining).toBe(1);
    await expect.poll(() => outages.length).toBeGreaterThan(0);
    standIn = await startStandIn(port);
    await synchronized(one);
  }, 20_000);
});
