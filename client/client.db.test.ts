import type { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENDPOINTS } from '../api/endpoints.ts';
import {
  addKey,
  createOrganization,
  createTestApp,
  createTestDatabase,
  type TestDatabase,
} from '../test/http/harness.ts';
import { createRevloop, type Revloop, RevloopError } from './index.ts';

let database: TestDatabase;
let app: Hono;
let organizationId: string;
let api: Revloop;

const clientOf = (apiKey: string): Revloop =>
  createRevloop({
    baseUrl: 'http://revloop.test',
    apiKey,
    organizationId,
    idempotency: true,
    fetch: async (request) => app.fetch(request),
  });

beforeAll(async () => {
  database = await createTestDatabase();
  app = createTestApp({ db: database.app, endpoints: ENDPOINTS });
  const ours = await createOrganization(database);
  organizationId = ours.organizationId;
  api = clientOf(ours.key);
});
afterAll(() => database.drop());

const conversion = (n: number) => ({
  external_event_id: `order-${n}`,
  event_type: 'purchase',
  event_source: 'billing',
  customer_identifiers: [{ type: 'email', value: 'ann@example.com' }],
  amount_decimal: n,
  currency: 'USD',
  occurred_at: `2024-01-20T14:00:0${n}Z`,
});

describe('the client against the API', () => {
  it('stores facts, one or many, and reads them back page by page', async () => {
    const one = await api.post('/v1/conversions', { body: conversion(1) });
    expect(one.response.status).toBe(201);
    await api.post('/v1/conversions', { body: [2, 3, 4, 5].map(conversion) });
    const amounts: number[] = [];
    for await (const row of api.each('/v1/conversions', { params: { query: { limit: 2, sort: 'occurred_at' } } })) {
      amounts.push(row.amount_decimal);
    }
    expect(amounts).toEqual([1, 2, 3, 4, 5]);
  });

  it('stores once what it sends twice under one key', async () => {
    const header = { 'Idempotency-Key': 'client-once' };
    const send = () => api.post('/v1/vendors', { params: { header }, body: { code: 'once', name: 'Once' } });
    const [first, second] = [await send(), await send()];
    expect(second.data).toEqual(first.data);
    expect(second.response.headers.get('idempotent-replayed')).toBe('true');
  });

  it('changes and removes what it made', async () => {
    const made = await api.post('/v1/vendors', { body: { code: 'gone', name: 'Gone' } });
    const path = { id: (made.data as { data: { id: string } }).data.id };
    const changed = await api.put('/v1/vendors/{id}', { params: { path }, body: { name: 'Still here' } });
    expect(changed.data.data.name).toBe('Still here');
    await api.delete('/v1/vendors/{id}', { params: { path } });
    await expect(api.get('/v1/vendors/{id}', { params: { path } })).rejects.toMatchObject({ status: 404 });
  });

  it('throws what the API refuses, with the fields to correct', async () => {
    const wrong = { ...conversion(6), currency: 'dollars' };
    const error = await api.post('/v1/conversions', { body: wrong }).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(RevloopError);
    expect(error).toMatchObject({ status: 400, code: 'VALIDATION_ERROR', details: { field: 'currency' } });
    expect((error as RevloopError).requestId).toBeTruthy();
  });

  it('is told what its key may not do', async () => {
    const { key } = await addKey(database, organizationId, { scopes: ['data.view'] });
    await expect(clientOf(key).post('/v1/conversions', { body: conversion(7) })).rejects.toMatchObject({
      status: 403,
    });
  });

  it('sends a file and reads the errors of its rows as text', async () => {
    const file = new Blob(['code,name\nfile-1,First\n']);
    const mapping = { code: 'code', name: 'name' };
    const upload = await api.upload(file, { kind: 'vendors', fileName: 'vendors.csv', mapping, dryRun: true });
    expect(upload).toMatchObject({ kind: 'vendors', file_name: 'vendors.csv', format: 'csv', dry_run: true, mapping });
    const { data } = await api.get('/v1/uploads/{id}/errors', { params: { path: { id: upload.id } } });
    expect(data).toMatch(/^line,field,code,message/);
  });
});
