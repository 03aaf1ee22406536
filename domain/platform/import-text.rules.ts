/** One row of a file: a CSV record (which may span lines) or one line of JSON. */
export interface FileRecord {
  /** Of its first physical line, from 1 on. */
  readonly line: number;
  /** Position and line right behind it, where a reader may go on. */
  readonly end: number;
  readonly nextLine: number;
  readonly text: string;
  readonly problem: RecordProblem | null;
}

export type RecordProblem = 'LINE_TOO_LONG' | 'UNCLOSED_QUOTE';

export const MAX_RECORD_BYTES = 1_048_576;

const NEWLINE = 10;
const QUOTE = 34;
const RETURN = 13;

/** UTF-8 bytes in, records out; holds one record and one piece of the file, however long the file's lines are. */
export class RecordSplitter {
  #held: Buffer = Buffer.alloc(0);
  #position: number;
  #line: number;
  /** Bytes of an overlong line that were thrown away; its end is still to come. */
  #dropped = 0;
  #nextQuote = -1;
  readonly #delimiter: number | null;

  /** @param delimiter of CSV, null for JSON lines: there, quotes do not span lines */
  constructor(start: { position: number; line: number }, delimiter: string | null) {
    this.#position = start.position;
    this.#line = start.line;
    this.#delimiter = delimiter === null ? null : delimiter.charCodeAt(0);
  }

  push(bytes: Uint8Array): FileRecord[] {
    this.#held =
      this.#held.length > 0
        ? Buffer.concat([this.#held, bytes])
        : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    return this.#take(false);
  }

  /** What the file's end completes. */
  finish(): FileRecord[] {
    return this.#take(true);
  }

  #take(atEnd: boolean): FileRecord[] {
    const found: FileRecord[] = [];
    let start = 0;
    this.#nextQuote = -1;
    while (start < this.#held.length || (atEnd && this.#dropped > 0)) {
      const next = this.#dropped > 0 ? this.#endOfDropped(start, atEnd) : this.#nextRecord(start, atEnd);
      if (!next) break;
      start = next.end;
      if (next.record) found.push(next.record);
    }
    this.#held = this.#held.subarray(start);
    return found;
  }

  #nextRecord(start: number, atEnd: boolean): { end: number; record: FileRecord | null } | null {
    const buffer = this.#held;
    const firstLine = buffer.indexOf(NEWLINE, start);
    const closed = this.#endOfRecord(start, firstLine);
    const end = closed ?? buffer.length;
    const isTooLong = end - start > MAX_RECORD_BYTES;
    if (closed === null && !atEnd && !isTooLong) return null;
    const isOpen = closed === null && this.#delimiter !== null && this.#scan(start, end).open;
    const hasLine = firstLine >= 0 && firstLine - start < MAX_RECORD_BYTES;
    // A quote that is not closed would swallow the rest of the file: its line is bad, the next one starts afresh.
    if (hasLine && (isOpen || isTooLong)) return this.#emit(start, firstLine + 1, 'UNCLOSED_QUOTE');
    if (isTooLong && firstLine < 0 && !atEnd) {
      this.#dropped = end - start;
      return { end, record: null };
    }
    if (isTooLong) return this.#emit(start, firstLine < 0 ? end : firstLine + 1, 'LINE_TOO_LONG');
    return this.#emit(start, end, isOpen ? 'UNCLOSED_QUOTE' : null);
  }

  #endOfDropped(start: number, atEnd: boolean): { end: number; record: FileRecord | null } | null {
    const newline = this.#held.indexOf(NEWLINE, start);
    const end = newline < 0 ? this.#held.length : newline + 1;
    if (newline < 0 && !atEnd) {
      this.#dropped += end - start;
      return end > start ? { end, record: null } : null;
    }
    const length = this.#dropped + end - start;
    this.#dropped = 0;
    return { end, record: this.#record(length, 1, '', 'LINE_TOO_LONG') };
  }

