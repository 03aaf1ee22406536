import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../../test/database.ts';
import { computePartition, createRun, executeRun, planRun, publishRun } from '../../insight/index.ts';
import {
  correctConversion,
  correctInteraction,
  getInteraction,
  ingestConversion,
  ingestInteraction,
  voidConversion,
  voidInteraction,
} from '../index.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

const person = (value: string) => [{ type: 'external_id', value }];
const touch = (externalInteractionId: string, startedAt: string, agents: string[] = [], who = 'p') => ({
  externalInteractionId,
  channel: 'call',
  startedAt: new Date(startedAt),
  customerIdentifiers: person(who),
  participants: agents.map((externalId) => ({ role: 'agent' as const, externalId })),
});
const sale = (externalEventId: string, occurredAt: string) => ({
  externalEventId,
  eventType: 'purchase',
  customerIdentifiers: person('p'),
  amountDecimal: '100.00',
  currency: 'USD',
  occurredAt: new Date(occurredAt),
  eventSource: 'billing',
});

/** Two touches, two sales. */
async function arrange() {
  const tenant = await createTenant(database);
  const ingestTouch = (input: ReturnType<typeof touch>) => tenant.run((ctx) => ingestInteraction(ctx, input));
  const ingestSale = (input: ReturnType<typeof sale>) => tenant.run((ctx) => ingestConversion(ctx, input));
  const t1 = await ingestTouch(touch('t1', '2026-05-30T10:00:00Z', ['ana', 'ben']));
  const t2 = await ingestTouch(touch('t2', '2026-05-31T10:00:00Z', ['ana']));
  const c1 = await ingestSale(sale('c1', '2026-06-01T10:00:00Z'));
  const c2 = await ingestSale(sale('c2', '2026-06-01T12:00:00Z'));
  return { tenant, t1: t1.id, t2: t2.id, c1: c1.id, c2: c2.id };
}
type Arranged = Awaited<ReturnType<typeof arrange>>;

const newRun = async (tenant: TestTenant) =>
  (await tenant.run((ctx) => createRun(ctx, { modelCode: 'TIME_DECAY', name: 'r', config: { models: ['LINEAR'] } })))
    .id;

/** Executes the run and answers what it published, ids of rows included. */
async function execute(tenant: TestTenant, runId: string) {
  const { generation } = await tenant.run((ctx) => executeRun(ctx, { runId }));
  const step = { runId, generation };
  const partitions = (await tenant.run((ctx) => planRun(ctx, step))) ?? 0;
  for (let ordinal = 0; ordinal < partitions; ordinal++) {
    await tenant.run((ctx) => computePartition(ctx, { ...step, ordinal }));
  }
  await tenant.run((ctx) => publishRun(ctx, step));
  const rows = await database.owner`
    select r.id, r.model_code, r.conversion_id, r.interaction_id, r.customer_id, r.agent_id, a.external_id as agent,
           r.weight, r.amount_minor, r.is_primary_touch, r.touched_at, r.converted_at
    from attribution_results r left join agents a on a.id = r.agent_id
    where r.run_id = ${runId} and r.generation = ${generation} order by r.id`;
  return [...rows];
}

const CHANGES: [string, (a: Arranged) => Promise<unknown>][] = [
  [
    'a corrected amount',
    ({ tenant, c1 }) => tenant.run((ctx) => correctConversion(ctx, { id: c1, changes: { amountDecimal: '250.00' } })),
  ],
  [
    'a moved start',
    ({ tenant, t1 }) =>
      tenant.run((ctx) =>
        correctInteraction(ctx, { id: t1, changes: { startedAt: new Date('2026-05-20T00:00:00Z') } }),
      ),
  ],
  [
    'changed participants',
    ({ tenant, t1 }) =>
      tenant.run((ctx) =>
        correctInteraction(ctx, { id: t1, changes: { participants: [{ role: 'agent', externalId: 'cleo' }] } }),
      ),
  ],
  [
    'another customer',
    ({ tenant, t1 }) =>
      tenant.run((ctx) => correctInteraction(ctx, { id: t1, changes: { customerIdentifiers: person('other') } })),
  ],
  ['a voided touch', ({ tenant, t2 }) => tenant.run((ctx) => voidInteraction(ctx, { id: t2, reason: 'test call' }))],
  ['a voided conversion', ({ tenant, c2 }) => tenant.run((ctx) => voidConversion(ctx, { id: c2, reason: 'unpaid' }))],
  [
    'a fact that was corrected twice',
    async ({ tenant, t1 }) => {
      await tenant.run((ctx) => correctInteraction(ctx, { id: t1, changes: { channel: 'email' } }));
      await tenant.run((ctx) =>
        correctInteraction(ctx, { id: t1, changes: { startedAt: new Date('2026-05-31T23:00:00Z') } }),
      );
    },
  ],
];

