import type { Hono } from 'hono';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENDPOINTS } from '../../../api/endpoints.ts';
import {
  call,
  createOrganization,
  createTestApp,
  createTestDatabase,
  type TestDatabase,
  type TestOrganization,
} from '../../../test/http/harness.ts';
import { importFile, importWorker, sendFile } from '../../../test/http/uploads.ts';
import { SYSTEM_PRINCIPAL } from '../../core/context.ts';
import { inTransaction } from '../../core/transaction.ts';
import type { ImportKind } from './import-kind.ts';
import { storeRows } from './import-rows.ts';

const NOW = new Date('2026-06-30T12:00:00Z');
const HEAD = 'external_interaction_id,channel,started_at,phone';
const row = (id: string, more = '') => `${id},call,2026-06-01T10:00:00Z,+14155550123${more}`;

let database: TestDatabase;
let app: Hono;
let organization: TestOrganization;
beforeAll(async () => {
  database = await createTestDatabase();
  app = createTestApp({ db: database.app, endpoints: ENDPOINTS, now: () => NOW, uploadMaxBytes: 5_000_000 });
  organization = await createOrganization(database);
});
afterAll(() => database?.drop());

const load = (content: string | Buffer, more: Partial<Parameters<typeof sendFile>[2]> = {}, batchRows?: number) =>
  importFile(database, app, organization, { kind: 'interactions', content, ...more }, batchRows ? { batchRows } : {});
const errorsOf = async (id: string) => (await call(app, organization, 'GET', `/v1/uploads/${id}/errors`)).text;
const stored = async (prefix: string) => {
  const rows = await database.owner<{ external_id: string }[]>`
    select external_id from interactions
    where organization_id = ${organization.organizationId} and external_id like ${`${prefix}%`} order by external_id`;
  return rows.map(({ external_id }) => external_id);
};

