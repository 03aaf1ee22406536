import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OutboundPolicy, outboundUrlProblem } from '../../domain/core/outbound-url.rules.ts';
import { INWARD_URLS } from '../../test/inward-urls.ts';
import { createOutbound, type Resolve } from './outbound.ts';

/** Everything that reaches this machine by a way that should be closed is counted here. */
let canary: Server;
let port: number;
let hits = 0;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
beforeAll(async () => {
  canary = createServer((request, response) => {
    hits += 1;
    answer(request, response);
  });
  await new Promise<void>((resolve) => canary.listen(0, '127.0.0.1', resolve));
  port = (canary.address() as AddressInfo).port;
});
afterAll(() => {
  canary.closeAllConnections();
  canary.close();
});

const DEVELOPMENT: OutboundPolicy = { production: false, allowLoopback: false };
const OPEN: OutboundPolicy = { production: false, allowLoopback: true };
const at = (path: string) => `http://127.0.0.1:${port}${path}`;
const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => 'answered',
    (error: { code: string }) => error.code,
  );
/** Every name leads here. */
const leadsTo =
  (...addresses: string[]): Resolve =>
  (_name, _options, callback) =>
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );

describe('a call to the outside', () => {
  it('reaches this machine when that is open, so that the other tests prove something', async () => {
    answer = (_request, response) => response.end('hello');
    const before = hits;
    const outbound = createOutbound(OPEN);
    const { status, body } = await outbound.send({ method: 'GET', url: at('/') });
    expect([status, Buffer.from(body).toString(), hits - before]).toEqual([200, 'hello', 1]);
    await outbound.close();
  });

  it.each([
    ['production', { production: true, allowLoopback: false }],
    ['production, whatever else is set', { production: true, allowLoopback: true }],
    ['development', DEVELOPMENT],
  ] as const)('connects to no inward address, however it is spelt: %s', async (_name, policy) => {
    const before = hits;
    const connected: string[] = [];
    const outbound = createOutbound({ ...policy, onConnect: (address) => void connected.push(address) });
    const urls = INWARD_URLS(port);
    expect(urls.length).toBeGreaterThanOrEqual(40);
    for (const url of urls) {
      expect([url, await codeOf(outbound.send({ method: 'GET', url, timeoutMs: 2_000 }))]).toEqual([
        url,
        'URL_NOT_ALLOWED',
      ]);
      expect(outboundUrlProblem(url, policy), url).not.toBeNull();
    }
    expect([hits - before, connected]).toEqual([0, []]);
    await outbound.close();
  });

  it('opens three spellings of this machine for trying things out, and no other', () => {
    const open = ['127.0.0.1', 'localhost', '[::1]'].map((host) => `http://${host}:${port}/`);
    expect(open.map((url) => outboundUrlProblem(url, OPEN))).toEqual([null, null, null]);
    const others = INWARD_URLS(port).filter(
      (url) => !open.includes(url) && !/^https?:\/\/(127\.0\.0\.1|localhost|\[::1\])[:/]/i.test(url),
    );
    expect(others.length).toBeGreaterThan(30);
    expect(others.filter((url) => outboundUrlProblem(url, OPEN) === null)).toEqual([]);
  });

  it('connects to no inward address that a name has, not even as one of several', async () => {
    const before = hits;
    const inward = [
      '127.0.0.1',
      '10.0.0.1',
      '169.254.169.254',
      '::1',
      '::ffff:127.0.0.1',
      'fd00::1',
      '64:ff9b::7f00:1',
    ];
    for (const address of inward) {
      for (const resolve of [leadsTo(address), leadsTo('93.184.216.34', address)]) {
        const connected: string[] = [];
        const outbound = createOutbound({ ...OPEN, resolve, onConnect: (to) => void connected.push(to) });
        const code = await codeOf(outbound.send({ method: 'GET', url: `http://rebind.example.com:${port}/` }));
        expect([address, code, connected]).toEqual([address, 'ADDRESS_NOT_ALLOWED', []]);
        await outbound.close();
      }
    }
    expect(hits - before).toBe(0);
  });

  it('connects to the address that was checked: a name that changes its answer is no way in', async () => {
    answer = (_request, response) => response.setHeader('connection', 'close').end();
    const before = hits;
    let asked = 0;
    const resolve: Resolve = (_name, _options, callback) => {
      asked += 1;
      // Allowed when it is checked, another machine of the network whenever it is asked again.
      callback(null, [{ address: asked === 1 ? '127.0.0.1' : '10.0.0.1', family: 4 }]);
    };
    const outbound = createOutbound({ ...OPEN, resolve });
    const call = () => codeOf(outbound.send({ method: 'GET', url: `http://localhost:${port}/` }));
    // Had the connection asked once more, it would have gone to the other answer.
    expect([await call(), asked, hits - before]).toEqual(['answered', 1, 1]);
    expect([await call(), asked, hits - before]).toEqual(['ADDRESS_NOT_ALLOWED', 2, 1]);
    await outbound.close();
  });

  it('checks where a redirect leads like the first address, and follows three at most', async () => {
    const outbound = createOutbound(OPEN);
    const reached: string[] = [];
    for (const inward of [
      'http://10.0.0.1/',
      `http://127.1:${port}/secret`,
      'file:///etc/passwd',
      `//[::ffff:7f00:1]:${port}/`,
    ]) {
      answer = (request, response) => {
        reached.push(request.url!);
        response.writeHead(302, { location: inward }).end();
      };
      expect([inward, await codeOf(outbound.send({ method: 'GET', url: at('/start') }))]).toEqual([
        inward,
        'URL_NOT_ALLOWED',
      ]);
    }
    expect(new Set(reached)).toEqual(new Set(['/start']));
    answer = (request, response) =>
      response.writeHead(302, { location: `/${Number(request.url!.slice(1)) + 1}` }).end();
    expect(await codeOf(outbound.send({ method: 'GET', url: at('/0') }))).toBe('TOO_MANY_REDIRECTS');
    expect((await outbound.send({ method: 'GET', url: at('/0'), maxRedirects: 0 })).status).toBe(302);
    await outbound.close();
  });

  it('gives credentials to nobody but the host that they are for', async () => {
    const seen: Record<string, unknown>[] = [];
    answer = (request, response) => {
      seen.push({ ...request.headers, method: request.method });
      if (request.url === '/start') response.writeHead(307, { location: `http://localhost:${port}/end` }).end();
      else response.end();
    };
    const outbound = createOutbound(OPEN);
    const headers = { authorization: 'Bearer secret', cookie: 'a=b', 'x-api-key': 'k', 'x-kind': 'kept' };
    await outbound.send({ method: 'POST', url: at('/start'), headers, body: '{}' });
    expect(seen[0]).toMatchObject({ ...headers, method: 'POST' });
    expect(seen[1]).toMatchObject({ 'x-kind': 'kept', method: 'POST' });
    for (const name of ['authorization', 'cookie', 'x-api-key']) expect(seen[1]).not.toHaveProperty(name);
    await outbound.close();
  });

  it('ends in time with receivers that hang, drip, reset, or answer without end', async () => {
    const outbound = createOutbound(OPEN);
    const send = (more: object = {}) => codeOf(outbound.send({ method: 'GET', url: at('/'), timeoutMs: 300, ...more }));
    answer = () => {};
    expect(await send()).toBe('TIMEOUT');
    answer = (_request, response) => {
      response.write('a');
      const drip = setInterval(() => response.write('a'), 20);
      response.on('close', () => clearInterval(drip));
    };
    expect(await send()).toBe('TIMEOUT');
    answer = (request) => request.socket.destroy();
    expect(await send()).toBe('CONNECTION_FAILED');
    let written = 0;
    answer = (_request, response) => {
      const chunk = Buffer.alloc(65_536, 'x');
      const more = () => {
        while (written < 10_485_760 && response.write(chunk)) written += chunk.length;
      };
      response.on('drain', more).on('error', () => {});
      more();
    };
    expect(await send({ timeoutMs: 5_000 })).toBe('ANSWER_TOO_LARGE');
    const cut = await outbound.send({ method: 'GET', url: at('/'), maxBytes: 1_024, overflow: 'cut' });
    expect([cut.status, cut.body.length, cut.isCut]).toEqual([200, 1_024, true]);
    expect(written).toBeLessThan(10_485_760);
    await outbound.close();
  });
});
