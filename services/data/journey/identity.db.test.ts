import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../../test/database.ts';
import { getJourney } from '../../insight/index.ts';
import { findCustomers, ingestConversion, ingestEvent, ingestInteraction } from '../index.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

const email = (value: string) => ({ type: 'email', value: `${value}@example.com` });
const cookie = (value: string) => ({ type: 'cookie', value });
const session = (value: string) => ({ type: 'session', value });
const at = (hour: number) => new Date(Date.UTC(2026, 4, 1, hour));

type Named = { type: string; value: string };
const touch = (tenant: TestTenant, id: string, hour: number, customerIdentifiers: Named[]) =>
  tenant.run((ctx) =>
    ingestInteraction(ctx, { externalInteractionId: id, channel: 'web', startedAt: at(hour), customerIdentifiers }),
  );

/** External ids of facts by person, and which facts lie on the record that stands for the person. */
async function people(tenant: TestTenant): Promise<string[][]> {
  const rows = await database.owner<{ person: string; facts: string[] }[]>`
    select coalesce(l.canonical_id, f.customer_id) as person, array_agg(f.external_id order by f.external_id) as facts
    from (select organization_id, customer_id, external_id from interactions
          union all select organization_id, customer_id, external_id from conversions) f
    left join identity_links l on l.organization_id = f.organization_id and l.customer_id = f.customer_id
      and l.ended_xid is null
    where f.organization_id = ${tenant.organizationId} group by 1 order by 2`;
  return rows.map((row) => row.facts);
}

/** The time of the earliest fact of each person beside that of the earliest fact of the record that stands for it. */
async function canonicalTimes(tenant: TestTenant): Promise<{ person: Date; canonical: Date | null }[]> {
  return database.owner`
    select min(f.at) as person, min(f.at) filter (where f.customer_id = coalesce(l.canonical_id, f.customer_id)) as canonical
    from (select organization_id, customer_id, started_at as at from interactions
          union all select organization_id, customer_id, occurred_at from conversions) f
    left join identity_links l on l.organization_id = f.organization_id and l.customer_id = f.customer_id
      and l.ended_xid is null
    where f.organization_id = ${tenant.organizationId} group by coalesce(l.canonical_id, f.customer_id)`;
}

/** What the journey of each person shows, as external ids in its order. */
async function journeys(tenant: TestTenant): Promise<string[][]> {
  const found: string[][] = [];
  const { items } = await tenant.run((ctx) => findCustomers(ctx, { page: 1, limit: 100 }));
  for (const { id: customerId } of items) {
    const journey = await tenant.run((ctx) => getJourney(ctx, { customerId, page: 1, limit: 100 }));
    const names = new Map([
      ...journey.interactions.map((row) => [row.id, row.externalInteractionId] as const),
      ...journey.conversions.map((row) => [row.id, row.externalEventId] as const),
    ]);
    const shown = journey.timeline.map((entry) => names.get(entry.id)!);
    // Devices that nobody has used without a name have a record and no journey.
    if (shown.length > 0) found.push(shown);
  }
  return found.sort((a, b) => (a.toSorted()[0]! < b.toSorted()[0]! ? -1 : 1));
}

const chains = (tenant: TestTenant) => database.owner`
  select a.id from identity_links a
  join identity_links b on b.organization_id = a.organization_id and b.customer_id = a.canonical_id and b.ended_xid is null
  where a.organization_id = ${tenant.organizationId} and a.ended_xid is null`;

const conflicts = (tenant: TestTenant) => database.owner`
  select rule, identifier_type, fact_type, fact_external_id from identity_conflicts
  where organization_id = ${tenant.organizationId} order by fact_external_id`;

describe('an anonymous visitor', () => {
  it('becomes the person that is identified with its cookie in one fact', async () => {
    const tenant = await createTenant(database);
    await touch(tenant, 'anonymous', 1, [cookie('x')]);
    await touch(tenant, 'known', 2, [email('a')]);
    expect(await people(tenant)).toEqual([['anonymous'], ['known']]);
    await touch(tenant, 'login', 3, [email('a'), cookie('x')]);
    expect(await people(tenant)).toEqual([['anonymous', 'known', 'login']]);
  });

  it('becomes the person that is identified in the same session, without a cookie on that fact', async () => {
    const tenant = await createTenant(database);
    await touch(tenant, 'anonymous', 1, [cookie('x'), session('s')]);
    await touch(tenant, 'login', 2, [email('a'), session('s')]);
    expect(await people(tenant)).toEqual([['anonymous', 'login']]);
    expect(await conflicts(tenant)).toHaveLength(0);
  });

  it('becomes the person that an event of the same session names, whichever of both comes first', async () => {
    const event = (tenant: TestTenant, hour: number, customerIdentifiers: Named[]) =>
      tenant.run((ctx) =>
        ingestEvent(ctx, { type: 'click', sessionId: 's', occurredAt: at(hour), customerIdentifiers }),
      );
    for (const order of [0, 1]) {
      const tenant = await createTenant(database);
      await touch(tenant, 'chat', 1, [cookie('x')]);
      await touch(tenant, 'known', 4, [email('a')]);
      const browsing = () => event(tenant, 2, [cookie('x')]);
      const login = () => event(tenant, 3, [email('a')]);
      for (const send of order === 0 ? [browsing, login] : [login, browsing]) await send();
      expect(await people(tenant), `order ${order}`).toEqual([['chat', 'known']]);
    }
  });

  it('stays with whoever was identified first; the second claim is logged and joins nobody', async () => {
    const tenant = await createTenant(database);
    await touch(tenant, 'anonymous', 1, [cookie('x')]);
    await touch(tenant, 'first', 2, [email('a'), cookie('x')]);
    await touch(tenant, 'second', 3, [email('b'), cookie('x')]);
    await touch(tenant, 'second-again', 4, [email('b'), cookie('x')]);
    expect(await people(tenant)).toEqual([
      ['anonymous', 'first'],
      ['second', 'second-again'],
    ]);
    expect([...(await conflicts(tenant))]).toMatchObject([
      { rule: 'earliest_claim', identifier_type: 'cookie', fact_type: 'interaction', fact_external_id: 'second' },
    ]);
  });

  it('moves to an earlier claim that arrives late, and says so', async () => {
    const tenant = await createTenant(database);
    await touch(tenant, 'anonymous', 1, [cookie('x')]);
    await touch(tenant, 'later', 3, [email('b'), cookie('x')]);
    await touch(tenant, 'late', 2, [email('a'), cookie('x')]);
    expect(await people(tenant)).toEqual([['anonymous', 'late'], ['later']]);
    expect(await conflicts(tenant)).toHaveLength(1);
  });
});

