import { describe, expect, it } from 'vitest';
import { clientTypes, typeOf } from './client-types.ts';

describe('the generated types', () => {
  it.each([
    [{ type: 'string', format: 'uuid' }, 'string'],
    [{ type: ['integer', 'null'] }, 'number | null'],
    [{ enum: ['a', 'b'] }, '"a" | "b"'],
    [{ const: false }, 'false'],
    [{}, 'unknown'],
    [{ type: 'array', items: { type: ['string', 'null'] } }, '(string | null)[]'],
    [{ type: 'array', prefixItems: [{ type: 'string' }, { type: 'number' }] }, '[string, number]'],
    [{ anyOf: [{ type: 'string' }, { type: 'string' }, { type: 'null' }] }, 'string | null'],
    [
      { allOf: [{ $ref: '#/components/schemas/A' }, { type: ['string', 'null'] }] },
      `components['schemas']["A"] & (string | null)`,
    ],
    [{ type: 'object', additionalProperties: { type: 'number' } }, 'Record<string, number>'],
    [{ type: 'object', additionalProperties: false }, 'Record<string, never>'],
    [{ type: 'string', contentMediaType: 'application/octet-stream' }, 'Blob'],
    [
      {
        type: 'object',
        properties: { a: { type: 'string' }, 'b-c': { description: 'A */ b', type: 'null' } },
        required: ['a'],
      },
      '{\n  a: string;\n  /** A *\\/ b */\n  "b-c"?: null;\n}',
    ],
  ])('of %j are %s', (schema, type) => {
    expect(typeOf(schema)).toBe(type);
  });

  it('refuse what they do not know, instead of guessing', () => {
    expect(() => typeOf({ type: 'date' })).toThrow('teach it');
    expect(() => typeOf({ $ref: 'other.json#/A' })).toThrow('cannot follow');
  });

  it('make parameters and bodies optional as the document says', () => {
    const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
    const page = { name: 'page', in: 'query', schema: { type: 'integer' } };
    const content = { 'application/json': { schema: { type: 'string' } } };
    const text = clientTypes({
      paths: { '/x/{id}': { post: { parameters: [id, page], requestBody: { content }, responses: { 204: {} } } } },
      components: { schemas: {}, parameters: {} },
    });
    expect(text).toContain('query?: {\n          page?: number;');
    expect(text).toContain('path: {\n          id: string;');
    expect(text).toContain('requestBody?: {');
    expect(text).toContain('204: {\n          headers: Record<string, unknown>;\n          content?: never;');
  });
});
