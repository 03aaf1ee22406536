import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Outbound } from '../../domain/core/outbound.port.ts';
import type {
  Connection,
  ProviderSession,
  RemoteChange,
  StreamAdapter,
} from '../../domain/integrations/adapter.port.ts';
import {
  type StandIn,
  type StandInFault,
  type StandInRequest,
  startStandIn,
} from '../../test/integrations/stand-in.ts';
import { createOutbound } from '../http/outbound.ts';
import { ADAPTERS, createSessions } from './index.ts';

const TIMEOUT_MS = 400;
let outbound: Outbound;
let standIn: StandIn;
let answer: (request: StandInRequest) => unknown;
let tokens: string[];
let blocked: number[];
const tracked: { success: boolean; errorCode: string | null }[] = [];
beforeAll(() => {
  outbound = createOutbound({ production: false, allowLoopback: true });
});
beforeEach(async () => {
  standIn = await startStandIn((request) => ({ body: answer(request) }));
  tokens = ['first', 'second'];
  blocked = [];
  tracked.length = 0;
});
afterEach(() => standIn.close());
afterAll(() => outbound.close());

function session(provider: string, connection: Partial<Connection> = {}): ProviderSession {
  const hasTokens = ['salesforce', 'google-ads'].includes(provider);
  return createSessions(outbound, { timeoutMs: TIMEOUT_MS })({
    adapter: ADAPTERS[provider]!,
    connection: { settings: {}, credentials: {}, ...connection },
    baseUrl: standIn.url,
    now: () => new Date('2026-06-30T12:00:00Z'),
    host: {
      accessToken: async (refused) => {
        if (!hasTokens) return null;
        if (refused !== undefined) tokens.shift();
        return tokens[0] ?? null;
      },
      takeBudget: async () => ({ waitMs: 0 }),
      block: async (seconds) => void blocked.push(seconds),
      track: async ({ success, errorCode }) => void tracked.push({ success, errorCode }),
    },
  });
}

const ads = { settings: { options: { customerId: '123-456-7890' } }, credentials: { developerToken: 'dev' } };
const create: RemoteChange = {
  kind: 'create',
  localId: '019a9f00-0000-7000-8000-0000000000aa',
  fields: { LastName: 'L' },
};
const update: RemoteChange = { kind: 'update', externalId: '003000000000000001', fields: { LastName: 'M' } };
const remove: RemoteChange = { kind: 'delete', externalId: '003000000000000002' };
const stream = (provider: string, name: string): StreamAdapter => ADAPTERS[provider]!.streams[name]!;
const ok = { success: true, errors: [] };

