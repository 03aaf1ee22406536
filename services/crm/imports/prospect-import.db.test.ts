import type { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENDPOINTS } from '../../../api/endpoints.ts';
import {
  call,
  createOrganization,
  createTestApp,
  createTestDatabase,
  type TestDatabase,
  type TestOrganization,
} from '../../../test/http/harness.ts';
import { addLimitedKey } from '../../../test/http/limited-key.ts';
import { importWorker, sendFile } from '../../../test/http/uploads.ts';

const NOW = new Date('2026-06-30T12:00:00Z');
let database: TestDatabase;
let app: Hono;
beforeAll(async () => {
  database = await createTestDatabase();
  app = createTestApp({ db: database.app, endpoints: ENDPOINTS, now: () => NOW });
});
afterAll(() => database?.drop());

const job = async (as: TestOrganization, id: string) =>
  (await call(app, as, 'GET', `/api/v1/prospects/import/${id}`)).json.data;
async function importProspects(
  as: TestOrganization,
  content: string | Buffer,
  fields: Record<string, string> = {},
  batchRows = 1_000,
) {
  const sent = await sendFile(app, as, { path: '/api/v1/prospects/import', content, fields });
  expect([sent.status, sent.json.data?.status]).toEqual([201, 'pending']);
  const { id } = sent.json.data;
  await importWorker(database, () => NOW, { batchRows }).work(as.organizationId, id);
  return job(as, id);
}
const people = (as: TestOrganization) =>
  database.owner`
    select email, first_name, last_name, title, status, version from prospects
    where organization_id = ${as.organizationId} and deleted_at is null order by email nulls last, last_name`;

