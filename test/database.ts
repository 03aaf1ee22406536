import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { inject } from 'vitest';
import { type Databases, openDatabases } from '../schema/db.ts';
import { type Ctx, type Scope, SYSTEM_PRINCIPAL } from '../services/core/context.ts';
import { inTransaction } from '../services/core/transaction.ts';
import { createOrganization } from '../services/platform/organizations/index.ts';

export interface TestDatabase extends Databases {
  /** The owner's login: for looking, and for arranging what the product cannot do. */
  readonly owner: postgres.Sql;
  readonly url: string;
  drop(): Promise<void>;
}

/** A database of its own, cloned from the migrated template of this run's server. */
export const createTestDatabase = (): Promise<TestDatabase> => cloneTemplate(inject('postgresUrl'));

/** The same on any server that has the template. */
export async function cloneTemplate(serverUrl: string): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const at = (database: string) => Object.assign(new URL(serverUrl), { pathname: `/${database}` }).href;
  const admin = postgres(at('postgres'), { max: 1, onnotice: () => {} });
  await admin.unsafe(`create database ${name} template revloop_template`);
  const url = at(name);
  const databases = openDatabases(
    { ownerUrl: url, appUrl: url, platformUrl: url, assumeRole: true, poolSize: 10 },
    'revloop-test',
  );
  const owner = postgres(url, { max: 2, onnotice: () => {} });
  return {
    ...databases,
    owner,
    url,
    async drop() {
      await Promise.all([databases.close(), owner.end({ timeout: 1 })]);
      await admin.unsafe(`drop database ${name} with (force)`);
      await admin.end();
    },
  };
}

export interface TestTenant {
  readonly organizationId: string;
  readonly scope: Scope;
  /** Runs a unit of work as the product itself. */
  run<T>(work: (ctx: Ctx) => Promise<T>, now?: Date): Promise<T>;
}

export async function createTenant(database: TestDatabase, name = 'Test'): Promise<TestTenant> {
  const organizationId = randomUUID();
  const scope: Scope = { organizationId, principal: SYSTEM_PRINCIPAL, now: new Date('2026-06-30T12:00:00Z') };
  await createOrganization(database.app, scope, { name, plan: 'enterprise' });
  return {
    organizationId,
    scope,
    run: (work, now) => inTransaction(database.app, now ? { ...scope, now } : scope, work),
  };
}
