import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createOutbound } from '../../../providers/http/outbound.ts';
import { createBdrWorld } from '../../../test/bdr.ts';
import { createTenant, createTestDatabase, type TestDatabase, type TestTenant } from '../../../test/database.ts';
import { createAccount } from '../../crm/index.ts';
import { getProspectContext, listApprovals } from './index.ts';

let database: TestDatabase;
let tenant: TestTenant;
const asked: string[] = [];
const pages: Record<string, { status?: number; type?: string; location?: string; body: string }> = {};
const site = createServer((request, response) => {
  asked.push(request.url!);
  const { status = 200, type = 'text/html', location, body } = pages[request.url!] ?? { status: 404, body: '' };
  response.writeHead(status, { 'content-type': type, ...(location ? { location } : {}) }).end(body);
});
const outbound = createOutbound({ production: false, allowLoopback: true });
let url = '';
beforeAll(async () => {
  database = await createTestDatabase();
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(site.address() as AddressInfo).port}/`;
});
beforeEach(async () => {
  tenant = await createTenant(database);
  asked.splice(0);
  for (const path of Object.keys(pages)) delete pages[path];
});
afterAll(async () => {
  site.close();
  await outbound.close();
  await database?.drop();
});

const START = new Date('2026-06-30T12:00:00Z');
const about = (text: string) => ({ body: `<html><body><p>${text}</p></body></html>` });

async function begin(changes: object = {}) {
  const world = await createBdrWorld(database, tenant, changes);
  const account = await tenant.run((ctx) => createAccount(ctx, { name: 'Globex', website: url }));
  const start = () => world.start({ accountId: account.id });
  return {
    start,
    advance: (execution: Parameters<typeof world.advance>[0]) => world.advance(execution, START, { outbound }),
  };
}

describe('research in the web', () => {
  it('reads the pages of the company once for all its people, and a letter may rest on what they say', async () => {
    pages['/robots.txt'] = { type: 'text/plain', body: 'User-agent: *\nDisallow: /admin' };
    pages['/'] = about('We build turbines for wind parks in the north.');
    pages['/about'] = { status: 302, location: '/who', body: '' };
    pages['/who'] = about('Our engineers maintain parks around the clock.');
    const { start, advance } = await begin();
    const [one, two] = [await start(), await start()];
    await advance(one.execution);
    await advance(two.execution);
    expect(asked).toEqual(['/robots.txt', '/', '/about', '/who']);
    const { facts } = await tenant.run((ctx) => getProspectContext(ctx, { prospectId: two.prospectId }));
    const read = facts.filter(({ kind }) => kind === 'web');
    expect(
      read.map(({ text, sourceType, sourceUrl, confidence }) => ({ text, sourceType, sourceUrl, confidence })),
    ).toEqual([
      {
        text: 'The website of Globex says: "We build turbines for wind parks in the north."',
        sourceType: 'web_page',
        sourceUrl: url,
        confidence: expect.closeTo(0.6),
      },
      {
        text: 'The website of Globex says: "Our engineers maintain parks around the clock."',
        sourceType: 'web_page',
        sourceUrl: `${url}about`,
        confidence: expect.closeTo(0.6),
      },
    ]);
    expect(read.every(({ observedAt, sourceId }) => observedAt !== null && sourceId !== null)).toBe(true);
    const [draft] = (await tenant.run((ctx) => listApprovals(ctx, { page: 1, limit: 5, prospectId: two.prospectId })))
      .items;
    expect(draft).toMatchObject({ grounded: true });
    expect(draft!.body).toContain('On the website of Globex we read: "We build turbines for wind parks in the north."');
  });

  it('asks nothing that robots.txt forbids, leaves other hosts alone, and goes on without', async () => {
    pages['/robots.txt'] = { type: 'text/plain', body: 'User-agent: Revloop\nDisallow: /about' };
    pages['/'] = { status: 301, location: 'http://localhost:1/elsewhere', body: '' };
    pages['/about'] = about('We would be read if we were allowed to be.');
    const { start, advance } = await begin();
    const { execution } = await start();
    expect(await advance(execution)).toMatchObject({ waitsFor: 'approve' });
    expect(asked).toEqual(['/robots.txt', '/']);
    const rows = await database.owner`
      select outcome from bdr_web_pages where organization_id = ${tenant.organizationId} order by url`;
    expect(rows).toEqual([{ outcome: 'not_allowed' }, { outcome: 'forbidden_by_robots' }]);
  });

  it('reads nothing of anybody where it is switched off', async () => {
    const { start, advance } = await begin({ researchCompanySites: false });
    await advance((await start()).execution);
    expect(asked).toEqual([]);
  });
});