describe('an imported file', () => {
  it('stores its rows and says which line was refused and why', async () => {
    const file = [HEAD, row('e1'), 'e2,call,yesterday,+14155550123', row('e1'), 'e3,,2026-06-01T10:00:00Z,12', ''].join(
      '\n',
    );
    const upload = await load(file);
    expect(upload).toMatchObject({
      status: 'completed',
      encoding: 'utf-8',
      delimiter: ',',
      progress: { processed: 4, total: 4 },
      created: 1,
      skipped: 1,
      failed: 2,
    });
    expect(await stored('e')).toEqual(['e1']);
    expect(upload.errors).toEqual([
      {
        line: 3,
        field: 'started_at',
        code: 'VALIDATION_ERROR',
        message: 'must be an ISO-8601 date and time with an offset, like 2026-01-15T10:30:00Z',
      },
      {
        line: 4,
        field: 'external_interaction_id',
        code: 'DUPLICATE_INTERACTION',
        message: 'is stored already',
      },
      { line: 5, field: 'channel', code: 'VALIDATION_ERROR', message: 'is required' },
    ]);
  });

  it('keeps the duplicates apart that lie in different batches', async () => {
    const upload = await load([HEAD, row('d1'), row('d2'), row('d1'), row('d3'), row('d2')].join('\n'), {}, 2);
    expect(upload).toMatchObject({ created: 3, skipped: 2, failed: 0 });
    expect(await stored('d')).toEqual(['d1', 'd2', 'd3']);
  });

  it.each([
    ['a byte order mark and CRLF', Buffer.from(`\ufeff${HEAD}\r\n${row('bom')}\r\n`), 'bom', 'utf-8'],
    ['UTF-16LE', Buffer.from(`\ufeff${HEAD}\n${row('le')}\n`, 'utf16le'), 'le', 'utf-16le'],
    ['UTF-16BE', Buffer.from(`\ufeff${HEAD}\n${row('be')}\n`, 'utf16le').swap16(), 'be', 'utf-16be'],
    [
      'Windows-1252',
      Buffer.from(`${HEAD},agent_name,agent_id\n${row('win', ',J\xf6rg,a1')}\n`, 'latin1'),
      'win',
      'windows-1252',
    ],
    ['semicolons', Buffer.from(`${HEAD}\n${row('semi')}`.replaceAll(',', ';')), 'semi', 'utf-8'],
    ['tabs', Buffer.from(`${HEAD}\n${row('tab')}`.replaceAll(',', '\t')), 'tab', 'utf-8'],
    ['pipes', Buffer.from(`${HEAD}\n${row('pipe')}`.replaceAll(',', '|')), 'pipe', 'utf-8'],
  ])('may be written with %s', async (_name, content, id, encoding) => {
    const upload = await load(content);
    expect(upload).toMatchObject({ status: 'completed', created: 1, failed: 0, encoding });
    expect(await stored(id)).toEqual([id]);
  });

  it('keeps what stands in quotes, and names the lines of the file behind it', async () => {
    const quoted = `${HEAD},primary_intent\n${row('q1', ',"two\nlines, and ""quotes"""')}\n${row('q2', ',"x"y')}\nq3,"never\n${row('q4', ',')}`;
    const upload = await load(quoted);
    expect(await stored('q')).toEqual(['q1', 'q4']);
    expect(upload.errors).toMatchObject([
      { line: 4, code: 'MALFORMED_QUOTES' },
      { line: 5, code: 'UNCLOSED_QUOTE' },
    ]);
    const [q1] = await database.owner`select primary_intent from interactions where external_id = 'q1'`;
    expect(q1!.primary_intent).toBe('two\nlines, and "quotes"');
  });

  it('turns a line over 1 MB, a NUL character and too many fields into errors of their rows', async () => {
    const long = `h1,call,2026-06-01T10:00:00Z,${'9'.repeat(1_100_000)}`;
    const upload = await load([HEAD, long, row('h2\0'), row('h3', ',extra'), row('h4')].join('\n'));
    expect(await stored('h')).toEqual(['h4']);
    expect(upload.errors).toMatchObject([
      { line: 2, code: 'LINE_TOO_LONG' },
      { line: 3, code: 'NUL_CHARACTER' },
      { line: 4, code: 'TOO_MANY_FIELDS' },
    ]);
  });

  it('says of a JSON line which key nobody knows, unless the first lines have shown it or the mapping leaves it out', async () => {
    const line = (id: string, more: object = {}) =>
      JSON.stringify({ id, channel: 'call', started_at: '2026-06-01T10:00:00Z', phone: '+14155550123', ...more });
    const lines = [
      ...Array.from({ length: 100 }, (_, n) => line(`k${n}`, { shown: 1 })),
      line('kx', { later: 1, Left: 2 }),
    ];
    const send = async (query: string) => {
      const asked = await call(app, organization, 'POST', `/v1/uploads?kind=interactions${query}`, {
        text: lines.join('\n'),
        headers: { 'content-type': 'application/x-ndjson' },
      });
      await importWorker(database, () => NOW).work(organization.organizationId, asked.json.data.id);
      return (await call(app, organization, 'GET', `/v1/uploads/${asked.json.data.id}`)).json.data;
    };
    const upload = await send('');
    expect(upload).toMatchObject({ format: 'jsonl', created: 100, failed: 1 });
    expect(upload.errors).toMatchObject([{ line: 101, field: 'later', code: 'UNKNOWN_FIELD' }]);
    const mapping = encodeURIComponent(JSON.stringify({ later: null, Left: null }));
    expect(await send(`&mapping=${mapping}`)).toMatchObject({ created: 1, skipped: 100, failed: 0 });
  });

  it('may be JSON lines with nested values, whose amounts keep their digits', async () => {
    const lines = [
      '{"external_event_id":"j1","event_type":"purchase","amount":12345678.90,"currency":"USD","occurred_at":"2026-06-01T10:00:00Z","event_source":"shop","customer_identifiers":[{"type":"email","value":"A@example.com"}],"metadata":{"Key":1}}',
      '{"externalEventId":"j2","eventType":"purchase","amountDecimal":"1.999","currency":"USD","occurredAt":"2026-06-01T10:00:00Z","eventSource":"shop","email":"b@example.com"}',
      '{broken',
      '{"external_event_id":"j3\\u0000","event_type":"purchase"}',
      '[1]',
    ];
    const asked = await call(app, organization, 'POST', '/v1/uploads?kind=conversions', {
      text: lines.join('\n'),
      headers: { 'content-type': 'application/x-ndjson' },
    });
    expect(asked.status).toBe(201);
    const { id } = asked.json.data;
    await importWorker(database, () => NOW).work(organization.organizationId, id);
    const read = (await call(app, organization, 'GET', `/v1/uploads/${id}`)).json.data;
    expect(read).toMatchObject({ format: 'jsonl', created: 1, failed: 4, delimiter: null });
    expect(read.errors).toMatchObject([
      { line: 2, field: 'amount_decimal', message: 'is too precise: USD has 2 decimal places' },
      { line: 3, code: 'MALFORMED_JSON' },
      { line: 4, code: 'MALFORMED_JSON' },
      { line: 5, code: 'NOT_AN_OBJECT' },
    ]);
    const [j1] = await database.owner`select amount_minor::text, metadata from conversions where external_id = 'j1'`;
    expect(j1).toEqual({ amount_minor: '1234567890', metadata: { Key: 1 } });
  });

  it('is not read when its columns cannot be understood', async () => {
    const upload = await load('a,b\n1,2\n');
    expect(upload).toMatchObject({ status: 'failed', failure: { code: 'FIELD_MISSING' }, created: 0 });
    expect((await load('\n\n')).failure).toMatchObject({ code: 'EMPTY_FILE' });
    const stated = { mapping: '{"a":"external_interaction_id"}' };
    expect((await load(`a\n1\n`, { fields: stated })).failure).toMatchObject({ code: 'UNKNOWN_FIELD' });
  });

  it('may be read by a stated mapping, and checked without storing a row', async () => {
    const mapping = JSON.stringify({ nr: 'externalInteractionId', wann: 'startedAt', 'Wie?': 'channel', rest: null });
    const content = `nr;wann;Wie?;phone;rest\nm1;2026-06-01T10:00:00Z;call;+14155550123;x\nm2;;call;+14155550123;y\n`;
    const dry = await load(content, { fields: { mapping, dry_run: 'true' } });
    expect(dry).toMatchObject({ status: 'completed', dry_run: true, created: 1, failed: 1 });
    expect(await stored('m')).toEqual([]);
    expect(await load(content, { fields: { mapping } })).toMatchObject({ created: 1, failed: 1 });
    expect(await stored('m')).toEqual(['m1']);
  });

  it('is told of in one event, and in none for a dry run', async () => {
    const other = await createOrganization(database);
    const content = [HEAD, row('v1'), row('v2'), row('v3')].join('\n');
    const file = { kind: 'interactions', content };
    await importFile(database, app, other, { ...file, fields: { dry_run: 'true' } });
    const { id } = await importFile(database, app, other, file, { batchRows: 1 });
    const events = await database.owner`
      select type, data from domain_events where organization_id = ${other.organizationId}`;
    expect(events).toEqual([
      {
        type: 'upload.completed',
        data: { uploadId: id, kind: 'interactions', created: 3, updated: 0, skipped: 0, failed: 0 },
      },
    ]);
  });
});

