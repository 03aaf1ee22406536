import { describe, expect, it } from 'vitest';
import { openApi } from '../../test/http/api.ts';
import { createOrganization, type TestOrganization } from '../../test/http/harness.ts';

const { database, organization, send } = await openApi();
const create = async (path: string, body: unknown, as = organization) => {
  const { status, json } = await send('POST', path, body, as);
  expect([status, json.error]).toEqual([201, undefined]);
  return json.data;
};
const addTeam = async (as: TestOrganization) => {
  const [row] = await database.owner`
    insert into teams (organization_id, name) values (${as.organizationId}, 'North') returning id`;
  return row!.id as string;
};
const touch = (name: string, extra: object) => ({
  external_interaction_id: name,
  channel: 'call',
  started_at: '2026-06-20T10:00:00Z',
  customer_identifiers: [{ type: 'email', value: 'a@example.com' }],
  ...extra,
});

describe('a vendor', () => {
  it('is created once, read with teams, costs and volume, and listed by code', async () => {
    const own = await createOrganization(database);
    const vendor = await create(
      '/v1/vendors',
      { code: 'zeta', name: 'Zeta', cost_per_minute: '0.45', cost_currency: 'usd' },
      own,
    );
    expect(vendor).toMatchObject({
      cost_per_minute: 0.45,
      cost_per_interaction: null,
      cost_currency: 'USD',
      version: 1,
    });
    const again = await send('POST', '/v1/vendors', { code: 'zeta', name: 'Other' }, own);
    expect([again.status, again.json.code, again.json.details.existing_id]).toEqual([
      409,
      'DUPLICATE_VENDOR',
      vendor.id,
    ]);
    const team_id = await addTeam(own);
    await create('/v1/agents', { external_id: 'ana', team_id, vendor_id: vendor.id }, own);
    await create('/v1/interactions', touch('new', { vendor_code: 'zeta' }), own);
    await create('/v1/interactions', touch('old', { vendor_code: 'zeta', started_at: '2026-05-01T00:00:00Z' }), own);
    await create('/v1/interactions', touch('other', { vendor_code: 'alpha' }), own);
    const read = await send('GET', `/v1/vendors/${vendor.id}`, undefined, own);
    expect(read.headers.get('etag')).toBe('"1"');
    expect(read.json.data).toMatchObject({
      teams: [{ id: team_id, name: 'North' }],
      volume: { agents: 1, interactions_last30_days: 1 },
    });
    const list = await send('GET', '/v1/vendors?limit=1', undefined, own);
    expect(list.json).toMatchObject({ data: [{ code: 'alpha', name: 'alpha' }], pagination: { total: 2, pages: 2 } });
  });

  it('is changed in part, under its ETag', async () => {
    const { id } = await create('/v1/vendors', {
      code: 'v1',
      name: 'V',
      cost_per_interaction: 2,
      cost_currency: 'USD',
    });
    const path = `/v1/vendors/${id}`;
    const renamed = await send('PUT', path, { name: 'W' }, organization, { 'if-match': '"1"' });
    expect(renamed.json.data).toMatchObject({ name: 'W', cost_per_interaction: 2, version: 2 });
    expect((await send('PUT', path, { name: 'X' }, organization, { 'if-match': '"1"' })).status).toBe(412);
    expect((await send('PUT', path, { cost_currency: 'JPY', cost_per_interaction: 1.5 })).json.details.field).toBe(
      'cost_per_interaction',
    );
    const cleared = await send('PUT', path, { cost_per_interaction: null });
    expect(cleared.json.data).toMatchObject({ cost_per_interaction: null, cost_currency: null });
    expect((await send('PUT', path, { code: 'v2' })).json.details.field).toBe('code');
  });

  it('is deleted only while nothing refers to it; its code is then free again', async () => {
    const own = await createOrganization(database);
    const code = async (name: string) => (await create('/v1/vendors', { code: name, name }, own)).id;
    const [free, touched, paid, staffed, planned] = [
      await code('a'),
      await code('b'),
      await code('c'),
      await code('d'),
      await code('e'),
    ];
    await create('/v1/interactions', touch('x', { vendor_code: 'b' }), own);
    await create(
      '/v1/spend',
      { date: '2026-06-01', channel: 'call', vendor_code: 'c', amount_decimal: 1, currency: 'USD' },
      own,
    );
    await create('/v1/agents', { external_id: 'd1', vendor_id: staffed }, own);
    await create('/v1/use-cases', { name: 'u', config: { vendor_id: planned } }, own);
    for (const [id, by] of [
      [touched, 'interactions'],
      [paid, 'spend'],
      [staffed, 'agents'],
      [planned, 'use_cases'],
    ] as const) {
      const { status, json } = await send('DELETE', `/v1/vendors/${id}`, undefined, own);
      expect([status, json.code, json.details.referenced_by]).toEqual([409, 'VENDOR_REFERENCED', [by]]);
    }
    expect((await send('DELETE', `/v1/vendors/${free}`, undefined, own, { 'if-match': '"9"' })).status).toBe(412);
    expect((await send('DELETE', `/v1/vendors/${free}`, undefined, own)).status).toBe(200);
    expect((await send('GET', `/v1/vendors/${free}`, undefined, own)).status).toBe(404);
    expect((await send('DELETE', `/v1/vendors/${free}`, undefined, own)).status).toBe(404);
    expect(await code('a')).not.toBe(free);
  });

  it.each([
    [{ name: 'x' }, 'code'],
    [{ code: 'x', name: '' }, 'name'],
    [{ code: 'x', name: 'x', cost_per_minute: 1 }, 'cost_currency'],
    [{ code: 'x', name: 'x', cost_per_minute: -1, cost_currency: 'USD' }, 'cost_per_minute'],
    [{ code: 'x', name: 'x', cost_currency: 'XXQ' }, 'cost_currency'],
  ])('is refused as %j: 400 that names the field', async (body, field) => {
    const { status, json } = await send('POST', '/v1/vendors', body);
    expect([status, json.details.field]).toEqual([400, field]);
  });
});

