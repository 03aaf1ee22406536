import { describe, expect, it } from 'vitest';
import { openApi } from '../../test/http/api.ts';
import { createOrganization } from '../../test/http/harness.ts';

const { database, send } = await openApi();
const line = (extra: object = {}) => ({
  date: '2026-06-01',
  channel: 'email',
  amount_decimal: '120.50',
  currency: 'USD',
  ...extra,
});

describe('spend', () => {
  it('is stored once per day, channel, vendor and campaign, unless it has an external id of its own', async () => {
    const first = await send('POST', '/v1/spend', line({ vendor_code: 'convin', campaign: 'spring' }));
    expect(first.status).toBe(201);
    const again = await send(
      'POST',
      '/v1/spend',
      line({ vendor_code: 'convin', campaign: 'spring', amount_decimal: 1 }),
    );
    expect([again.status, again.json.code, again.json.details.existing_id]).toEqual([
      409,
      'DUPLICATE_SPEND',
      first.json.data.id,
    ]);
    for (const extra of [
      {},
      { vendor_code: 'convin' },
      { campaign: 'spring' },
      { channel: 'sms' },
      { date: '2026-06-02' },
      { external_id: 'own' },
    ]) {
      expect([extra, (await send('POST', '/v1/spend', line(extra))).status]).toEqual([extra, 201]);
    }
    expect((await send('POST', '/v1/spend', line({ external_id: 'own', date: '2026-06-09' }))).status).toBe(409);
  });

  it('comes as an array with an outcome per row', async () => {
    const own = await createOrganization(database);
    const { status, json } = await send(
      'POST',
      '/v1/spend',
      [line(), line(), line({ currency: 'XXQ' }), line({ date: 'x' }), line({ channel: 'SMS' })],
      own,
    );
    expect(status).toBe(200);
    expect(
      json.data.map((row: { status: string; error?: { field: string } }) => [row.status, row.error?.field]),
    ).toEqual([
      ['created', undefined],
      ['duplicate', 'external_id'],
      ['invalid', 'currency'],
      ['invalid', 'date'],
      ['created', undefined],
    ]);
    expect(json.data[1].id).toBe(json.data[0].id);
    const events = await database.owner`
      select type, data->>'count' as count from domain_events where organization_id = ${own.organizationId}`;
    expect([...events]).toEqual([{ type: 'spend.ingested', count: '2' }]);
    const stored = await send('GET', '/v1/spend?channel=sms', undefined, own);
    expect(stored.json.data).toEqual([
      expect.objectContaining({ date: '2026-06-01', channel: 'sms', amount_decimal: 120.5, currency: 'USD' }),
    ]);
  });

  it('is stored once by concurrent requests', async () => {
    const own = await createOrganization(database);
    const answers = await Promise.all(Array.from({ length: 10 }, () => send('POST', '/v1/spend', line(), own)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(9).fill(409)]);
  });

  it('is corrected and voided, and keeps its versions', async () => {
    const own = await createOrganization(database);
    const { id } = (await send('POST', '/v1/spend', line({ vendor_code: 'convin' }), own)).json.data;
    const path = `/v1/spend/${id}`;
    expect((await send('GET', path, undefined, own)).headers.get('etag')).toBe('"1"');
    const corrected = await send('PUT', path, { amount_decimal: 99.9, campaign: 'x' }, own, { 'if-match': '"1"' });
    expect([corrected.status, corrected.json.data]).toEqual([
      200,
      expect.objectContaining({ amount_decimal: 99.9, campaign: 'x', vendor_code: 'convin', version: 2 }),
    ]);
    expect((await send('PUT', path, { campaign: 'y' }, own, { 'if-match': '"1"' })).status).toBe(412);
    const cleared = await send('PUT', path, { vendor_code: null, campaign: null, date: '2026-06-05' }, own);
    expect(cleared.json.data).toMatchObject({ vendor_id: null, campaign: null, date: '2026-06-05' });
    expect((await send('POST', `${path}/void`, { reason: 'credit note' }, own)).status).toBe(200);
    expect((await send('POST', `${path}/void`, { reason: 'credit note' }, own)).json.code).toBe('ALREADY_VOIDED');
    expect((await send('GET', '/v1/spend', undefined, own)).json.data).toEqual([]);
    const history = await database.owner`
      select version, amount_minor, ended_xid is not null as ended from spend_history where id = ${id} order by version`;
    expect([...history]).toEqual([
      { version: 1, amount_minor: '12050', ended: true },
      { version: 2, amount_minor: '9990', ended: true },
      { version: 3, amount_minor: '9990', ended: true },
    ]);
  });

  it('is listed by day, channel, vendor and campaign', async () => {
    const own = await createOrganization(database);
    const rows = [
      line({ date: '2026-06-01', vendor_code: 'a', campaign: 'c' }),
      line({ date: '2026-06-02', channel: 'sms' }),
      line({ date: '2026-06-03', vendor_code: 'b' }),
    ];
    expect((await send('POST', '/v1/spend', rows, own)).status).toBe(200);
    const days = async (query: string) =>
      (await send('GET', `/v1/spend?${query}`, undefined, own)).json.data.map((row: { date: string }) =>
        row.date.slice(-1),
      );
    expect(await days('')).toEqual(['3', '2', '1']);
    expect(await days('sort=date&limit=2&page=2')).toEqual(['3']);
    expect(await days('start_date=2026-06-02&end_date=2026-06-02')).toEqual(['2']);
    expect(await days('channel=sms')).toEqual(['2']);
    expect(await days('vendor_code=b')).toEqual(['3']);
    expect(await days('campaign=c')).toEqual(['1']);
  });

  it.each([
    [{ date: '2026-02-30' }, 'date'],
    [{ date: '2026-07-09' }, 'date'],
    [{ amount_decimal: -1 }, 'amount_decimal'],
    [{ amount_decimal: '1.005' }, 'amount_decimal'],
    [{ currency: 'XXQ' }, 'currency'],
    [{ channel: ' ' }, 'channel'],
    [{ vendor: 'x' }, 'vendor'],
  ])('with %j is refused, naming the field', async (extra, field) => {
    const { status, json } = await send('POST', '/v1/spend', line({ external_id: 'bad', ...extra }));
    expect([status, json.details.field]).toEqual([400, field]);
  });

  it('of another organization does not exist', async () => {
    const { id } = (await send('POST', '/v1/spend', line({ external_id: 'secret' }))).json.data;
    const stranger = await createOrganization(database);
    for (const [method, path, body] of [
      ['GET', `/v1/spend/${id}`, undefined],
      ['PUT', `/v1/spend/${id}`, { campaign: 'x' }],
      ['POST', `/v1/spend/${id}/void`, { reason: 'x' }],
    ] as const) {
      expect((await send(method, path, body, stranger)).status).toBe(404);
    }
    expect((await send('GET', '/v1/spend', undefined, stranger)).json.pagination.total).toBe(0);
  });
});
