import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { compileEndpoint } from '../../api/http/compile.ts';
import { defineEndpoint } from '../../api/http/endpoint.ts';
import { parseBody } from '../../api/http/json-body.ts';
import { decimalAmount, freeForm, id, text, timestamp } from '../../api/http/schemas.ts';
import { verb } from '../../services/core/context.ts';
import { extremeBodies } from './extreme-values.ts';
import { createPlan } from './plan.ts';
import { wrongBodies } from './wrong-values.ts';

const nothing = verb({ permission: null }, async () => ({}));
const endpoint = defineEndpoint({
  operationId: 'createThing',
  face: 'a',
  method: 'post',
  path: '/things',
  tag: 'testing',
  summary: 'A thing',
  body: z.strictObject({
    displayName: text(20),
    kind: z.enum(['large', 'small']).optional(),
    count: z.int().min(0).max(10).optional(),
    price: decimalAmount().optional(),
    startedAt: timestamp().nullable().optional(),
    vendorId: id().optional(),
    tags: z.array(text(5)).min(1).max(2).optional(),
    nested: z.strictObject({ innerName: text(5) }).optional(),
    metadata: freeForm().optional(),
  }),
  response: z.strictObject({}),
  verb: nothing,
  input: () => undefined,
});
const good = {
  displayName: 'A',
  kind: 'large',
  count: 3,
  price: '1.50',
  startedAt: '2026-01-01T00:00:00Z',
  vendorId: '0198c0de-0000-7000-8000-000000000001',
  tags: ['x'],
  nested: { innerName: 'y' },
  metadata: { any: 1 },
};

/** As the API would take it. */
function isAccepted(text: string): boolean {
  const { bodyShape, money, body } = compileEndpoint(endpoint);
  try {
    return body.safeParse(parseBody(text, 'a', bodyShape, money)).success;
  } catch {
    return false;
  }
}

describe('wrong bodies', () => {
  const wrong = wrongBodies(endpoint, good);

  it('are refused, every one of them', () => {
    expect(wrong.filter(({ text }) => isAccepted(text)).map(({ what }) => what)).toEqual([]);
  });

  it('break every field, nested ones too, in every way that its schema names', () => {
    const whats = new Set(wrong.map(({ what }) => what));
    for (const what of [
      'displayName: too long',
      'displayName: type null',
      'displayName: a NUL',
      'displayName: half a surrogate pair',
      'kind: none of the choices',
      'count: too small',
      'count: too large',
      'count: a fraction',
      'count: beyond 2^53',
      'price: another format',
      'startedAt: another format',
      'vendorId: another format',
      'tags: no items',
      'tags: too many items',
      'tags.0: too long',
      'nested: an unknown key',
      'nested: without innerName',
      'nested.innerName: type array',
      'metadata: type array',
      'the body: an unknown key',
      'the body: a key twice',
      'the body: without displayName',
      'organizationId set',
      'isAdmin set',
    ]) {
      expect(whats).toContain(what);
    }
    expect([...whats].filter((what) => what.startsWith('startedAt: type null'))).toEqual([]);
  });
});

describe('extreme bodies', () => {
  it('are taken by the schema, every one of them', () => {
    const extreme = extremeBodies(endpoint, good);
    expect(extreme.length).toBeGreaterThan(10);
    expect(extreme.filter(({ text }) => !isAccepted(text)).map(({ what }) => what)).toEqual([]);
  });
});

describe('the plan', () => {
  it('says what an endpoint without example data needs', () => {
    expect(() => createPlan([endpoint]).exampleOf(endpoint)).toThrow(
      /^createThing \(POST \/things\) needs a body and has no example\.\n {2}To do: add examples:/,
    );
  });

  it('takes a parameter from the POST of its collection, or says where its value could come from', () => {
    const get = { ...endpoint, operationId: 'getThing', method: 'get' as const, path: '/things/{id}' as const };
    expect(createPlan([endpoint, get]).sourceOf(get, 'id')).toMatchObject({ kind: 'created', by: endpoint });
    expect(() => createPlan([get]).sourceOf(get, 'id')).toThrow(/no POST \/things\.\n {2}To do: .*params: \{ id:/);
    const named = { ...get, examples: [{ name: 'One', params: { id: '{{createThing.otherId}}' } }] };
    expect(createPlan([endpoint, named]).sourceOf(get, 'id')).toMatchObject({ kind: 'created' });
    expect(createPlan([named]).sourceOf(get, 'id')).toMatchObject({ text: '{{createThing.otherId}}' });
  });
});
