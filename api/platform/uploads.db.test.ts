import { createHash } from 'node:crypto';
import { request } from 'node:http';
import type { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBlobStore } from '../../services/core/blobs.ts';
import {
  addKey,
  call,
  createOrganization,
  createTestApp,
  createTestDatabase,
  type TestDatabase,
  type TestOrganization,
} from '../../test/http/harness.ts';
import { sendFile } from '../../test/http/uploads.ts';
import { ENDPOINTS } from '../endpoints.ts';
import { startServer } from '../server.ts';

const NOW = new Date('2026-06-30T12:00:00Z');
const LIMIT = 3_000_000;
const FILE = 'external_interaction_id,channel,Started At,caller\na1,call,2026-06-01T10:00:00Z,+14155550123\na2,,x,\n';

let database: TestDatabase;
let app: Hono;
let organization: TestOrganization;
const commands: string[] = [];
beforeAll(async () => {
  database = await createTestDatabase();
  app = createTestApp({
    db: database.app,
    endpoints: ENDPOINTS,
    now: () => NOW,
    uploadMaxBytes: LIMIT,
    afterCommit: (ids) => void commands.push(...ids),
  });
  organization = await createOrganization(database);
});
afterAll(() => database?.drop());

const send = (more: Partial<Parameters<typeof sendFile>[2]> = {}, as = organization) =>
  sendFile(app, as, { kind: 'interactions', content: FILE, ...more });
const raw = (text: string, type: string, query = '?kind=interactions') =>
  call(app, organization, 'POST', `/v1/uploads${query}`, { text, headers: { 'content-type': type } });
async function leftBehind(): Promise<number> {
  const [row] = await database.owner<{ count: number }[]>`
    select ((select count(*) from blobs b where not exists (select from uploads u where u.blob_id = b.id))
      + (select count(*) from blob_chunks c where not exists (select from uploads u where u.blob_id = c.blob_id)))::int as count`;
  return row!.count;
}