describe('the record that stands for a person', () => {
  it('changes when an earlier fact arrives late on another record', async () => {
    const tenant = await createTenant(database);
    const one = await touch(tenant, 'a', 5, [email('a')]);
    const two = await touch(tenant, 'b', 6, [email('b')]);
    await touch(tenant, 'ab', 7, [email('a'), email('b')]);
    const canonical = async () => {
      const [row] = await database.owner`
        select canonical_id from identity_links where organization_id = ${tenant.organizationId} and ended_xid is null`;
      return row?.canonical_id;
    };
    expect(await canonical()).toBe(one.customerId);
    await touch(tenant, 'early', 1, [email('b')]);
    expect(await canonical()).toBe(two.customerId);
    expect(await chains(tenant)).toHaveLength(0);
  });
});

describe('identity', () => {
  const identifier = fc.constantFrom(
    ...['a', 'b', 'c', 'd'].map(email),
    { type: 'phone', value: '+14155552671' },
    ...['x', 'y'].map(cookie),
    ...['s', 't'].map(session),
  );
  const fact = fc.record({
    identifiers: fc.uniqueArray(identifier, {
      minLength: 1,
      maxLength: 3,
      selector: ({ type, value }) => type + value,
    }),
    hour: fc.integer({ min: 0, max: 6 }),
    conversion: fc.boolean(),
  });
  type Fact = { id: string; identifiers: Named[]; hour: number; conversion: boolean };

  /** Sends the facts in groups; facts of both kinds within a group go in two transactions. */
  async function send(tenant: TestTenant, groups: readonly (readonly Fact[])[]): Promise<void> {
    for (const group of groups) {
      const touches = group.filter((row) => !row.conversion);
      const sales = group.filter((row) => row.conversion);
      if (touches.length > 0) {
        await tenant.run((ctx) =>
          ingestInteraction.group(
            ctx,
            touches.map((row) => ({
              externalInteractionId: row.id,
              channel: 'web',
              startedAt: at(row.hour),
              customerIdentifiers: row.identifiers,
            })),
          ),
        );
      }
      if (sales.length > 0) {
        await tenant.run((ctx) =>
          ingestConversion.group(
            ctx,
            sales.map((row) => ({
              externalEventId: row.id,
              eventType: 'purchase',
              customerIdentifiers: row.identifiers,
              amountDecimal: '1.00',
              currency: 'USD',
              occurredAt: at(row.hour),
              eventSource: 'shop',
            })),
          ),
        );
      }
    }
  }

  const scenario = fc.array(fact, { minLength: 2, maxLength: 9 }).chain((facts) => {
    const named = facts.map((row, index) => ({ ...row, id: `f${index}` }));
    const repeated = fc.subarray(named).map((again) => [...named, ...again]);
    return fc.record({
      facts: fc.constant(named),
      order: repeated.chain((rows) => fc.shuffledSubarray(rows, { minLength: rows.length })),
      sizes: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 18, maxLength: 18 }),
    });
  });

  it('is the same for any order and any batching of the same facts', async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async ({ facts, order, sizes }) => {
        const straight = await createTenant(database);
        await send(
          straight,
          facts.map((row) => [row]),
        );
        const shuffled = await createTenant(database);
        const groups: Fact[][] = [];
        for (let start = 0, index = 0; start < order.length; start += sizes[index++]!) {
          groups.push(order.slice(start, start + sizes[index]!));
        }
        await send(shuffled, groups);
        expect(await people(shuffled)).toEqual(await people(straight));
        expect(await journeys(shuffled)).toEqual(await journeys(straight));
        for (const tenant of [straight, shuffled]) {
          for (const times of await canonicalTimes(tenant)) expect(times.canonical).toEqual(times.person);
          expect(await chains(tenant)).toHaveLength(0);
        }
      }),
      { numRuns: 60, interruptAfterTimeLimit: 90_000 },
    );
  }, 120_000);
});