/** Every operation of every adapter: how it is called, what the provider documents as its answer, what goes over the wire. */
const OPERATIONS: Record<string, { run: () => Promise<unknown>; body: unknown; wire: RegExp; result: object }> = {
  'stripe pull': {
    run: () => stream('stripe', 'payments').pull!(session('stripe', { credentials: { apiKey: 'sk' } }), null, 50, []),
    body: { object: 'list', has_more: false, data: [] },
    wire: /^GET \/v1\/balance_transactions\?type=charge&limit=50&expand\[\]=data\.source&created\[gte\]=0/,
    result: { records: [], more: true },
  },
  'stripe fetch': {
    run: () => stream('stripe', 'refunds').fetch!(session('stripe'), ['re_1'], []),
    body: {
      id: 're_1',
      object: 'refund',
      amount: 100,
      currency: 'usd',
      created: 1,
      charge: 'ch_1',
      status: 'succeeded',
    },
    wire: /^GET \/v1\/refunds\/re_1$/,
    result: [{ externalId: 're_1', fields: { amount: '-1.00', refundOf: 'ch_1' } }],
  },
  'salesforce pull': {
    run: () => stream('salesforce', 'contacts').pull!(session('salesforce'), null, 200, ['LastName']),
    body: {
      totalSize: 1,
      done: true,
      records: [
        {
          attributes: { type: 'Contact', url: '/services/data/v64.0/sobjects/Contact/003' },
          Id: '003000000000000001',
          SystemModstamp: '2026-06-30T11:00:00.000+0000',
          IsDeleted: false,
          LastName: 'Lovelace',
        },
      ],
    },
    wire: /^GET \/services\/data\/v64\.0\/queryAll\?q=SELECT Id, SystemModstamp, IsDeleted, LastName, Revloop_Id__c FROM Contact ORDER BY/,
    result: {
      records: [
        { externalId: '003000000000000001', changedAt: '2026-06-30T11:00:00.000Z', fields: { LastName: 'Lovelace' } },
      ],
    },
  },
  'salesforce fetch': {
    run: () =>
      stream('salesforce', 'deals').fetch!(session('salesforce'), ['006000000000000001', "x' OR Id != '"], ['Name']),
    body: {
      totalSize: 1,
      done: true,
      records: [
        { Id: '006000000000000001', SystemModstamp: '2026-06-30T11:00:00.000+0000', IsDeleted: true, Name: 'S' },
      ],
    },
    wire: /WHERE Id IN \('006000000000000001'\)$/,
    result: [{ externalId: '006000000000000001', deleted: true, fields: { Name: 'S' } }],
  },
  'salesforce create': {
    run: () => stream('salesforce', 'contacts').push!(session('salesforce'), [create]),
    body: [{ id: '003000000000000009', created: true, ...ok }],
    wire: /^PATCH \/services\/data\/v64\.0\/composite\/sobjects\/Contact\/Revloop_Id__c$/,
    result: [{ ok: true, externalId: '003000000000000009' }],
  },
  'salesforce update': {
    run: () => stream('salesforce', 'contacts').push!(session('salesforce'), [update]),
    body: [{ success: false, errors: [{ statusCode: 'ENTITY_IS_DELETED', message: 'entity is deleted', fields: [] }] }],
    wire: /^PATCH \/services\/data\/v64\.0\/composite\/sobjects$/,
    result: [{ ok: false, code: 'ENTITY_IS_DELETED', gone: true }],
  },
  'salesforce delete': {
    run: () => stream('salesforce', 'contacts').push!(session('salesforce'), [remove]),
    body: [{ id: '003000000000000002', ...ok }],
    wire: /^DELETE \/services\/data\/v64\.0\/composite\/sobjects\?ids=003000000000000002&allOrNone=false$/,
    result: [{ ok: true, externalId: '003000000000000002' }],
  },
  'google-ads pull': {
    run: () => stream('google-ads', 'spend').pull!(session('google-ads', ads), null, 200, []),
    body: {
      results: [
        {
          campaign: { id: '7', name: 'Brand' },
          customer: { currencyCode: 'EUR' },
          segments: { date: '2025-07-01' },
          metrics: { costMicros: '1230000' },
        },
      ],
      fieldMask: 'campaign.id',
    },
    wire: /^POST \/v26\/customers\/1234567890\/googleAds:search$/,
    result: { records: [{ externalId: '7:2025-07-01', fields: { amount: '1.23', currency: 'EUR' } }], more: true },
  },
  'google-ads fetch': {
    run: () => stream('google-ads', 'spend').fetch!(session('google-ads', ads), ['7:2026-06-01'], []),
    body: {},
    wire: /^POST \/v26\/customers\/1234567890\/googleAds:search$/,
    result: [],
  },
  'segment push': {
    run: () =>
      stream('segment', 'conversions').push!(session('segment', { credentials: { writeKey: 'k' } }), [
        {
          ...create,
          fields: {
            messageId: 'revloop-1',
            event: 'Conversion',
            userId: 'u',
            anonymousId: 'a',
            timestamp: 't',
            email: null,
          },
        },
      ]),
    body: { success: true },
    wire: /^POST \/v1\/batch$/,
    result: [{ ok: true }],
  },
};

const FAULTS: [StandInFault, object][] = [
  ['429', { code: 'RATE_LIMITED', retryAfterSeconds: 1 }],
  ['500', { code: 'PROVIDER_UNAVAILABLE' }],
  ['timeout', { code: 'PROVIDER_UNAVAILABLE' }],
  ['reset', { code: 'PROVIDER_UNAVAILABLE' }],
  ['malformed', { code: 'MALFORMED_ANSWER' }],
];

describe.each(Object.entries(OPERATIONS))('%s', (name, { run, body, wire, result }) => {
  beforeEach(() => {
    answer = () => body;
  });

  it('calls what the provider documents and reads what it answers', async () => {
    expect(await run()).toMatchObject(result);
    const { method, path, raw } = standIn.requests[0]!;
    expect(`${method} ${decodeURIComponent(raw)}`).toMatch(wire);
    expect(path).not.toBe('');
    expect(tracked).toEqual([{ success: true, errorCode: null }]);
  });

  it.each(FAULTS)('tells %s as what it is, and counts it', async (fault, expected) => {
    standIn.fail(fault);
    await expect(run()).rejects.toMatchObject(expected);
    expect(tracked.at(-1)).toEqual({ success: false, errorCode: (expected as { code: string }).code });
    expect(blocked).toEqual(fault === '429' ? [1] : []);
  });

  it('renews a token that was refused and goes on; a second refusal is a person’s business', async () => {
    standIn.fail('401');
    if (!/^(salesforce|google-ads)/.test(name)) {
      await expect(run()).rejects.toMatchObject({ code: 'CREDENTIALS_REFUSED' });
      return;
    }
    expect(await run()).toMatchObject(result);
    expect(standIn.requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer first', 'Bearer second']);
    tokens = ['third', 'fourth'];
    standIn.fail('401');
    standIn.fail('401');
    await expect(run()).rejects.toMatchObject({ code: 'NEEDS_REAUTH' });
  });
});
