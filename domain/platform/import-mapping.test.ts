import { describe, expect, it } from 'vitest';
import { fieldsOfColumns, mappingProblems, suggestMapping } from './import-mapping.rules.ts';

const FIELDS = [
  { name: 'startedAt', required: true, synonyms: ['start time'] },
  { name: 'customerName', required: false, synonyms: [] },
];

describe('suggestMapping', () => {
  it.each(['started_at', 'startedAt', 'Started At', 'STARTED-AT'])('knows %s', (column) => {
    expect(suggestMapping([column], FIELDS)).toEqual([{ column, field: 'startedAt', confidence: 1 }]);
  });

  it('gives a field to the surest column', () => {
    expect(suggestMapping(['Start Time', 'started_at', 'customer', 'other'], FIELDS)).toEqual([
      { column: 'Start Time', field: null, confidence: 0 },
      { column: 'started_at', field: 'startedAt', confidence: 1 },
      { column: 'customer', field: 'customerName', confidence: 0.5 },
      { column: 'other', field: null, confidence: 0 },
    ]);
  });
});

describe('fieldsOfColumns', () => {
  it('takes what was stated, completes it by what is sure, and leaves guesses alone', () => {
    const columns = ['when', 'started_at', 'customer'];
    expect(fieldsOfColumns(columns, FIELDS, { when: 'startedAt' })).toEqual(['startedAt', null, null]);
    expect(fieldsOfColumns(columns, FIELDS, null)).toEqual([null, 'startedAt', null]);
  });
});

describe('mappingProblems', () => {
  it('names what a mapping gets wrong', () => {
    const columns = ['a', 'a', 'b'];
    const stated = { a: 'customerName', b: 'nothing', gone: null };
    const problems = mappingProblems(columns, fieldsOfColumns(columns, FIELDS, stated), FIELDS, stated);
    expect(problems.map(({ code }) => code)).toEqual([
      'UNKNOWN_FIELD',
      'UNKNOWN_COLUMN',
      'FIELD_TWICE',
      'COLUMN_TWICE',
      'FIELD_MISSING',
    ]);
  });
});
