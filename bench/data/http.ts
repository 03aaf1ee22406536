import postgres from 'postgres';
import { ALL_PERMISSIONS } from '../../domain/platform/permissions.rules.ts';
import type { Databases } from '../../schema/db.ts';
import { migrate } from '../../schema/migrate.ts';
import { systemClock } from '../../services/core/clock.ts';
import { SYSTEM_PRINCIPAL } from '../../services/core/context.ts';
import { ingestConversion, ingestInteraction } from '../../services/data/index.ts';
import { computePartition, createRun, executeRun, planRun, publishRun } from '../../services/insight/index.ts';
import { createApiKey } from '../../services/platform/api-keys/index.ts';
import { createOrganization } from '../../services/platform/organizations/index.ts';
import type { BenchContext } from '../lib/context.ts';
import { commit, openProduct } from '../lib/product.ts';
import { ORGANIZATION } from './journeys.ts';

export interface HttpFacts {
  readonly url: string;
  readonly owner: postgres.Sql;
  readonly databases: Databases;
  readonly apiKey: string;
}

const CUSTOMERS = 25;
const TOUCHES = 4;

/** A small database of its own, new every time: what is measured is the way of a request, not a big query. */
export async function httpDatabase(context: BenchContext): Promise<HttpFacts> {
  const admin = postgres(context.postgresUrl, { max: 1, onnotice: () => {} });
  await admin.unsafe('drop database if exists bench_http with (force)');
  await admin.unsafe('create database bench_http');
  await admin.end();
  const url = Object.assign(new URL(context.postgresUrl), { pathname: '/bench_http' }).href;
  await migrate(url);
  const databases = openProduct(url, context);
  const owner = postgres(url, { max: 2, onnotice: () => {} });
  context.cleanUp(() => owner.end({ timeout: 1 }));
  await createOrganization(
    databases.app,
    { organizationId: ORGANIZATION, principal: SYSTEM_PRINCIPAL, now: systemClock.now() },
    { name: 'Benchmark', plan: 'enterprise' },
  );
  const { value } = await commit(databases, (ctx) =>
    createApiKey(ctx, { name: 'Benchmark', scopes: ALL_PERMISSIONS, rateLimitPerHour: 1_000_000_000 }),
  );
  return { url, owner, databases, apiKey: value.key };
}

/** A few journeys and a published run of them: 100 credits, two pages. */
export async function publishedRun({ databases, owner }: HttpFacts): Promise<{ runId: string; customerId: string }> {
  const day = Date.parse('2026-06-01T00:00:00Z');
  const facts = await commit(databases, async (ctx) => {
    const ids: string[] = [];
    for (let customer = 0; customer < CUSTOMERS; customer++) {
      const customerIdentifiers = [{ type: 'email', value: `reader-${customer}@example.com` }];
      for (let touch = 0; touch < TOUCHES; touch++) {
        const startedAt = new Date(day + (customer * 60 + touch) * 60_000);
        await ingestInteraction(ctx, {
          externalInteractionId: `touch-${customer}-${touch}`,
          channel: 'call',
          startedAt,
          customerIdentifiers,
        });
      }
      const sale = await ingestConversion(ctx, {
        externalEventId: `sale-${customer}`,
        eventType: 'purchase',
        customerIdentifiers,
        amountDecimal: '99.90',
        currency: 'USD',
        occurredAt: new Date(day + (customer * 60 + 30) * 60_000),
        eventSource: 'billing',
      });
      ids.push(sale.customerId);
    }
    return ids;
  });
  const created = await commit(databases, (ctx) => createRun(ctx, { modelCode: 'LINEAR', name: 'Read', config: {} }));
  const runId = created.value.id;
  await commit(databases, (ctx) => executeRun(ctx, { runId }));
  const step = { runId, generation: 1 };
  const { value: partitions } = await commit(databases, (ctx) => planRun(ctx, step));
  for (let ordinal = 0; ordinal < (partitions ?? 0); ordinal++) {
    await commit(databases, (ctx) => computePartition(ctx, { ...step, ordinal }));
  }
  await commit(databases, (ctx) => publishRun(ctx, step));
  await owner.unsafe('vacuum (analyze)');
  return { runId, customerId: facts.value[0]! };
}