describe('POST /v1/uploads', () => {
  it('takes a form, keeps the file whole and starts its import', async () => {
    const bytes = Buffer.alloc(1_500_000, 'a,b\r\n--boundary\r\n');
    commands.length = 0;
    const answer = await send({ content: bytes, fileName: 'C:\\data\\Anrufe März.csv' });
    expect(answer.status).toBe(201);
    expect(answer.json.data).toMatchObject({
      kind: 'interactions',
      file_name: 'Anrufe März.csv',
      format: 'csv',
      size_bytes: bytes.length,
      status: 'pending',
      progress: { processed: 0, total: null },
    });
    expect(answer.headers.get('location')).toBe(`/v1/uploads/${answer.json.data.id}`);
    expect(commands).toHaveLength(1);
    const [command] = await database.owner`
      select process, kind, input from process_commands where entity_id = ${answer.json.data.id}`;
    expect(command).toMatchObject({ process: 'import', kind: 'start', input: { uploadId: answer.json.data.id } });
    const [blob] = await database.owner`
      select b.id, encode(b.sha256, 'hex') as sha from blobs b join uploads u on u.blob_id = b.id
      where u.id = ${answer.json.data.id}`;
    const sha = createHash('sha256');
    const owner = { organizationId: organization.organizationId, now: NOW };
    for await (const part of createBlobStore(database.app).get(owner, blob!.id)) sha.update(part);
    expect(sha.digest('hex')).toBe(blob!.sha);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(blob!.sha);
  });

  it('takes the file itself as the body', async () => {
    const csv = await raw(FILE, 'text/csv', '?kind=interactions&file_name=x.csv&dry_run=true');
    expect(csv.json.data).toMatchObject({ file_name: 'x.csv', format: 'csv', dry_run: true });
    const json = await raw('{}\n', 'application/x-ndjson', '?kind=vendors');
    expect(json.json.data).toMatchObject({ file_name: 'vendors.jsonl', format: 'jsonl', kind: 'vendors' });
  });

  it('refuses what it cannot take, and leaves nothing behind', async () => {
    const before = await leftBehind();
    expect((await send({ kind: 'dogs' })).json).toMatchObject({ code: 'VALIDATION_ERROR', details: { field: 'kind' } });
    expect((await send({ fields: { color: 'red' } })).json.details).toMatchObject({ field: 'color' });
    expect((await send({ fields: { mapping: '[1]' } })).json.details).toMatchObject({ field: 'mapping' });
    expect((await send({ content: '' })).json.details).toMatchObject({ field: 'file' });
    expect((await raw(FILE, 'text/csv', '')).json.details).toMatchObject({ field: 'kind' });
    expect((await raw('{}', 'application/json')).status).toBe(415);
    expect((await raw('x', 'multipart/form-data; boundary=b')).status).toBe(400);
    expect((await raw('--b\r\nnonsense', 'multipart/form-data; boundary=b')).status).toBe(400);
    const cut = '--b\r\ncontent-disposition: form-data; name="file"; filename="x"\r\n\r\nabc';
    expect((await raw(cut, 'multipart/form-data; boundary=b')).status).toBe(400);
    const twice = `${cut}\r\n${cut}\r\n--b--`;
    expect((await raw(twice, 'multipart/form-data; boundary=b')).json.details).toMatchObject({ field: 'file' });
    const large = await send({ content: Buffer.alloc(LIMIT + 1, 'x') });
    expect([large.status, large.json.code]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
    expect((await send({ content: Buffer.alloc(LIMIT, 'x') })).status).toBe(201);
    const weak = {
      ...organization,
      ...(await addKey(database, organization.organizationId, { scopes: ['data.view'] })),
    };
    expect((await send({}, weak)).status).toBe(403);
    expect(await leftBehind()).toBe(before);
  });

  it('answers a repeated key with the first answer, and a used key for another file with a conflict', async () => {
    const headers = { 'idempotency-key': 'upload-1' };
    const first = await send({ headers });
    const again = await send({ headers });
    expect(again.text).toBe(first.text);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    const other = await send({ headers, content: `${FILE}more` });
    expect(other.json).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
    expect(await leftBehind()).toBe(0);
  });

  it('streams from a real socket and says 413 while the sender still sends', async () => {
    const server = await startServer(app, { host: '127.0.0.1', port: 0 });
    try {
      const status = await new Promise<number>((resolve, reject) => {
        const sending = request(
          {
            host: '127.0.0.1',
            port: server.port,
            method: 'POST',
            path: '/v1/uploads?kind=interactions',
            headers: {
              'content-type': 'text/csv',
              'x-api-key': organization.key,
              'x-tenant-id': organization.organizationId,
            },
          },
          (response) => resolve(response.statusCode!),
        );
        sending.on('error', reject);
        const piece = Buffer.alloc(500_000, 'x\n');
        const push = () => {
          if (!sending.destroyed && !sending.writableEnded) sending.write(piece, () => setTimeout(push, 5));
        };
        push();
      });
      expect(status).toBe(413);
      expect(await leftBehind()).toBe(0);
    } finally {
      await server.drain(100);
    }
  });
});

describe('a staged blob', () => {
  it('cannot be read before it is kept, nor by another organization', async () => {
    const blobs = createBlobStore(database.app);
    const owner = { organizationId: organization.organizationId, now: NOW };
    async function* content() {
      yield Buffer.from('abc');
    }
    const { id } = await blobs.put(owner, content(), { mediaType: 'text/plain', limitBytes: 10 });
    const read = async (as = owner) => {
      for await (const _ of blobs.get(as, id));
    };
    await expect(read()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await database.owner`update blobs set completed_at = now() where id = ${id}`;
    await read();
    const stranger = await createOrganization(database);
    await expect(read({ ...owner, organizationId: stranger.organizationId })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await blobs.delete(owner, id);
    await expect(read()).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('leaves nothing when its stream breaks', async () => {
    async function* broken() {
      yield Buffer.alloc(2_000_000);
      throw new Error('the sender went away');
    }
    const owner = { organizationId: organization.organizationId, now: NOW };
    const putting = createBlobStore(database.app).put(owner, broken(), { mediaType: 'x', limitBytes: 10_000_000 });
    await expect(putting).rejects.toThrow('the sender went away');
    expect(await leftBehind()).toBe(0);
  });
});

describe('reading uploads', () => {
  it('previews the first rows with suggestions and problems, and stores nothing', async () => {
    const { id } = (await send()).json.data;
    const preview = (await call(app, organization, 'POST', `/v1/uploads/${id}/preview`)).json.data;
    expect(preview).toMatchObject({
      format: 'csv',
      encoding: 'utf-8',
      delimiter: ',',
      header: ['external_interaction_id', 'channel', 'Started At', 'caller'],
      mapping: { caller: 'phone', 'Started At': 'startedAt' },
      problems: [],
      rows: [{ line: 2, values: { externalInteractionId: 'a1', phone: '+14155550123' } }, { line: 3 }],
    });
    expect(preview.suggestions[3]).toEqual({ column: 'caller', field: 'phone', confidence: 0.9 });
    expect(preview.errors.map((error: { line: number; field: string }) => [error.line, error.field])).toEqual([
      [3, 'channel'],
      [3, 'started_at'],
      [3, 'customer_identifiers'],
    ]);
    const body = { mapping: { caller: null } };
    const other = (await call(app, organization, 'POST', `/v1/uploads/${id}/preview`, { body })).json.data;
    expect(other.mapping.caller).toBeNull();
    const [row] = await database.owner`
      select count(*)::int as count from interactions where organization_id = ${organization.organizationId}`;
    expect(row!.count).toBe(0);
  });

  it('lists by kind and status, newest first', async () => {
    const other = await createOrganization(database);
    const ids = [];
    for (const kind of ['vendors', 'agents']) ids.push((await send({ kind }, other)).json.data.id);
    await call(app, other, 'POST', `/v1/uploads/${ids[0]}/cancel`);
    const list = async (query: string) => {
      const { data } = (await call(app, other, 'GET', `/v1/uploads${query}`)).json;
      return data.map((upload: { id: string }) => upload.id);
    };
    expect(await list('')).toEqual([ids[1], ids[0]]);
    expect(await list('?kind=vendors')).toEqual([ids[0]]);
    expect(await list('?status=pending')).toEqual([ids[1]]);
    expect((await call(app, other, 'GET', '/v1/uploads?status=odd')).status).toBe(400);
  });

  it('shows nothing of another organization', async () => {
    const { id } = (await send()).json.data;
    const stranger = await createOrganization(database);
    for (const [method, path] of [
      ['GET', ''],
      ['GET', '/errors'],
      ['POST', '/preview'],
      ['POST', '/cancel'],
      ['POST', '/undo'],
    ] as const) {
      expect((await call(app, stranger, method, `/v1/uploads/${id}${path}`)).status, path).toBe(404);
    }
    expect((await call(app, stranger, 'GET', '/v1/uploads')).json.data).toEqual([]);
  });
});
