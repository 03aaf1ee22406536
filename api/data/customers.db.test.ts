import { randomUUID } from 'node:crypto';
import type { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SYSTEM_PRINCIPAL } from '../../services/core/context.ts';
import { inTransaction } from '../../services/core/transaction.ts';
import { computePartition, planRun, publishRun } from '../../services/insight/index.ts';
import {
  call,
  createOrganization,
  createTestApp,
  createTestDatabase,
  type TestDatabase,
  type TestOrganization,
} from '../../test/http/harness.ts';
import { ENDPOINTS } from '../endpoints.ts';

let database: TestDatabase;
let app: Hono;
const now = new Date('2026-06-30T12:00:00Z');

beforeAll(async () => {
  database = await createTestDatabase();
  app = createTestApp({ db: database.app, endpoints: ENDPOINTS, now: () => now });
});
afterAll(() => database?.drop());

const email = (name: string) => ({ type: 'email', value: `${name}@example.com` });
const phone = (value: string) => ({ type: 'phone', value });

/** One organization per test; its calls in short. */
async function arrange() {
  const organization = await createOrganization(database);
  const post = (path: string, body: unknown = {}, as: TestOrganization = organization) =>
    call(app, as, 'POST', `/v1${path}`, { body });
  const get = (path: string, as: TestOrganization = organization) => call(app, as, 'GET', `/v1${path}`);
  let count = 0;
  const touch = async (day: number, ...customer_identifiers: { type: string; value: string }[]): Promise<string> => {
    const { json } = await post('/interactions', {
      external_interaction_id: `t${count++}`,
      channel: 'call',
      started_at: `2026-05-${String(day).padStart(2, '0')}T10:00:00Z`,
      customer_identifiers,
    });
    return json.data.customer_id;
  };
  const sale = async (day: number, ...customer_identifiers: { type: string; value: string }[]): Promise<string> => {
    const { json } = await post('/conversions', {
      external_event_id: `c${count++}`,
      event_type: 'purchase',
      customer_identifiers,
      amount_decimal: '100.00',
      currency: 'USD',
      occurred_at: `2026-05-${String(day).padStart(2, '0')}T12:00:00Z`,
      event_source: 'shop',
    });
    return json.data.customer_id;
  };
  const records = async (id: string): Promise<string[]> => {
    const { data } = (await get(`/customers/${id}`)).json;
    return [data.id, ...data.linked_customer_ids].sort();
  };
  return { organization, post, get, touch, sale, records };
}

describe('finding customers', () => {
  it('lists a person once, whichever record has the identifier, in any notation', async () => {
    const { get, touch } = await arrange();
    const one = await touch(1, email('anna'));
    const two = await touch(2, phone('+14155552671'));
    await touch(3, email('anna'), phone('+14155552671'));
    await touch(4, email('other'));
    for (const query of [
      'email=ANNA@example.com',
      'phone=(415)%20555-2671',
      'identifier=%2B1%20415%20555%202671',
      'identifier=anna@example.com&phone=%2B14155552671',
    ]) {
      const { status, json } = await get(`/customers?${query}`);
      expect([status, json.data.length], query).toEqual([200, 1]);
      expect(json.data[0]).toMatchObject({ id: one, linked_customer_ids: [two], interactions: 3, conversions: 0 });
    }
    expect((await get('/customers?email=other@example.com&phone=%2B14155552671')).json.data).toEqual([]);
    const first = (await get('/customers?limit=1')).json;
    const second = (await get('/customers?limit=1&page=2')).json;
    expect([first.pagination.total, first.data[0].id === second.data[0].id]).toEqual([2, false]);
  });

  it('answers 400 with the field, and shows nothing of other organizations', async () => {
    const { get, post, touch } = await arrange();
    for (const [path, field] of [
      ['/customers?email=nobody', 'email'],
      ['/customers?phone=call+me', 'phone'],
      ['/customers?identifier=', 'identifier'],
      ['/customers?limit=0', 'limit'],
      ['/customers?colour=red', 'colour'],
    ] as const) {
      const { status, json } = await get(path);
      expect([path, status, json.details?.field ?? JSON.stringify(json)]).toEqual([path, 400, field]);
    }
    const id = await touch(1, email('anna'));
    const stranger = await createOrganization(database);
    expect((await get('/customers?email=anna@example.com', stranger)).json.data).toEqual([]);
    for (const path of [`/customers/${id}`, `/customers/${id}/journey`]) {
      expect((await get(path, stranger)).status).toBe(404);
    }
    const other = await touch(2, email('ben'));
    expect((await post('/customers/merge', { source_id: id, target_id: other }, stranger)).status).toBe(404);
    const merge = await post('/customers/merge', { source_id: id, target_id: other });
    const body = { merge_id: merge.json.data.merge_id };
    expect((await post(`/customers/${id}/unmerge`, body, stranger)).status).toBe(404);
    expect((await get('/customers/duplicates', stranger)).json.data).toEqual([]);
  });
});