  /** Index behind the newline that ends the record, or null while it is open. */
  #endOfRecord(start: number, firstLine: number): number | null {
    const buffer = this.#held;
    if (this.#delimiter === null) return firstLine < 0 ? null : firstLine + 1;
    const quote = this.#quoteFrom(start);
    if (quote > (firstLine < 0 ? buffer.length : firstLine)) return firstLine < 0 ? null : firstLine + 1;
    const { index, open } = this.#scan(start, buffer.length);
    return open || index > buffer.length ? null : index;
  }

  /** Index of the next quote, Infinity without one; looked for once, not once per record. */
  #quoteFrom(start: number): number {
    if (this.#nextQuote < start) {
      const found = this.#held.indexOf(QUOTE, start);
      this.#nextQuote = found < 0 ? Number.POSITIVE_INFINITY : found;
    }
    return this.#nextQuote;
  }

  /** Walks a record with quotes in it. `index` lies behind its newline, or beyond `end` when there is none. */
  #scan(start: number, end: number): { index: number; open: boolean } {
    const buffer = this.#held;
    let fieldStart = true;
    let index = start;
    while (index < end) {
      const byte = buffer[index]!;
      if (fieldStart && byte === QUOTE) {
        index = closingQuote(buffer, index + 1, end);
        if (index < 0) return { index: end, open: true };
        fieldStart = false;
        continue;
      }
      index++;
      if (byte === NEWLINE) return { index, open: false };
      fieldStart = byte === this.#delimiter;
    }
    return { index: end + 1, open: false };
  }

  #emit(start: number, end: number, problem: RecordProblem | null): { end: number; record: FileRecord | null } {
    const buffer = this.#held;
    let last = end;
    if (last > start && buffer[last - 1] === NEWLINE) last--;
    if (last > start && buffer[last - 1] === RETURN) last--;
    const text = problem ? '' : buffer.toString('utf8', start, last);
    const lines = newlinesIn(buffer, start, end);
    const isBlank = problem === null && text.trim() === '';
    const record = this.#record(end - start, lines, text, problem);
    return { end, record: isBlank ? null : record };
  }

  #record(length: number, lines: number, text: string, problem: RecordProblem | null): FileRecord {
    const line = this.#line;
    this.#position += length;
    this.#line += lines;
    return { line, end: this.#position, nextLine: this.#line, text, problem };
  }
}

/** Index behind the quote that closes the field, or -1. */
function closingQuote(buffer: Buffer, from: number, end: number): number {
  let index = from;
  for (;;) {
    const quote = buffer.indexOf(QUOTE, index);
    if (quote < 0 || quote >= end) return -1;
    if (buffer[quote + 1] !== QUOTE || quote + 1 >= end) return quote + 1;
    index = quote + 2;
  }
}

function newlinesIn(buffer: Buffer, start: number, end: number): number {
  let count = 0;
  for (let at = buffer.indexOf(NEWLINE, start); at >= 0 && at < end; at = buffer.indexOf(NEWLINE, at + 1)) count++;
  return count;
}

/** The fields of one CSV record (RFC 4180), or null when a quoted field goes on behind its closing quote. */
export function csvFields(text: string, delimiter: string): string[] | null {
  if (!text.includes('"')) return text.split(delimiter);
  const fields: string[] = [];
  let index = 0;
  for (;;) {
    if (text[index] === '"') {
      let value = '';
      let from = index + 1;
      for (;;) {
        const quote = text.indexOf('"', from);
        if (quote < 0) return null;
        value += text.slice(from, quote);
        index = quote + 1;
        if (text[index] !== '"') break;
        value += '"';
        from = index + 1;
      }
      fields.push(value);
      if (index < text.length && text[index] !== delimiter) return null;
    } else {
      const cut = text.indexOf(delimiter, index);
      fields.push(text.slice(index, cut < 0 ? text.length : cut));
      index = cut < 0 ? text.length : cut;
    }
    if (index >= text.length) return fields;
    index++;
    if (index === text.length) return [...fields, ''];
  }
}
