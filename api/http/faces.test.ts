import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AppError, conflict, invalid, invalidAll, notFound } from '../../domain/core/errors.ts';
import { renderError, renderSuccess } from './faces.ts';
import { toAppError } from './failures.ts';
import { validate } from './validation.ts';

const names = new Map([
  ['startedAt', 'started_at'],
  ['partyList', 'party_list'],
]);
const both = (error: AppError) => ({
  a: JSON.parse(renderError('a', error, 'r1', names).body),
  b: JSON.parse(renderError('b', error, 'r1', names).body),
});

describe('the faces', () => {
  it('wrap success as their specifications print it', () => {
    expect(JSON.parse(renderSuccess('a', { x_y: 1 }, 'Done'))).toEqual({ data: { x_y: 1 }, message: 'Done' });
    expect(JSON.parse(renderSuccess('b', { xY: 1 }, 'Done'))).toEqual({ data: { xY: 1 } });
    const pagination = { limit: 5, nextCursor: null };
    expect(JSON.parse(renderSuccess('a', [], 'Done', pagination)).pagination).toEqual({ limit: 5, next_cursor: null });
    expect(JSON.parse(renderSuccess('b', [], 'Done', pagination)).pagination).toEqual(pagination);
  });

  it('name the first issue on top, all of them below, each in their own casing', () => {
    const error = invalidAll(
      [
        { field: 'partyList.0.startedAt', message: 'must be a date', value: 'x' },
        { field: 'b', message: 'is required' },
      ],
      'Fix it.',
    );
    const { a, b } = both(error);
    expect(a).toEqual({
      error: 'party_list.0.started_at must be a date',
      code: 'VALIDATION_ERROR',
      details: {
        field: 'party_list.0.started_at',
        value: 'x',
        issues: [
          { field: 'party_list.0.started_at', message: 'must be a date', value: 'x' },
          { field: 'b', message: 'is required' },
        ],
      },
      hint: 'Fix it.',
      request_id: 'r1',
    });
    expect(b).toMatchObject({
      success: false,
      error: { code: 'VALIDATION_ERROR', details: { field: 'partyList.0.startedAt', value: 'x' }, requestId: 'r1' },
    });
  });

  it('carry further facts in their casing', () => {
    const { a, b } = both(conflict('X', 'There is one.', { details: { existingId: '7' } }));
    expect(a.details).toEqual({ existing_id: '7' });
    expect(b.error.details).toEqual({ existingId: '7' });
  });

  it('never echo secrets, long values or structures', () => {
    for (const [field, value] of [
      ['password', 'x'],
      ['apiKey', 'x'],
      ['credentials.secret', 'x'],
      ['note', 'y'.repeat(101)],
      ['note', { a: 1 }],
      ['note', '\ud800'],
    ] as const) {
      expect(both(invalid(field, 'is wrong', value)).a.details).not.toHaveProperty('value');
    }
  });

  it('map each kind of error to its status', () => {
    const status = (error: AppError) => renderError('a', error, 'r1').status;
    expect(status(notFound('It'))).toBe(404);
    expect(status(new AppError('precondition_failed', 'P', 'm'))).toBe(412);
    expect(status(new AppError('unsupported_media_type', 'U', 'm'))).toBe(415);
    expect(status(toAppError(new Error('boom')).shown)).toBe(500);
  });

  it('answer 503 with Retry-After for a database that is away or too busy, and 500 for a bug', () => {
    const failing = (code: string, name = 'PostgresError') =>
      Object.assign(new Error('secret host name'), { name, code });
    for (const error of [
      failing('57P01'),
      failing('53300'),
      failing('55P03'),
      failing('57014'),
      failing('CONNECTION_CLOSED', 'Error'),
      failing('ECONNREFUSED', 'Error'),
    ]) {
      const rendered = renderError('a', toAppError(error).shown, 'r1');
      expect([rendered.status, JSON.parse(rendered.body).code]).toEqual([503, 'SERVICE_UNAVAILABLE']);
      expect(rendered.retryAfterSeconds).toBeGreaterThan(0);
      expect(rendered.body).not.toContain('secret');
    }
    expect(renderError('a', toAppError(failing('42601')).shown, 'r1').status).toBe(500);
    expect(renderError('a', toAppError(failing('23505')).shown, 'r1').status).toBe(409);
  });
});

describe('validation', () => {
  const Schema = z.strictObject({
    name: z.string(),
    kind: z.enum(['x', 'y']),
    item: z.union([z.strictObject({ a: z.number() }), z.array(z.strictObject({ b: z.string() }))]),
  });
  const issuesOf = (value: unknown) => {
    try {
      validate(Schema, value, 'body');
    } catch (error) {
      return (error as AppError).extras.issues;
    }
    return undefined;
  };

  it('tells missing, unknown, wrong and foreign values apart, each with its path', () => {
    expect(issuesOf({ kind: 'z', item: [{ b: 1 }], extra: 1 })).toEqual([
      { field: 'name', message: 'is required' },
      { field: 'kind', message: 'must be one of x, y', value: 'z' },
      { field: 'item.0.b', message: 'must be of type string', value: 1 },
      { field: 'extra', message: 'is not a known field' },
    ]);
  });

  it('speaks of the body when the whole is wrong', () => {
    expect(issuesOf(undefined)).toEqual([{ field: 'body', message: 'is required' }]);
    expect(issuesOf('text')).toEqual([{ field: 'body', message: 'must be of type object', value: 'text' }]);
  });
});