describe('a merge', () => {
  it('makes one person whose record is the one with the earliest fact, and is undone exactly once', async () => {
    const { get, post, touch, records } = await arrange();
    const target = await touch(5, email('a'));
    const source = await touch(1, email('b'));
    const other = await touch(9, phone('+14155552671'));
    await touch(10, email('b'), phone('+14155552671'));
    const merged = await post('/customers/merge', { source_id: source, target_id: target, reason: 'same person' });
    expect(merged.status).toBe(201);
    expect(merged.json.data).toMatchObject({ customer_id: source, source_id: source, target_id: target });
    expect(await records(target)).toEqual([source, target, other].sort());
    const again = await post('/customers/merge', { source_id: other, target_id: target });
    expect([again.status, again.json.code]).toEqual([409, 'SAME_CUSTOMER']);

    const body = { merge_id: merged.json.data.merge_id };
    // A fact that comes meanwhile stays with the record it names.
    const meanwhile = await touch(11, email('a'));
    expect(meanwhile).toBe(target);
    const undone = await post(`/customers/${other}/unmerge`, body);
    expect(undone.status).toBe(200);
    expect(await records(source)).toEqual([source, other].sort());
    expect(await records(target)).toEqual([target]);
    expect((await get(`/customers/${target}`)).json.data).toMatchObject({ interactions: 2, merges: [] });
    const twice = await post(`/customers/${source}/unmerge`, body);
    expect([twice.status, twice.json.code]).toEqual([409, 'ALREADY_UNMERGED']);
  });

  it('that was undone outranks identifiers that are shared later; another merge joins again', async () => {
    const { organization, post, touch, records } = await arrange();
    const a = await touch(1, email('a'));
    const b = await touch(2, email('b'));
    const merged = await post('/customers/merge', { source_id: a, target_id: b });
    await post(`/customers/${a}/unmerge`, { merge_id: merged.json.data.merge_id });
    await touch(3, email('a'), email('b'));
    expect(await records(a)).toEqual([a]);
    const conflicts = await database.owner`
      select rule, fact_external_id from identity_conflicts where organization_id = ${organization.organizationId}`;
    expect([...conflicts]).toMatchObject([{ rule: 'separated', fact_external_id: 't2' }]);
    expect((await post('/customers/merge', { source_id: b, target_id: a })).status).toBe(201);
    expect(await records(a)).toEqual([a, b].sort());
  });

  it('is refused for one and the same record, an unknown one and a malformed id', async () => {
    const { post, touch } = await arrange();
    const a = await touch(1, email('a'));
    expect((await post('/customers/merge', { source_id: a, target_id: a })).status).toBe(409);
    expect((await post('/customers/merge', { source_id: a, target_id: randomUUID() })).status).toBe(404);
    const malformed = await post('/customers/merge', { source_id: a, target_id: 'b' });
    expect([malformed.status, malformed.json.details.field]).toEqual([400, 'target_id']);
    const unknown = await post(`/customers/${a}/unmerge`, { merge_id: randomUUID() });
    expect(unknown.status).toBe(404);
  });

  it('changes no run whose input is frozen, whenever it is computed', async () => {
    const { organization, post, get, touch, sale } = await arrange();
    const a = await touch(1, email('a'));
    const b = await sale(2, email('b'));
    const { json } = await post('/attribution/runs', {
      model_code: 'LINEAR',
      name: 'frozen',
      config: { time_window_hours: 500 },
    });
    const runId: string = json.data.id;
    const scope = { organizationId: organization.organizationId, principal: SYSTEM_PRINCIPAL, now };
    const credits = async (): Promise<number> => {
      const executed = await post(`/attribution/runs/${runId}/execute`, undefined);
      const step = { runId, generation: executed.json.data.generation };
      await inTransaction(database.app, scope, (ctx) => planRun(ctx, step));
      await inTransaction(database.app, scope, (ctx) => computePartition(ctx, { ...step, ordinal: 0 }));
      await inTransaction(database.app, scope, (ctx) => publishRun(ctx, step));
      return (await get(`/attribution/runs/${runId}/results`)).json.data.length;
    };
    expect(await credits()).toBe(0);
    const merged = await post('/customers/merge', { source_id: a, target_id: b });
    expect(await credits()).toBe(0);
    await post(`/customers/${a}/unmerge`, { merge_id: merged.json.data.merge_id });
    expect(await credits()).toBe(0);
    await post('/customers/merge', { source_id: a, target_id: b });
    const later = await post('/attribution/runs', {
      model_code: 'LINEAR',
      name: 'later',
      config: { time_window_hours: 500 },
    });
    const step = { runId: later.json.data.id, generation: 1 };
    await post(`/attribution/runs/${step.runId}/execute`, undefined);
    await inTransaction(database.app, scope, (ctx) => planRun(ctx, step));
    await inTransaction(database.app, scope, (ctx) => computePartition(ctx, { ...step, ordinal: 0 }));
    await inTransaction(database.app, scope, (ctx) => publishRun(ctx, step));
    expect((await get(`/attribution/runs/${step.runId}/results`)).json.data).toHaveLength(1);
  });
});