describe('an import of prospects', () => {
  it.each([
    ['within one batch', 1_000],
    ['over batches', 1],
  ])('creates, and lets a row that comes again change what the first one created, %s', async (_, batchRows) => {
    const own = await createOrganization(database);
    const content =
      'Email,first_name,lastName,Job Title,status\nANN@acme.com,Ann,Lee,,New\nben@acme.com,Ben,,CTO,engaged\nann@ACME.com,,,CEO,\nnobody,X,,,\n,,Solo,,\n';
    const done = await importProspects(own, content, {}, batchRows);
    expect(done).toMatchObject({ status: 'completed', total: 5, created: 3, updated: 1, skipped: 0, failed: 1 });
    expect(done.errors).toEqual([
      { line: 5, field: 'email', code: 'VALIDATION_ERROR', message: 'must be an e-mail address' },
    ]);
    expect(await people(own)).toMatchObject([
      { email: 'ann@ACME.com', first_name: 'Ann', last_name: 'Lee', title: 'CEO', version: 2 },
      { email: 'ben@acme.com', status: 'engaged', version: 1 },
      { email: null, last_name: 'Solo' },
    ]);
    const told = await database.owner`
      select data from domain_events where organization_id = ${own.organizationId} and type like 'prospect%'`;
    expect(told).toMatchObject([{ data: { created: 3, updated: 1 } }]);
  });

  it('changes records that are there, writes status changes down, and leaves what an empty cell does not say', async () => {
    const own = await createOrganization(database);
    const ann = { email: 'ann@acme.com', firstName: 'Ann', phone: '+1 415 555 2671' };
    const { id } = (await call(app, own, 'POST', '/api/v1/prospects', { body: ann })).json.data;
    const content = 'id,mobile,first name,status\n,(415) 555-2671,,Do Not Contact\n';
    expect(await importProspects(own, content, { matchBy: 'id,phone' })).toMatchObject({ updated: 1, created: 0 });
    const [row] = await database.owner`select first_name, status from prospects where id = ${id}`;
    expect(row).toEqual({ first_name: 'Ann', status: 'do_not_contact' });
    const lines = await database.owner`select data from activities where prospect_id = ${id}`;
    expect(lines).toMatchObject([{ data: { from: 'new', to: 'do_not_contact' } }]);
    const taken = await importProspects(own, `id,email,last_name\n,ann@acme.com,Other\n`, { matchBy: 'phone' });
    expect(taken).toMatchObject({ created: 0, skipped: 1, errors: [{ line: 2, code: 'DUPLICATE_PROSPECT' }] });
  });

  it('creates alone or changes alone where its policy says so, and stores nothing in a dry run', async () => {
    const own = await createOrganization(database);
    await call(app, own, 'POST', '/api/v1/prospects', { body: { email: 'ann@acme.com' } });
    const content = 'email,title\nann@acme.com,A\nben@acme.com,B\nben@acme.com,C\n';
    expect(await importProspects(own, content, { dryRun: 'true' })).toMatchObject({ created: 1, updated: 2 });
    expect(await people(own)).toHaveLength(1);
    expect(await importProspects(own, content, { policy: 'update' })).toMatchObject({ updated: 1, skipped: 2 });
    expect(await importProspects(own, content, { policy: 'create' })).toMatchObject({
      created: 1,
      updated: 1,
      skipped: 1,
    });
    expect(await people(own)).toMatchObject([{ title: 'A' }, { title: 'C' }]);
  });

  it('knows a number that comes again in another spelling, in a dry run over batches as well', async () => {
    const own = await createOrganization(database);
    const content = 'phone,title\n(415) 555-2671,A\n4155552672,B\n+1 415 555 2671,C\n';
    for (const dryRun of ['true', 'false']) {
      const done = await importProspects(own, content, { matchBy: 'phone', dryRun }, 1);
      expect(done).toMatchObject({ created: 2, updated: 1, failed: 0 });
    }
  });

  it('reads Latin-1, finds accounts by domain and refuses references and custom fields that nobody knows', async () => {
    const own = await createOrganization(database);
    const account = (await call(app, own, 'POST', '/api/v1/accounts', { body: { name: 'Acme', domain: 'acme.com' } }))
      .json.data;
    const head = 'email;name;owner_id;custom\n';
    const content = Buffer.from(
      `${head}jo@acme.com;J\xfcrgen M\xfcller;;\nx@acme.com;;00000000-0000-7000-8000-000000000000;\ny@acme.com;;;"{""size"": 1}"\n`,
      'latin1',
    );
    const done = await importProspects(own, content);
    expect(done).toMatchObject({ created: 1, failed: 2 });
    expect(done.errors.map((error: { field: string }) => error.field)).toEqual(['ownerId', 'custom.size']);
    const [row] = await database.owner`
      select first_name, last_name, account_id from prospects where organization_id = ${own.organizationId}`;
    expect(row).toEqual({ first_name: 'Jürgen', last_name: 'Müller', account_id: account.id });
  });

  it('stops at the limit of the plan and says so for each row beyond', async () => {
    const own = await createOrganization(database);
    await database.owner`update organizations set plan = 'free' where id = ${own.organizationId}`;
    const content = ['email', ...Array.from({ length: 103 }, (_, i) => `p${i}@acme.com`)].join('\n');
    const done = await importProspects(own, content, {}, 40);
    expect(done).toMatchObject({ created: 100, failed: 3 });
    expect(done.errors[0]).toMatchObject({ line: 102, code: 'PLAN_LIMIT_REACHED' });
  });

  it('fills custom fields from columns of their own, found by key or label', async () => {
    const own = await createOrganization(database);
    for (const body of [
      { entity: 'prospect', key: 'seats', type: 'number' },
      { entity: 'prospect', key: 'isPartner', label: 'Partner?', type: 'boolean' },
      { entity: 'prospect', key: 'topics', type: 'multi_enum', options: ['voice', 'chat'] },
    ]) {
      expect((await call(app, own, 'POST', '/api/v1/custom-fields', { body })).status).toBe(201);
    }
    const content =
      'email,Seats,partner?,topics,custom\na@x.com,12,Yes,voice; chat,\nb@x.com,many,,,\nc@x.com,,,,"{""seats"": 3}"\n';
    const done = await importProspects(own, content);
    expect(done).toMatchObject({ created: 2, failed: 1 });
    expect(done.errors).toEqual([
      { line: 3, field: 'custom.seats', code: 'VALIDATION_ERROR', message: 'must be a number' },
    ]);
    const stored = await database.owner`
      select custom from prospects where organization_id = ${own.organizationId} order by email`;
    expect(stored.map((row) => row.custom)).toEqual([
      { seats: 12, isPartner: true, topics: ['voice', 'chat'] },
      { seats: 3 },
    ]);
  });

  it('of somebody who is limited to a team stays within it', async () => {
    const own = await createOrganization(database);
    const limited = await addLimitedKey(database, own.organizationId);
    const body = { email: 'ben@x.com', teamId: limited.otherTeamId };
    await call(app, own, 'POST', '/api/v1/prospects', { body });
    const content = `email,title,team_id\nann@x.com,CEO,\nben@x.com,CTO,\ncat@x.com,,${limited.otherTeamId}\n`;
    const done = await importProspects(limited, content);
    expect(done).toMatchObject({ created: 1, updated: 0, skipped: 1, failed: 1 });
    expect(done.errors.map(({ line, code }: { line: number; code: string }) => [line, code])).toEqual([
      [3, 'DUPLICATE_PROSPECT'],
      [4, 'TEAM_NOT_ALLOWED'],
    ]);
    const stored = await database.owner`
      select email, title, team_id from prospects where organization_id = ${own.organizationId} order by email`;
    expect(stored).toEqual([
      { email: 'ann@x.com', title: 'CEO', team_id: limited.ownTeamId },
      { email: 'ben@x.com', title: null, team_id: limited.otherTeamId },
    ]);
  });

  it('is undone but for what was changed or used since', async () => {
    const own = await createOrganization(database);
    const done = await importProspects(own, 'email\na@x.com\nb@x.com\nc@x.com\n');
    const ids = await database.owner<{ id: string }[]>`
      select id from prospects where organization_id = ${own.organizationId} order by email`;
    await call(app, own, 'PUT', `/api/v1/prospects/${ids[0]!.id}`, { body: { title: 'CEO' } });
    await call(app, own, 'POST', `/api/v1/prospects/${ids[1]!.id}/activities`, { body: { type: 'note', notes: 'hi' } });
    const undoing = await call(app, own, 'POST', `/api/v1/prospects/import/${done.id}/undo`);
    expect([undoing.status, undoing.json.data.status]).toEqual([200, 'undoing']);
    await importWorker(database, () => NOW).work(own.organizationId, done.id, 2);
    expect(await job(own, done.id)).toMatchObject({ status: 'undone', keptAfterUndo: 2 });
    expect((await people(own)).map((row) => row.email)).toEqual(['a@x.com', 'b@x.com']);
    expect(
      (await call(app, await createOrganization(database), 'GET', `/api/v1/prospects/import/${done.id}`)).status,
    ).toBe(404);
  });
});

