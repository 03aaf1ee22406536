import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newApiKey } from '../../services/platform/api-keys/key-format.ts';
import {
  addKey,
  call,
  createOrganization,
  createTestApp,
  createTestDatabase,
  type TestDatabase,
} from '../../test/http/harness.ts';
import { ENDPOINTS } from '../endpoints.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await database.owner`create extension if not exists pg_stat_statements`.catch(() => {});
});
afterAll(() => database?.drop());

/** Counts the statements that look for a key. */
function counting(db: TestDatabase['app']) {
  let count = 0;
  const executor = db.getExecutor();
  const original = executor.executeQuery.bind(executor);
  executor.executeQuery = ((query: { sql: string }, ...rest: []) => {
    if (query.sql.includes('find_api_key')) count++;
    return (original as (...all: unknown[]) => unknown)(query, ...rest);
  }) as typeof executor.executeQuery;
  return {
    count: () => count,
    stop: () => {
      executor.executeQuery = original;
    },
  };
}

describe('a flood of wrong keys', () => {
  it('costs no query when they are misspelt, one for all repetitions, and no more than the address may try', async () => {
    const organization = await createOrganization(database);
    const app = createTestApp({ db: database.app, endpoints: ENDPOINTS, rateLimits: { generalPerHour: 50 } });
    const ask = (key: string) => call(app, { ...organization, key }, 'GET', '/v1/vendors');
    expect((await ask(organization.key)).status).toBe(200);
    const queries = counting(database.app);
    try {
      const misspelt = `${organization.key.slice(0, -1)}${organization.key.endsWith('A') ? 'B' : 'A'}`;
      expect((await ask(misspelt)).status).toBe(401);
      expect(queries.count()).toBe(0);
      const wrong = newApiKey();
      for (let i = 0; i < 5; i++) expect((await ask(wrong)).status).toBe(401);
      expect(queries.count()).toBe(1);
      const flood = await Promise.all(Array.from({ length: 300 }, () => ask(newApiKey())));
      expect(flood.filter(({ status }) => status === 429).length).toBeGreaterThan(200);
      expect(queries.count()).toBeLessThanOrEqual(50);
      // Whoever holds a key that was seen before goes on, also from that address.
      await new Promise((resolve) => setTimeout(resolve, 1_050));
      expect((await ask(organization.key)).status).toBe(200);
    } finally {
      queries.stop();
    }
  });

  it('does not reach a key of another owner', async () => {
    const organization = await createOrganization(database);
    const other = await addKey(database, organization.organizationId);
    const app = createTestApp({ db: database.app, endpoints: ENDPOINTS });
    expect((await call(app, { ...organization, ...other }, 'GET', '/v1/vendors')).status).toBe(200);
  });
});
