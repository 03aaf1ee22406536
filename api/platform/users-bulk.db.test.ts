import type { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addKey,
  call,
  createOrganization,
  createTestApp,
  createTestDatabase,
  type TestDatabase,
  type TestOrganization,
} from '../../test/http/harness.ts';
import { importWorker, sendFile } from '../../test/http/uploads.ts';
import { ENDPOINTS } from '../endpoints.ts';

let database: TestDatabase;
let app: Hono;
const NOW = new Date('2026-06-30T12:00:00Z');
beforeAll(async () => {
  database = await createTestDatabase();
  app = createTestApp({ db: database.app, endpoints: ENDPOINTS, now: () => NOW });
});
afterAll(() => database?.drop());

/** As printed, with hosts of their own: an e-mail belongs to one person in the whole product. */
const printed = (host: string) =>
  `email,name,phone,role_id,team_id,user_type,location
user1@${host},John Doe,+1234567890,1,1,product_user,USA
user2@${host},Jane Smith,,2,2,product_user,UK
`;
const host = () => `${crypto.randomUUID().slice(0, 8)}.example.com`;

const bulk = (as: TestOrganization, text: string, type = 'text/csv', query = '', headers = {}) =>
  call(app, as, 'POST', `/v1/users/bulk${query}`, { text, headers: { 'content-type': type, ...headers } });
const withTwoTeams = async () => {
  const own = await createOrganization(database);
  await call(app, own, 'POST', '/v1/teams', { body: { name: 'Second' } });
  return own;
};
const usersOf = async (as: TestOrganization) => (await call(app, as, 'GET', '/v1/users?sort=email')).json.data;

