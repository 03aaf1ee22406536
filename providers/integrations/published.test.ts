import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Outbound } from '../../domain/core/outbound.port.ts';
import type { Connection, ProviderSession, RemoteChange } from '../../domain/integrations/adapter.port.ts';
import { eventOf } from '../../services/integrations/webhooks/segment-events.ts';
import { published } from '../../test/integrations/published.ts';
import { type StandIn, type StandInAnswer, startStandIn } from '../../test/integrations/stand-in.ts';
import { createOutbound } from '../http/outbound.ts';
import { ADAPTERS, createSessions } from './index.ts';

let outbound: Outbound;
let standIn: StandIn;
let answers: StandInAnswer[];
let renewed: number;
beforeAll(() => {
  outbound = createOutbound({ production: false, allowLoopback: true });
});
afterEach(() => standIn.close());
afterAll(() => outbound.close());

/** A server that gives these answers, one after the other. */
async function playing(provider: string, played: readonly StandInAnswer[], connection: Partial<Connection> = {}) {
  answers = [...played];
  renewed = 0;
  standIn = await startStandIn(() => answers.shift() ?? { status: 500 });
  const session: ProviderSession = createSessions(outbound)({
    adapter: ADAPTERS[provider]!,
    connection: { settings: {}, credentials: {}, ...connection },
    baseUrl: standIn.url,
    now: () => new Date('2026-06-30T12:00:00Z'),
    host: {
      accessToken: async (refused) => {
        if (refused !== undefined) renewed += 1;
        return 'token';
      },
      takeBudget: async () => ({ waitMs: 0 }),
      block: async () => {},
      track: async () => {},
    },
  });
  return { session, streams: ADAPTERS[provider]!.streams };
}

const update = (externalId: string): RemoteChange => ({
  kind: 'update',
  externalId,
  fields: { Title: 'Lead Engineer' },
});

describe('Salesforce, as its documentation prints its answers', () => {
  /** What our question asks for beside what the page asks for. */
  const asked = (name: string, deleted: boolean) => {
    const { body, status } = published(name);
    const more = { SystemModstamp: '2026-06-30T11:00:00.000+0000', IsDeleted: deleted };
    return {
      status,
      body: { ...body, records: body.records.map((row: object) => ({ Id: '003RO0000035WQhYAM', ...row, ...more })) },
    };
  };

  it('is read on to the end of a query, what is in the recycle bin included', async () => {
    const first = asked('salesforce.resources_queryall', false);
    const { session, streams } = await playing('salesforce', [first, asked('salesforce.dome_queryall', true)]);
    const page = await streams.contacts!.pull!(session, null, 200, ['Name']);
    expect(page.records.map(({ externalId, deleted, fields }) => [externalId, deleted, fields.Name])).toEqual([
      ['003RO0000035WQgYAM', false, 'John Smith'],
      ['003RO0000035WQhYAM', true, 'Merchandise 1'],
    ]);
    expect(standIn.requests[1]!.path).toBe(first.body.nextRecordsUrl);
  });

  it('is told by each record of a collection whether it was taken', async () => {
    const page = published('salesforce.resources_composite_sobjects_collections_update');
    const { session, streams } = await playing('salesforce', [page, { body: page.rolledBack }]);
    const push = () => streams.contacts!.push!(session, [update('001RM000003oCprYAE'), update('001xx000003DGb2999')]);
    const refused = { ok: false, code: 'MALFORMED_ID', gone: false };
    expect(await push()).toMatchObject([{ ok: true, externalId: '001RM000003oCprYAE' }, refused]);
    expect(await push()).toMatchObject([
      { ok: false, code: 'ALL_OR_NONE_OPERATION_ROLLED_BACK', gone: false },
      refused,
    ]);
  });

  it('says of an upsert which record is ours now, new or found', async () => {
    const { session, streams } = await playing('salesforce', [
      published('salesforce.resources_composite_sobjects_collections_upsert'),
    ]);
    const create = (localId: string, Name: string): RemoteChange => ({ kind: 'create', localId, fields: { Name } });
    expect(
      await streams.accounts!.push!(session, [create('AAA', 'Company One'), create('BBB', 'Company Two')]),
    ).toEqual([
      { ok: true, externalId: '001xx0000004GxDAAU' },
      { ok: true, externalId: '001xx0000004GxEAAU' },
    ]);
  });

  it('says of a deletion which records are gone', async () => {
    const { session, streams } = await playing('salesforce', [
      published('salesforce.resources_composite_sobjects_collections_delete'),
    ]);
    const remove = (externalId: string): RemoteChange => ({ kind: 'delete', externalId });
    const done = await streams.contacts!.push!(session, [remove('001RM000003oLrfYAE'), remove('001RM000003oLrB000')]);
    expect(done).toMatchObject([{ ok: true }, { ok: false, code: 'MALFORMED_ID', gone: false }]);
  });

  it('gets another token when it says that a session has ended', async () => {
    const { session, streams } = await playing('salesforce', [
      published('salesforce.errorcodes'),
      asked('salesforce.dome_queryall', false),
    ]);
    expect((await streams.contacts!.pull!(session, null, 200, ['Name'])).records).toHaveLength(1);
    expect(renewed).toBe(1);
  });
});

