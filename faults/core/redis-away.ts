import { setTimeout as sleep } from 'node:timers/promises';
import type { TestOrganization } from '../../test/http/harness.ts';
import { inParallel } from '../lib/caller.ts';
import { openRedis } from '../lib/redis.ts';
import { notRun, type Trial } from '../lib/trial.ts';

const SIGN_INS_A_MINUTE = 5;
/** The connection is tried every 5 s, and counts are exchanged every half second. */
const SHARED_AGAIN_MS = 20_000;
/** A window that ends within a phase would give everybody their limit anew. */
const HOUR_MS = 3_600_000;

/** Of one subject at one process, in one window: what it let through and whether it has refused. */
interface Told {
  readonly limit: number;
  through: number;
  refused: boolean;
}

/** F5: the Redis that two API processes share their limits through is killed, stays away and comes back empty. */
export const redisAway: Trial = {
  id: 'F5',
  title: 'the Redis of the rate limits killed and away',
  guarantee:
    'No request fails; each process counts for itself and keeps each limit, whoever is refused stays refused, and ' +
    'once Redis is back limits are shared again.',
  async run(world, { n }) {
    const redis = await openRedis();
    if (typeof redis === 'string') return notRun(redis);
    world.cleanUp(() => redis.stop());
    const awaySeconds = n >= 1_000 ? 300 : 10;
    const limit = Math.ceil(n / 4);
    const product = await world.startProduct({
      apis: 2,
      workers: 0,
      env: {
        REDIS_URL: redis.url,
        RATE_LIMIT_GENERAL_PER_HOUR: String(limit),
        RATE_LIMIT_AUTH_PER_MINUTE: String(SIGN_INS_A_MINUTE),
      },
    });
    await product.up();
    const [before, during, after] = await Promise.all([1, 2, 3].map(() => world.createOrganization()));
    const told = new Map<string, Told>();
    const statuses = new Map<string, number>();
    let slowest = 0;
    let [throughAfterRefusal, overTheLimit] = [0, 0];
    async function ask(api: number, path: string, subject: string, most: number, init: RequestInit): Promise<boolean> {
      const begun = performance.now();
      const response = await fetch(`${product.urls[api]}${path}`, { ...init, signal: AbortSignal.timeout(20_000) });
      await response.arrayBuffer();
      slowest = Math.max(slowest, performance.now() - begun);
      const status = `${response.status}`;
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      const id = `${api} ${subject} ${response.headers.get('x-ratelimit-reset')}`;
      const one = told.get(id) ?? { limit: most, through: 0, refused: false };
      told.set(id, one);
      const isRefused = response.status === 429;
      if (isRefused) one.refused = true;
      else if (one.refused) throughAfterRefusal += 1;
      else if (++one.through > most) overTheLimit += 1;
      return !isRefused;
    }
    const look = (api: number, { organizationId, key, keyId }: TestOrganization) =>
      ask(api, '/v1/vendors', keyId, limit, { headers: { 'x-api-key': key, 'x-tenant-id': organizationId } });
    const signIn = (api: number) => {
      const body = JSON.stringify({ email: 'nobody@example.com', password: 'correct horse battery staple' });
      const headers = { 'content-type': 'application/json' };
      return ask(api, '/api/v1/auth/login', 'sign-in', SIGN_INS_A_MINUTE, { method: 'POST', headers, body });
    };
    /** Used up at the first process: does the second one learn of it? */
    const isShared = async (organization: TestOrganization) => {
      await inParallel(limit, { atOnce: 8 }, async () => void (await look(0, organization)));
      const end = performance.now() + SHARED_AGAIN_MS;
      while (performance.now() < end) {
        if (!(await look(1, organization))) return true;
        await look(0, organization);
        await sleep(250);
      }
      return false;
    };
    const phases = (awaySeconds + 90) * 1_000;
    const left = HOUR_MS - (Date.now() % HOUR_MS);
    if (left < phases) await sleep(left);

    const sharedBefore = await isShared(before!);
    await redis.kill();
    const load = inParallel(n, { atOnce: 8, perSecond: n / awaySeconds }, async (index) => {
      await look(index % 2, during!);
      if (index % 20 < 2) await signIn(index % 2);
      if (index % 20 === 2) await look((index / 2) % 2, before!);
    });
    await load;
    const windows = [...told].filter(([id]) => id.includes(during!.keyId)).map(([, one]) => one);
    await redis.start();
    const sharedAfter = await isShared(after!);
    for (const api of [0, 1]) for (const one of [before!, during!]) await look(api, one);

    const expected = new Set(['200', '401', '429']);
    return {
      trials: n,
      counts: {
        answers500: statuses.get('500') ?? 0,
        otherAnswers: [...statuses].reduce((sum, [status, times]) => sum + (expected.has(status) ? 0 : times), 0),
        overTheLimit,
        throughAfterRefusal,
        // Half the load went to each process and is twice its limit.
        refusedTooEarly: windows.filter(({ through }) => through < limit).length,
        notSharedBefore: sharedBefore ? 0 : 1,
        notSharedAfter: sharedAfter ? 0 : 1,
      },
      notes: {
        awaySeconds,
        limit,
        statuses: JSON.stringify(Object.fromEntries(statuses)),
        slowestAnswerMs: Math.round(slowest),
      },
    };
  },
};
