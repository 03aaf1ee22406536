import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineEndpoint } from '../../api/http/endpoint.ts';
import { type RunningServer, startServer } from '../../api/server.ts';
import { createDb, createSql } from '../../schema/db.ts';
import { verb } from '../../services/core/context.ts';
import { assertBoundByRowSecurity } from '../../services/core/database-role.ts';
import {
  call,
  createOrganization,
  createTestApp,
  createTestDatabase,
  TEST_ENDPOINTS,
  type TestDatabase,
  type TestOrganization,
} from './harness.ts';
import { TcpProxy } from './tcp-proxy.ts';

let database: TestDatabase;
let ours: TestOrganization;
beforeAll(async () => {
  database = await createTestDatabase();
  ours = await createOrganization(database);
});
afterAll(() => database.drop());

const headersOf = (as: TestOrganization) => ({
  'x-api-key': as.key,
  'x-tenant-id': as.organizationId,
  'content-type': 'application/json',
});

describe('Postgres away', () => {
  it('answers 503 with Retry-After on both faces and recovers without a restart', async () => {
    const target = new URL(database.url);
    const proxy = await TcpProxy.to(target.hostname, Number(target.port || 5432));
    const sql = createSql({
      url: Object.assign(new URL(database.url), { port: `${proxy.port}` }).href,
      max: 4,
      name: 'away',
      role: 'revloop_app',
    });
    const app = createTestApp({ db: createDb(sql) });
    const read = (prefix = '/v1') => call(app, ours, 'GET', `${prefix}/testing/vendors`);
    const write = (code: string) =>
      call(app, ours, 'POST', '/v1/testing/vendors', { body: { vendor_code: code, display_name: code } });
    try {
      expect((await read()).status).toBe(200);
      await proxy.cut();
      const refused = await Promise.all([read(), read('/api/v1'), write('away-1'), write('away-2')]);
      for (const answer of refused) {
        expect(answer.status).toBe(503);
        expect(answer.text).toContain('SERVICE_UNAVAILABLE');
        expect(answer.text).not.toMatch(/ECONN|127\.0\.0\.1|CONNECTION/);
        expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
        expect(answer.headers.get('x-ratelimit-limit')).not.toBeNull();
      }
      await proxy.restore();
      const until = performance.now() + 5_000;
      let status = 0;
      while (status !== 201 && performance.now() < until) {
        status = (await write(`back-${performance.now()}`)).status;
        if (status !== 201) await sleep(50);
      }
      expect(status).toBe(201);
      const rows = await database.owner`select code from vendors where code like 'away-%'`;
      expect(rows).toHaveLength(0);
    } finally {
      await sql.end({ timeout: 1 });
      await proxy.close();
    }
  });

  it('turns a terminated backend into 503, and the next request works', async () => {
    const sql = createSql({ url: database.url, max: 1, name: 'victim', role: 'revloop_app' });
    const app = createTestApp({ db: createDb(sql) });
    try {
      expect((await call(app, ours, 'GET', '/v1/testing/vendors')).status).toBe(200);
      await database.owner`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'victim'`;
      await sleep(50);
      const statuses = [];
      for (let i = 0; i < 3; i++) statuses.push((await call(app, ours, 'GET', '/v1/testing/vendors')).status);
      expect(statuses.at(-1)).toBe(200);
      expect(statuses.every((status) => status === 200 || status === 503)).toBe(true);
    } finally {
      await sql.end({ timeout: 1 });
    }
  });

  it('turns a statement that takes too long into 503', async () => {
    const sql = createSql({ url: database.url, max: 2, name: 'slow', role: 'revloop_app', statementTimeoutMs: 200 });
    const app = createTestApp({ db: createDb(sql) });
    try {
      const made = await call(app, ours, 'POST', '/v1/testing/vendors', {
        body: { vendor_code: 'locked', display_name: 'x' },
      });
      await database.owner.begin(async (owner) => {
        await owner`select 1 from vendors where id = ${made.json.data.id} for update`;
        const answer = await call(app, ours, 'PUT', `/v1/testing/vendors/${made.json.data.id}`, {
          body: { display_name: 'y' },
        });
        expect([answer.status, answer.json.code]).toEqual([503, 'SERVICE_UNAVAILABLE']);
      });
    } finally {
      await sql.end({ timeout: 1 });
    }
  });
});

