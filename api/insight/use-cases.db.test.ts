import { describe, expect, it } from 'vitest';
import { SYSTEM_PRINCIPAL } from '../../services/core/context.ts';
import { inTransaction } from '../../services/core/transaction.ts';
import { computePartition, planRun, publishRun } from '../../services/insight/index.ts';
import { openApi } from '../../test/http/api.ts';
import { createOrganization, type TestOrganization } from '../../test/http/harness.ts';

const now = new Date('2026-06-30T12:00:00Z');
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

/** Executes the run as its process would; answers the external ids of the credited interactions. */
async function creditedBy(as: TestOrganization, runId: string): Promise<string[]> {
  const { generation } = (await send('POST', `/v1/attribution/runs/${runId}/execute`, undefined, as)).json.data;
  const step = { runId, generation };
  const scope = { organizationId: as.organizationId, principal: SYSTEM_PRINCIPAL, now };
  const partitions = (await inTransaction(database.app, scope, (ctx) => planRun(ctx, step))) ?? 0;
  for (let ordinal = 0; ordinal < partitions; ordinal++) {
    await inTransaction(database.app, scope, (ctx) => computePartition(ctx, { ...step, ordinal }));
  }
  await inTransaction(database.app, scope, (ctx) => publishRun(ctx, step));
  const { json } = await send('GET', `/v1/attribution/runs/${runId}/results`, undefined, as);
  return json.data.map((row: { external_interaction_id: string }) => row.external_interaction_id).sort();
}

describe('a use case', () => {
  it('is created, listed newest first and deleted', async () => {
    const own = await createOrganization(database);
    const first = await create('/v1/use-cases', { name: 'First' }, own);
    expect(first).toMatchObject({ name: 'First', description: null, config: {}, version: 1 });
    const config = { model_code: 'LINEAR', channels: ['Call'], event_types: ['purchase'] };
    await create('/v1/use-cases', { name: 'Second', description: 'd', config }, own);
    const list = await send('GET', '/v1/use-cases', undefined, own);
    expect(list.json.data.map((row: { name: string }) => row.name)).toEqual(['Second', 'First']);
    expect(list.json.data[0].config).toEqual({ ...config, channels: ['call'] });
    expect((await send('DELETE', `/v1/use-cases/${first.id}`, undefined, own, { 'if-match': '"7"' })).status).toBe(412);
    expect((await send('DELETE', `/v1/use-cases/${first.id}`, undefined, own)).status).toBe(200);
    expect((await send('DELETE', `/v1/use-cases/${first.id}`, undefined, own)).status).toBe(404);
    expect((await send('GET', '/v1/use-cases', undefined, own)).json.pagination.total).toBe(1);
  });

  it.each([
    [{}, 'name'],
    [{ name: 'x', config: { model_code: 'MAGIC' } }, 'config.model_code'],
    [{ name: 'x', config: { channels: 'call' } }, 'config.channels'],
    [{ name: 'x', config: { window: 1 } }, 'config.window'],
    [{ name: 'x', config: { team_id: crypto.randomUUID() } }, 'config.team_id'],
    [{ name: 'x', config: { vendor_id: crypto.randomUUID() } }, 'config.vendor_id'],
  ])('is refused as %j: 400 that names the field', async (body, field) => {
    const { status, json } = await send('POST', '/v1/use-cases', body);
    expect([status, json.details.field]).toEqual([400, field]);
  });

  it('of another organization can be neither seen, deleted nor used', async () => {
    const stranger = await createOrganization(database);
    const { id } = await create('/v1/use-cases', { name: 'hidden', config: { model_code: 'LINEAR' } });
    expect((await send('GET', '/v1/use-cases', undefined, stranger)).json.data).toEqual([]);
    expect((await send('DELETE', `/v1/use-cases/${id}`, undefined, stranger)).status).toBe(404);
    const run = await send('POST', '/v1/attribution/runs', { name: 'r', use_case_id: id }, stranger);
    expect([run.status, run.json.details.field]).toEqual([400, 'use_case_id']);
  });
});

