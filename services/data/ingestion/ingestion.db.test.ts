import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../../test/database.ts';
import { findPerson, ingestConversion, ingestInteraction } from '../index.ts';
import type { InteractionInput } from './facts.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

const email = (value: string) => ({ type: 'email', value });
const phone = (value: string) => ({ type: 'phone', value });
const call = (externalInteractionId: string, extra: Partial<InteractionInput> = {}): InteractionInput => ({
  externalInteractionId,
  channel: 'call',
  startedAt: new Date('2026-06-01T10:00:00Z'),
  customerIdentifiers: [phone('+14155552671')],
  ...extra,
});
const purchase = (externalEventId: string, extra: object = {}) => ({
  externalEventId,
  eventType: 'purchase',
  customerIdentifiers: [phone('+14155552671')],
  amountDecimal: '10.00',
  currency: 'USD',
  occurredAt: new Date('2026-06-01T10:00:00Z'),
  eventSource: 'billing',
  ...extra,
});
const ingest = (tenant: TestTenant, input: InteractionInput) => tenant.run((ctx) => ingestInteraction(ctx, input));

describe('ingestion', () => {
  it('refuses one team named twice, because its credit could not be told apart', async () => {
    const tenant = await createTenant(database);
    const [team] = await database.owner<{ id: string }[]>`
      insert into teams (organization_id, name) values (${tenant.organizationId}, 'Closers') returning id`;
    const named = { role: 'team' as const, id: team!.id };
    await expect(ingest(tenant, call('twice', { participants: [named, named] }))).rejects.toMatchObject({
      code: 'VALIDATION_ERROR',
      extras: { issues: [{ field: 'participants.1.id' }] },
    });
    await ingest(tenant, call('once', { participants: [named] }));
  });

  it('stores an interaction with vendor, campaign and participants, and tells the product once', async () => {
    const tenant = await createTenant(database);
    const receipt = await ingest(
      tenant,
      call('one', {
        vendorCode: 'convin',
        campaign: 'spring',
        utm: { source: 'mail' },
        cost: '1.25',
        costCurrency: 'USD',
        participants: [{ role: 'agent', externalId: 'a1', name: 'Ana' }],
        metadata: { nested: { keep: true } },
      }),
    );
    const [row] = await database.owner`
      select i.customer_id, i.cost_minor, i.metadata, v.code, t.campaign, t.utm, a.external_id as agent
      from interactions i join vendors v on v.id = i.vendor_id join touch_sources t on t.id = i.touch_source_id
      join interaction_participants p on p.interaction_id = i.id join agents a on a.id = p.agent_id
      where i.id = ${receipt.id}`;
    expect(row).toMatchObject({
      customer_id: receipt.customerId,
      cost_minor: '125',
      metadata: { nested: { keep: true } },
      code: 'convin',
      campaign: 'spring',
      utm: { source: 'mail' },
      agent: 'a1',
    });
    const events =
      await database.owner`select type, data from domain_events where organization_id = ${tenant.organizationId}`;
    expect(events).toEqual([{ type: 'interactions.ingested', data: { count: 1, ids: [receipt.id] } }]);
  });

  it('answers an external id that exists with a conflict and changes nothing', async () => {
    const tenant = await createTenant(database);
    const first = await ingest(tenant, call('one'));
    const again = call('one', { customerIdentifiers: [email('somebody@else.example')] });
    await expect(ingest(tenant, again)).rejects.toMatchObject({
      kind: 'conflict',
      code: 'DUPLICATE_INTERACTION',
      extras: { details: { existingId: first.id } },
    });
    const [{ count }] = await database.owner<[{ count: string }]>`
      select count(*) from customer_identifiers where organization_id = ${tenant.organizationId}`;
    expect(Number(count)).toBe(1);
  });

  it('is free to use the external ids of another organization', async () => {
    const [one, other] = [await createTenant(database), await createTenant(database)];
    const a = await ingest(one, call('same'));
    const b = await ingest(other, call('same'));
    expect(a.customerId).not.toBe(b.customerId);
  });

  it('gives one customer to concurrent facts of one new person, and each fact exactly once', async () => {
    const tenant = await createTenant(database);
    const receipts = await Promise.all(Array.from({ length: 20 }, (_, index) => ingest(tenant, call(`c${index}`))));
    expect(new Set(receipts.map((receipt) => receipt.customerId)).size).toBe(1);
    const same = await Promise.allSettled(Array.from({ length: 10 }, () => ingest(tenant, call('race'))));
    expect(same.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    for (const result of same) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'DUPLICATE_INTERACTION' });
    }
  });

  it.each([
    ['a start more than a day ahead', { startedAt: new Date('2026-07-02T12:00:01Z') }, 'startedAt'],
    ['an end before the start', { endedAt: new Date('2026-06-01T09:59:59Z') }, 'endedAt'],
    ['an impossible phone number', { customerIdentifiers: [phone('12')] }, 'customerIdentifiers.0.value'],
    ['an unknown cost currency', { cost: '1', costCurrency: 'ABC' }, 'costCurrency'],
    ['a cost without its currency', { cost: '1' }, 'costCurrency'],
    [
      'an agent id that does not exist',
      { participants: [{ role: 'agent', id: crypto.randomUUID() }] },
      'participants.0.id',
    ],
  ] as const)('refuses %s, naming the field, and stores nothing', async (_, extra, field) => {
    const tenant = await createTenant(database);
    await expect(ingest(tenant, call('bad', extra as Partial<InteractionInput>))).rejects.toMatchObject({
      kind: 'validation',
      extras: { issues: [{ field }] },
    });
    const [{ count }] = await database.owner<[{ count: string }]>`
      select (select count(*) from interactions where organization_id = ${tenant.organizationId})
           + (select count(*) from customers where organization_id = ${tenant.organizationId}) as count`;
    expect(Number(count)).toBe(0);
  });

  it.each([
    ['an amount that is finer than the currency', { amountDecimal: '1.005' }, 'amountDecimal'],
    ['an unknown currency', { currency: 'XXQ' }, 'currency'],
    ['a negative amount', { amountDecimal: '-1.00' }, 'amountDecimal'],
    ['an amount beyond the limit', { amountDecimal: '10000000000.01' }, 'amountDecimal'],
  ])('refuses a conversion with %s', async (_, extra, field) => {
    const tenant = await createTenant(database);
    await expect(tenant.run((ctx) => ingestConversion(ctx, purchase('bad', extra)))).rejects.toMatchObject({
      kind: 'validation',
      extras: { issues: [{ field }] },
    });
  });
});