describe('Google Ads, as its documentation prints its answers', () => {
  it('is read page by page, each row by day, with the token of the page before', async () => {
    const { body } = published('google-ads.docs_reporting_segmentation');
    const { nextPageToken, fieldMask } = published('google-ads.rest_common_search').body;
    // What our question asks for beside what the page asks for.
    const results = body.results.map((row: { campaign: object; metrics: object }, index: number) => ({
      campaign: { ...row.campaign, id: '111111111' },
      customer: { resourceName: 'customers/1234567890', currencyCode: 'EUR' },
      segments: { date: `2026-06-${10 + index}` },
      metrics: { ...row.metrics, costMicros: String((index + 1) * 1_234_567) },
    }));
    const { session, streams } = await playing(
      'google-ads',
      [{ body: { results: [results[0]], nextPageToken, fieldMask } }, { body: { results: [results[1]], fieldMask } }],
      { settings: { options: { customerId: '123-456-7890' } }, credentials: { developerToken: 'dev' } },
    );
    const cursor = JSON.stringify({ day: '2026-06-01', token: null });
    const first = await streams.spend!.pull!(session, cursor, 200, []);
    const second = await streams.spend!.pull!(session, first.cursor, 200, []);
    expect([...first.records, ...second.records].map(({ externalId, fields }) => [externalId, fields])).toEqual([
      [
        '111111111:2026-06-10',
        { date: '2026-06-10', channel: 'google_ads', campaign: 'Test campaign', amount: '1.23', currency: 'EUR' },
      ],
      [
        '111111111:2026-06-11',
        { date: '2026-06-11', channel: 'google_ads', campaign: 'Test campaign', amount: '2.47', currency: 'EUR' },
      ],
    ]);
    expect(standIn.requests[1]!.body).toMatchObject({ pageToken: nextPageToken });
  });
});

describe('Segment, as its documentation prints calls and answers', () => {
  it('takes a batch of the printed shape, and its answer counts', async () => {
    const page = published('segment.http_api');
    const { session, streams } = await playing('segment', [page], { credentials: { writeKey: 'abc123' } });
    const fields = {
      messageId: 'revloop-1',
      userId: '019mr8mf4r',
      event: 'Conversion',
      timestamp: '2012-12-02T00:30:12.984Z',
    };
    const change: RemoteChange = {
      kind: 'create',
      localId: '1',
      fields: { ...fields, anonymousId: null, email: null, revenue: '14.99' },
    };
    expect(await streams.conversions!.push!(session, [change])).toEqual([{ ok: true, externalId: '1' }]);
    const [request] = standIn.requests;
    // The page's own example of the header.
    expect(request!.headers.authorization).toBe('Basic YWJjMTIzOg==');
    const [sent] = (request!.body as { batch: Record<string, unknown>[] }).batch;
    const printed = page.batch.find(({ type }: { type: string }) => type === 'track');
    expect(Object.keys(sent!)).toEqual(expect.arrayContaining(Object.keys(printed)));
  });

  it('tells of an event that is stored with its person, page and time', async () => {
    standIn = await startStandIn(() => ({}));
    expect(eventOf('segment', published('segment.spec_track').body)).toEqual({
      type: 'Course Clicked',
      externalId: 'segment:ajs-f8ca1e4de5024d9430b3928bd8ac6b96',
      customerIdentifiers: [
        { type: 'user_id', value: 'AiUGstSDIg' },
        { type: 'cookie', value: '23adfd82-aa0f-45a7-a756-24f2a7a4c895' },
      ],
      occurredAt: new Date('2015-12-12T19:11:01.249Z'),
      url: 'https://segment.com/academy/',
      properties: { title: 'Intro to Analytics' },
    });
  });
});
