import { request } from 'node:http';
import { median } from '../../bench/lib/results.ts';
import { PASSWORD } from '../../test/http/accounts.ts';
import { inParallel } from '../lib/caller.ts';
import type { Trial } from '../lib/trial.ts';

const PER_MINUTE = 10;
/** Failures after which an account rests. */
const MOST_FAILURES = 10;
const AT_ONCE = 4;

interface Tried {
  readonly status: number;
  readonly ms: number;
}

/** A10: many passwords from one address, one person from many addresses, and who is known told by the time it takes. */
export const bruteForce: Trial = {
  id: 'A10',
  title: 'passwords tried from one address, and from a thousand for one person',
  guarantee:
    'One address tries no more than its limit, one account no more than its failures, and a known address answers like an unknown one.',
  async run(world, { n }) {
    const attempts = Math.min(n, 1_000);
    const product = await world.startProduct({ workers: 0, env: { RATE_LIMIT_AUTH_PER_MINUTE: String(PER_MINUTE) } });
    await product.up();
    const url = new URL(product.url);
    const post = (path: string, body: object, localAddress: string): Promise<Tried> =>
      new Promise((resolve, reject) => {
        const begun = performance.now();
        const call = request(
          {
            host: url.hostname,
            port: url.port,
            path,
            method: 'POST',
            localAddress,
            headers: { 'content-type': 'application/json' },
          },
          (response) => {
            response.resume();
            response.on('end', () => resolve({ status: response.statusCode ?? 0, ms: performance.now() - begun }));
          },
        );
        call.on('error', reject);
        call.end(JSON.stringify(body));
      });
    // Every address of 127/8 is this machine.
    const addressOf = (index: number) => `127.1.${Math.floor(index / 250)}.${(index % 250) + 1}`;
    const login = (email: string, password: string, from: string) =>
      post('/api/v1/auth/login', { email, password }, from);
    const known = 'known@acme.example';
    const registered = await post(
      '/api/v1/auth/register',
      { email: known, password: PASSWORD, firstName: 'Ada', organizationName: 'Acme' },
      '127.2.0.1',
    );
    if (registered.status !== 201) throw new Error(`Nobody could register: ${registered.status}`);

    // Before anybody is locked out: the same address of the web, one name that is known and one that is not.
    const times = { known: [] as number[], unknown: [] as number[] };
    for (let index = 0; index < 8; index++) {
      times.known.push((await login(known, 'wrong password 1', `127.3.0.${index + 1}`)).ms);
      times.unknown.push((await login(`nobody-${index}@acme.example`, 'wrong password 1', `127.3.1.${index + 1}`)).ms);
    }
    const begun = performance.now();
    const fromOne: number[] = [];
    await inParallel(attempts, { atOnce: 10 }, async (index) => {
      fromOne.push((await login(`victim-${index}@acme.example`, 'wrong password', '127.4.0.1')).status);
    });
    const minutes = Math.ceil((performance.now() - begun) / 60_000) + 1;
    const letThrough = fromOne.filter((status) => status !== 429 && status !== 503).length;

    const victim = 'victim@acme.example';
    await post(
      '/api/v1/auth/register',
      { email: victim, password: PASSWORD, firstName: 'Bob', organizationName: 'Bobs' },
      '127.2.0.2',
    );
    const fromMany: number[] = [];
    await inParallel(attempts, { atOnce: AT_ONCE }, async (index) => {
      fromMany.push((await login(victim, `guess ${index}`, addressOf(index))).status);
    });
    const checked = fromMany.filter((status) => status === 401).length;
    // The right password while the account rests gets no further either.
    const rightWhileResting = await login(victim, PASSWORD, '127.5.0.1');
    const answers500 = [...fromOne, ...fromMany].filter((status) => status === 500).length;
    return {
      trials: attempts * 2,
      counts: {
        aboveLimitOfAddress: Math.max(0, letThrough - PER_MINUTE * minutes),
        guessedInSpiteOfRest: rightWhileResting.status === 200 ? 1 : 0,
        // Those under way at once may each be the tenth.
        aboveFailuresOfAccount: Math.max(0, checked - MOST_FAILURES - AT_ONCE),
        answers500,
      },
      notes: {
        letThrough,
        checkedOfOnePerson: checked,
        knownMs: Math.round(median(times.known)),
        unknownMs: Math.round(median(times.unknown)),
        differenceMs: Math.round(Math.abs(median(times.known) - median(times.unknown)) * 10) / 10,
        statuses: JSON.stringify(
          Object.fromEntries(
            [...new Set(fromMany)].map((one) => [one, fromMany.filter((status) => status === one).length]),
          ),
        ),
      },
    };
  },
};
