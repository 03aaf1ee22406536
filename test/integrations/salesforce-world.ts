import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { expect } from 'vitest';
import type { SyncActivityDeps, SyncProgress } from '../../activities/integrations/syncs.activities.ts';
import type { Outbound } from '../../domain/core/outbound.port.ts';
import { completeOAuth, listSyncs, startOAuth, startSync } from '../../services/integrations/index.ts';
import type { TestDatabase, TestTenant } from '../database.ts';
import { testSecrets } from '../secrets.ts';
import { type SalesforceStandIn, startSalesforce } from './salesforce.ts';
import { install, syncActivities } from './world.ts';

/** An organization with an installation of Salesforce that nobody has connected yet. */
export async function startSalesforceWorld(database: TestDatabase, tenant: TestTenant, outbound: Outbound) {
  const salesforce: SalesforceStandIn = await startSalesforce();
  const credentials = { clientId: 'client', clientSecret: 'secret' };
  const integrationId = await install(tenant, { provider: 'salesforce', credentials });
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

  const ours = async (): Promise<string[]> => {
    const rows = await database.owner`
      select coalesce(first_name, '') || '|' || coalesce(last_name, '') || '|' || coalesce(lower(email), '') ||
             '|' || coalesce(phone, '') || '|' || coalesce(title, '') as text
      from prospects where organization_id = ${tenant.organizationId} and deleted_at is null order by text`;
    return rows.map(({ text }) => text as string);
  };
  const theirs = (): string[] =>
    salesforce
      .records('Contact')
      .map((row) => {
        const email = String(row.Email ?? '').toLowerCase();
        return [row.FirstName, row.LastName, email, row.Phone, row.Title].map((value) => value ?? '').join('|');
      })
      .sort();

  return { salesforce, integrationId, run, work, last, sync, connect, ours, theirs };
}

export type SalesforceWorld = Awaited<ReturnType<typeof startSalesforceWorld>>;
