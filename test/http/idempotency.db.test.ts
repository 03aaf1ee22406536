import type { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  call,
  createOrganization,
  createTestApp,
  createTestDatabase,
  type TestDatabase,
  type TestOrganization,
} from './harness.ts';

let database: TestDatabase;
let app: Hono;
let ours: TestOrganization;
let now = new Date('2026-06-01T00:00:00Z');

beforeAll(async () => {
  database = await createTestDatabase();
  app = createTestApp({ db: database.app, now: () => now });
  ours = await createOrganization(database);
});
afterAll(() => database.drop());

const vendor = (code: string, name = code) => ({ vendor_code: code, display_name: name });
const post = (key: string, body: unknown, as = ours, path = '/v1/testing/vendors') =>
  call(app, as, 'POST', path, { body, headers: { 'idempotency-key': key } });
const vendorCount = async (code: string) => {
  const [row] = await database.owner<{ n: number }[]>`select count(*)::int as n from vendors where code = ${code}`;
  return row!.n;
};

describe('Idempotency-Key', () => {
  it('replays status, body, version and place to the byte, and does the work once', async () => {
    const first = await post('replay', vendor('replay'));
    const again = await post('replay', vendor('replay'));
    expect(first.status).toBe(201);
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    expect([again.status, again.text]).toEqual([first.status, first.text]);
    for (const name of ['etag', 'location']) expect(again.headers.get(name)).toBe(first.headers.get(name));
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(await vendorCount('replay')).toBe(1);
  });

  it('refuses another body, another path and another face under the same key', async () => {
    await post('conflict', vendor('conflict'));
    for (const answer of [
      await post('conflict', vendor('conflict', 'other')),
      await post('conflict', {}, ours, '/v1/testing/echo'),
      await post('conflict', vendor('conflict'), ours, '/api/v1/testing/vendors'),
    ]) {
      expect(answer.status).toBe(409);
      expect(answer.text).toContain('IDEMPOTENCY_CONFLICT');
    }
  });

  it('belongs to one organization', async () => {
    const theirs = await createOrganization(database);
    const mine = await post('shared', vendor('shared'));
    const other = await post('shared', vendor('shared'), theirs);
    expect(other.status).toBe(201);
    expect(other.json.data.id).not.toBe(mine.json.data.id);
  });

  it('does the work once for many requests at the same time', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => post('race', vendor('race'))));
    expect(new Set(answers.map((answer) => answer.text)).size).toBe(1);
    expect(answers.filter((answer) => answer.headers.get('idempotent-replayed') === null)).toHaveLength(1);
    expect(await vendorCount('race')).toBe(1);
  });

  it('is not used up by a refusal, neither by validation nor by a rollback', async () => {
    expect((await post('again', { vendor_code: 'again' })).status).toBe(400);
    await call(app, ours, 'POST', '/v1/testing/vendors', { body: vendor('taken') });
    expect((await post('again', vendor('taken'))).status).toBe(409);
    expect((await post('again', vendor('again'))).status).toBe(201);
    const rows = await database.owner`select key from idempotency_keys where key = 'again'`;
    expect(rows).toHaveLength(1);
  });

  it('gives up after five seconds when the first request is still open', async () => {
    const holder = database.owner.begin(async (sql) => {
      await sql`insert into idempotency_keys (organization_id, key, fingerprint, operation_id, expires_at)
                values (${ours.organizationId}, 'held', '\\x00', 'x', now() + interval '1 day')`;
      const answer = await post('held', vendor('held'));
      expect([answer.status, answer.json.code]).toEqual([409, 'IDEMPOTENCY_IN_PROGRESS']);
      expect(answer.headers.get('retry-after')).toBe('5');
      throw new Error('roll back');
    });
    await expect(holder).rejects.toThrow('roll back');
    expect((await post('held', vendor('held'))).status).toBe(201);
  });

  it('may be used for something new after a day', async () => {
    await post('daily', vendor('day-1'));
    now = new Date(now.getTime() + 24 * 3_600_000);
    const next = await post('daily', vendor('day-2'));
    expect([next.status, next.headers.get('idempotent-replayed')]).toEqual([201, null]);
  });

  it('must have 1 to 255 characters', async () => {
    expect((await post('k'.repeat(255), vendor('long'))).status).toBe(201);
    for (const key of ['k'.repeat(256), '']) expect((await post(key, vendor('longer'))).status).toBe(400);
  });
});
