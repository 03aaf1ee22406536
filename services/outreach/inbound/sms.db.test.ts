import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../../test/database.ts';
import { testOutreach } from '../../../test/http/harness.ts';
import { createProspect } from '../../crm/index.ts';
import { receiveSms } from '../index.ts';
import { planOutreachSend } from '../plan-send.ts';

let database: TestDatabase;
let tenant: TestTenant;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());
beforeEach(async () => {
  tenant = await createTenant(database, 'Acme');
});

const now = new Date('2026-06-30T12:00:00Z');
const stored = () => database.owner`
  select kind from inbound_messages where organization_id = ${tenant.organizationId} order by received_at, id`;

describe('a text that comes in', () => {
  const text = (fields: Record<string, string>) =>
    tenant.run((ctx) => receiveSms(ctx, { fields: { From: '+14155552671', To: '+1', ...fields }, sendId: null }), now);
  const outs = () => database.owner`
    select phone, opted_in_at is null as out from sms_opt_outs where organization_id = ${tenant.organizationId}`;

  it('STOP ends texts, START begins them again, HELP is answered, and the rest is an answer', async () => {
    expect(await text({ MessageSid: 'S1', Body: ' Stop. ' })).toEqual({ answer: null });
    expect(await outs()).toEqual([{ phone: '+14155552671', out: true }]);
    await text({ MessageSid: 'S1', Body: ' Stop. ' });
    await text({ MessageSid: 'S2', Body: 'START' });
    expect(await outs()).toEqual([{ phone: '+14155552671', out: false }]);
    await text({ MessageSid: 'S1', Body: ' Stop. ' });
    expect(await outs()).toEqual([{ phone: '+14155552671', out: false }]);
    expect((await text({ MessageSid: 'S3', Body: 'help' })).answer).toContain('STOP');
    await text({ MessageSid: 'S4', Body: 'please stop texting me' });
    await text({ MessageSid: 'S5', Body: 'Sounds good' });
    expect((await stored()).map((row) => row.kind)).toEqual(['unsubscribe', 'unsubscribe', 'reply']);
    expect(await outs()).toEqual([{ phone: '+14155552671', out: true }]);
  });
});

describe('a text nobody knows the outcome of', () => {
  it('is settled by what its provider tells, and is told of as every text that was taken', async () => {
    const { id: prospectId } = await tenant.run((ctx) => createProspect(ctx, { phone: '+14155552671' }), now);
    const { sendId } = await tenant.run(
      (ctx) =>
        planOutreachSend(ctx, testOutreach, {
          channel: 'sms',
          prospectId,
          text: 'Hi',
          purpose: 'one_to_one',
          dedupeKey: 'one',
        }),
      now,
    );
    await database.owner`update sends set state = 'unknown', dispatched_at = ${now}, attempt = 1 where id = ${sendId}`;
    const report = { MessageSid: 'S9', MessageStatus: 'delivered' };
    await tenant.run((ctx) => receiveSms(ctx, { fields: report, sendId }), now);
    await tenant.run((ctx) => receiveSms(ctx, { fields: { ...report, MessageStatus: 'sent' }, sendId }), now);
    const sends = await database.owner`select state, delivery from sends where id = ${sendId}`;
    expect(sends).toEqual([{ state: 'accepted', delivery: 'delivered' }]);
    const told = await database.owner`
      select entity_id from domain_events where organization_id = ${tenant.organizationId} and type = 'sms.sent'`;
    expect(told).toEqual([{ entity_id: sendId }]);
  });
});