describe('an agent', () => {
  it('is created once, changed in part and found by team, vendor and external id', async () => {
    const own = await createOrganization(database);
    const team_id = await addTeam(own);
    const vendor_id = (await create('/v1/vendors', { code: 'v', name: 'V' }, own)).id;
    const agent = await create('/v1/agents', { external_id: 'a1', name: 'Ana', team_id }, own);
    await create('/v1/agents', { external_id: 'a2', vendor_id }, own);
    const again = await send('POST', '/v1/agents', { external_id: 'a1' }, own);
    expect([again.status, again.json.code, again.json.details.existing_id]).toEqual([409, 'DUPLICATE_AGENT', agent.id]);
    const path = `/v1/agents/${agent.id}`;
    expect((await send('GET', path, undefined, own)).headers.get('etag')).toBe('"1"');
    const changed = await send('PUT', path, { vendor_id, name: null }, own, { 'if-match': '"1"' });
    expect(changed.json.data).toMatchObject({ vendor_id, team_id, name: null, external_id: 'a1', version: 2 });
    expect((await send('PUT', path, { name: 'x' }, own, { 'if-match': '"1"' })).status).toBe(412);
    const names = async (query: string) =>
      (await send('GET', `/v1/agents?${query}`, undefined, own)).json.data.map(
        (row: { external_id: string }) => row.external_id,
      );
    expect(await names('')).toEqual(['a1', 'a2']);
    expect(await names(`team_id=${team_id}`)).toEqual(['a1']);
    expect(await names(`vendor_id=${vendor_id}`)).toEqual(['a1', 'a2']);
    expect(await names('external_id=a2')).toEqual(['a2']);
    const [team] = await database.owner`select number from teams where id = ${team_id}`;
    const byNumber = await create('/v1/agents', { external_id: 'a3', team_id: team!.number }, own);
    expect(byNumber.team_id).toBe(team_id);
    expect(await names(`team_id=${team!.number}`)).toEqual(['a1', 'a3']);
    expect((await send('PUT', path, { team_id: 999 }, own)).json.details).toMatchObject({
      field: 'team_id',
      value: 999,
    });
    expect((await send('PUT', path, { team_id: null }, own)).json.data.team_id).toBeNull();
  });

  it('names only what exists in its own organization', async () => {
    const stranger = await createOrganization(database);
    const team_id = await addTeam(stranger);
    const vendor_id = (await create('/v1/vendors', { code: 'v', name: 'V' }, stranger)).id;
    const { id } = await create('/v1/agents', { external_id: 'checked' });
    for (const [field, value] of [
      ['team_id', team_id],
      ['vendor_id', vendor_id],
      ['user_id', crypto.randomUUID()],
    ] as const) {
      const made = await send('POST', '/v1/agents', { external_id: 'new', [field]: value });
      expect([made.status, made.json.details.field]).toEqual([400, field]);
      const changed = await send('PUT', `/v1/agents/${id}`, { [field]: value });
      expect([changed.status, changed.json.details.field]).toEqual([400, field]);
    }
    expect((await send('POST', '/v1/agents', {})).json.details.field).toBe('external_id');
  });
});

describe('another organization', () => {
  it('finds neither vendors nor agents', async () => {
    const stranger = await createOrganization(database);
    const vendor = await create('/v1/vendors', { code: 'hidden', name: 'Hidden' });
    const agent = await create('/v1/agents', { external_id: 'hidden' });
    for (const [method, path, body] of [
      ['GET', `/v1/vendors/${vendor.id}`, undefined],
      ['PUT', `/v1/vendors/${vendor.id}`, { name: 'x' }],
      ['DELETE', `/v1/vendors/${vendor.id}`, undefined],
      ['GET', `/v1/agents/${agent.id}`, undefined],
      ['PUT', `/v1/agents/${agent.id}`, { name: 'x' }],
    ] as const) {
      const { status, json } = await send(method, path, body, stranger);
      expect([path, status, json.code]).toEqual([path, 404, 'NOT_FOUND']);
    }
    for (const path of ['/v1/vendors', '/v1/agents']) {
      expect((await send('GET', path, undefined, stranger)).json.pagination.total).toBe(0);
    }
  });
});