describe('a run with a use case', () => {
  it('takes over what it does not say itself', async () => {
    const own = await createOrganization(database);
    const team_id = await addTeam(own);
    const config = { model_code: 'LINEAR', channels: ['call'], event_types: ['signup'], team_id };
    const { id } = await create('/v1/use-cases', { name: 'u', config }, own);
    const silent = await create('/v1/attribution/runs', { name: 'r', use_case_id: id }, own);
    expect(silent).toMatchObject({
      model_code: 'LINEAR',
      config: { include_channels: ['call'], event_types: ['signup'], team_id, vendor_id: null },
    });
    const own_words = {
      model_code: 'FIRST_TOUCH',
      name: 'r',
      use_case_id: id,
      config: { include_channels: [], event_types: ['x'] },
    };
    expect(await create('/v1/attribution/runs', own_words, own)).toMatchObject({
      model_code: 'FIRST_TOUCH',
      config: { include_channels: [], event_types: ['x'], team_id },
    });
    await send('DELETE', `/v1/use-cases/${id}`, undefined, own);
    expect((await send('GET', `/v1/attribution/runs/${silent.id}`, undefined, own)).json.data.config.team_id).toBe(
      team_id,
    );
    expect((await send('POST', '/v1/attribution/runs', { name: 'r', use_case_id: id }, own)).status).toBe(400);
  });

  it('takes the number of a team for its id, here, in filters of results and in analytics; an unknown number is a 400', async () => {
    const own = await createOrganization(database);
    const team_id = await addTeam(own);
    const teams = await send('GET', '/v1/teams', undefined, own);
    const { number } = teams.json.data.find((team: { id: string }) => team.id === team_id);
    const useCase = await create('/v1/use-cases', { name: 'u', config: { team_id: number } }, own);
    expect(useCase.config.team_id).toBe(team_id);
    const config = { team_id: String(number) };
    const run = await create('/v1/attribution/runs', { model_code: 'LINEAR', name: 'r', config }, own);
    expect(run.config.team_id).toBe(team_id);
    for (const path of [`/v1/attribution/runs/${run.id}/results`, '/v1/analytics/channels/roi']) {
      expect((await send('GET', `${path}?team_id=${number}`, undefined, own)).status).toBe(200);
      const unknown = await send('GET', `${path}?team_id=7777`, undefined, own);
      expect([unknown.status, unknown.json.details.field]).toEqual([400, 'team_id']);
    }
  });

  it('needs a model from one of the two', async () => {
    const { id } = await create('/v1/use-cases', { name: 'u' });
    for (const body of [{ name: 'r' }, { name: 'r', use_case_id: id }]) {
      const { status, json } = await send('POST', '/v1/attribution/runs', body);
      expect([status, json.details.field]).toEqual([400, 'model_code']);
    }
  });

  it('credits only touches of its vendor and its team', async () => {
    const own = await createOrganization(database);
    const team_id = await addTeam(own);
    const who = { customer_identifiers: [{ type: 'email', value: 'a@example.com' }] };
    const touch = (external_interaction_id: string, extra: object) =>
      create(
        '/v1/interactions',
        { external_interaction_id, channel: 'call', started_at: '2026-06-01T10:00:00Z', ...who, ...extra },
        own,
      );
    await touch('vendor', { vendor_code: 'convin' });
    await touch('team', { participants: [{ type: 'team', id: team_id }] });
    await touch('neither', {});
    await create(
      '/v1/conversions',
      {
        external_event_id: 'c',
        event_type: 'purchase',
        amount_decimal: 10,
        currency: 'USD',
        occurred_at: '2026-06-02T10:00:00Z',
        event_source: 'x',
        ...who,
      },
      own,
    );
    const [vendor] = (await send('GET', '/v1/vendors', undefined, own)).json.data;
    const run = async (config: object) =>
      (await create('/v1/attribution/runs', { model_code: 'LINEAR', name: 'r', config }, own)).id;
    expect(await creditedBy(own, await run({}))).toEqual(['neither', 'team', 'vendor']);
    expect(await creditedBy(own, await run({ vendor_id: vendor.id }))).toEqual(['vendor']);
    expect(await creditedBy(own, await run({ team_id }))).toEqual(['team']);
    const { id } = await create(
      '/v1/use-cases',
      { name: 'u', config: { model_code: 'LINEAR', vendor_id: vendor.id } },
      own,
    );
    const preset = await create('/v1/attribution/runs', { name: 'r', use_case_id: id }, own);
    expect(await creditedBy(own, preset.id)).toEqual(['vendor']);
  });
});