describe('identity', () => {
  it('keeps the record found first and links the records that a fact shows to be one person', async () => {
    const tenant = await createTenant(database);
    const byPhone = await ingest(tenant, call('a', { customerIdentifiers: [phone('+14155552671')] }));
    const byMail = await ingest(
      tenant,
      call('b', { customerIdentifiers: [email('x@example.com')], startedAt: new Date('2026-05-01T00:00:00Z') }),
    );
    expect(byMail.customerId).not.toBe(byPhone.customerId);
    const both = [phone('+14155552671'), email('X@example.com')];
    const joined = await ingest(tenant, call('c', { customerIdentifiers: both }));
    expect(joined.customerId).toBe(byPhone.customerId);
    const person = await tenant.run((ctx) => findPerson(ctx, byPhone.customerId));
    // The record with the earliest fact stands for the person.
    expect(person.canonicalId).toBe(byMail.customerId);
    expect(new Set(person.recordIds)).toEqual(new Set([byPhone.customerId, byMail.customerId]));
  });

  it('keeps a star when two linked groups turn out to be one person', async () => {
    const tenant = await createTenant(database);
    const names = ['a', 'b', 'c', 'd'].map((name) => email(`${name}@example.com`));
    for (const [index, name] of names.entries())
      await ingest(tenant, call(`f${index}`, { customerIdentifiers: [name] }));
    await ingest(tenant, call('ab', { customerIdentifiers: [names[0]!, names[1]!] }));
    await ingest(tenant, call('cd', { customerIdentifiers: [names[2]!, names[3]!] }));
    await ingest(tenant, call('bd', { customerIdentifiers: [names[1]!, names[3]!] }));
    const current = await database.owner`
      select customer_id, canonical_id from identity_links
      where organization_id = ${tenant.organizationId} and ended_xid is null`;
    expect(current).toHaveLength(3);
    expect(new Set(current.map((row) => row.canonical_id)).size).toBe(1);
  });

  it('joins people by strong identifiers in concurrent facts without a chain or a loop', async () => {
    const tenant = await createTenant(database);
    const names = Array.from({ length: 8 }, (_, index) => email(`r${index}@example.com`));
    for (const [index, name] of names.entries())
      await ingest(tenant, call(`f${index}`, { customerIdentifiers: [name] }));
    const pairs = names.slice(1).map((name, index) => [names[index]!, name]);
    // Each may have to give way to the others a few times; what it must not do is leave half a link.
    for (let round = 0; round < 8; round++) {
      await Promise.allSettled(
        pairs.map((pair, index) => ingest(tenant, call(`p${round}-${index}`, { customerIdentifiers: pair }))),
      );
    }
    const current = await database.owner<{ customer_id: string; canonical_id: string }[]>`
      select customer_id, canonical_id from identity_links
      where organization_id = ${tenant.organizationId} and ended_xid is null`;
    expect(current).toHaveLength(7);
    expect(new Set(current.map((row) => row.canonical_id)).size).toBe(1);
  });

  it('does not join two people because they used one browser', async () => {
    const tenant = await createTenant(database);
    const cookie = { type: 'cookie', value: 'shared' };
    const one = await ingest(tenant, call('a', { customerIdentifiers: [email('a@example.com'), cookie] }));
    const two = await ingest(tenant, call('b', { customerIdentifiers: [email('b@example.com'), cookie] }));
    expect(two.customerId).not.toBe(one.customerId);
    const person = await tenant.run((ctx) => findPerson(ctx, one.customerId));
    // The browser has a record of its own, which belongs to whoever was seen with it first.
    const anonymous = await ingest(tenant, call('c', { customerIdentifiers: [cookie] }));
    expect(new Set(person.recordIds)).toEqual(new Set([one.customerId, anonymous.customerId]));
    expect(await tenant.run((ctx) => findPerson(ctx, two.customerId))).toMatchObject({ recordIds: [two.customerId] });
  });
});
