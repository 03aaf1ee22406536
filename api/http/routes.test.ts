import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { verb } from '../../services/core/context.ts';
import { ENDPOINTS } from '../endpoints.ts';
import { compileEndpoint } from './compile.ts';
import { defineEndpoint, type Endpoint } from './endpoint.ts';
import { inRoutingOrder, methodsOf, routeProblems } from './routes.ts';
import { pageQuery } from './schemas.ts';

const nothing = verb({ permission: null }, async () => ({}));
const endpoint = (operationId: string, path: `/${string}`, method: 'get' | 'post' = 'get'): Endpoint => {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);
  return defineEndpoint({
    operationId,
    face: 'a',
    method,
    path,
    tag: 'testing',
    summary: operationId,
    params: z.strictObject(Object.fromEntries(names.map((name) => [name, z.string()]))),
    response: z.strictObject({}),
    verb: nothing,
    input: () => undefined,
  });
};

describe('routes', () => {
  it('of the product are not in each other’s way and compile', () => {
    expect(routeProblems(ENDPOINTS)).toEqual([]);
    for (const one of ENDPOINTS) expect(compileEndpoint(one).endpoint).toBe(one);
    // Some hundred endpoints; a busy machine needs more than the usual time.
  }, 30_000);

  it('come with static segments before parameters', () => {
    const order = inRoutingOrder([
      endpoint('byId', '/runs/{runId}'),
      endpoint('latest', '/runs/latest'),
      endpoint('all', '/runs'),
    ]);
    expect(order.map(({ operationId }) => operationId)).toEqual(['all', 'latest', 'byId']);
  });

  it('that are duplicates, cross each other or are misspelt are found', () => {
    expect(routeProblems([endpoint('a', '/x/{id}'), endpoint('b', '/x/{other}')])[0]).toContain('same path');
    expect(routeProblems([endpoint('a', '/x/{id}/y'), endpoint('b', '/x/z/{id}')])[0]).toContain(
      'neither is the more exact one',
    );
    expect(routeProblems([endpoint('a', '/x'), endpoint('a', '/y')])[0]).toContain('used twice');
    expect(routeProblems([endpoint('a', '/snake_case')])[0]).toContain('kebab-case');
    expect(
      routeProblems([endpoint('a', '/x/{id}'), endpoint('b', '/x/latest'), endpoint('c', '/x/{id}', 'post')]),
    ).toEqual([]);
  });

  it('may cross where the word of one is no value of the other’s parameter', () => {
    const { params: _, ...first } = endpoint('a', '/x/{id}/y');
    const byId = { ...first, params: z.strictObject({ id: z.guid() }) };
    expect(routeProblems([byId, endpoint('b', '/x/import/{job}')])).toEqual([]);
  });

  it('know the methods of a path', () => {
    const list = [endpoint('a', '/x/{id}'), endpoint('b', '/x/{id}', 'post')];
    expect(methodsOf(list, '/v1/x/7')).toEqual(['GET', 'POST']);
    expect(methodsOf(list, '/v1/x')).toEqual([]);
  });
});

describe('an endpoint', () => {
  const base = {
    operationId: 'x',
    face: 'a',
    method: 'post',
    path: '/x',
    tag: 't',
    summary: 's',
    verb: nothing,
    input: () => undefined,
  } as const;
  const response = z.strictObject({});

  it('is refused at boot when its objects would let unknown keys pass', () => {
    const body = z.strictObject({ inner: z.array(z.object({ a: z.string() })) });
    expect(() => compileEndpoint(defineEndpoint({ ...base, response, body }))).toThrow('strictObject');
  });

  it('is refused at boot when path and parameters differ, when a list has no page, or a mode is not built', () => {
    expect(() => compileEndpoint(defineEndpoint({ ...base, path: '/x/{id}', response }))).toThrow('parameters');
    const list = verb({ permission: null }, async () => ({ items: [], total: 0 }));
    expect(() =>
      compileEndpoint(defineEndpoint({ ...base, method: 'get', verb: list, list: 'page', response })),
    ).toThrow('pageQuery');
    expect(() => compileEndpoint(defineEndpoint({ ...base, response, transaction: 'group' }))).toThrow('group');
  });

  it('takes its permission from its verb and its mode from its method', () => {
    const guarded = verb({ permission: 'data.view' }, async () => ({}));
    const query = z.strictObject({ ...pageQuery });
    expect(defineEndpoint({ ...base, method: 'get', verb: guarded, query, response })).toMatchObject({
      permission: 'data.view',
      transaction: 'read',
      idempotent: false,
    });
    expect(defineEndpoint({ ...base, response })).toMatchObject({
      permission: null,
      transaction: 'write',
      idempotent: true,
    });
  });
});
