import { describe, expect, it } from 'vitest';
import type { Fields, Scalar } from './adapter.port.ts';
import { type FieldMapping, mappingIssues, previewMapping, toLocal, toRemote } from './field-mapping.rules.ts';
import { type Agreement, markOf, marksOf, type ReconcileRules, reconcile, type Side } from './reconcile.rules.ts';

const RULES: ReconcileRules = {
  policy: 'newest',
  fieldPolicies: { owner: 'ours' },
  directions: { name: 'both', phone: 'both', owner: 'both', score: 'out', source: 'in' },
};
const at = (minute: number) => new Date(Date.UTC(2026, 5, 30, 12, minute));
const side = (fields: Fields, minute = 0, deleted = false): Side => ({ fields, changedAt: at(minute), deleted });

describe('two sides of a record', () => {
  it('take a field from whoever changed it, and both changes when they are about different fields', () => {
    const base = marksOf({ name: 'Ada', phone: '1' });
    const verdict = reconcile(side({ name: 'Ada L.', phone: '1' }), side({ name: 'Ada', phone: '2' }), base, RULES);
    expect(verdict).toMatchObject({
      ours: { action: 'write', fields: { phone: '2' } },
      theirs: { action: 'write', fields: { name: 'Ada L.' } },
      conflicts: [],
    });
  });

  it.each([
    ['newest', 5, 'theirs'],
    ['newest', 0, 'ours'],
    ['ours', 5, 'ours'],
    ['theirs', 0, 'theirs'],
  ] as const)(
    'that changed one field each its own way follow the policy %s (theirs at minute %i)',
    (policy, minute, winner) => {
      const verdict = reconcile(side({ name: 'A' }, 1), side({ name: 'B' }, minute), marksOf({ name: 'C' }), {
        ...RULES,
        policy,
      });
      expect(verdict.conflicts).toEqual(['name']);
      expect(verdict[winner === 'theirs' ? 'ours' : 'theirs'].action).toBe('write');
      expect(verdict[winner].action).toBe('none');
    },
  );

  it('follow the policy of a field before that of the record', () => {
    const verdict = reconcile(side({ owner: 'A' }, 0), side({ owner: 'B' }, 9), marksOf({ owner: 'C' }), RULES);
    expect(verdict.theirs.fields).toEqual({ owner: 'A' });
  });

  it('keep a deletion unless the other side has changed the record since', () => {
    const base = marksOf({ name: 'Ada' });
    expect(reconcile(side({ name: 'Ada' }), side({}, 1, true), base, RULES).ours.action).toBe('delete');
    expect(reconcile(side({ name: 'Ada' }, 0, true), side({ name: 'Ada' }), base, RULES).theirs.action).toBe('delete');
    const revived = reconcile(side({ name: 'Eve' }, 5), side({}, 1, true), base, RULES);
    expect([revived.ours.action, revived.theirs.action, revived.conflicts]).toEqual(['none', 'create', ['deleted']]);
  });

  it('converge whatever was edited on either side, and a second look changes nothing', () => {
    let seed = 7;
    const random = (below: number) => {
      seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
      return (seed >>> 8) % below;
    };
    const both = ['name', 'phone', 'owner'];
    for (let round = 0; round < 2_000; round++) {
      const value = (): Scalar => [null, 'a', 'b', 'c'][random(4)]!;
      const record = () => Object.fromEntries(both.map((field) => [field, value()]));
      const start = record();
      let ours = side({ ...start, ...(random(2) ? record() : {}) }, random(9));
      let theirs = side({ ...start, ...(random(2) ? record() : {}) }, random(9));
      const base: Agreement | null = random(4) === 0 ? null : marksOf(start);
      const policy = (['newest', 'ours', 'theirs'] as const)[random(3)]!;
      const verdict = reconcile(ours, theirs, base, { ...RULES, policy });
      ours = { ...ours, fields: { ...ours.fields, ...verdict.ours.fields } };
      theirs = { ...theirs, fields: { ...theirs.fields, ...verdict.theirs.fields } };
      const again = reconcile(
        ours,
        theirs,
        { ...verdict.agreement, ...marksOf(verdict.theirs.fields) },
        { ...RULES, policy },
      );
      expect(both.map((field) => ours.fields[field])).toEqual(both.map((field) => theirs.fields[field]));
      expect([again.ours.action, again.theirs.action, again.conflicts]).toEqual(['none', 'none', []]);
    }
  });

  it('are told apart by marks that differ for different values', () => {
    const marks = Array.from({ length: 20_000 }, (_, index) => markOf(`value ${index}`));
    expect(new Set(marks).size).toBe(marks.length);
    expect(markOf(null)).toBe(markOf(''));
    expect(markOf(true)).not.toBe(markOf('true'));
  });
});

describe('a mapping of fields', () => {
  const MAPPING: FieldMapping[] = [
    { local: 'email', remote: 'Email', direction: 'both', transform: { kind: 'lowercase' } },
    {
      local: 'stage',
      remote: 'StageName',
      direction: 'both',
      transform: { kind: 'map', values: { Won: 'closed_won' } },
    },
    { local: 'amount', remote: 'Amount', direction: 'both', transform: { kind: 'number' } },
    { local: 'source', remote: 'LeadSource', direction: 'in' },
  ];
  const LOCAL = new Set(['email', 'stage', 'amount', 'source', 'extra']);

  it('carries values in and out, each transform both ways', () => {
    const local = toLocal({ Email: ' Ada@X.example ', StageName: 'Won', Amount: 5000.5, LeadSource: '' }, MAPPING);
    expect(local).toEqual({ email: 'ada@x.example', stage: 'closed_won', amount: '5000.5', source: null });
    expect(toRemote(local, MAPPING)).toEqual({ Email: 'ada@x.example', StageName: 'Won', Amount: 5000.5 });
  });

  it('shows before the first sync what a transform could not read', () => {
    expect(previewMapping([{ StageName: 'Unheard of', Amount: 'much' }], MAPPING)[0]?.lost).toEqual([
      'stage',
      'amount',
    ]);
  });

  it.each([
    [[{ local: 'nope', remote: 'X', direction: 'in' }], 'local'],
    [[...MAPPING, { local: 'email', remote: 'Other', direction: 'in' }], 'local'],
    [[...MAPPING, { local: 'extra', remote: 'Email', direction: 'out' }], 'remote'],
    [[{ local: 'email', remote: 'E', direction: 'both', transform: { kind: 'word', at: 'first' } }], 'direction'],
    [
      [{ local: 'stage', remote: 'S', direction: 'both', transform: { kind: 'map', values: { a: 1, b: 1 } } }],
      'transform',
    ],
  ] as [FieldMapping[], string][])('that cannot work is refused, naming the part', (mapping, field) => {
    expect(mappingIssues(mapping, LOCAL)).toMatchObject([{ field }]);
    expect(mappingIssues(MAPPING, LOCAL)).toEqual([]);
  });
});
