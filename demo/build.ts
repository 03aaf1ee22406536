import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Config } from '../config.ts';
import { ALL_PERMISSIONS } from '../domain/platform/permissions.rules.ts';
import { type Databases, openDatabases } from '../schema/db.ts';
import { systemClock } from '../services/core/clock.ts';
import { type Scope, SYSTEM_PRINCIPAL } from '../services/core/context.ts';
import { inTransaction } from '../services/core/transaction.ts';
import { ingestConversion, ingestInteraction } from '../services/data/index.ts';
import { createApiKey, findApiKey, hashApiKey } from '../services/platform/api-keys/index.ts';
import { createOrganization } from '../services/platform/organizations/index.ts';
import { northwindFacts } from './northwind.ts';

export interface Demo {
  organizationId: string;
  organizationName: string;
  apiKey: string;
}

const ORGANIZATION_ID = '0195d000-0000-7000-8000-000000000001';
const ORGANIZATION_NAME = 'Northwind Voice';
const SEED = 20_260_101;
const KEY_RATE_LIMIT_PER_HOUR = 10_000_000;

/** Builds the demo organization through the services, once; later calls only read its key back. */
export async function buildDemo(config: Config): Promise<Demo> {
  const databases = openDatabases({ ...config.database, poolSize: 2 }, 'revloop-demo');
  const scope: Scope = { organizationId: ORGANIZATION_ID, principal: SYSTEM_PRINCIPAL, now: systemClock.now() };
  try {
    const exists = await databases.platform
      .selectFrom('organizations')
      .select('id')
      .where('id', '=', ORGANIZATION_ID)
      .executeTakeFirst();
    if (!exists) {
      await createOrganization(databases.app, scope, { name: ORGANIZATION_NAME, plan: 'enterprise' });
    }
    await ingestOnce(databases, scope);
    const apiKey = await demoKey(databases, scope, resolve(config.development.dataDir ?? '.data'));
    return { organizationId: ORGANIZATION_ID, organizationName: ORGANIZATION_NAME, apiKey };
  } finally {
    await databases.close();
  }
}

/** One transaction, so that a start that was killed half-way leaves nothing behind. */
async function ingestOnce(databases: Databases, scope: Scope): Promise<void> {
  await inTransaction(databases.app, scope, async (ctx) => {
    const some = await ctx.tx.selectFrom('interactions').select('id').limit(1).executeTakeFirst();
    if (some) return;
    const { interactions, conversions } = northwindFacts(SEED, scope.now);
    for (const interaction of interactions) await ingestInteraction(ctx, interaction);
    for (const conversion of conversions) await ingestConversion(ctx, conversion);
  });
}

/** Only the hash of a key is stored, so the demo keeps its own key beside the development data. */
async function demoKey(databases: Databases, scope: Scope, dataDir: string): Promise<string> {
  const file = join(dataDir, 'demo-key');
  const known = readKey(file);
  if (known) {
    const found = await findApiKey(databases.app, hashApiKey(known));
    if (found?.organizationId === scope.organizationId && found.status === 'active') return known;
  }
  const { key } = await inTransaction(databases.app, scope, (ctx) =>
    createApiKey(ctx, { name: 'Demo', scopes: ALL_PERMISSIONS, rateLimitPerHour: KEY_RATE_LIMIT_PER_HOUR }),
  );
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(file, key, { mode: 0o600 });
  return key;
}

function readKey(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
}