describe('bulk users', () => {
  it('takes the printed file to the letter', async () => {
    const own = await withTwoTeams();
    await database.owner`delete from users where lower(email) in ('user1@example.com', 'user2@example.com')`;
    const { status, json, headers } = await bulk(own, printed('example.com'));
    expect([status, json.message]).toEqual([200, '2 of 2 rows stored']);
    expect(json.data).toMatchObject({ status: 'completed', total: 2, created: 2, skipped: 0, failed: 0 });
    expect(json.data.rows).toMatchObject([
      { line: 2, status: 'stored', errors: [] },
      { line: 3, status: 'stored', errors: [] },
    ]);
    expect(headers.get('location')).toBe(`/v1/uploads/${json.data.upload_id}`);
    expect(await usersOf(own)).toMatchObject([
      {
        email: 'user1@example.com',
        first_name: 'John',
        last_name: 'Doe',
        phone: '+1234567890',
        role: { number: 1 },
        base_level: 'admin',
        team: { number: 1 },
        location: 'USA',
      },
      {
        email: 'user2@example.com',
        name: 'Jane Smith',
        phone: null,
        role: { number: 2 },
        team: { number: 2 },
        location: 'UK',
      },
    ]);
  });

  it('takes the same as a form and as a JSON array, in either casing', async () => {
    const [one, two] = [await withTwoTeams(), await withTwoTeams()];
    const form = new FormData();
    form.append('file', new Blob([printed(host())], { type: 'text/csv' }), 'people.csv');
    const encoded = new Response(form);
    const response = await app.request('/v1/users/bulk', {
      method: 'POST',
      body: await encoded.arrayBuffer(),
      headers: {
        'x-api-key': one.key,
        'x-tenant-id': one.organizationId,
        'content-type': encoded.headers.get('content-type')!,
      },
    });
    expect([response.status, ((await response.json()) as { data: { created: number } }).data.created]).toEqual([
      200, 2,
    ]);
    const rows = [
      { email: `a@${host()}`, name: 'Ann Lee Ray', role_id: 4, team_id: '1' },
      { email: `b@${host()}`, firstName: 'Bo', userType: 'observer' },
    ];
    const array = await bulk(two, JSON.stringify(rows), 'application/json');
    expect(array.json.data.rows.map((row: { line: number; status: string }) => [row.line, row.status])).toEqual([
      [1, 'stored'],
      [2, 'stored'],
    ]);
    const users = await usersOf(two);
    expect(users[0]).toMatchObject({ first_name: 'Ann', last_name: 'Lee Ray', role: { number: 4 } });
    expect(users[1]).toMatchObject({ user_type: 'observer', role: { number: 3 } });
    for (const text of ['{}', '[]', '[', '']) expect((await bulk(two, text, 'application/json')).status).toBe(400);
  });

  it('says what is wrong in which line and stores the others', async () => {
    const own = await createOrganization(database);
    const at = host();
    const text = [
      'email,name,role_id,team_id,user_type',
      `good@${at},Good,3,1,product_user`,
      `GOOD@${at},Again,3,1,product_user`,
      `role@${at},R,77,1,product_user`,
      `team@${at},T,3,78,product_user`,
      `type@${at},U,3,1,robot`,
      'nobody,N,3,1,product_user',
      `noname@${at},,3,1,product_user`,
    ].join('\n');
    const { json } = await bulk(own, text);
    expect(json.data).toMatchObject({ total: 7, created: 1, skipped: 1, failed: 5 });
    const [good, twin] = json.data.rows;
    expect(twin).toMatchObject({ line: 3, status: 'duplicate', id: good.id, errors: [{ code: 'EMAIL_TAKEN' }] });
    expect(
      json.data.rows
        .slice(2)
        .map((row: { line: number; errors: { field: string }[] }) => [row.line, row.errors[0]!.field]),
    ).toEqual([
      [4, 'role_id'],
      [5, 'team_id'],
      [6, 'user_type'],
      [7, 'email'],
      [8, 'first_name'],
    ]);
    const again = await bulk(own, text);
    expect(again.json.data).toMatchObject({ created: 0, skipped: 2 });
    const noHeader = await bulk(own, `x@${at},X`);
    expect([noHeader.status, noHeader.json.details.field]).toEqual([400, 'file']);
    const errors = await call(app, own, 'GET', `/v1/uploads/${json.data.upload_id}/errors`);
    expect(errors.text.trim().split('\r\n')).toHaveLength(7);
  });

  it('checks every row of a dry run and stores none', async () => {
    const own = await withTwoTeams();
    const { json } = await bulk(own, printed(host()), 'text/csv', '?dry_run=true');
    expect(json.data).toMatchObject({ dry_run: true, created: 2, rows: [{ id: null }, { id: null }] });
    expect(await usersOf(own)).toEqual([]);
  });

  it('answers a repeated request with the same key once', async () => {
    const own = await withTwoTeams();
    const text = printed(host());
    const first = await bulk(own, text, 'text/csv', '', { 'idempotency-key': 'bulk-1' });
    const second = await bulk(own, text, 'text/csv', '', { 'idempotency-key': 'bulk-1' });
    expect([second.text, second.headers.get('idempotent-replayed')]).toEqual([first.text, 'true']);
    expect(await usersOf(own)).toHaveLength(2);
  });

  it('gives nobody more than the uploader may give, neither here nor in the process', async () => {
    const own = await withTwoTeams();
    const scopes = ['users.create', 'users.view', 'data.upload', 'data.view'] as const;
    const limited = { ...own, ...(await addKey(database, own.organizationId, { scopes })) };
    const { json } = await bulk(limited, printed(host()));
    expect(json.data).toMatchObject({ created: 0, failed: 2 });
    expect(json.data.rows[0].errors[0].code).toBe('PERMISSION_ESCALATION');
    const upload = await sendFile(app, limited, { kind: 'users', content: printed(host()) });
    const worker = importWorker(database, () => NOW);
    await worker.work(own.organizationId, upload.json.data.id);
    const after = (await call(app, own, 'GET', `/v1/uploads/${upload.json.data.id}`)).json.data;
    expect(after).toMatchObject({ status: 'completed', created: 0, failed: 2 });
    const uploader = { ...own, ...(await addKey(database, own.organizationId, { scopes: ['data.upload'] })) };
    const refused = await sendFile(app, uploader, { kind: 'users', content: printed(host()) });
    expect([refused.status, refused.json.details.permission]).toEqual([403, 'users.create']);
    expect((await bulk(uploader, printed(host()))).status).toBe(403);
  });

  it('works off more than 1,000 rows as an import, with the same rules', async () => {
    const own = await createOrganization(database);
    const at = host();
    const lines = Array.from({ length: 1_201 }, (_, n) => `u${n}@${at},Person ${n},3,1`);
    const { status, json } = await bulk(own, ['email,name,role_id,team_id', ...lines].join('\n'));
    expect([status, json.data.status, json.data.total, json.data.rows]).toEqual([201, 'pending', null, []]);
    expect(await usersOf(own)).toEqual([]);
    await importWorker(database, () => NOW).work(own.organizationId, json.data.upload_id);
    const after = (await call(app, own, 'GET', `/v1/uploads/${json.data.upload_id}`)).json.data;
    expect(after).toMatchObject({ kind: 'users', status: 'completed', created: 1_201, failed: 0 });
    const [actor] = await database.owner`
      select distinct actor_kind, actor_id from audit_logs
      where organization_id = ${own.organizationId} and action = 'user.create'`;
    expect(actor).toEqual({ actor_kind: 'api_key', actor_id: own.keyId });
  });

  it('is undone: who was not touched since is deleted, and the last admin stays', async () => {
    const own = await withTwoTeams();
    const { json } = await bulk(own, printed(host()));
    const [, second] = json.data.rows;
    const undo = async (uploadId: string) => {
      expect((await call(app, own, 'POST', `/v1/uploads/${uploadId}/undo`)).status).toBe(200);
      await importWorker(database, () => NOW).work(own.organizationId, uploadId, 2);
      return (await call(app, own, 'GET', `/v1/uploads/${uploadId}`)).json.data;
    };
    expect(await undo(json.data.upload_id)).toMatchObject({ status: 'undone', kept_after_undo: 1 });
    expect(await usersOf(own)).toMatchObject([{ role: { number: 1 } }]);
    expect((await call(app, own, 'GET', `/v1/users/${second.id}`)).status).toBe(404);
    const other = (await bulk(own, printed(host()))).json.data;
    await call(app, own, 'PUT', `/v1/users/${other.rows[1].id}`, { body: { location: 'Elsewhere' } });
    expect(await undo(other.upload_id)).toMatchObject({ status: 'undone', kept_after_undo: 1 });
    expect((await usersOf(own)).map((user: { location: string }) => user.location).sort()).toEqual([
      'Elsewhere',
      'USA',
    ]);
  });
});
