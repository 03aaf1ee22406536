import { describe, expect, it } from 'vitest';
import { acceptsCsv, renderCsv } from './csv.ts';

describe('a CSV answer', () => {
  it('is given to those who would rather have it than JSON', () => {
    const asked = ['text/csv', 'text/csv, application/json;q=0.5', 'TEXT/CSV; charset=utf-8', 'text/csv, */*'];
    const notAsked = [undefined, '*/*', 'application/json', 'application/json, text/csv;q=0.9', 'text/csv;q=0'];
    expect(asked.map(acceptsCsv)).toEqual(asked.map(() => true));
    expect(notAsked.map(acceptsCsv)).toEqual(notAsked.map(() => false));
  });

  it('quotes what would break a row, keeps formulas text and numbers numbers', () => {
    const rows = [
      ['=1+1', -5, 'a,b', null],
      ['@x', 1.5, 'say "hi"', true],
    ];
    expect(renderCsv('a', { columns: ['firstName', 'n', 't', 'u'], rows })).toBe(
      'first_name,n,t,u\r\n\'=1+1,-5,"a,b",\r\n\'@x,1.5,"say ""hi""",true\r\n',
    );
    expect(renderCsv('b', { columns: ['firstName'], rows: [['-x']] })).toBe("firstName\r\n'-x\r\n");
  });
});