describe('a run and later corrections', () => {
  it.each(CHANGES)('computes the same rows again after %s, and a new run sees the change', async (_, change) => {
    const arranged = await arrange();
    const { tenant } = arranged;
    const runId = await newRun(tenant);
    const before = await execute(tenant, runId);
    expect(before).toHaveLength(12);
    await change(arranged);
    expect(await execute(tenant, runId)).toEqual(before);
    const essence = (rows: typeof before) => rows.map(({ id: _id, ...row }) => JSON.stringify(row)).sort();
    const fresh = await execute(tenant, await newRun(tenant));
    expect(fresh.length).toBeGreaterThan(0);
    expect(essence(fresh)).not.toEqual(essence(before));
  });

  it('credits the new participants, and the copied ones after a change that does not name any', async () => {
    const { tenant, t1, c2 } = await arrange();
    await tenant.run((ctx) => voidConversion(ctx, { id: c2, reason: 'unpaid' }));
    const agentsOf = async () => new Set((await execute(tenant, await newRun(tenant))).map((row) => row.agent));
    await tenant.run((ctx) => correctInteraction(ctx, { id: t1, changes: { language: 'de' } }));
    expect(await agentsOf()).toEqual(new Set(['ana', 'ben']));
    const participants = [{ role: 'agent' as const, externalId: 'cleo', share: 0.5 }];
    await tenant.run((ctx) => correctInteraction(ctx, { id: t1, changes: { participants } }));
    expect(await agentsOf()).toEqual(new Set(['ana', 'cleo']));
    await tenant.run((ctx) => correctInteraction(ctx, { id: t1, changes: { participants: [] } }));
    expect(await agentsOf()).toEqual(new Set(['ana', null]));
  });
});

describe('a correction', () => {
  it('keeps what it does not name, takes away what is null, and keeps every version', async () => {
    const { tenant, t1 } = await arrange();
    const change = (changes: Parameters<typeof correctInteraction>[1]['changes']) =>
      tenant.run((ctx) => correctInteraction(ctx, { id: t1, changes }));
    await change({ vendorCode: 'convin', campaign: 'spring', cost: '1.50', costCurrency: 'EUR', utm: { source: 'x' } });
    const second = await change({ primaryIntent: 'renewal', campaign: null, cost: null });
    expect(second).toMatchObject({
      version: 3,
      vendorCode: 'convin',
      campaign: null,
      utm: { source: 'x' },
      cost: null,
      costCurrency: null,
      primaryIntent: 'renewal',
      participants: [{ externalId: 'ana' }, { externalId: 'ben' }],
    });
    const history = await database.owner`
      select version, cost_minor, ended_xid is not null as ended from interactions_history where id = ${t1} order by version`;
    expect([...history]).toEqual([
      { version: 1, cost_minor: null, ended: true },
      { version: 2, cost_minor: '150', ended: true },
    ]);
  });

  it('moves the fact to whom new identifiers name, creating the record if need be', async () => {
    const { tenant, t1 } = await arrange();
    const moved = await tenant.run((ctx) =>
      correctInteraction(ctx, { id: t1, changes: { customerIdentifiers: person('new') } }),
    );
    const back = await tenant.run((ctx) =>
      correctInteraction(ctx, { id: t1, changes: { customerIdentifiers: person('p') } }),
    );
    expect(moved.customerId).not.toBe(back.customerId);
  });

  it('of a stale copy is refused, and so is one of a voided fact or of nothing', async () => {
    const { tenant, t1 } = await arrange();
    const change = (input: object) =>
      tenant.run((ctx) => correctInteraction(ctx, { id: t1, changes: { language: 'fr' }, ...input }));
    await change({ expectedVersion: 1 });
    await expect(change({ expectedVersion: 1 })).rejects.toMatchObject({ code: 'PRECONDITION_FAILED' });
    await expect(change({ changes: {} })).rejects.toMatchObject({ kind: 'validation' });
    await tenant.run((ctx) => voidInteraction(ctx, { id: t1, reason: 'x', expectedVersion: 2 }));
    await expect(change({})).rejects.toMatchObject({ code: 'ALREADY_VOIDED' });
    await expect(tenant.run((ctx) => voidInteraction(ctx, { id: t1, reason: 'x' }))).rejects.toMatchObject({
      code: 'ALREADY_VOIDED',
    });
    const found = await tenant.run((ctx) => getInteraction(ctx, { id: t1 }));
    expect(found).toMatchObject({ version: 3, voidReason: 'x', language: 'fr', participants: [{}, {}] });
  });

  it('of many at once leaves one version after the other', async () => {
    const { tenant, t1 } = await arrange();
    await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        tenant.run((ctx) => correctInteraction(ctx, { id: t1, changes: { language: `l${n}` } })),
      ),
    );
    const [row] = await database.owner`
      select (select version from interactions where id = ${t1}) as version,
             (select count(*)::int from interactions_history where id = ${t1}) as kept,
             (select count(*)::int from interaction_participants where interaction_id = ${t1}) as participants`;
    expect(row).toEqual({ version: 9, kept: 8, participants: 18 });
  });

  it('that is not valid changes nothing', async () => {
    const { tenant, t1, c1 } = await arrange();
    await expect(
      tenant.run((ctx) => correctInteraction(ctx, { id: t1, changes: { endedAt: new Date('2026-01-01T00:00:00Z') } })),
    ).rejects.toMatchObject({ extras: { issues: [{ field: 'endedAt' }] } });
    await expect(
      tenant.run((ctx) => correctInteraction(ctx, { id: t1, changes: { cost: '1.00' } })),
    ).rejects.toMatchObject({ extras: { issues: [{ field: 'costCurrency' }] } });
    await expect(
      tenant.run((ctx) => correctConversion(ctx, { id: c1, changes: { currency: 'JPY', amountDecimal: '1.5' } })),
    ).rejects.toMatchObject({ extras: { issues: [{ field: 'amountDecimal' }] } });
    const [row] = await database.owner`
      select count(*)::int as kept from interactions_history where id = ${t1}`;
    expect(row!.kept).toBe(0);
  });
});
