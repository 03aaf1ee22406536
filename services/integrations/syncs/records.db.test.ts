import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Outbound } from '../../../domain/core/outbound.port.ts';
import { createOutbound } from '../../../providers/http/outbound.ts';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../../test/database.ts';
import { type SalesforceWorld, startSalesforceWorld } from '../../../test/integrations/salesforce-world.ts';
import { runAllReactions } from '../../../test/reactions.ts';
import { testSecrets } from '../../../test/secrets.ts';
import {
  createAccount,
  createDeal,
  createProspect,
  deleteProspect,
  logManualActivity,
  updateProspect,
} from '../../crm/index.ts';
import { beginAttempt, listSyncs, readIntegrationStatus, startSync, updateIntegration } from '../index.ts';
import { CHANGE_REACTIONS } from './change-reactions.ts';

let database: TestDatabase;
let tenant: TestTenant;
let outbound: Outbound;
let world: SalesforceWorld;
beforeAll(async () => {
  database = await createTestDatabase();
  outbound = createOutbound({ production: false, allowLoopback: true });
});
beforeEach(async () => {
  tenant = await createTenant(database);
  world = await startSalesforceWorld(database, tenant, outbound);
  await world.work(await world.connect());
});
afterEach(() => world.salesforce.close());
afterAll(async () => {
  await outbound?.close();
  await database?.drop();
});

describe('a change of ours', () => {
  const follow = () => runAllReactions(database, CHANGE_REACTIONS);
  const syncs = async () =>
    (await world.run((ctx) => listSyncs(ctx, { integrationId: world.integrationId, page: 1, limit: 50 }))).items;
  const settled = async () =>
    (
      await database.owner`
        select input from process_commands where organization_id = ${tenant.organizationId} and process = 'sync'
          and kind = 'start' order by created_at, id`
    ).map(({ input }) => (input as { settleSeconds?: number }).settleSeconds);

  it('asks for one sync by itself, however many there are, and what a sync writes asks for none', async () => {
    const { salesforce, run, sync, work, last } = world;
    salesforce.create('Contact', { LastName: 'Hopper', Email: 'grace@example.com' });
    await sync();
    await follow();
    expect((await syncs()).map(({ trigger }) => trigger)).not.toContain('change');
    const ada = await run((ctx) => createProspect(ctx, { email: 'ada@example.com', lastName: 'Lovelace' }));
    const acme = await run((ctx) => createAccount(ctx, { name: 'Acme' }));
    await run((ctx) => createDeal(ctx, { name: 'Seats', accountId: acme.id, closeDate: '2026-11-30' }));
    await run((ctx) => logManualActivity(ctx, { type: 'call_made', subject: 'Asked', prospectId: ada.id }));
    await follow();
    const asked = await last();
    expect([asked.trigger, asked.status]).toEqual(['change', 'pending']);
    // Some of the ten seconds between two syncs have passed already.
    const waits = (await settled()).at(-1)!;
    expect(waits >= 2 && waits <= 10).toBe(true);
    await run((ctx) => updateProspect(ctx, { id: ada.id, changes: { title: 'Countess' } }));
    await follow();
    await work(asked.id);
    await follow();
    expect((await syncs()).filter(({ trigger }) => trigger === 'change')).toHaveLength(1);
    expect(salesforce.records('Contact').map(({ Title }) => Title)).toContain('Countess');
    expect([
      salesforce.records('Account'),
      salesforce.records('Opportunity'),
      salesforce.records('Task'),
    ]).toMatchObject([[{ Name: 'Acme' }], [{ Name: 'Seats' }], [{ Subject: 'Asked' }]]);
  });

  it('that comes while a sync goes on is followed by another one, and a person need not wait for it', async () => {
    const { integrationId, run, work, last } = world;
    const { id } = await run((ctx) => startSync(ctx, { integrationId }));
    await run((ctx) => beginAttempt(ctx, { integrationId, syncId: id }));
    const ada = await run((ctx) => createProspect(ctx, { email: 'ada@example.com', lastName: 'Lovelace' }));
    await follow();
    await work(id);
    expect(await last()).toMatchObject({ trigger: 'change', status: 'pending' });
    const byHand = await run((ctx) => startSync(ctx, { integrationId }));
    await work(byHand.id);
    expect((await syncs()).slice(0, 2).map(({ trigger, status }) => [trigger, status])).toEqual([
      ['manual', 'completed'],
      ['change', 'cancelled'],
    ]);
    await run((ctx) => updateProspect(ctx, { id: ada.id, changes: { status: 'contacted' } }));
    await follow();
    expect((await last()).id).toBe(byHand.id);
  });

  it('asks for none where the organization does not want it', async () => {
    const { integrationId, run, last } = world;
    await run((ctx) =>
      updateIntegration(ctx, { secrets: testSecrets(), id: integrationId, settings: { pushChanges: false } }),
    );
    await run((ctx) => createProspect(ctx, { email: 'ada@example.com', lastName: 'Lovelace' }));
    await follow();
    expect((await last()).trigger).toBe('connect');
  });
});

