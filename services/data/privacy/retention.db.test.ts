import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RETENTION_STEPS } from '../../../domain/data/privacy.rules.ts';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../../test/database.ts';
import { ingestInteraction, listRetentions, retainBatch } from '../index.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

const who = [{ type: 'email', value: 'a@example.com' }];

async function retain(tenant: TestTenant, days: number): Promise<number> {
  let total = 0;
  for (const step of RETENTION_STEPS) {
    for (let more = true; more; ) {
      const batch = await tenant.run((ctx) => retainBatch(ctx, step, days));
      total += batch.count;
      more = batch.more;
    }
  }
  return total;
}

describe('retention', () => {
  it('is listed for organizations that limit it, and for no other', async () => {
    const tenant = await createTenant(database);
    await createTenant(database);
    await database.owner`update organizations set retention_days = 90 where id = ${tenant.organizationId}`;
    expect(await listRetentions(database.platform)).toEqual([
      { organizationId: tenant.organizationId, retentionDays: 90 },
    ]);
  });

  it('removes old texts and old rows of nobody, keeps young ones and what credit needs, and finds nothing twice', async () => {
    const tenant = await createTenant(database);
    const touch = (id: string, day: string) =>
      tenant.run((ctx) =>
        ingestInteraction(ctx, {
          externalInteractionId: id,
          channel: 'call',
          startedAt: new Date(`${day}T10:00:00Z`),
          customerIdentifiers: who,
          metadata: { note: id },
          participants: [{ role: 'agent', externalId: 'agent' }],
        }),
      );
    const { customerId } = await touch('old', '2026-01-01');
    await touch('young', '2026-06-01');
    const { organizationId } = tenant;
    for (const [day, customer] of [
      ['2026-01-01', null],
      ['2026-01-01', customerId],
      ['2026-06-01', null],
    ] as const) {
      await database.owner`
        insert into events (organization_id, type, customer_id, url, occurred_at)
        values (${organizationId}, 'x', ${customer}, 'https://x.example', ${day})`;
    }
    expect(await retain(tenant, 90)).toBe(3);
    expect(await retain(tenant, 90)).toBe(0);
    const touches = await database.owner`
      select i.external_id, i.metadata, count(p.*)::integer as agents from interactions i
      left join interaction_participants p on p.organization_id = i.organization_id and p.interaction_id = i.id
        and p.interaction_version = i.version
      where i.organization_id = ${organizationId} group by 1, 2 order by 1`;
    expect([...touches]).toEqual([
      { external_id: 'old', metadata: null, agents: 1 },
      { external_id: 'young', metadata: { note: 'young' }, agents: 1 },
    ]);
    const events = await database.owner`
      select customer_id, url from events where organization_id = ${organizationId} order by occurred_at`;
    expect([...events]).toEqual([
      { customer_id: customerId, url: null },
      { customer_id: null, url: 'https://x.example' },
    ]);
  });
});
