import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AppError } from '../../domain/core/errors.ts';
import { compileShape, moneyNames } from './casing.ts';
import { type BodySource, parseBody, readBodyText } from './json-body.ts';
import { decimalAmount, freeForm } from './schemas.ts';

const Schema = z.strictObject({
  totalAmount: decimalAmount().optional(),
  plainNumber: z.number().optional(),
  note: z.string().optional(),
  metadata: freeForm().optional(),
});
const shape = compileShape(Schema, 'test');
const parse = (text: string) => parseBody(text, 'a', shape, moneyNames(shape));
const free = compileShape(z.strictObject({ metadata: freeForm() }), 'free');
const parseFree = (text: string) => parseBody(text, 'a', free, new Set());

function refusal(work: () => unknown): AppError {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('It was accepted.');
}

const sourceOf = (bytes: Uint8Array<ArrayBuffer>, headers: Record<string, string>): BodySource => ({
  header: (name) => headers[name],
  arrayBuffer: async () => bytes.buffer,
  stream: () => new Blob([bytes]).stream(),
});
const JSON_HEADERS = { 'content-type': 'application/json' };
const bytes = (text: string) => new TextEncoder().encode(text);

describe('the body of a request', () => {
  it.each([
    ['malformed', '{"note":', 'body'],
    ['a NUL', '{"note":"a\\u0000b"}', 'note'],
    ['a NUL in a key', '{"metadata":{"a\\u0000":1}}', 'body'],
    ['half a surrogate pair', '{"note":"\\ud800"}', 'note'],
    ['half a surrogate pair in free-form JSON', '{"metadata":{"x":["\\udc00"]}}', 'metadata.x.0'],
    ['__proto__', '{"__proto__":{"a":1}}', '__proto__'],
    ['a disguised __proto__', '{"metadata":{"\\u005f_proto__":1}}', 'metadata.__proto__'],
    ['constructor', '{"metadata":{"constructor":1}}', 'metadata.constructor'],
    ['1e999', '{"plain_number":1e999}', 'plainNumber'],
    ['-1e999 in free-form JSON', '{"metadata":{"x":-1e999}}', 'metadata.x'],
    ['2^53 + 1', '{"plain_number":9007199254740993}', 'plainNumber'],
    ['1e400 among money', '{"total_amount":1,"metadata":{"x":1e400}}', 'metadata.x'],
    ['a key twice', '{"note":"a","note":"b"}', 'note'],
    ['a key twice, deep inside', '{"metadata":{"a":[{"b":1,"b":2}]}}', 'b'],
  ])('is refused with %s', (_, text, field) => {
    for (const tryOut of [parse, ...(text.includes('metadata') && !text.includes('total') ? [parseFree] : [])]) {
      const error = refusal(() => tryOut(text));
      expect([error.code, error.extras.issues?.[0]?.field]).toEqual(['VALIDATION_ERROR', field]);
    }
  });

  it('is refused when it is nested deeper than 100 levels, however deep', () => {
    for (const depth of [101, 10_000, 400_000]) {
      expect(refusal(() => parse('['.repeat(depth) + ']'.repeat(depth))).message).toContain('nested');
    }
    expect(parseFree(`{"metadata":${'['.repeat(99)}${']'.repeat(99)}}`)).toBeDefined();
  });

  it('keeps the digits of money as they were written, number or string', () => {
    for (const amount of ['99.90', '0.1', '123456789012345678.12', '9007199254740993', '-5', '1.0000000000000000001']) {
      expect(parse(`{"total_amount":${amount}}`)).toEqual({ totalAmount: amount });
      expect(parse(`{"total_amount":"${amount}"}`)).toEqual({ totalAmount: amount });
    }
  });

  it('keeps the digits of money whose name is written with escapes', () => {
    expect(parse('{"\\u0074otal_amount":1.50}')).toEqual({ totalAmount: '1.50' });
  });

  it('sees the end of a string behind any number of backslashes', () => {
    for (const text of ['\\', '\\\\', '"', '\\"', '\\\\"{[:', '"\\']) {
      expect(parse(JSON.stringify({ note: text, plain_number: 1 }))).toEqual({ note: text, plainNumber: 1 });
      expect(refusal(() => parse(`{"note":${JSON.stringify(text)},"note":""}`)).extras.issues?.[0]?.field).toBe('note');
    }
  });

  it('leaves numbers alone that only share their name with money', () => {
    expect(parse('{"total_amount":1.50,"metadata":{"total_amount":1.50,"x":[1,2.5]}}')).toEqual({
      totalAmount: '1.50',
      metadata: { total_amount: 1.5, x: [1, 2.5] },
    });
  });

  it('understands every JSON value as JSON.parse does', () => {
    const key = fc.string({ unit: 'grapheme' }).filter((text) => !/\0|^(__proto__|constructor|prototype)$/.test(text));
    const leaf = fc.oneof(
      key,
      fc.boolean(),
      fc.constant(null),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }),
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.array(tie('tree')),
        fc.dictionary(key, tie('tree'), { noNullPrototype: true }),
      ),
    }));
    fc.assert(
      fc.property(fc.dictionary(key, tree, { noNullPrototype: true }), (metadata) => {
        const text = JSON.stringify({ metadata });
        expect(parseFree(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('is stopped at the limit, declared or streamed', async () => {
    const big = bytes(`"${'x'.repeat(200)}"`);
    for (const headers of [
      { ...JSON_HEADERS, 'content-length': '202' },
      { ...JSON_HEADERS, 'transfer-encoding': 'chunked' },
    ]) {
      await expect(readBodyText(sourceOf(big, headers), 100)).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
      expect(await readBodyText(sourceOf(big, headers), 202)).toHaveLength(202);
    }
  });

  it('must be UTF-8 and uncompressed JSON', async () => {
    const broken = new Uint8Array([0x22, 0xc3, 0x28, 0x22]);
    const length = { 'content-length': '4' };
    await expect(readBodyText(sourceOf(broken, { ...JSON_HEADERS, ...length }), 100)).rejects.toMatchObject({
      code: 'VALIDATION_ERROR',
    });
    for (const headers of [
      {},
      { 'content-type': 'text/plain' },
      { 'content-type': 'application/json; charset=latin1' },
      { ...JSON_HEADERS, 'content-encoding': 'gzip' },
    ]) {
      await expect(readBodyText(sourceOf(bytes('null'), { ...headers, ...length }), 100)).rejects.toMatchObject({
        code: 'UNSUPPORTED_MEDIA_TYPE',
      });
    }
    for (const type of ['application/json', 'application/json; charset=utf-8', 'application/vnd.api+json']) {
      expect(await readBodyText(sourceOf(bytes('null'), { 'content-type': type, ...length }), 100)).toBe('null');
    }
  });
});
