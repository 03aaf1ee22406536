import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { FieldIssue } from '../../domain/core/errors.ts';
import { camelCase, compileShape, fromWire, moneyNames, snakeCase, toSnake } from './casing.ts';
import { decimalAmount, freeForm, timestamp } from './schemas.ts';

const Schema = z.strictObject({
  externalId: z.string(),
  line1: z.string(),
  utm2Source: z.string(),
  startedAt: timestamp(),
  metadata: freeForm(),
  channelWindows: z.record(z.string(), z.strictObject({ windowHours: z.number() })),
  partyList: z.array(z.union([z.strictObject({ agentId: z.string() }), z.strictObject({ teamName: z.string() })])),
});
const shape = compileShape(Schema, 'test');
const read = (face: 'a' | 'b', value: unknown) => {
  const issues: FieldIssue[] = [];
  return { value: fromWire({ face, deep: false, issues }, shape, value), issues };
};

const camel = {
  externalId: 'x',
  line1: '1',
  utm2Source: 'u',
  startedAt: new Date(0),
  metadata: { keepThis: { and_this: 1 } },
  channelWindows: { ownKey: { windowHours: 1 }, own_key: { windowHours: 2 } },
  partyList: [{ agentId: 'a' }, { teamName: 't' }],
};
const snake = {
  external_id: 'x',
  line1: '1',
  utm2_source: 'u',
  started_at: new Date(0),
  metadata: { keepThis: { and_this: 1 } },
  channel_windows: { ownKey: { window_hours: 1 }, own_key: { window_hours: 2 } },
  party_list: [{ agent_id: 'a' }, { team_name: 't' }],
};

describe('casing', () => {
  it('changes the names a schema knows and nothing in free-form JSON', () => {
    expect(toSnake(shape, camel)).toEqual(snake);
    expect(read('a', snake).value).toEqual(camel);
  });

  it('refuses camelCase on face A, naming the right spelling', () => {
    expect(read('a', { externalId: 'x' }).issues).toEqual([
      { field: 'externalId', message: 'externalId is not a known field; write external_id' },
    ]);
  });

  it('takes both spellings on face B, but not both at once', () => {
    expect(read('b', snake).value).toEqual(camel);
    expect(read('b', camel).value).toEqual(camel);
    expect(read('b', { externalId: 'x', external_id: 'y' }).issues[0]?.field).toBe('externalId');
  });

  it('survives the way to snake_case and back for every name that is accepted at boot', () => {
    const name = fc.stringMatching(/^[a-z][A-Za-z0-9]{0,20}$/);
    fc.assert(fc.property(name, (text) => camelCase(snakeCase(text)) === text));
  });

  it('refuses names at boot that would not', () => {
    for (const bad of ['snake_name', 'Upper', 'kebab-name']) {
      expect(() => compileShape(z.strictObject({ [bad]: z.string() }), 'bad')).toThrow('bad');
    }
  });

  it('follows schemas that contain themselves', () => {
    type Tree = { nodeName: string; childNodes: Tree[] };
    const Tree: z.ZodType<Tree> = z.lazy(() => z.strictObject({ nodeName: z.string(), childNodes: z.array(Tree) }));
    const tree = { nodeName: 'a', childNodes: [{ nodeName: 'b', childNodes: [] }] };
    const wire = { node_name: 'a', child_nodes: [{ node_name: 'b', child_nodes: [] }] };
    expect(toSnake(compileShape(Tree, 'tree'), tree)).toEqual(wire);
  });

  it('finds money at any depth, in both spellings', () => {
    const Money = z.strictObject({
      rows: z.array(z.strictObject({ unitPrice: decimalAmount().optional(), count: z.number() })),
    });
    expect([...moneyNames(compileShape(Money, 'money'))]).toEqual(['unitPrice', 'unit_price']);
  });
});
