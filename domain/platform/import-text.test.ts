import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectDelimiter } from './import-encoding.rules.ts';
import { csvFields, type FileRecord, MAX_RECORD_BYTES, RecordSplitter } from './import-text.rules.ts';

function split(bytes: Buffer, pieceBytes: number, delimiter: string | null = ','): FileRecord[] {
  const splitter = new RecordSplitter({ position: 0, line: 1 }, delimiter);
  const found: FileRecord[][] = [];
  for (let at = 0; at < bytes.length; at += pieceBytes) found.push(splitter.push(bytes.subarray(at, at + pieceBytes)));
  return [...found, splitter.finish()].flat();
}
const shown = (records: readonly FileRecord[]) => records.map(({ line, text, problem }) => [line, problem ?? text]);

describe('RecordSplitter', () => {
  it('names the first physical line of each record, through blank lines, CRLF and newlines in quotes', () => {
    const file = Buffer.from('a,b\r\n\r\n"x\ny",1\n"say ""hi""",2\r\nlast,3');
    for (const piece of [1, 2, 3, 7, 1_000]) {
      expect(shown(split(file, piece))).toEqual([
        [1, 'a,b'],
        [3, '"x\ny",1'],
        [5, '"say ""hi""",2'],
        [6, 'last,3'],
      ]);
    }
  });

  it('gives up on a quote that is never closed at its own line, and reads the lines behind it', () => {
    expect(shown(split(Buffer.from('a,b\n1,"open\n2,c\n3,d\n'), 5))).toEqual([
      [1, 'a,b'],
      [2, 'UNCLOSED_QUOTE'],
      [3, '2,c'],
      [4, '3,d'],
    ]);
    expect(shown(split(Buffer.from('a\n"open'), 5))).toEqual([
      [1, 'a'],
      [2, 'UNCLOSED_QUOTE'],
    ]);
    const far = `1,"open\n${'2,x\n'.repeat(400_000)}`;
    const records = split(Buffer.from(far), 65_536);
    expect(records[0]).toMatchObject({ line: 1, problem: 'UNCLOSED_QUOTE' });
    expect(records).toHaveLength(400_001);
  });

  it('turns a line over 1 MB into a problem of that line, without holding it', () => {
    const file = Buffer.from(`a\n${'x'.repeat(MAX_RECORD_BYTES * 3)}\nb\n`);
    for (const delimiter of [',', null]) {
      expect(shown(split(file, 65_536, delimiter))).toEqual([
        [1, 'a'],
        [2, 'LINE_TOO_LONG'],
        [3, 'b'],
      ]);
    }
    const last = split(Buffer.from(`a\n${'x'.repeat(MAX_RECORD_BYTES + 5)}`), 65_536);
    expect(shown(last).at(-1)).toEqual([2, 'LINE_TOO_LONG']);
  });

  it('does not take quotes for anything in JSON lines', () => {
    expect(shown(split(Buffer.from('{"a":"x"}\n\n{"b\n'), 4, null))).toEqual([
      [1, '{"a":"x"}'],
      [3, '{"b'],
    ]);
  });

  it('reads back any table that was written by RFC 4180, and goes on from any record', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'é', '"', ',', '\n', ' ', '\r\n'), maxLength: 6 });
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 9 }), (rows, piece) => {
        const quoted = rows.map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(','));
        const file = Buffer.from(quoted.join('\r\n'));
        const records = split(file, piece);
        expect(records.map((record) => csvFields(record.text, ','))).toEqual(rows);
        const { end, nextLine } = records[0]!;
        const resumed = new RecordSplitter({ position: end, line: nextLine }, ',');
        expect([...resumed.push(file.subarray(end)), ...resumed.finish()]).toEqual(records.slice(1));
      }),
    );
  });
});

describe('csvFields', () => {
  it('refuses text behind a closing quote, and keeps quotes inside plain fields', () => {
    expect(csvFields('"a"b,c', ',')).toBeNull();
    expect(csvFields('5" pipe,x', ',')).toEqual(['5" pipe', 'x']);
    expect(csvFields('"",', ',')).toEqual(['', '']);
  });
});

describe('detectDelimiter', () => {
  it.each([',', ';', '\t', '|'])('finds %j, whatever stands in quotes', (delimiter) => {
    expect(detectDelimiter(['id', '"a,b;c|d\te,f"', 'x', 'y', 'z'].join(delimiter))).toBe(delimiter);
  });
});
