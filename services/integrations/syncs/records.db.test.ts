import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SyncActivityDeps, SyncProgress } from '../../../activities/integrations/syncs.activities.ts';
import type { Outbound } from '../../../domain/core/outbound.port.ts';
import type { OAuthClientPort } from '../../../domain/integrations/oauth.port.ts';
import { createOutbound } from '../../../providers/http/outbound.ts';
import { createOAuthClient } from '../../../providers/integrations/index.ts';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../../test/database.ts';
import { type SalesforceStandIn, startSalesforce } from '../../../test/integrations/salesforce.ts';
import { install, syncActivities } from '../../../test/integrations/world.ts';
import { testSecrets } from '../../../test/secrets.ts';
import {
  createAccount,
  createDeal,
  createProspect,
  deleteProspect,
  logManualActivity,
  updateProspect,
} from '../../crm/index.ts';
import { completeOAuth, listSyncs, startOAuth, startSync, takeToken } from '../index.ts';

let database: TestDatabase;
let tenant: TestTenant;
let outbound: Outbound;
let salesforce: SalesforceStandIn;
let integrationId: string;
beforeAll(async () => {
  database = await createTestDatabase();
  outbound = createOutbound({ production: false, allowLoopback: true });
});
beforeEach(async () => {
  tenant = await createTenant(database);
  salesforce = await startSalesforce();
  const credentials = { clientId: 'client', clientSecret: 'secret' };
  integrationId = await install(tenant, { provider: 'salesforce', credentials });
});
afterEach(() => salesforce.close());
afterAll(async () => {
  await outbound?.close();
  await database?.drop();
});

const run: TestTenant['run'] = (work) => tenant.run(work, new Date());
const work = (syncId: string, more: Partial<SyncActivityDeps> = {}): Promise<SyncProgress> => {
  const { syncsWork } = syncActivities(database, outbound, { salesforce: salesforce.url }, more);
  return new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR') }).run(() =>
    syncsWork({ organizationId: tenant.organizationId, integrationId, syncId }),
  ) as Promise<SyncProgress>;
};
const last = async () => (await run((ctx) => listSyncs(ctx, { integrationId, page: 1, limit: 1 }))).items[0]!;
const sync = async (input: object = {}, more: Partial<SyncActivityDeps> = {}) => {
  const { id } = await run((ctx) => startSync(ctx, { integrationId, ...input }));
  const { state } = await work(id, more);
  expect([state, (await last()).error]).toEqual(['completed', null]);
  return (await last()).counts;
};

/** A person agrees in a browser; the worker exchanges the code with its first sync. */
async function connect(): Promise<string> {
  const secrets = testSecrets();
  const bases = { salesforce: salesforce.url };
  const start = await run((ctx) =>
    startOAuth(ctx, { secrets, publicUrl: 'http://localhost', bases, provider: 'salesforce' }),
  );
  const { code, state } = (await (await fetch(start.authorizationUrl)).json()) as { code: string; state: string };
  const done = await run((ctx) => completeOAuth(ctx, { secrets, provider: 'salesforce', state, code }));
  await expect(
    run((ctx) => completeOAuth(ctx, { secrets, provider: 'salesforce', state, code })),
  ).rejects.toMatchObject({ code: 'STATE_INVALID' });
  return done.syncId;
}

const ours = async () => {
  const rows = await database.owner`
    select 'Contact' as kind, coalesce(first_name, '') || '|' || coalesce(last_name, '') || '|' || coalesce(lower(email), '') ||
           '|' || coalesce(phone, '') || '|' || coalesce(title, '') as text
    from prospects where organization_id = ${tenant.organizationId} and deleted_at is null order by text`;
  return rows.map(({ text }) => text as string);
};
const theirs = () =>
  salesforce
    .records('Contact')
    .map((row) => {
      const email = String(row.Email ?? '').toLowerCase();
      return [row.FirstName, row.LastName, email, row.Phone, row.Title].map((value) => value ?? '').join('|');
    })
    .sort();

