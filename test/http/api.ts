import { afterAll } from 'vitest';
import { ENDPOINTS } from '../../api/endpoints.ts';
import { call, createOrganization, createTestApp, createTestDatabase } from './harness.ts';

/** The whole API on a database of its own, at noon of one day, with an organization. Once, at the top of a file. */
export async function openApi() {
  const database = await createTestDatabase();
  afterAll(() => database.drop());
  const app = createTestApp({ db: database.app, endpoints: ENDPOINTS, now: () => new Date('2026-06-30T12:00:00Z') });
  const organization = await createOrganization(database);
  const send = (method: string, path: string, body?: unknown, as = organization, headers = {}) =>
    call(app, as, method, path, { ...(body === undefined ? {} : { body }), headers });
  return { database, app, organization, send };
}
