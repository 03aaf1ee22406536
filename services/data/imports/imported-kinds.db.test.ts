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
import { importFile, importWorker, sendFile } from '../../../test/http/uploads.ts';

const NOW = new Date('2026-06-30T12:00:00Z');
const HEAD = 'external_interaction_id,channel,started_at,phone';
const row = (id: string, more = '') => `${id},call,2026-06-01T10:00:00Z,+14155550123${more}`;

let database: TestDatabase;
let app: Hono;
let organization: TestOrganization;
beforeAll(async () => {
  database = await createTestDatabase();
  app = createTestApp({ db: database.app, endpoints: ENDPOINTS, now: () => NOW });
  organization = await createOrganization(database);
});
afterAll(() => database?.drop());

describe('the other kinds', () => {
  it('brings spend in, each line once, and voids it on undo', async () => {
    const content =
      'Day;Channel;Amount;Currency;Campaign\n2026-06-01;email;12,5;USD;a\n2026-06-01;email;12.50;USD;a\n2026-06-01;email;1;USD;a\n';
    const upload = await importFile(database, app, organization, { kind: 'spend', content });
    expect(upload).toMatchObject({ created: 1, skipped: 1, failed: 1 });
    expect(upload.errors).toMatchObject([
      { line: 2, field: 'amount_decimal' },
      { line: 4, code: 'DUPLICATE_SPEND' },
    ]);
    await call(app, organization, 'POST', `/v1/uploads/${upload.id}/undo`);
    await importWorker(database, () => NOW).work(organization.organizationId, upload.id, 2);
    const [spend] = await database.owner`select amount_minor::int, voided_at is not null as voided from spend`;
    expect(spend).toEqual({ amount_minor: 1250, voided: true });
  });

  it('creates agents, describes those that exist, and on undo deletes what nobody uses and gives the others back what they were', async () => {
    const other = await createOrganization(database);
    const facts = [`${HEAD},agent_id`, row('g1', ',ag-1')].join('\n');
    await importFile(database, app, other, { kind: 'interactions', content: facts });
    const content = 'agent_id,name\nag-1,Ana\nag-2,Ben\nag-2,Benno\nag-3,Cem\nag-4,\n';
    const upload = await importFile(database, app, other, { kind: 'agents', content }, { batchRows: 2 });
    expect(upload).toMatchObject({ created: 3, updated: 2, failed: 0 });
    const names = async () => {
      const agents = await database.owner<{ external_id: string; name: string }[]>`
        select external_id, name from agents where organization_id = ${other.organizationId} order by external_id`;
      return agents.map((agent) => [agent.external_id, agent.name]);
    };
    expect(await names()).toEqual([
      ['ag-1', 'Ana'],
      ['ag-2', 'Benno'],
      ['ag-3', 'Cem'],
      ['ag-4', null],
    ]);
    const used = [`${HEAD},agent_id`, row('g2', ',ag-3')].join('\n');
    await importFile(database, app, other, { kind: 'interactions', content: used });
    await call(app, other, 'POST', `/v1/uploads/${upload.id}/undo`);
    await importWorker(database, () => NOW).work(other.organizationId, upload.id, 2);
    expect(await names()).toEqual([
      ['ag-1', null],
      ['ag-3', 'Cem'],
    ]);
    expect((await call(app, other, 'GET', `/v1/uploads/${upload.id}`)).json.data).toMatchObject({
      kept_after_undo: 1,
      kept_ids: [expect.any(String)],
    });
  });

  it('creates vendors with their costs, and keeps on undo the one that was renamed', async () => {
    const other = await createOrganization(database);
    const known = { code: 'v0', name: 'Known', cost_per_minute: '0.10', cost_currency: 'USD' };
    expect((await call(app, other, 'POST', '/v1/vendors', { body: known })).status).toBe(201);
    const content =
      'Vendor Code|Vendor Name|rate|currency\nv1|One|0.25|USD\nv2|Two||\nv3|Three|0.255|USD\nv0|Nought|0.2|EUR\n';
    const upload = await importFile(database, app, other, { kind: 'vendors', content });
    expect(upload).toMatchObject({ created: 2, updated: 1, failed: 1 });
    expect(upload.errors).toMatchObject([{ line: 4, field: 'cost_per_minute' }]);
    await database.owner`update vendors set name = 'Zwei' where code = 'v2' and organization_id = ${other.organizationId}`;
    await call(app, other, 'POST', `/v1/uploads/${upload.id}/undo`);
    await importWorker(database, () => NOW).work(other.organizationId, upload.id, 2);
    const left = await database.owner`
      select code, name, cost_per_minute_minor::int as rate, cost_currency as currency from vendors
      where organization_id = ${other.organizationId} and deleted_at is null order by code`;
    expect(left.map((vendor) => [vendor.code, vendor.name, vendor.rate, vendor.currency])).toEqual([
      ['v0', 'Known', 10, 'USD'],
      ['v2', 'Zwei', null, null],
    ]);
  });
});