describe('records that live on both sides', () => {
  it('are linked where they are the same, made where they are missing, and name each other on both sides', async () => {
    const { salesforce, run, sync } = world;
    const globex = salesforce.create('Account', { Name: 'Globex' });
    salesforce.create('Contact', { LastName: 'Lovelace', Email: 'ADA@example.com', AccountId: globex });
    salesforce.create('Opportunity', {
      Name: 'Seats',
      StageName: 'Needs Analysis',
      CloseDate: '2026-12-31',
      Amount: 5000.5,
      AccountId: globex,
    });
    const ada = await run((ctx) => createProspect(ctx, { email: 'ada@example.com', title: 'Countess' }));
    const acme = await run((ctx) => createAccount(ctx, { name: 'Acme' }));
    await run((ctx) =>
      createDeal(ctx, { name: 'Own deal', accountId: acme.id, closeDate: '2026-11-30', stage: 'proposal' }),
    );
    const counts = await sync();
    expect(counts).toMatchObject({
      accounts: { created: 1, pushed: 1 },
      contacts: { created: 0, updated: 1, pushed: 1, quarantined: 0 },
      deals: { created: 1, pushed: 1 },
    });
    const [prospect] = await database.owner`
      select p.last_name, p.title, a.name from prospects p join accounts a on a.id = p.account_id where p.id = ${ada.id}`;
    expect(prospect).toEqual({ last_name: 'Lovelace', title: 'Countess', name: 'Globex' });
    expect(salesforce.records('Contact')).toMatchObject([{ Title: 'Countess' }]);
    const [account] = salesforce.records('Account').filter(({ Name }) => Name === 'Acme');
    expect(salesforce.records('Opportunity').find(({ Name }) => Name === 'Own deal')).toMatchObject({
      StageName: 'Proposal/Price Quote',
      AccountId: account!.Id,
    });
    const [deal] = await database.owner`
      select stage, amount::text, close_date::text from deals where name = 'Seats' and organization_id = ${tenant.organizationId}`;
    expect(deal).toEqual({ stage: 'qualification', amount: '5000.500', close_date: '2026-12-31' });
    const before = salesforce.requests.filter(({ method }) => method === 'PATCH').length;
    const again = await sync();
    for (const one of Object.values(again))
      expect(one).toMatchObject({ created: 0, updated: 0, pushed: 0, conflicts: 0 });
    expect(salesforce.requests.filter(({ method }) => method === 'PATCH')).toHaveLength(before);
    expect(salesforce.records('Opportunity').find(({ Name }) => Name === 'Seats')?.StageName).toBe('Needs Analysis');
  });

  it('keep lines of the timeline and completed tasks together', async () => {
    const { salesforce, run, sync } = world;
    const ada = await run((ctx) => createProspect(ctx, { email: 'ada@example.com', lastName: 'Lovelace' }));
    await run((ctx) =>
      logManualActivity(ctx, { type: 'call_received', subject: 'Asked for seats', prospectId: ada.id }),
    );
    await sync();
    const [task] = salesforce.records('Task');
    expect(task).toMatchObject({ Type: 'Call', Subject: 'Asked for seats', Status: 'Completed' });
    salesforce.create('Task', {
      Type: 'Email',
      Subject: 'Sent the offer',
      Status: 'Completed',
      WhoId: task!.WhoId,
      ActivityDate: '2026-06-30',
    });
    salesforce.create('Task', { Type: 'Call', Subject: 'To be done', Status: 'Not Started' });
    salesforce.change('Task', task!.Id, { Subject: 'Asked for 50 seats' });
    expect((await sync()).activities).toMatchObject({ created: 1, updated: 1, pushed: 0 });
    const rows = await database.owner`
      select type, subject from activities where prospect_id = ${ada.id} and type in ('call_received', 'email_sent') order by type`;
    expect(rows).toEqual([
      { type: 'call_received', subject: 'Asked for 50 seats' },
      { type: 'email_sent', subject: 'Sent the offer' },
    ]);
    expect((await sync()).activities).toMatchObject({ created: 0, updated: 0, pushed: 0 });
  });

  it('that cannot be sent are put aside with what the provider says, and sent once they can', async () => {
    const { run, last, sync } = world;
    const { id } = await run((ctx) => createProspect(ctx, { email: 'nameless@example.com' }));
    expect((await sync()).contacts).toMatchObject({ pushed: 0, quarantined: 1 });
    expect((await last()).report).toMatchObject([{ record: id, code: 'REQUIRED_FIELD_MISSING' }]);
    await run((ctx) => updateProspect(ctx, { id, changes: { lastName: 'Named' } }));
    expect((await sync()).contacts).toMatchObject({ pushed: 1, quarantined: 0 });
  });

  it('tell how far both sides are apart: what is new or changed here and not known there', async () => {
    const { integrationId, run, sync } = world;
    const pending = async () => {
      const { streams } = await run((ctx) => readIntegrationStatus(ctx, { id: integrationId }));
      return Object.fromEntries(streams.map(({ name, pendingOut }) => [name, pendingOut]));
    };
    const { id } = await run((ctx) => createProspect(ctx, { email: 'ada@example.com', lastName: 'Lovelace' }));
    await run((ctx) => createAccount(ctx, { name: 'Acme' }));
    expect(await pending()).toMatchObject({ accounts: 1, contacts: 1, deals: 0 });
    await sync();
    expect(await pending()).toMatchObject({ accounts: 0, contacts: 0 });
    await run((ctx) => updateProspect(ctx, { id, changes: { title: 'Countess' } }));
    expect(await pending()).toMatchObject({ accounts: 0, contacts: 1 });
    await sync();
    expect(await pending()).toMatchObject({ contacts: 0 });
  });

  it('that vanished without a trace are found by a full sync', async () => {
    const { salesforce, sync, ours } = world;
    const id = salesforce.create('Contact', { LastName: 'Lovelace', Email: 'ada@example.com' });
    await sync();
    salesforce.vanish('Contact', id);
    expect((await sync()).contacts).toMatchObject({ deleted: 0 });
    expect((await sync({ mode: 'full' })).contacts).toMatchObject({ deleted: 1 });
    expect(await ours()).toEqual([]);
  });

  it('are the same after two syncs, whatever was changed where, also when workers die on the way', async () => {
    const { salesforce, integrationId, run, work, sync, ours, theirs } = world;
    let seed = 11;
    const random = (below: number) => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      return (seed >>> 8) % below;
    };
    const pick = <T>(all: readonly T[]): T | undefined => all[random(all.length)];
    const words = ['Ada', 'Grace', 'Alan', 'Edsger', 'Barbara'];
    let number = 0;
    const ourIds = async () =>
      (
        await database.owner`select id from prospects where organization_id = ${tenant.organizationId} and deleted_at is null order by id`
      ).map(({ id }) => id as string);
    for (let round = 0; round < 4; round++) {
      for (let edit = 0; edit < 12; edit++) {
        const name = `${pick(words)} ${random(100)}`;
        const id = pick(await ourIds());
        const row = pick(salesforce.records('Contact'));
        const kind = random(8);
        if (kind === 0) await run((ctx) => createProspect(ctx, { email: `o${++number}@example.com`, lastName: name }));
        else if (kind === 1) salesforce.create('Contact', { LastName: name, Email: `T${++number}@example.com` });
        else if (kind === 2 && id) await run((ctx) => updateProspect(ctx, { id, changes: { lastName: name } }));
        else if (kind === 3 && id)
          await run((ctx) => updateProspect(ctx, { id, changes: { title: random(2) ? name : null } }));
        else if (kind === 4 && row) salesforce.change('Contact', row.Id, { LastName: name });
        else if (kind === 5 && row)
          salesforce.change('Contact', row.Id, { Title: random(2) ? name : null, Phone: '+14155550100' });
        else if (kind === 6 && row && random(2)) salesforce.remove('Contact', row.Id);
        else if (kind === 7 && id && random(2)) await run((ctx) => deleteProspect(ctx, { id }));
      }
      const { id } = await run((ctx) => startSync(ctx, { integrationId }));
      let left = random(3);
      const dies = async (point: string) => {
        if (point === 'sync.after-step' && left-- === 0) throw new Error('killed');
      };
      await work(id, { faultPoint: dies, pageRecords: 7 }).catch(() => {});
      await work(id, { pageRecords: 7 });
      expect(await sync({}, { pageRecords: 7 })).toBeDefined();
      expect(await ours()).toEqual(theirs());
    }
    for (const one of Object.values(await sync())) expect(one).toMatchObject({ created: 0, updated: 0, pushed: 0 });
  }, 60_000);
});