describe('an import that changed prospects', () => {
  it('gives them back on undo what they held, unless somebody has changed them since', async () => {
    const own = await createOrganization(database);
    await importProspects(own, 'email,title,status,phone\na@x.com,COO,new,+14155552671\nb@x.com,CTO,new,\n');
    const before = await people(own);
    const done = await importProspects(
      own,
      'email,title,status,phone\na@x.com,CEO,engaged,+14155552672\nb@x.com,Boss,new,\na@x.com,Chair,engaged,\nc@x.com,New,new,\n',
    );
    expect(done).toMatchObject({ created: 1, updated: 3 });
    const [b] = await database.owner<{ id: string }[]>`
      select id from prospects where organization_id = ${own.organizationId} and email = 'b@x.com'`;
    await call(app, own, 'PUT', `/api/v1/prospects/${b!.id}`, { body: { company: 'Elsewhere' } });
    await call(app, own, 'POST', `/api/v1/prospects/import/${done.id}/undo`);
    await importWorker(database, () => NOW).work(own.organizationId, done.id, 2);
    expect(await job(own, done.id)).toMatchObject({ status: 'undone', keptAfterUndo: 1, keptIds: [b!.id] });
    const [a, kept, ...more] = await people(own);
    expect({ ...a, version: 0 }).toEqual({ ...before[0], version: 0 });
    expect(kept).toMatchObject({ email: 'b@x.com', title: 'Boss' });
    expect(more).toEqual([]);
  });
});

describe('an export of prospects', () => {
  it('holds what the filters find, defused, and comes back in as it went out', async () => {
    const own = await createOrganization(database);
    const content = 'email,first_name,phone,status\na@x.com,"=1+1",+14155552671,engaged\nb@x.com,B,,new\n';
    await importProspects(own, content);
    const file = await call(app, own, 'GET', '/api/v1/prospects/export?status=engaged');
    expect([file.status, file.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
    const lines = file.text.trim().split('\r\n');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain("a@x.com,'=1+1");
    const before = await people(own);
    expect(await importProspects(own, file.text, { matchBy: 'id' })).toMatchObject({
      updated: 1,
      failed: 0,
      created: 0,
    });
    expect(await people(own)).toEqual(before);
  });
});
