import type { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
let app: Hono;
const dispatched: string[] = [];
beforeAll(async () => {
  database = await createTestDatabase();
  app = createTestApp({
    db: database.app,
    endpoints: ENDPOINTS,
    now: () => new Date('2026-06-30T12:00:00Z'),
    afterCommit: (ids) => dispatched.push(...ids),
  });
});
afterAll(() => database?.drop());

async function arrange() {
  const organization = await createOrganization(database);
  const { json } = await call(app, organization, 'POST', '/v1/interactions', {
    body: {
      external_interaction_id: 't',
      channel: 'call',
      started_at: '2026-05-01T10:00:00Z',
      customer_identifiers: [{ type: 'email', value: 'a@example.com' }],
    },
  });
  return { organization, customerId: json.data.customer_id as string };
}

describe('an export and an erasure', () => {
  it('start a process once, answer with where to read them, and are invisible to other organizations', async () => {
    const { organization, customerId } = await arrange();
    const stranger = await createOrganization(database);
    for (const kind of ['export', 'erase']) {
      const path = `/v1/customers/${customerId}/${kind}`;
      expect((await call(app, stranger, 'POST', path)).status).toBe(404);
      const started = await call(app, organization, 'POST', path);
      expect([started.status, started.json.data.status, started.json.data.kind]).toEqual([201, 'pending', kind]);
      const { id } = started.json.data;
      const commands = await database.owner`select id, process, input from process_commands where entity_id = ${id}`;
      expect([...commands]).toMatchObject([
        { process: 'privacy', input: { requestId: id, organizationId: organization.organizationId } },
      ]);
      expect(dispatched).toContain(commands[0]!.id);
      const location = started.headers.get('location')!;
      expect(location).toBe(`/v1/privacy-requests/${id}`);
      expect((await call(app, organization, 'GET', location)).json.data).toMatchObject({ id, certificate: null });
      expect((await call(app, stranger, 'GET', location)).status).toBe(404);
      // There is no file before the process has written it.
      expect((await call(app, organization, 'GET', `${location}/export`)).status).toBe(404);
      expect((await call(app, stranger, 'GET', `${location}/export`)).status).toBe(404);
    }
    const again = await call(app, organization, 'POST', `/v1/customers/${customerId}/erase`);
    expect([again.status, again.json.data.kind]).toEqual([201, 'erase']);
    const [count] = await database.owner`
      select count(*)::integer as n from process_commands where organization_id = ${organization.organizationId}`;
    expect(count).toEqual({ n: 2 });
  });

  it('are refused for malformed ids, naming the field, and without their permission', async () => {
    const { organization, customerId } = await arrange();
    for (const [path, field] of [
      ['/v1/customers/x/export', 'customer_id'],
      ['/v1/customers/x/erase', 'customer_id'],
    ] as const) {
      const { status, json } = await call(app, organization, 'POST', path);
      expect([path, status, json.details.field]).toEqual([path, 400, field]);
    }
    const weak = await addKey(database, organization.organizationId, { scopes: ['analytics.journey.view'] });
    for (const kind of ['export', 'erase']) {
      const as = { ...organization, ...weak };
      expect((await call(app, as, 'POST', `/v1/customers/${customerId}/${kind}`)).status).toBe(403);
    }
  });
});