describe('the server', () => {
  let app: Hono;
  let server: RunningServer;
  let base: string;
  let open: (() => void) | undefined;

  beforeAll(async () => {
    const slow = defineEndpoint({
      operationId: 'slow',
      face: 'a',
      method: 'post',
      path: '/testing/slow',
      tag: 'testing',
      summary: 'Wait',
      response: z.strictObject({ done: z.boolean() }),
      verb: verb({ permission: null }, async () => {
        await new Promise<void>((resolve) => {
          open = resolve;
        });
        return { done: true };
      }),
      input: () => undefined,
    });
    app = createTestApp({ db: database.app, endpoints: [...TEST_ENDPOINTS, slow], bodyLimitBytes: 10_000 });
    server = await startServer(app, { host: '127.0.0.1', port: 0 });
    base = `http://127.0.0.1:${server.port}`;
  });

  it('reads, writes and replays over a socket', async () => {
    const send = () =>
      fetch(`${base}/v1/testing/vendors`, {
        method: 'POST',
        headers: { ...headersOf(ours), 'idempotency-key': 'socket', 'x-request-id': 'mine-1' },
        body: JSON.stringify({ vendor_code: 'socket', display_name: 'ü 😀 \u202e' }),
      });
    const first = await send();
    const firstText = await first.text();
    expect(first.status).toBe(201);
    expect(first.headers.get('x-request-id')).toBe('mine-1');
    expect(firstText).toContain('ü 😀 \u202e');
    const again = await send();
    expect(await again.text()).toBe(firstText);
    const list = await fetch(`${base}/v1/testing/vendors?limit=1`, { headers: headersOf(ours) });
    expect(list.status).toBe(200);
  });

  it('takes a POST without a body, and refuses bodies above the limit however they are sent', async () => {
    const url = `${base}/v1/testing/echo`;
    expect((await fetch(url, { method: 'POST', headers: headersOf(ours) })).status).toBe(400);
    const big = JSON.stringify({ metadata: { x: 'y'.repeat(20_000) } });
    expect((await fetch(url, { method: 'POST', headers: headersOf(ours), body: big })).status).toBe(413);
    const stream = new Blob([big]).stream();
    const streamed = await fetch(url, {
      method: 'POST',
      headers: headersOf(ours),
      body: stream,
      duplex: 'half',
    } as RequestInit);
    expect(streamed.status).toBe(413);
    const small = new Blob(['{"metadata":{"x":1}}']).stream();
    const fine = await fetch(url, {
      method: 'POST',
      headers: headersOf(ours),
      body: small,
      duplex: 'half',
    } as RequestInit);
    expect(fine.status).toBe(200);
  });

  it('tells a client that writes everything before it reads why it was refused', async () => {
    const size = 2_000;
    const writeThenRead = async (framing: string, piece: string) => {
      const socket = connect(server.port, '127.0.0.1').pause();
      const failed = new Promise<never>((_, reject) => socket.once('error', reject));
      const key = `X-API-Key: ${ours.key}\r\nX-Tenant-ID: ${ours.organizationId}\r\nContent-Type: application/json`;
      socket.write(`POST /v1/testing/echo HTTP/1.1\r\nHost: x\r\n${key}\r\n${framing}\r\n\r\n`);
      for (let sent = 0; sent < 14; sent++) {
        socket.write(piece);
        await sleep(50);
      }
      const answer = new Promise<Buffer>((resolve) => socket.once('data', resolve));
      socket.resume();
      const text = String(await Promise.race([answer, failed]));
      socket.destroy();
      return text.slice(9, 12);
    };
    const x = 'x'.repeat(size);
    expect(
      await Promise.all([
        writeThenRead(`Content-Length: ${14 * size}`, x),
        writeThenRead('Transfer-Encoding: chunked', `${size.toString(16)}\r\n${x}\r\n`),
      ]),
    ).toEqual(['413', '413']);
  });

  it('answers HEAD, preflights of known origins, and unknown methods with a hint', async () => {
    const url = `${base}/v1/testing/vendors`;
    const head = await fetch(url, { method: 'HEAD', headers: headersOf(ours) });
    expect([head.status, await head.text()]).toEqual([200, '']);
    const preflight = (origin: string) =>
      fetch(url, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } });
    const known = await preflight('https://app.example.com');
    expect([known.status, known.headers.get('access-control-allow-origin')]).toEqual([204, 'https://app.example.com']);
    expect((await preflight('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
    const patch = await fetch(url, { method: 'PATCH', headers: headersOf(ours) });
    expect([patch.status, ((await patch.json()) as { hint: string }).hint]).toEqual([
      404,
      'This path answers to GET, POST.',
    ]);
    expect(
      ((await fetch(`${base}/api/v1/nowhere`).then((response) => response.json())) as { success: boolean }).success,
    ).toBe(false);
  });

  it('survives odd requests on the wire without a 500', async () => {
    const raw = (text: string) =>
      new Promise<string>((resolve) => {
        const socket = connect(server.port, '127.0.0.1', () => socket.write(text));
        let answer = '';
        socket.on('data', (chunk) => {
          answer += chunk;
          socket.end();
        });
        socket.on('close', () => resolve(answer));
        socket.on('error', () => resolve(answer));
      });
    const key = `X-API-Key: ${ours.key}\r\nX-Tenant-ID: ${ours.organizationId}\r\nHost: x\r\nConnection: close\r\n`;
    for (const line of [
      'GET /v1/testing/vendors/%00',
      'GET /v1/testing/vendors/%zz',
      'GET /v1/testing/vendors?limit=%ff',
      'GET //v1',
      'GET /v1/../etc',
      'GET /docs/..%2fpackage.json',
    ]) {
      const answer = await raw(`${line} HTTP/1.1\r\n${key}\r\n`);
      expect(Number(answer.split(' ')[1]), line).toBeGreaterThanOrEqual(400);
      expect(Number(answer.split(' ')[1]), line).toBeLessThan(500);
    }
    const gzip = await raw(
      `POST /v1/testing/echo HTTP/1.1\r\n${key}Content-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}`,
    );
    expect(gzip).toContain('415');
  });

  it('lets a request in flight finish before it stops', async () => {
    const inFlight = fetch(`${base}/v1/testing/slow`, { method: 'POST', headers: headersOf(ours) });
    while (!open) await sleep(10);
    const drained = server.drain(5_000);
    await sleep(50);
    await expect(fetch(`${base}/live`)).rejects.toThrow();
    open();
    expect((await inFlight).status).toBe(200);
    await drained;
  });
});

describe('the role of the process', () => {
  it('may be the app role and neither the owner nor a superuser', async () => {
    await expect(assertBoundByRowSecurity(database.app)).resolves.toBeUndefined();
    const owner = createSql({ url: database.url, max: 1, name: 'owner' });
    await expect(assertBoundByRowSecurity(createDb(owner))).rejects.toThrow(/is a superuser/);
    await database.owner.unsafe('create role test_owner nologin');
    await database.owner.unsafe('alter table vendors owner to test_owner');
    const tableOwner = createSql({ url: database.url, max: 1, name: 'owner', role: 'test_owner' });
    await expect(assertBoundByRowSecurity(createDb(tableOwner))).rejects.toThrow(/owns the table vendors/);
    await Promise.all([owner.end(), tableOwner.end()]);
    await database.owner.unsafe('alter table vendors owner to current_user');
    await database.owner.unsafe('drop owned by test_owner');
    await database.owner.unsafe('drop role test_owner');
  });
});
