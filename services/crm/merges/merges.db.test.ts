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
import { ACCOUNT_MERGE, LEFT_BY_MERGES, PROSPECT_MERGE } from './merge-shape.ts';

let database: TestDatabase;
let app: Hono;
let own: TestOrganization;
beforeAll(async () => {
  database = await createTestDatabase();
  app = createTestApp({ db: database.app, endpoints: ENDPOINTS, now: () => new Date('2026-06-30T12:00:00Z') });
  own = await createOrganization(database);
});
afterAll(() => database?.drop());

const send = (method: string, path: string, body?: unknown, as = own) =>
  call(app, as, method, `/api/v1${path}`, body === undefined ? {} : { body });
const create = async (path: string, body: unknown) => {
  const { status, json } = await send('POST', path, body);
  expect([status, json.error]).toEqual([201, undefined]);
  return json.data;
};
/** Rows without what every change moves. */
const rowsOf = async (table: string, ids: string[]) => {
  const rows = await database.owner<{ row: Record<string, unknown> }[]>`
    select to_jsonb(t) - 'version' - 'updated_at' as row from ${database.owner(table)} t
    where id = any(${ids}::uuid[]) order by id`;
  return rows.map(({ row }) => row);
};

describe('what a merge moves', () => {
  it.each([PROSPECT_MERGE, ACCOUNT_MERGE])('is everything that names one of $table', async (shape) => {
    const keys = await database.owner<{ table: string; column: string }[]>`
      select c.conrelid::regclass::text as table, a.attname as column
      from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[2]
      where c.contype = 'f' and c.confrelid = ${shape.table}::regclass order by 1, 2`;
    const known = [
      ...shape.references,
      ...shape.pairs.map(({ table, column }) => [table, column]),
      ...LEFT_BY_MERGES,
    ].map((reference) => reference.join('.'));
    expect(keys.map(({ table, column }) => `${table}.${column}`).filter((key) => !known.includes(key))).toEqual([]);
  });
});

