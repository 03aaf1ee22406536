import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Outbound } from '../../domain/core/outbound.port.ts';
import {
  ProviderError,
  type ProviderSession,
  type RemotePage,
  type RemoteRecord,
} from '../../domain/integrations/adapter.port.ts';
import { startGoogleAds } from '../../test/integrations/google-ads.ts';
import { startSalesforce } from '../../test/integrations/salesforce.ts';
import type { StandIn, StandInFault } from '../../test/integrations/stand-in.ts';
import { startStripe } from '../../test/integrations/stripe.ts';
import { createOutbound } from '../http/outbound.ts';
import { ADAPTERS, createSessions } from './index.ts';

let outbound: Outbound;
let standIn: StandIn;
beforeAll(() => {
  outbound = createOutbound({ production: false, allowLoopback: true });
});
afterEach(() => standIn.close());
afterAll(() => outbound.close());

const NOW = new Date('2026-06-30T12:00:00Z');

function session(provider: string, token: string | null, credentials: Record<string, string>): ProviderSession {
  return createSessions(outbound, { timeoutMs: 2_000 })({
    adapter: ADAPTERS[provider]!,
    connection: { settings: { options: { customerId: '123-456-7890' } }, credentials },
    baseUrl: standIn.url,
    now: () => NOW,
    host: {
      accessToken: async () => token,
      takeBudget: async () => ({ waitMs: 0 }),
      block: async () => {},
      track: async () => {},
    },
  });
}

interface Source {
  readonly provider: string;
  readonly stream: string;
  readonly limit: number;
  readonly records: number;
  start(): Promise<ProviderSession>;
}

/** Everything that is read in pages, with more of it than a page holds. */
const SOURCES: readonly Source[] = [
  {
    provider: 'stripe',
    stream: 'payments',
    limit: 4,
    records: 10,
    async start() {
      const stripe = await startStripe('sk');
      for (let n = 1; n <= 10; n++) stripe.charge({ id: `ch_${n}`, amount: 100, created: NOW.getTime() / 1_000 - n });
      standIn = stripe;
      return session('stripe', null, { apiKey: 'sk' });
    },
  },
  {
    provider: 'stripe',
    stream: 'refunds',
    limit: 4,
    records: 10,
    async start() {
      const stripe = await startStripe('sk');
      const created = NOW.getTime() / 1_000;
      for (let n = 1; n <= 10; n++)
        stripe.refund({ id: `re_${n}`, charge: `ch_${n}`, amount: 1, created: created - n });
      standIn = stripe;
      return session('stripe', null, { apiKey: 'sk' });
    },
  },
  ...['accounts', 'contacts', 'deals', 'activities'].map(
    (stream): Source => ({
      provider: 'salesforce',
      stream,
      limit: 4,
      records: 10,
      async start() {
        const salesforce = await startSalesforce();
        const object = { accounts: 'Account', contacts: 'Contact', deals: 'Opportunity', activities: 'Task' }[stream]!;
        for (let n = 1; n <= 10; n++) salesforce.create(object, { Name: `${n}`, Status: 'Completed' });
        standIn = salesforce;
        return session('salesforce', await salesforce.token(), {});
      },
    }),
  ),
  {
    provider: 'google-ads',
    stream: 'spend',
    limit: 100,
    records: 12,
    async start() {
      const ads = await startGoogleAds();
      for (let n = 0; n < 12; n++) {
        const day = new Date(NOW.getTime() - (n % 4) * 86_400_000).toISOString().slice(0, 10);
        ads.cost({ campaign: String(1 + Math.floor(n / 4)), day, micros: 1_000_000 * (n + 1) });
      }
      standIn = ads;
      return session('google-ads', 'access', { developerToken: 'dev' });
    },
  },
];

/** A pass and the next one, each step repeated from its cursor when it fails: what the sync's activity does. */
async function readAll({ provider, stream, limit }: Source, opened: ProviderSession) {
  const pull = ADAPTERS[provider]!.streams[stream]!.pull!;
  const read = new Map<string, RemoteRecord>();
  let cursor: string | null = null;
  let passes = 0;
  for (let step = 0; passes < 2; step++) {
    if (step > 200) throw new Error('This does not end.');
    const page: RemotePage | null = await pull(opened, cursor, limit, []).catch((error: unknown) => {
      if (error instanceof ProviderError) return null;
      throw error;
    });
    if (page === null || (page.more && page.cursor === cursor)) continue;
    for (const record of page.records) read.set(record.externalId, record);
    cursor = page.cursor;
    if (!page.more) passes += 1;
  }
  return read;
}

const FAULTS: readonly StandInFault[] = ['empty', 'duplicate', '500', 'reset', 'malformed', '429'];

describe.each(SOURCES.map((source) => [`${source.provider} ${source.stream}`, source] as const))(
  '%s',
  (_name, source) => {
    it.each(FAULTS)('is read whole, though any one of its answers is spoilt (%s)', async (fault) => {
      const pages = await countOf(source);
      for (let at = 0; at < pages; at++) {
        // The very first answer may truly be empty, and nothing comes before it.
        if (at === 0 && (fault === 'duplicate' || (fault === 'empty' && source.provider !== 'salesforce'))) continue;
        const opened = await source.start();
        let number = 0;
        standIn.fail(fault, () => number++ === at);
        expect([at, (await readAll(source, opened)).size]).toEqual([at, source.records]);
        if (at < pages - 1) await standIn.close();
      }
    });
  },
);

/** How many answers one pass takes that is not disturbed, one beside. */
async function countOf(source: Source): Promise<number> {
  const opened = await source.start();
  expect((await readAll(source, opened)).size).toBe(source.records);
  const count = Math.ceil(standIn.requests.length / 2);
  await standIn.close();
  return count;
}