describe('likely duplicates', () => {
  it('come with reasons, the likeliest first, without pairs that were told apart', async () => {
    const { get, post, touch, records } = await arrange();
    const one = await touch(1, email('anna.berg'), phone('+14155552671'));
    const two = await touch(2, { type: 'email', value: 'annaberg@work.example' }, phone('+493015552671'));
    const three = await touch(3, email('christopher'));
    const four = await touch(4, email('christohper'));
    const cookie = { type: 'cookie', value: 'shared' };
    const five = await touch(5, email('lee'), cookie);
    const six = await touch(6, email('kim'), cookie);
    const { status, json } = await get('/customers/duplicates');
    expect(status).toBe(200);
    const listed = json.data.map((row: { customer_ids: string[]; reasons: { code: string }[] }) => ({
      pair: row.customer_ids.toSorted(),
      codes: row.reasons.map((reason) => reason.code),
    }));
    expect(listed[0]).toEqual({ pair: [one, two].sort(), codes: ['email_name_and_phone_tail'] });
    expect(listed[1]).toEqual({ pair: [three, four].sort(), codes: ['similar_email'] });
    expect(listed[2].codes).toEqual(['shared_device']);
    expect(json.pagination.total).toBe(3);
    expect(await records(six)).toEqual([six]);
    expect(await records(five)).toHaveLength(2);

    const merged = await post('/customers/merge', { source_id: three, target_id: four });
    expect((await get('/customers/duplicates')).json.pagination.total).toBe(2);
    await post(`/customers/${three}/unmerge`, { merge_id: merged.json.data.merge_id });
    expect((await get('/customers/duplicates')).json.pagination.total).toBe(2);
  });
});
