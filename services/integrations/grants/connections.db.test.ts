import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Outbound } from '../../../domain/core/outbound.port.ts';
import type { OAuthClientPort } from '../../../domain/integrations/oauth.port.ts';
import { createOutbound } from '../../../providers/http/outbound.ts';
import { createOAuthClient } from '../../../providers/integrations/index.ts';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../../test/database.ts';
import { type SalesforceWorld, startSalesforceWorld } from '../../../test/integrations/salesforce-world.ts';
import { testSecrets } from '../../../test/secrets.ts';
import { startSync, takeToken } from '../index.ts';

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
});
afterEach(() => world.salesforce.close());
afterAll(async () => {
  await outbound?.close();
  await database?.drop();
});

describe('a connection by OAuth', () => {
  it('is made with a state that works once, and goes on by rotating refresh tokens', async () => {
    const { salesforce, integrationId, work, sync, connect, ours, theirs } = world;
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
    const { integrationId, run, work, connect } = world;
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
    const { salesforce, integrationId, run, work, last, connect } = world;
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

  it('outlives a 401 in which no token endpoint speaks: the sync is tried again', async () => {
    const { salesforce, integrationId, run, work, sync, connect } = world;
    await work(await connect());
    salesforce.expireTokens();
    salesforce.fail('401', ({ path }) => path.includes('/oauth2/token'));
    const { id } = await run((ctx) => startSync(ctx, { integrationId }));
    await expect(work(id)).rejects.toMatchObject({ type: 'PROVIDER_UNAVAILABLE' });
    expect(await work(id)).toMatchObject({ state: 'completed' });
    await sync();
  });

  it('works again once a person has connected it anew', async () => {
    const { salesforce, integrationId, run, work, sync, connect, ours, theirs } = world;
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
    const { salesforce, integrationId, run, work, connect } = world;
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
    const { salesforce, work, connect, ours, theirs } = world;
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
