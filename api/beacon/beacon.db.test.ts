import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
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
import { type RunningServer, startServer } from '../server.ts';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const SNIPPET = 'window.revloop=window.revloop||function(){(revloop.q=revloop.q||[]).push(arguments)};';

let database: TestDatabase;
let product: RunningServer;
let site: Server;
let ours: TestOrganization;
let profile: string;
/** What the next page does after the script was asked for. */
let work = '';
let writeKey = '';
let origin = '';

beforeAll(async () => {
  database = await createTestDatabase();
  const app = createTestApp({ db: database.app, endpoints: ENDPOINTS });
  product = await startServer(app, { host: '127.0.0.1', port: 0 });
  site = createServer((request, response) => {
    if (request.url === '/slow.png') {
      // The page counts as loading until then, so the browser stays long enough to send.
      setTimeout(() => response.writeHead(404).end(), 1_500);
      return;
    }
    response.writeHead(200, { 'content-type': 'text/html' }).end(`<!doctype html><title>Shop</title>
      <script>${SNIPPET}${work}</script>
      <script async src="http://127.0.0.1:${product.port}/beacon.js" data-write-key="${writeKey}"></script>
      <img src="/slow.png">`);
  });
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  ours = await createOrganization(database);
  writeKey = (await call(app, ours, 'POST', '/v1/write-keys', { body: { name: 'Shop' } })).json.data.key;
  await call(app, ours, 'PUT', '/v1/organization/beacon', { body: { origins: [origin] } });
  profile = await mkdtemp(join(tmpdir(), 'beacon-'));
});
afterAll(async () => {
  site?.close();
  site?.closeAllConnections();
  await product?.drain(1_000);
  await database?.drop();
  if (profile) await rm(profile, { recursive: true, force: true, maxRetries: 5 });
});

async function visit(path: string, script: string): Promise<void> {
  work = script;
  await promisify(execFile)(CHROMIUM!, [...FLAGS, `--user-data-dir=${profile}`, '--dump-dom', `${origin}${path}`], {
    timeout: 25_000,
  });
}

const rows = () => database.owner`
  select type, url, title, session_id, customer_id from (
    select id, 'page' as type, url, title, session_id, customer_id from website_page_views union all
    select id, type, url, null, session_id, customer_id from events) hits
  order by id`;

// Without a browser on the machine there is nothing to try; the unit test runs the script in any case.
describe.skipIf(!CHROMIUM)('the beacon in a browser', () => {
  it('sends nothing before consent', async () => {
    await visit('/first', `revloop('event','button_click');revloop('identify',{email:'ada@example.com'});`);
    expect(await rows()).toEqual([]);
  });

  it('stores pages, events and the customer of the session, across origins', async () => {
    await visit(
      '/pricing?plan=pro#top',
      `revloop('consent',true);revloop('event','button_click',{button:'buy'});
       setTimeout(()=>{history.pushState(null,'','/checkout');revloop('identify',{email:'ada@example.com'})},600);`,
    );
    const stored = await rows();
    expect(stored.map(({ type, url }) => [type, url]).sort()).toEqual([
      ['button_click', `${origin}/pricing?plan=pro`],
      ['identify', null],
      ['page', `${origin}/checkout`],
      ['page', `${origin}/pricing?plan=pro`],
    ]);
    expect(new Set(stored.map((row) => row.session_id)).size).toBe(1);
    expect(stored.every((row) => row.customer_id !== null && row.customer_id === stored[0]!.customer_id)).toBe(true);
  });
});
