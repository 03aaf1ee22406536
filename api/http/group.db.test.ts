import type { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  call,
  createOrganization,
  createTestApp,
  createTestDatabase,
  type TestDatabase,
} from '../../test/http/harness.ts';
import { ENDPOINTS } from '../endpoints.ts';

let database: TestDatabase;
let app: Hono;
const commits: number[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  app = createTestApp({ db: database.app, endpoints: ENDPOINTS, afterCommit: () => commits.push(1) });
});
afterAll(() => database?.drop());

const body = (name: string, extra: object = {}) => ({
  external_interaction_id: name,
  channel: 'chat',
  started_at: '2026-01-01T00:00:00Z',
  customer_identifiers: [{ type: 'email', value: `${name}@example.com` }],
  ...extra,
});

describe('grouped ingestion', () => {
  it('answers concurrent requests with their own rows, in fewer transactions than requests', async () => {
    const organization = await createOrganization(database);
    commits.length = 0;
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        call(app, organization, 'POST', '/v1/interactions', { body: body(`n${n}`) }),
      ),
    );
    expect(answers.map((answer) => answer.status)).toEqual(Array(100).fill(201));
    expect(answers.map((answer) => answer.json.data.external_interaction_id)).toEqual(
      Array.from({ length: 100 }, (_, n) => `n${n}`),
    );
    const rows = await database.owner<{ id: string; external_id: string }[]>`
      select id, external_id from interactions where organization_id = ${organization.organizationId}`;
    expect(new Map(rows.map((row) => [row.external_id, row.id]))).toEqual(
      new Map(answers.map((answer) => [answer.json.data.external_interaction_id, answer.json.data.id])),
    );
    expect(commits.length).toBeLessThan(20);
  });

  it('refuses a bad row alone: its neighbours are stored, and nothing of it is', async () => {
    const organization = await createOrganization(database);
    const bad = {
      participants: [{ type: 'agent', id: crypto.randomUUID() }],
      customer_identifiers: [{ type: 'email', value: 'never@example.com' }],
    };
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, n) =>
        call(app, organization, 'POST', '/v1/interactions', { body: body(`m${n}`, n % 3 === 0 ? bad : {}) }),
      ),
    );
    expect(answers.map((answer) => answer.status)).toEqual(
      Array.from({ length: 30 }, (_, n) => (n % 3 === 0 ? 400 : 201)),
    );
    expect(answers[0]!.json.details.field).toBe('participants.0.id');
    const [row] = await database.owner`
      select (select count(*)::integer from interactions where organization_id = ${organization.organizationId}) as stored,
             (select count(*)::integer from customer_identifiers where value = 'never@example.com') as leaked`;
    expect(row).toEqual({ stored: 20, leaked: 0 });
  });

  it('stores one of several that carry the same external id, and tells the others which it is', async () => {
    const organization = await createOrganization(database);
    const answers = await Promise.all(
      Array.from({ length: 25 }, () => call(app, organization, 'POST', '/v1/interactions', { body: body('same') })),
    );
    const created = answers.filter((answer) => answer.status === 201);
    expect(created).toHaveLength(1);
    for (const answer of answers.filter((other) => other !== created[0])) {
      expect(answer.json).toMatchObject({
        code: 'DUPLICATE_INTERACTION',
        details: { existing_id: created[0]!.json.data.id },
      });
    }
  });

  it('replays each Idempotency-Key byte by byte, also within one group, and frees the key of a refused request', async () => {
    const organization = await createOrganization(database);
    const send = (key: string, content: object) =>
      call(app, organization, 'POST', '/v1/interactions', { body: content, headers: { 'idempotency-key': key } });
    const answers = await Promise.all(Array.from({ length: 40 }, (_, n) => send(`k${n % 10}`, body(`i${n % 10}`))));
    expect(answers.map((answer) => answer.status)).toEqual(Array(40).fill(201));
    for (const [n, answer] of answers.entries()) expect(answer.text).toBe(answers[n % 10]!.text);
    expect(answers.filter((answer) => answer.headers.get('idempotent-replayed') === 'true')).toHaveLength(30);
    expect((await send('k1', body('other'))).json.code).toBe('IDEMPOTENCY_CONFLICT');
    const refused = body('later', { participants: [{ type: 'agent', id: crypto.randomUUID() }] });
    expect((await send('fresh', refused)).status).toBe(400);
    expect((await send('fresh', body('later'))).status).toBe(201);
  });

  it('works them off one by one when the group fails as a whole, so that only the cause fails', async () => {
    const organization = await createOrganization(database);
    await database.owner`
      create function refuse_one() returns trigger language plpgsql as $$
      begin
        if new.external_id = 'cause' then raise exception 'made up' using errcode = 'P0001'; end if;
        return new;
      end $$`;
    await database.owner`create trigger refuse_one before insert on interactions for each row execute function refuse_one()`;
    const names = ['a', 'b', 'cause', 'c', 'd'];
    const answers = await Promise.all(
      names.map((name) => call(app, organization, 'POST', '/v1/interactions', { body: body(name) })),
    );
    await database.owner`drop trigger refuse_one on interactions`;
    expect(answers.map((answer) => answer.status)).toEqual([201, 201, 500, 201, 201]);
  });

  it('keeps organizations and callers apart', async () => {
    const [one, other] = [await createOrganization(database), await createOrganization(database)];
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        call(app, n % 2 ? one : other, 'POST', '/v1/interactions', { body: body(`x${n}`) }),
      ),
    );
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([201]));
    for (const [index, organization] of [other, one].entries()) {
      const rows = await database.owner<{ external_id: string }[]>`
        select external_id from interactions where organization_id = ${organization.organizationId}`;
      expect(rows.every((row) => Number(row.external_id.slice(1)) % 2 === index)).toBe(true);
      expect(rows).toHaveLength(20);
    }
  });
});