describe('a connection by OAuth', () => {
  it('is made with a state that works once, and goes on by rotating refresh tokens', async () => {
    salesforce.create('Contact', { LastName: 'Lovelace', Email: 'ada@example.com' });
    expect(await work(await connect())).toMatchObject({ state: 'completed' });
    expect(await ours()).toEqual(theirs());
    salesforce.expireTokens();
    salesforce.create('Contact', { LastName: 'Hopper', Email: 'grace@example.com' });
    expect((await sync()).contacts).toMatchObject({ created: 1 });
    salesforce.expireTokens();
    expect((await sync()).contacts).toMatchObject({ created: 0 });
    expect(salesforce.refreshes()).toBe(2);
    const [row] = await database.owner`
      select rotations, access_token, refresh_token from integration_tokens where integration_id = ${integrationId}`;
    expect(row!.rotations).toBe(3);
    expect(Buffer.from(row!.access_token).toString('latin1')).not.toContain('access-');
  });

  it('is renewed by one of many workers that find the token too old', async () => {
    await work(await connect());
    const secrets = testSecrets();
    const token = await run((ctx) => takeToken(ctx, secrets, { integrationId }));
    if (token.state !== 'ready') throw new Error(token.state);
    const states = await Promise.all(
      Array.from({ length: 8 }, () =>
        run((ctx) => takeToken(ctx, secrets, { integrationId, refused: token.accessToken })),
      ),
    );
    expect(states.map(({ state }) => state).sort()).toEqual(['renew', ...Array(7).fill('wait')]);
  });

  it('that the provider has ended is a person’s business: the sync fails, and nothing is tried again', async () => {
    await work(await connect());
    salesforce.expireTokens();
    salesforce.revokeGrant();
    const { id } = await run((ctx) => startSync(ctx, { integrationId }));
    expect(await work(id)).toMatchObject({ state: 'failed' });
    expect((await last()).error).toMatchObject({ code: 'NEEDS_REAUTH' });
    await expect(run((ctx) => startSync(ctx, { integrationId }))).rejects.toMatchObject({ code: 'NEEDS_REAUTH' });
    const [row] = await database.owner`select status from team_integrations where id = ${integrationId}`;
    expect(row!.status).toBe('needs_reauth');
  });

  it('works again once a person has connected it anew', async () => {
    await work(await connect());
    salesforce.expireTokens();
    salesforce.revokeGrant();
    const { id } = await run((ctx) => startSync(ctx, { integrationId }));
    await work(id);
    salesforce.create('Contact', { LastName: 'Hopper', Email: 'grace@example.com' });
    expect(await work(await connect())).toMatchObject({ state: 'completed' });
    expect(await ours()).toEqual(theirs());
    const [row] = await database.owner`select status, last_error from team_integrations where id = ${integrationId}`;
    expect(row).toEqual({ status: 'connected', last_error: null });
    await sync();
  });

  it('that a person makes while an old one is found to be lost is kept', async () => {
    await work(await connect());
    salesforce.expireTokens();
    salesforce.revokeGrant();
    const real = createOAuthClient(outbound);
    let isOver = false;
    const oauth: OAuthClientPort = {
      ...real,
      exchange: async (...asked) => {
        const answer = await real.exchange(...asked);
        if (!isOver) {
          isOver = true;
          await connect();
        }
        return answer;
      },
    };
    const { id } = await run((ctx) => startSync(ctx, { integrationId }));
    expect(await work(id, { oauth })).toMatchObject({ state: 'completed' });
  });

  it('is called where the provider says that the account lives, from the first call on', async () => {
    const real = createOAuthClient(outbound);
    const oauth: OAuthClientPort = {
      ...real,
      exchange: (facts, _base, ...rest) => real.exchange(facts, salesforce.url, ...rest),
    };
    salesforce.create('Contact', { LastName: 'Lovelace', Email: 'ada@example.com' });
    expect(await work(await connect(), { oauth, bases: {} })).toMatchObject({ state: 'completed' });
    expect(await ours()).toEqual(theirs());
  });
});

describe('records that live on both sides', () => {
  beforeEach(async () => {
    await work(await connect());
  });

  it('are linked where they are the same, made where they are missing, and name each other on both sides', async () => {
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
    const { id } = await run((ctx) => createProspect(ctx, { email: 'nameless@example.com' }));
    expect((await sync()).contacts).toMatchObject({ pushed: 0, quarantined: 1 });
    expect((await last()).report).toMatchObject([{ record: id, code: 'REQUIRED_FIELD_MISSING' }]);
    await run((ctx) => updateProspect(ctx, { id, changes: { lastName: 'Named' } }));
    expect((await sync()).contacts).toMatchObject({ pushed: 1, quarantined: 0 });
  });

  it('that vanished without a trace are found by a full sync', async () => {
    const id = salesforce.create('Contact', { LastName: 'Lovelace', Email: 'ada@example.com' });
    await sync();
    salesforce.vanish('Contact', id);
    expect((await sync()).contacts).toMatchObject({ deleted: 0 });
    expect((await sync({ mode: 'full' })).contacts).toMatchObject({ deleted: 1 });
    expect(await ours()).toEqual([]);
  });

  it('are the same after two syncs, whatever was changed where, also when workers die on the way', async () => {
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