describe('a merge of two prospects', () => {
  it('moves all that names the source, fills what the target lacks, joins the persons, and is undone exactly', async () => {
    const target = await create('/prospects', { firstName: 'Ann', phone: '+1 415 555 2671' });
    const source = await create('/prospects', { email: 'ann@acme.com', firstName: 'Anna', lastName: 'Lee' });
    for (const [id, type, value] of [
      ['c1', 'phone', '+14155552671'],
      ['c2', 'email', 'ann@acme.com'],
    ]) {
      await call(app, own, 'POST', '/v1/interactions', {
        body: {
          external_interaction_id: id,
          channel: 'call',
          started_at: '2026-06-20T10:00:00Z',
          customer_identifiers: [{ type, value }],
        },
      });
    }
    await database.owner`
      update prospects p set customer_id = i.customer_id from customer_identifiers i
      where p.organization_id = ${own.organizationId} and i.organization_id = p.organization_id
        and i.value in (p.email_key, p.phone_key)`;
    const call1 = await create('/call-logs', { prospectId: source.id, disposition: 'answered' });
    await create(`/prospects/${source.id}/activities`, { type: 'note', notes: 'hello' });
    const deal = await create('/deals', { name: 'One' });
    const both = await create('/deals', { name: 'Both' });
    await create(`/deals/${deal.id}/contacts`, { prospectId: source.id, role: 'champion' });
    await create(`/deals/${both.id}/contacts`, { prospectId: source.id, role: 'decision_maker' });
    await create(`/deals/${both.id}/contacts`, { prospectId: target.id, role: 'user' });
    const before = await rowsOf('prospects', [source.id, target.id]);
    const contactsBefore = await database.owner`select * from deal_contacts order by deal_id, prospect_id`;

    const merged = await send('POST', `/prospects/${target.id}/merge`, { sourceId: source.id });
    expect(merged.status).toBe(200);
    expect(merged.json.data).toMatchObject({
      moved: { activities: 2, callLogs: 1, dealContacts: 1 },
      prospect: { id: target.id, email: 'ann@acme.com', firstName: 'Ann', lastName: 'Lee', phone: '+1 415 555 2671' },
    });
    expect(merged.json.data.filled.sort()).toEqual(['email', 'lastName']);
    expect((await send('GET', `/prospects/${source.id}`)).status).toBe(404);
    expect((await send('POST', `/prospects/${source.id}/restore`)).json.error.code).toBe('MERGED');
    expect((await send('GET', `/call-logs/${call1.id}`)).json.data.prospectId).toBe(target.id);
    const links = await database.owner`
      select 1 from identity_links where organization_id = ${own.organizationId} and ended_xid is null`;
    expect(links).toHaveLength(1);

    const undone = await send('POST', `/prospects/merges/${merged.json.data.mergeId}/undo`);
    expect(undone.json.data).toMatchObject({
      restored: { activities: 2, callLogs: 1, dealContacts: 1 },
      kept: { fields: [], records: {} },
      prospect: { id: source.id, email: 'ann@acme.com' },
    });
    expect(await rowsOf('prospects', [source.id, target.id])).toEqual(before);
    expect(await database.owner`select * from deal_contacts order by deal_id, prospect_id`).toEqual(contactsBefore);
    const apart = await database.owner`
      select 1 from identity_links where organization_id = ${own.organizationId} and ended_xid is null`;
    expect(apart).toHaveLength(0);
    const again = await send('POST', `/prospects/merges/${merged.json.data.mergeId}/undo`);
    expect([again.status, again.json.error.code]).toEqual([409, 'ALREADY_UNDONE']);
  });

  it('keeps what was edited since it was made, and says so', async () => {
    const target = await create('/prospects', { lastName: 'T' });
    const source = await create('/prospects', {
      lastName: 'S',
      title: 'CTO',
      company: 'Acme',
      linkedinUrl: 'https://x.com/s',
    });
    const made = await create('/call-logs', { prospectId: source.id, disposition: 'answered' });
    const other = await create('/prospects', { lastName: 'Other' });
    const { json } = await send('POST', `/prospects/${target.id}/merge`, { sourceId: source.id });
    await send('PUT', `/prospects/${target.id}`, { title: 'CEO' });
    await send('PUT', `/call-logs/${made.id}`, { prospectId: other.id });
    const undone = await send('POST', `/prospects/merges/${json.data.mergeId}/undo`);
    expect(undone.json.data.kept.fields).toEqual(['title']);
    expect((await send('GET', `/prospects/${target.id}`)).json.data).toMatchObject({
      title: 'CEO',
      company: null,
      linkedinUrl: null,
    });
    expect((await send('GET', `/prospects/${source.id}`)).json.data).toMatchObject({ title: 'CTO', company: 'Acme' });
  });

  it('is refused with itself, with one that is not there, across organizations, and while a later merge stands', async () => {
    const [a, b, c] = [
      await create('/prospects', { lastName: 'A' }),
      await create('/prospects', { lastName: 'B' }),
      await create('/prospects', { lastName: 'C' }),
    ];
    expect((await send('POST', `/prospects/${a.id}/merge`, { sourceId: a.id })).status).toBe(400);
    const foreign = await createOrganization(database);
    expect((await send('POST', `/prospects/${a.id}/merge`, { sourceId: b.id }, foreign)).status).toBe(404);
    const first = await send('POST', `/prospects/${b.id}/merge`, { sourceId: a.id });
    await send('POST', `/prospects/${c.id}/merge`, { sourceId: b.id });
    expect((await send('POST', `/prospects/${c.id}/merge`, { sourceId: a.id })).status).toBe(400);
    const early = await send('POST', `/prospects/merges/${first.json.data.mergeId}/undo`);
    expect([early.status, early.json.error.code]).toEqual([409, 'MERGED']);
  });
});

describe('a merge of two accounts', () => {
  it('takes over contacts, deals and children, puts one from below in the place of the source, and is undone', async () => {
    const top = await create('/accounts', { name: 'Top' });
    const source = await create('/accounts', { name: 'Acme Inc', domain: 'acme.com', parentAccountId: top.id });
    const middle = await create('/accounts', { name: 'Middle', parentAccountId: source.id });
    const target = await create('/accounts', {
      name: 'Acme',
      parentAccountId: middle.id,
      annualRevenue: 1234567890.12,
    });
    const person = await create('/prospects', { email: 'ben@acme.com' });
    expect(person.accountId).toBe(source.id);
    const deal = await create('/deals', { name: 'One', accountId: source.id });
    const ids = [top.id, source.id, middle.id, target.id];
    const before = await rowsOf('accounts', ids);
    const merged = await send('POST', `/accounts/${target.id}/merge`, { sourceId: source.id });
    expect(merged.json.data).toMatchObject({
      moved: { prospects: 1, deals: 1, accounts: 1 },
      account: { domain: 'acme.com', parentAccountId: top.id, annualRevenue: 1234567890.12 },
    });
    expect((await send('GET', `/deals/${deal.id}`)).json.data.accountId).toBe(target.id);
    const tree = (await send('GET', `/accounts/${middle.id}/hierarchy`)).json.data.nodes;
    expect(tree.map((node: { name: string }) => node.name)).toEqual(['Top', 'Acme', 'Middle']);
    const undone = await send('POST', `/accounts/merges/${merged.json.data.mergeId}/undo`);
    expect([undone.status, undone.json.data?.kept]).toEqual([200, { fields: [], records: {} }]);
    expect(await rowsOf('accounts', ids)).toEqual(before);
    expect((await send('GET', `/prospects/${person.id}`)).json.data.accountId).toBe(source.id);
  });
});