describe('a value that only the database refuses', () => {
  it('costs its own row and no other', async () => {
    const kind: ImportKind = {
      name: 'spend',
      fields: [],
      decimals: new Set(),
      read: (values) => ({ input: values }),
      async store(ctx, inputs) {
        const numbers = inputs.map((input) => String((input as { n: unknown }).n));
        await sql`select n::integer from unnest(${sql.val(numbers)}::text[]) n`.execute(ctx.tx);
        return numbers.map((n) => ({ ok: true, value: { id: n, created: true } }));
      },
      undo: async () => [],
    };
    const rows = ['1', 'x', '3', '4', 'y'].map((n, index) => ({
      line: index + 2,
      row: { input: { n } },
    }));
    const scope = { organizationId: organization.organizationId, principal: SYSTEM_PRINCIPAL, now: NOW };
    const outcome = await inTransaction(database.app, scope, (ctx) =>
      storeRows(ctx, kind, rows, { id: '', options: {}, dryRun: false }),
    );
    expect(outcome.stored.map(({ id }) => id)).toEqual(['1', '3', '4']);
    expect(outcome.errors).toEqual(
      [3, 6].map((line) => ({ line, field: null, code: 'VALUE_REFUSED', message: 'A value cannot be stored.' })),
    );
  });
});

