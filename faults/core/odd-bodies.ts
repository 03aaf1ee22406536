import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { memoryOf } from '../../bench/lib/processes.ts';
import { openSlowly, sendRaw } from '../lib/raw-http.ts';
import type { Trial } from '../lib/trial.ts';

const LIMIT_BYTES = 1_048_576;
const MOST_GROWTH_MB = 50;
const SLOW_CONNECTIONS = 500;
const ROUNDS = 5;

type Expected = 'refused' | 'taken' | 'either';

interface Odd {
  readonly what: string;
  readonly body: Buffer | string;
  readonly expected: Expected;
  readonly headers?: Record<string, string>;
}

const interaction = (fields: string, id = 'odd') =>
  `{"external_interaction_id":"${id}","channel":"chat","started_at":"2026-06-01T10:00:00Z","customer_identifiers":[{"type":"email","value":"odd@example.com"}]${fields}}`;

const ODD: readonly Odd[] = [
  {
    what: 'twice the limit',
    body: interaction(`,"metadata":{"a":"${'x'.repeat(2 * LIMIT_BYTES)}"}`),
    expected: 'refused',
  },
  {
    what: '10 MB, 10,000 deep',
    body: `${'['.repeat(10_000)}${' '.repeat(10_485_760)}${']'.repeat(10_000)}`,
    expected: 'refused',
  },
  { what: '10,000 arrays deep', body: `${'['.repeat(10_000)}${']'.repeat(10_000)}`, expected: 'refused' },
  {
    what: '10,000 objects deep',
    body: interaction(`,"metadata":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`),
    expected: 'refused',
  },
  {
    what: 'a million keys',
    body: `{${Array.from({ length: 1_000_000 }, (_, n) => `"k${n}":1`).join()}}`,
    expected: 'refused',
  },
  {
    what: '90,000 keys below the limit',
    body: `{${Array.from({ length: 90_000 }, (_, n) => `"k${n}":1`).join()}}`,
    expected: 'refused',
  },
  { what: 'a key twice', body: interaction(',"channel":"call"'), expected: 'either' },
  {
    what: 'a gzip bomb',
    body: gzipSync(Buffer.alloc(50_000_000, ' ')),
    expected: 'refused',
    headers: { 'content-encoding': 'gzip' },
  },
  {
    what: 'invalid UTF-8',
    body: Buffer.concat([
      Buffer.from(interaction(',"outcome":"').slice(0, -1)),
      Buffer.from([0xff, 0xfe]),
      Buffer.from('"}'),
    ]),
    expected: 'refused',
  },
  { what: 'NUL in a text', body: interaction(',"outcome":"a\\u0000b"'), expected: 'refused' },
  { what: 'a raw NUL', body: interaction(',"outcome":"a\0b"'), expected: 'refused' },
  { what: 'a lone surrogate', body: interaction(',"outcome":"\\ud800"'), expected: 'either' },
  { what: 'right to left', body: interaction(',"primary_intent":"שלום"', 'rtl'), expected: 'either' },
  { what: 'emoji of four bytes', body: interaction(',"primary_intent":"😀"', 'emoji'), expected: 'either' },
  { what: '__proto__', body: interaction(',"__proto__":{"admin":true}'), expected: 'refused' },
  { what: 'constructor', body: interaction(',"constructor":{"prototype":{"admin":true}}'), expected: 'refused' },
  { what: 'NaN', body: interaction(',"purchase_probability":NaN'), expected: 'refused' },
  { what: '1e999', body: interaction(',"purchase_probability":1e999'), expected: 'refused' },
  { what: '-0', body: interaction(',"purchase_probability":-0', 'minus-zero'), expected: 'either' },
  { what: '2^53+1 as a number', body: interaction(',"purchase_probability":9007199254740993'), expected: 'refused' },
  { what: '2^53+1 in an id', body: interaction('', '9007199254740993'), expected: 'either' },
  { what: 'an empty body', body: '', expected: 'refused' },
  { what: 'a body cut off', body: interaction('').slice(0, -10), expected: 'refused' },
  {
    what: 'a number of 100,000 digits',
    body: interaction(`,"purchase_probability":${'9'.repeat(100_000)}`),
    expected: 'refused',
  },
];

/** F14: what no client should send. */
export const oddBodies: Trial = {
  id: 'F14',
  title: 'huge and odd bodies, and connections that never finish',
  guarantee: 'Each is answered 4xx without a row, nothing is a 500, memory stays, and others are served meanwhile.',
  async run(world) {
    const { owner } = world.database;
    const { organizationId, key } = await world.createOrganization();
    const product = await world.startProduct({ workers: 0 });
    await product.up();
    const [api] = product.apis;
    const headers = { 'content-type': 'application/json', 'x-api-key': key, 'x-tenant-id': organizationId };
    const post = (body: Buffer | string, more: Record<string, string> = {}) =>
      sendRaw(product.url, 'POST', '/v1/interactions', { ...headers, ...more }, Buffer.from(body));
    const rows = async () => {
      const [row] = await owner<[{ count: number }]>`select count(*)::int as count from interactions`;
      return row.count;
    };
    for (let warm = 0; warm < 300; warm++) await post(interaction('', `warm-${warm}`));
    for (const { body, headers: more } of ODD) await post(body, more);
    const before = await rows();
    const memoryBefore = memoryOf(api!.pid);
    const wrong: string[] = [];
    let [answers500, slowest, taken] = [0, 0, 0];
    for (let round = 0; round < ROUNDS; round++) {
      for (const { what, body, expected, headers: more } of ODD) {
        const { status, ms, text } = await post(body, more);
        slowest = Math.max(slowest, ms);
        if (status >= 500) answers500 += 1;
        const refused = (status >= 400 && status < 500) || status === 0;
        // A connection that is closed in the face of a sender who goes on is an answer too.
        if (expected === 'refused' ? !refused : status >= 500 || status <= 0)
          wrong.push(`${what}: ${status} ${text.slice(0, 80)}`);
        if (status === 201) taken += 1;
      }
    }
    const sockets = openSlowly(product.url, SLOW_CONNECTIONS);
    world.cleanUp(async () => {
      for (const socket of sockets) socket.destroy();
    });
    let notServed = 0;
    for (let request = 0; request < 20; request++) {
      const { status } = await post(interaction('', `meanwhile-${request}`));
      if (status !== 201) notServed += 1;
      await sleep(100);
    }
    const storedOdd = (await rows()) - before - 20;
    await sleep(2_000);
    const growth = memoryOf(api!.pid) - memoryBefore;
    return {
      trials: ODD.length * ROUNDS,
      counts: {
        answers500,
        wrongAnswers: wrong.length,
        rowsOfRefused: Math.max(0, storedOdd - taken),
        notServedMeanwhile: notServed,
        memoryAboveLimit: growth > MOST_GROWTH_MB ? 1 : 0,
        restarts: api!.starts - 1,
      },
      notes: {
        slowestMs: Math.round(slowest),
        memoryGrowthMb: Math.round(growth),
        ...(wrong[0] ? { first: wrong.slice(0, 5).join(' | ') } : {}),
      },
    };
  },
};
