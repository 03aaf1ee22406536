import { describe, expect, it } from 'vitest';
import { ENDPOINTS } from '../endpoints.ts';
import { toSnake } from './casing.ts';
import { compileEndpoint } from './compile.ts';
import { documented, fill, GIVEN, placeholdersOf } from './examples.ts';
import { parseBody } from './json-body.ts';

describe('placeholders of examples', () => {
  it('name an operation, one of its examples, and a value of its answer', () => {
    expect(
      placeholdersOf({ a: ['{{createVendor.id}}', '{{unique}}'], b: '{{ingest[An e-mail].data.0.id|x}}' }),
    ).toEqual([
      { operation: 'createVendor', example: undefined, path: 'id', shown: undefined },
      { operation: 'unique', example: undefined, path: undefined, shown: undefined },
      { operation: 'ingest', example: 'An e-mail', path: 'data.0.id', shown: 'x' },
    ]);
  });

  it('stand for a value of any type alone, and for text within a text', () => {
    const five = () => 5;
    expect(fill({ whole: '{{a.b}}', part: 'ada+{{a.b}}@example.com' }, five)).toEqual({
      whole: 5,
      part: 'ada+5@example.com',
    });
  });

  it('are shown as values that look like their own', () => {
    expect(
      documented([
        '{{createVendor.id}}',
        '{{merge.customerId}}',
        '{{a.email|ada@example.com}}',
        'a-{{unique}}',
        '{{k.key}}',
      ]),
    ).toEqual([
      '0198c0de-0000-7000-8000-000000000001',
      '0198c0de-0000-7000-8000-000000000001',
      'ada@example.com',
      'a-1',
      'key',
    ]);
  });
});

describe('examples of endpoints', () => {
  const examples = ENDPOINTS.flatMap((endpoint) =>
    (endpoint.examples ?? []).map((example) => [endpoint.operationId, example.name, endpoint, example] as const),
  );
  const operations = new Set(ENDPOINTS.map(({ operationId }) => operationId));

  it.each(examples)('%s, %s: is valid as it is shown', (_, __, endpoint, { params, query, body, after }) => {
    if (endpoint.body && (body !== undefined || !endpoint.file)) {
      const { bodyShape, money } = compileEndpoint(endpoint);
      const { face } = endpoint;
      const text = JSON.stringify((face === 'a' ? toSnake(bodyShape, documented(body)) : documented(body)) ?? {});
      expect(endpoint.body.safeParse(parseBody(text, face, bodyShape, money)).error?.issues ?? []).toEqual([]);
    }
    for (const name of Object.keys(params ?? {})) expect(endpoint.path).toContain(`{${name}}`);
    if (query) expect(endpoint.query?.safeParse(documented(query)).error?.issues ?? []).toEqual([]);
    const named = [
      ...placeholdersOf([params, query, body]).map(({ operation }) => operation),
      ...(after ?? []).map((step) => (typeof step === 'string' ? step : step.operation)),
    ];
    expect(named.filter((name) => !GIVEN.has(name) && !operations.has(name))).toEqual([]);
  });

  it('have a name of their own within their endpoint', () => {
    const names = examples.map(([operationId, name]) => `${operationId}: ${name}`);
    expect(new Set(names).size).toBe(names.length);
  });
});