describe('an import that is interrupted', () => {
  const content = [HEAD, ...Array.from({ length: 10 }, (_, i) => row(`r${i}`)), 'bad'].join('\n');

  it.each(['import.before-batch', 'import.after-batch'])(
    'loses and doubles nothing when it dies at %s',
    async (point) => {
      const other = await createOrganization(database);
      const { id } = (await sendFile(app, other, { kind: 'interactions', content })).json.data;
      const dying = importWorker(database, () => NOW, { batchRows: 3, faults: [{ point, action: 'throw' }] });
      const progress: number[] = [];
      for (let attempt = 0; attempt < 6; attempt++) {
        await dying.work(other.organizationId, id).catch(() => {});
        progress.push((await call(app, other, 'GET', `/v1/uploads/${id}`)).json.data.progress.processed);
      }
      expect(progress).toEqual(point === 'import.after-batch' ? [3, 6, 9, 11, 11, 11] : [0, 0, 0, 0, 0, 0]);
      expect(await importWorker(database, () => NOW, { batchRows: 3 }).work(other.organizationId, id)).toEqual({
        state: 'done',
        rows: 11,
      });
      const upload = (await call(app, other, 'GET', `/v1/uploads/${id}`)).json.data;
      expect(upload).toMatchObject({ status: 'completed', created: 10, failed: 1, skipped: 0 });
      expect(upload.errors[0]).toMatchObject({ line: 12 });
    },
  );

  it('goes on in the middle of a file whose bytes are not those of its text', async () => {
    const wide = [`${HEAD},campaign`, ...Array.from({ length: 5 }, (_, i) => row(`w${i}`, ',Grüße €'))].join('\n');
    const { id } = (
      await sendFile(app, organization, { kind: 'interactions', content: Buffer.from(`\ufeff${wide}`, 'utf16le') })
    ).json.data;
    const dying = importWorker(database, () => NOW, {
      batchRows: 2,
      faults: [{ point: 'import.after-batch', action: 'throw' }],
    });
    await dying.work(organization.organizationId, id).catch(() => {});
    await importWorker(database, () => NOW).work(organization.organizationId, id);
    expect(await stored('w')).toEqual(['w0', 'w1', 'w2', 'w3', 'w4', 'win']);
  });
});

describe('the file of errors', () => {
  it('has a line per problem and no cell that a spreadsheet would run', async () => {
    const { id } = await load(`${HEAD}\nx1,call,=1+1,+14155550123\n${row('x2')}\n`);
    const answer = await call(app, organization, 'GET', `/v1/uploads/${id}/errors`);
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toContain('attachment');
    expect(answer.text).toBe(
      'line,field,code,message\r\n2,started_at,VALIDATION_ERROR,"must be an ISO-8601 date and time with an offset, like 2026-01-15T10:30:00Z"\r\n',
    );
    await database.owner`
      insert into upload_errors (organization_id, upload_id, line, field, code, message)
      values (${organization.organizationId}, ${id}, 9, '=cmd()', '@x', '+1')`;
    expect(await errorsOf(id)).toContain("9,'=cmd(),'@x,'+1\r\n");
  });

  it('comes whole, however many pages it takes', async () => {
    const { id } = await load(`${HEAD}\n${'bad\n'.repeat(5_500)}`);
    const lines = (await errorsOf(id)).split('\r\n');
    // Two problems per line: channel and start are missing, and so is the customer.
    expect(lines.filter((line) => line.startsWith('5501,')).length).toBeGreaterThan(0);
    expect(new Set(lines.slice(1, -1).map((line) => line.split(',')[0])).size).toBe(5_500);
  });
});
