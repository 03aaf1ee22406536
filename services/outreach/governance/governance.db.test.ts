import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ContactChannel } from '../../../domain/outreach/contact-policy.rules.ts';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../../test/database.ts';
import { createDeal, createProspect, updateProspect } from '../../crm/index.ts';
import {
  claimContact,
  canContact as decide,
  holdContacts,
  liftContactHold,
  placeContactHold,
  recordConsent,
  settleDispatches,
  updateContactPolicy,
} from './index.ts';

let database: TestDatabase;
let tenant: TestTenant;
beforeAll(async () => {
  database = await createTestDatabase();
  tenant = await createTenant(database);
});
afterAll(() => database?.drop());

let count = 0;
const prospect = (fields = {}) =>
  tenant.run((ctx) => createProspect(ctx, { firstName: 'Ann', email: `ann${++count}@x.example`, ...fields }));
const canContact = (id: string, channel: ContactChannel = 'email', now?: Date) =>
  tenant.run((ctx) => decide(ctx, { id, channel, purpose: 'sequence' }), now);
const NOW = new Date('2026-06-30T12:00:00Z');
const uuid = () => crypto.randomUUID();

describe('whether a person may be contacted', () => {
  it('follows the record, its deals, what support holds and what the person has said last', async () => {
    const { id } = await prospect({ phone: '+4930901820', country: 'DE' });
    expect(await canContact(id)).toMatchObject({ decision: 'allowed', rule: null });
    expect(await canContact(id, 'linkedin')).toMatchObject({ rule: 'no_address' });
    expect(await canContact(id, 'sms')).toMatchObject({ rule: 'consent' });
    const say = (status: 'granted' | 'withdrawn', occurredAt: Date) =>
      tenant.run((ctx) => recordConsent(ctx, { id, channel: 'sms', status, source: 'form', occurredAt }));
    await say('granted', NOW);
    expect(await canContact(id, 'sms')).toMatchObject({ decision: 'allowed' });
    await say('withdrawn', new Date(NOW.getTime() + 1));
    expect(await canContact(id, 'sms')).toMatchObject({ rule: 'consent' });

    const source = { type: 'ticket', id: uuid() };
    const hold = { reason: 'support', source } as const;
    await tenant.run((ctx) => placeContactHold(ctx, { prospectId: id }, hold));
    await tenant.run((ctx) => placeContactHold(ctx, { prospectId: id }, hold));
    expect(await canContact(id)).toMatchObject({ rule: 'support' });
    await tenant.run((ctx) => liftContactHold(ctx, source));
    expect(await canContact(id)).toMatchObject({ decision: 'allowed' });

    const deal = await tenant.run((ctx) => createDeal(ctx, { name: 'Offer', stage: 'proposal' }));
    await database.owner`
      insert into deal_contacts (organization_id, deal_id, prospect_id) values (${tenant.organizationId}, ${deal.id}, ${id})`;
    expect(await canContact(id)).toMatchObject({ rule: 'open_deal' });
    await tenant.run((ctx) => updateContactPolicy(ctx, { changes: { openDeals: 'allow' } }));
    expect(await canContact(id)).toMatchObject({ decision: 'allowed' });
    await tenant.run((ctx) => updateProspect(ctx, { id, changes: { status: 'do_not_contact' } }));
    expect(await canContact(id)).toMatchObject({ rule: 'do_not_contact' });
  });

  it('has room again when the oldest touch of a limit is a day old', async () => {
    await tenant.run((ctx) => updateContactPolicy(ctx, { changes: { perPersonPerDay: 2, perPersonPerWeek: 3 } }));
    const { id } = await prospect();
    const at = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000);
    const touch = (hours: number, sourceId = uuid()) =>
      tenant.run(
        (ctx) => claimContact(ctx, { prospectId: id, channel: 'call', source: { type: 'task', id: sourceId } }),
        at(hours),
      );
    const same = uuid();
    await touch(0, same);
    await touch(0, same);
    expect(await canContact(id, 'email', at(1))).toMatchObject({ decision: 'allowed' });
    await touch(5);
    expect(await canContact(id, 'email', at(6))).toMatchObject({ rule: 'person_cap', until: at(24) });
    expect(await canContact(id, 'email', at(24.01))).toMatchObject({ decision: 'allowed' });
    await touch(25);
    expect(await canContact(id, 'email', at(30))).toMatchObject({ rule: 'person_cap', until: at(7 * 24) });
  });
});

describe('a stop', () => {
  it('is acknowledged once the message on its way has settled, and keeps a later one from beginning', async () => {
    const address = 'stop@x.example';
    const send = async (state: string) =>
      (
        await database.owner<{ id: string }[]>`
          insert into sends (organization_id, dedupe_key, channel, purpose, to_address, from_address, content, state,
                             next_attempt_at, claimed_until)
          values (${tenant.organizationId}, ${uuid()}, 'email', 'sequence', ${address.toUpperCase()}, 'f@x.example', '',
                  ${state}, ${NOW}, ${new Date(NOW.getTime() + 30_000)}) returning id`
      )[0]!.id;
    const id = await send('dispatching');
    const order: string[] = [];
    const stop = tenant.run(async (ctx) => {
      await holdContacts(ctx, [address]);
      const unsettled = await settleDispatches(ctx, [address]);
      order.push(unsettled === null ? 'acknowledged' : 'given up');
    });
    const next = tenant.run(async (ctx) => {
      await ctx.tx.selectFrom('sends').select('id').where('id', '=', id).execute();
      await new Promise((resolve) => setTimeout(resolve, 150));
      await holdContacts(ctx, [address]);
      order.push('the next one asks');
    });
    await new Promise((resolve) => setTimeout(resolve, 300));
    order.push('settled');
    await database.owner`update sends set state = 'accepted', settled_at = now() where id = ${id}`;
    await Promise.all([stop, next]);
    expect(order).toEqual(['settled', 'acknowledged', 'the next one asks']);
  });
});