describe('cancelling and undoing', () => {
  const content = [HEAD, ...Array.from({ length: 6 }, (_, i) => row(`u${i}`))].join('\n');

  it('keeps what was stored before the cancellation, and an undo takes it back but for later edits', async () => {
    const other = await createOrganization(database);
    const { id } = (await sendFile(app, other, { kind: 'interactions', content })).json.data;
    const dying = importWorker(database, () => NOW, {
      batchRows: 2,
      faults: [{ point: 'import.after-batch', action: 'throw' }],
    });
    await dying.work(other.organizationId, id).catch(() => {});
    await dying.work(other.organizationId, id).catch(() => {});
    expect((await call(app, other, 'POST', `/v1/uploads/${id}/undo`)).json).toMatchObject({
      code: 'UPLOAD_NOT_UNDOABLE',
    });
    const cancelled = await call(app, other, 'POST', `/v1/uploads/${id}/cancel`);
    expect(cancelled.json.data).toMatchObject({ status: 'cancelled', created: 4 });
    expect((await call(app, other, 'POST', `/v1/uploads/${id}/cancel`)).status).toBe(409);
    const worker = importWorker(database, () => NOW);
    expect(await worker.work(other.organizationId, id)).toEqual({ state: 'ended', rows: 4 });

    await database.owner`
      update interactions set language = 'de' where organization_id = ${other.organizationId} and external_id = 'u1'`;
    const undoing = await call(app, other, 'POST', `/v1/uploads/${id}/undo`);
    expect(undoing.json.data).toMatchObject({ status: 'undoing' });
    expect(await worker.work(other.organizationId, id, 2)).toMatchObject({ state: 'done' });
    const undone = (await call(app, other, 'GET', `/v1/uploads/${id}`)).json.data;
    const [edited] = await database.owner<{ id: string }[]>`
      select id from interactions where organization_id = ${other.organizationId} and external_id = 'u1'`;
    expect(undone).toMatchObject({ status: 'undone', kept_after_undo: 1, kept_ids: [edited!.id] });
    const rows = await database.owner`
      select external_id, voided_at is not null as voided, version from interactions
      where organization_id = ${other.organizationId} order by external_id`;
    expect(rows.map((fact) => [fact.external_id, fact.voided, fact.version])).toEqual([
      ['u0', true, 2],
      ['u1', false, 2],
      ['u2', true, 2],
      ['u3', true, 2],
    ]);
    const [history] = await database.owner`
      select count(*)::int as count from interactions_history where organization_id = ${other.organizationId}`;
    expect(history!.count).toBe(3);
  });
});

describe('a dry run', () => {
  it.each([
    [
      'conversions',
      [
        'external_event_id,event_type,amount,currency,occurred_at,event_source,email,refund_of',
        'o1,purchase,10,USD,2026-06-01T10:00:00Z,shop,a@example.com,',
        'o2,purchase,10,USD,2026-06-01T10:00:00Z,shop,b@example.com,',
        'o1,purchase,10,USD,2026-06-01T10:00:00Z,shop,a@example.com,',
        'r1,refund,-4,USD,2026-06-02T10:00:00Z,shop,,o1',
        'r2,refund,-4,USD,2026-06-02T10:00:00Z,shop,,nobody',
        'r1,refund,-4,USD,2026-06-02T10:00:00Z,shop,,o1',
      ],
    ],
    ['agents', ['agent_id,name', 'd1,A', 'd2,B', 'd1,C', 'd3,D', 'd1,E']],
    ['prospects', ['email,first_name', 'd1@example.com,A', 'd2@example.com,B', 'D1@example.com,C', 'bad,D']],
  ])('counts %s as the import will, also where the rows of one key stand in different batches', async (kind, lines) => {
    const other = await createOrganization(database);
    const file = { kind, content: lines.join('\n') };
    const dry = await importFile(database, app, other, { ...file, fields: { dry_run: 'true' } }, { batchRows: 2 });
    const [kept] = await database.owner<[{ keys: number }]>`
      select count(*)::int as keys from upload_keys where organization_id = ${other.organizationId}`;
    const real = await importFile(database, app, other, file, { batchRows: 2 });
    const outcome = ({ created, updated, skipped, failed, errors }: Record<string, unknown>) => ({
      counts: { created, updated, skipped, failed },
      errors: (errors as { line: number; code: string }[]).map(({ line, code }) => [line, code]),
    });
    expect(outcome(dry)).toEqual(outcome(real));
    expect(real.created).toBeGreaterThan(1);
    expect(Number(real.updated) + Number(real.skipped)).toBeGreaterThan(0);
    expect(kept.keys).toBe(0);
  });
});