describe('an array of rows', () => {
  it('has one outcome per row, in order: created, duplicate or invalid with field and reason', async () => {
    const organization = await createOrganization(database);
    const existing = await call(app, organization, 'POST', '/v1/interactions', { body: body('before') });
    const rows = [
      body('r0'),
      body('before'),
      { ...body('r2'), channel: 7 },
      body('r0'),
      body('r4', { ended_at: '2025-12-31T00:00:00Z' }),
      'not an object',
      body('r6'),
    ];
    const answer = await call(app, organization, 'POST', '/v1/interactions', { body: rows });
    expect([answer.status, answer.json.message]).toEqual([200, '2 of 7 rows stored']);
    const { data } = answer.json;
    expect(data.map((row: { index: number; status: string }) => [row.index, row.status])).toEqual([
      [0, 'created'],
      [1, 'duplicate'],
      [2, 'invalid'],
      [3, 'duplicate'],
      [4, 'invalid'],
      [5, 'invalid'],
      [6, 'created'],
    ]);
    expect(data[0]).toMatchObject({ external_interaction_id: 'r0', customer_id: expect.any(String) });
    expect(data[1]).toMatchObject({ id: existing.json.data.id, error: { code: 'DUPLICATE_INTERACTION' } });
    expect(data[2].error).toMatchObject({ code: 'VALIDATION_ERROR', field: 'channel' });
    expect(data[3].id).toBe(data[0].id);
    expect(data[4].error).toMatchObject({ field: 'ended_at', message: 'ended_at lies before the start' });
    const [row] = await database.owner`
      select count(*)::integer as stored from interactions where organization_id = ${organization.organizationId}`;
    expect(row!.stored).toBe(3);
  });

  it('of 1,000 is taken at once, one more is refused, and a repeat under its key is replayed', async () => {
    const organization = await createOrganization(database);
    const rows = Array.from({ length: 1_000 }, (_, n) => body(`b${n}`));
    const send = () =>
      call(app, organization, 'POST', '/v1/interactions', { body: rows, headers: { 'idempotency-key': 'all' } });
    const first = await send();
    expect(first.json.message).toBe('1000 of 1000 rows stored');
    const second = await send();
    expect([second.text === first.text, second.headers.get('idempotent-replayed')]).toEqual([true, 'true']);
    const tooMany = await call(app, organization, 'POST', '/v1/interactions', { body: [...rows, body('b1000')] });
    expect([tooMany.status, tooMany.json.code]).toEqual([400, 'VALIDATION_ERROR']);
  });
});
