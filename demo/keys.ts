import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ALL_PERMISSIONS } from '../domain/platform/permissions.rules.ts';
import type { Databases } from '../schema/db.ts';
import type { Scope } from '../services/core/context.ts';
import { inTransaction } from '../services/core/transaction.ts';
import { createApiKey, findApiKey, hashApiKey } from '../services/platform/api-keys/index.ts';

const KEY_RATE_LIMIT_PER_HOUR = 10_000_000;

/** Only the hash of a key is stored, so the demo keeps its own keys beside the development data. */
export async function demoKey(
  databases: Pick<Databases, 'app'>,
  scope: Scope,
  name: string,
  dataDir = '.data',
): Promise<string> {
  const file = join(resolve(dataDir), name);
  const known = readKey(file);
  if (known) {
    const found = await findApiKey(databases.app, hashApiKey(known));
    if (found?.organizationId === scope.organizationId && found.status === 'active') return known;
  }
  const { key } = await inTransaction(databases.app, scope, (ctx) =>
    createApiKey(ctx, { name: 'Demo', scopes: ALL_PERMISSIONS, rateLimitPerHour: KEY_RATE_LIMIT_PER_HOUR }),
  );
  mkdirSync(resolve(dataDir), { recursive: true });
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
