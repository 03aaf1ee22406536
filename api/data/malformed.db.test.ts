import type { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  call,
  createOrganization,
  createTestApp,
  createTestDatabase,
  type TestDatabase,
  type TestOrganization,
} from '../../test/http/harness.ts';
import { ENDPOINTS } from '../endpoints.ts';
import { compileShape, jsonSchemaOf, snakeCase, toSnake } from '../http/casing.ts';
import { type Endpoint, PREFIX } from '../http/endpoint.ts';

const TABLES = [
  'interactions',
  'conversions',
  'spend',
  'events',
  'website_page_views',
  'vendors',
  'agents',
  'use_cases',
];
const OPERATIONS =
  /^(ingest(Interaction|Conversion|Spend|Event|PageView)|correct|void|(create|update)(Vendor|Agent|UseCase))/;
const endpoints = ENDPOINTS.filter(({ operationId, body }) => body && OPERATIONS.test(operationId));

let database: TestDatabase;
let app: Hono;
let organization: TestOrganization;
beforeAll(async () => {
  database = await createTestDatabase();
  app = createTestApp({ db: database.app, endpoints: ENDPOINTS, now: () => new Date('2026-06-30T12:00:00Z') });
  organization = await createOrganization(database);
  await database.owner`
    insert into customers (organization_id, id) values (${organization.organizationId}, ${ID})`;
  await database.owner`
    insert into interactions (organization_id, id, external_id, customer_id, channel, started_at)
    values (${organization.organizationId}, ${ID}, 'x', ${ID}, 'call', '2026-06-01')`;
  await database.owner`
    insert into conversions (organization_id, id, external_id, customer_id, event_type, event_source, amount_minor, currency, occurred_at)
    values (${organization.organizationId}, ${ID}, 'x', ${ID}, 'p', 's', 1, 'USD', '2026-06-01')`;
  await database.owner`
    insert into spend (organization_id, id, external_id, day, channel, amount_minor, currency)
    values (${organization.organizationId}, ${ID}, 'x', '2026-06-01', 'call', 1, 'USD')`;
  await database.owner`
    insert into vendors (organization_id, id, code, name) values (${organization.organizationId}, ${ID}, 'x', 'x')`;
  await database.owner`
    insert into agents (organization_id, id, external_id) values (${organization.organizationId}, ${ID}, 'x')`;
});
afterAll(() => database?.drop());

const ID = '0198c0de-0000-7000-8000-000000000001';
/** Wrong for every field, whatever its type. */
const WRONG: readonly unknown[] = [[[]], 'a\0b', '\ud800', -1e308, true];
const FREE_FORM = new Set(['metadata', 'properties']);

function fieldsOf({ body }: Endpoint): string[] {
  const schema = jsonSchemaOf(body!);
  const definition = schema.$ref ? schema.$defs?.[schema.$ref.replace('#/$defs/', '')] : schema;
  return Object.keys(definition?.properties ?? {}).map(snakeCase);
}

async function state(): Promise<string> {
  const counts = await Promise.all(
    TABLES.map((table) => database.owner.unsafe(`select count(*) as n, max(xmin::text::bigint) as x from ${table}`)),
  );
  return JSON.stringify(counts);
}

describe('malformed input', () => {
  it.each(endpoints.map((endpoint) => [endpoint.operationId, endpoint] as const))(
    'to %s is a 4xx that stores nothing',
    async (_, endpoint) => {
      const path = `${PREFIX[endpoint.face]}${endpoint.path.replace(/\{\w+\}/, ID)}`;
      const before = await state();
      const send = async (text: string | undefined) => {
        const answer = await call(
          app,
          organization,
          endpoint.method.toUpperCase(),
          path,
          text === undefined ? {} : { text },
        );
        return [text, answer.status, typeof answer.json?.code];
      };
      const good = endpoint.examples?.[0]?.body ?? {};
      const base = toSnake(compileShape(endpoint.body!, endpoint.operationId), good) as Record<string, unknown>;
      const texts = ['', 'null', '7', '"x"', '{', '[]', '{"nobody_knows":1}', '{"constructor":1}'];
      const fields = fieldsOf(endpoint);
      expect(fields.length).toBeGreaterThan(0);
      for (const name of fields) {
        for (const value of FREE_FORM.has(name) ? WRONG : [...WRONG, { nobody: ['knows'] }]) {
          texts.push(JSON.stringify({ ...base, [name]: value }));
        }
      }
      for (const text of texts) {
        const outcome = await send(text);
        expect([outcome[0], Math.floor(Number(outcome[1]) / 100), outcome[2]]).toEqual([text, 4, 'string']);
      }
      if (path.includes(ID)) {
        for (const wrongId of ['7', 'x%00', `${ID}0`]) {
          const wrong = await call(app, organization, endpoint.method.toUpperCase(), path.replace(ID, wrongId), {
            body: base,
          });
          expect([wrongId, wrong.status]).toEqual([wrongId, 400]);
        }
      }
      expect(await state()).toBe(before);
      // The refusals were for what was wrong alone.
      const accepted = JSON.stringify(endpoint.operationId === 'createVendor' ? { ...base, code: 'new' } : base);
      expect((await send(accepted))[1]).toBeLessThan(300);
      expect(await state()).not.toBe(before);
    },
  );
});
