import { setImmediate } from 'node:timers/promises';
import { createContext, runInContext } from 'node:vm';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Db } from '../../schema/db.ts';
import { call, createTestApp } from '../../test/http/harness.ts';

let script: string;
beforeAll(async () => {
  const app = createTestApp({ db: undefined as unknown as Db });
  const served = await call(app, null, 'GET', '/beacon.js');
  expect([served.status, served.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8']);
  script = served.text;
});

type Hit = Record<string, unknown>;

interface PageOptions {
  consent?: string;
  cookie?: string;
  queue?: unknown[][];
  beaconRefuses?: boolean;
}

/** As much of a browser as the script touches; cookies with an age of 0 vanish as they do there. */
function openPage({ consent, cookie = '', queue, beaconRefuses = false }: PageOptions = {}) {
  const page = {
    now: 1_700_000_000_000,
    cookie,
    beacons: [] as string[],
    fetched: [] as string[],
    to: new Set<string>(),
  };
  const location = { href: 'https://shop.example/pricing?plan=pro#top' };
  const listeners: Record<string, () => void> = {};
  const change = (_state: unknown, _title: string, path: string) => {
    location.href = new URL(path, location.href).href;
  };
  const sandbox: Record<string, unknown> = {
    URL,
    BigUint64Array,
    crypto,
    location,
    Date: { now: () => page.now },
    history: { pushState: change, replaceState: change },
    setTimeout: (work: () => void) => void work(),
    addEventListener: (name: string, work: () => void) => void Object.assign(listeners, { [name]: work }),
    navigator: {
      sendBeacon: (to: URL, body: string) => {
        page.to.add(`${to}`);
        return beaconRefuses ? false : page.beacons.push(body) > 0;
      },
    },
    fetch: async (_: URL, { method, keepalive, body }: { method: string; keepalive: boolean; body: string }) => {
      if (method === 'POST' && keepalive) page.fetched.push(body);
    },
    document: {
      title: 'Pricing',
      referrer: 'https://search.example/',
      currentScript: { src: 'https://revloop.example/beacon.js', dataset: { writeKey: 'wk_1', consent } },
      get cookie() {
        return page.cookie;
      },
      set cookie(text: string) {
        page.cookie = text.includes('max-age=0') ? '' : `theme=dark; ${text.split(';')[0]}`;
      },
    },
  };
  sandbox.window = sandbox;
  if (queue) sandbox.revloop = { q: queue };
  runInContext(script, createContext(sandbox));
  return {
    ...page,
    page,
    location,
    listeners,
    history: sandbox.history as { pushState: typeof change; replaceState: typeof change },
    revloop: sandbox.revloop as (...call: unknown[]) => void,
    hits: (): Hit[] => page.beacons.flatMap((body) => JSON.parse(body) as Hit[]),
  };
}

describe('the beacon script', () => {
  it('is at most 2,048 bytes and asked for again only when it has changed', async () => {
    const app = createTestApp({ db: undefined as unknown as Db });
    const served = await app.request('/beacon.js');
    expect((await served.arrayBuffer()).byteLength).toBeLessThanOrEqual(2_048);
    const again = await app.request('/beacon.js', { headers: { 'if-none-match': served.headers.get('etag')! } });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });

  it('sends and stores nothing before consent, then what it held back, in order', () => {
    const { page, revloop, hits } = openPage();
    revloop('event', 'button_click', { button: 'buy' });
    revloop('identify', { email: 'ada@example.com' });
    expect([page.beacons, page.fetched, page.cookie]).toEqual([[], [], '']);
    revloop('consent', true);
    expect(hits().map(({ type }) => type)).toEqual(['page', 'event', 'identify']);
    expect(hits()[0]).toMatchObject({
      url: 'https://shop.example/pricing?plan=pro',
      title: 'Pricing',
      referrer: 'https://search.example/',
    });
    expect(hits()[1]).toMatchObject({ name: 'button_click', properties: { button: 'buy' } });
    expect(hits()[2]).toMatchObject({ customer_identifiers: [{ type: 'email', value: 'ada@example.com' }] });
    expect(new Set(hits().map((hit) => hit.session_id)).size).toBe(1);
    expect(new Set(hits().map((hit) => hit.visitor_id)).size).toBe(1);
    expect(new Set(hits().map((hit) => hit.external_id)).size).toBe(3);
    expect([...page.to]).toEqual(['https://revloop.example/v1/collect?write_key=wk_1']);
  });

  it('forgets what it held, and the visitor, when consent is refused', () => {
    const { page, revloop, hits } = openPage({ cookie: 'theme=dark; rl_v=7.8.1699999999999' });
    revloop('consent', false);
    revloop('event', 'button_click');
    expect([hits(), page.cookie]).toEqual([[], '']);
    revloop('consent', true);
    revloop('event', 'later');
    expect(hits()).toMatchObject([{ name: 'later' }]);
    expect(hits()[0]!.visitor_id).not.toBe('7');
  });

  it('counts pages without consent where the site says so, but names nobody and stores nothing', () => {
    const { page, revloop, hits } = openPage({ consent: 'optional' });
    revloop('identify', { email: 'ada@example.com' });
    revloop('event', 'button_click');
    expect(hits().map(({ type, visitor_id }) => [type, visitor_id])).toEqual([
      ['page', undefined],
      ['event', undefined],
    ]);
    expect(hits()[0]!.session_id).toBe(hits()[1]!.session_id);
    expect(page.cookie).toBe('');
    revloop('consent', true);
    expect(hits().at(-1)).toMatchObject({ type: 'identify', session_id: hits()[0]!.session_id });
  });

  it('begins a new session after 30 minutes without a hit, for the same visitor', () => {
    const { page, revloop, hits } = openPage({ queue: [['consent', true]] });
    for (const minutes of [29, 29, 31]) {
      page.now += minutes * 60_000;
      revloop('event', 'scroll');
    }
    const sessions = hits().map((hit) => hit.session_id);
    expect(sessions.slice(0, 3)).toEqual([sessions[0], sessions[0], sessions[0]]);
    expect(sessions[3]).not.toBe(sessions[0]);
    expect(new Set(hits().map((hit) => hit.visitor_id)).size).toBe(1);
    const next = openPage({ cookie: page.cookie, queue: [['consent', true]] });
    next.revloop('event', 'on the next page');
    expect(next.hits()[0]!.visitor_id).toBe(hits()[0]!.visitor_id);
  });

  it('sees the pages of an application that changes its history, each once', () => {
    const { history, location, listeners, hits } = openPage({ queue: [['consent', true]] });
    history.pushState(null, '', '/docs');
    history.replaceState({ scroll: 10 }, '', '/docs#part');
    location.href = 'https://shop.example/pricing?plan=pro';
    listeners.popstate!();
    expect(hits().map(({ url, referrer }) => [url, referrer])).toEqual([
      ['https://shop.example/pricing?plan=pro', 'https://search.example/'],
      ['https://shop.example/docs', 'https://shop.example/pricing?plan=pro'],
      ['https://shop.example/pricing?plan=pro', 'https://shop.example/docs'],
    ]);
  });

  it('keeps what it sends within what is stored', () => {
    const { location, history, revloop, hits } = openPage({ queue: [['consent', true]] });
    history.pushState(null, '', `/${'x'.repeat(3_000)}`);
    history.pushState(null, '', '/next');
    revloop('identify', { external_id: 42 });
    const [, long, next, identify] = hits();
    expect([`${long!.url}`.length, `${next!.referrer}`.length]).toEqual([2_048, 2_048]);
    expect(location.href.length).toBeLessThan(2_048);
    expect(identify!.customer_identifiers).toEqual([{ type: 'external_id', value: '42' }]);
  });

  it('falls back to a request that outlives the page', async () => {
    const { page } = openPage({ queue: [['consent', true]], beaconRefuses: true });
    await setImmediate();
    expect(page.fetched.flatMap((body) => JSON.parse(body))).toMatchObject([{ type: 'page' }]);
  });
});
