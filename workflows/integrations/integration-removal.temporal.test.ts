import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { activityClock } from '../../activities/core/clock.ts';
import { createRemovalActivities } from '../../activities/integrations/removals.activities.ts';
import type { Outbound } from '../../domain/core/outbound.port.ts';
import { createOutbound } from '../../providers/http/outbound.ts';
import { createOAuthClient } from '../../providers/integrations/index.ts';
import { createDispatcher } from '../../services/core/dispatcher.ts';
import { noFaults } from '../../services/core/fault-points.ts';
import { removeIntegration, tokenPlace } from '../../services/integrations/index.ts';
import { createProcessGateway } from '../../temporal/processes/gateway.ts';
import { PROCESSES } from '../../temporal/processes/index.ts';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../test/database.ts';
import { startSalesforce } from '../../test/integrations/salesforce.ts';
import { install } from '../../test/integrations/world.ts';
import { testSecrets } from '../../test/secrets.ts';
import { failAfterCommit } from '../../test/temporal/fail-after-commit.ts';
import { startTestWorker, type TestWorker } from '../../test/temporal/harness.ts';
import { MAIN_QUEUE, OUTBOUND_QUEUE } from '../queues.contract.ts';

let database: TestDatabase;
let tenant: TestTenant;
let outbound: Outbound;
let worker: TestWorker | undefined;
beforeAll(async () => {
  database = await createTestDatabase();
  tenant = await createTenant(database);
  outbound = createOutbound({ production: false, allowLoopback: true });
});
afterEach(async () => {
  await worker?.stop();
});
afterAll(async () => {
  await outbound?.close();
  await database?.drop();
});

async function connected(): Promise<string> {
  const id = await install(tenant, { provider: 'salesforce', status: 'connected' });
  await tenant.run(async (ctx) => {
    const box = await testSecrets().box(ctx);
    await ctx.tx
      .insertInto('integration_tokens')
      .values({ integration_id: id, refresh_token: box.seal(tokenPlace(id, 'refresh_token'), 'the refresh token') })
      .execute();
  });
  return id;
}

describe('the removal of an integration', () => {
  it('ends the grant at its provider and wipes it here, also when every activity is run twice', async () => {
    const salesforce = await startSalesforce();
    const tool = failAfterCommit();
    const { removalsRevoke, removalsForget } = createRemovalActivities({
      db: database.app,
      clock: activityClock,
      secrets: testSecrets(),
      oauth: createOAuthClient(outbound),
      bases: { salesforce: salesforce.url },
    });
    worker = await startTestWorker({
      taskQueue: MAIN_QUEUE,
      activities: { removalsForget },
      queues: { [OUTBOUND_QUEUE]: { workflows: false, activities: { removalsRevoke } } },
      activityInterceptors: [tool.interceptor],
      maxCachedWorkflows: 0,
    });
    const id = await connected();
    await tenant.run((ctx) => removeIntegration(ctx, { id }));
    const { client } = worker;
    await createDispatcher({
      platformDb: database.platform,
      gateway: createProcessGateway(client, PROCESSES),
      faultPoint: noFaults,
      onError: (error) => {
        throw error;
      },
    }).dispatch();
    const handle = client.workflow.getHandle(`integrationRemoval:${tenant.organizationId}:${id}`);
    expect(await handle.result()).toEqual({ status: 'revoked' });
    expect([...tool.struck.keys()].sort()).toEqual(['removalsForget', 'removalsRevoke']);
    const revocations = salesforce.requests.filter(({ path }) => path === '/services/oauth2/revoke');
    expect(new Set(revocations.map(({ text }) => text))).toEqual(new Set(['token=the+refresh+token']));
    expect(await database.owner`select from integration_tokens where integration_id = ${id}`).toHaveLength(0);
    const [row] =
      await database.owner`select credentials, deleted_at is not null as gone from team_integrations where id = ${id}`;
    expect(row).toEqual({ credentials: null, gone: true });
    await salesforce.close();
  });
});
