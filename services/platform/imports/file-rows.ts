import { AppError, invalid } from '../../../domain/core/errors.ts';
import { type Encoding, encodingOfMark } from '../../../domain/platform/import-encoding.rules.ts';
import { csvFields, type FileRecord, RecordSplitter } from '../../../domain/platform/import-text.rules.ts';
import type { UploadFormat } from '../../../domain/platform/upload.rules.ts';

/** How a file is written; found once, then kept with the upload. */
export interface Dialect {
  readonly format: UploadFormat;
  readonly encoding: Encoding;
  readonly markBytes: number;
  readonly delimiter: string;
}

/** Where a reader goes on: a position in the file's text as UTF-8. */
export interface Place {
  readonly position: number;
  readonly line: number;
}

/** A row of the file, or why it cannot be read. */
export interface FileRow {
  readonly line: number;
  readonly values: Readonly<Record<string, unknown>> | AppError;
}

/** UTF-8 without a mark is the guess that has to prove itself on every byte; the fallback is Windows-1252. */
export async function detectEncoding(
  content: AsyncIterable<Uint8Array>,
): Promise<{ encoding: Encoding; markBytes: number }> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let isFirst = true;
  try {
    for await (const bytes of content) {
      const marked = isFirst ? encodingOfMark(bytes) : null;
      if (marked) return marked;
      isFirst = false;
      decoder.decode(bytes, { stream: true });
    }
    decoder.decode();
    return { encoding: 'utf-8', markBytes: 0 };
  } catch (error) {
    if (error instanceof TypeError) return { encoding: 'windows-1252', markBytes: 0 };
    throw error;
  }
}

/** Bytes of a kept blob from a position on. */
export type OpenFile = (fromByte: number) => AsyncIterable<Uint8Array>;

/** The file's text as UTF-8, from a position of that text on. */
async function* textFrom(
  open: OpenFile,
  { encoding, markBytes }: Dialect,
  position: number,
): AsyncGenerator<Uint8Array> {
  if (encoding === 'utf-8') {
    yield* open(markBytes + position);
    return;
  }
  const decoder = new TextDecoder(encoding);
  let skip = position;
  // Its bytes say nothing about the text's, so a resumed reader decodes from the start and throws away what it knows.
  for await (const bytes of open(0)) {
    const text = Buffer.from(decoder.decode(bytes, { stream: true }), 'utf8');
    if (text.length > skip) yield text.subarray(skip);
    skip = Math.max(0, skip - text.length);
  }
  const rest = Buffer.from(decoder.decode(), 'utf8');
  if (rest.length > skip) yield rest.subarray(skip);
}

/** Records from a place on, in pieces of one read. */
export async function* recordsFrom(open: OpenFile, dialect: Dialect, from: Place): AsyncGenerator<FileRecord[]> {
  const splitter = new RecordSplitter(from, dialect.format === 'csv' ? dialect.delimiter : null);
  for await (const bytes of textFrom(open, dialect, from.position)) {
    const records = splitter.push(bytes);
    if (records.length > 0) yield records;
  }
  const last = splitter.finish();
  if (last.length > 0) yield last;
}

export interface RowShape {
  readonly dialect: Dialect;
  /** Field of each column, in the file's order (CSV). */
  readonly columns: readonly (string | null)[];
  /** Field of a key (JSON lines); null leaves it out, undefined says that nobody knows it. */
  fieldOfKey(key: string): string | null | undefined;
  readonly decimals: ReadonlySet<string>;
}

/** Field → value of one record. An empty CSV field is an absent one. */
export function readRow(record: FileRecord, shape: RowShape): FileRow {
  return { line: record.line, values: valuesOf(record, shape) };
}

const refused = (code: string, message: string): AppError => new AppError('validation', code, message);

function valuesOf(record: FileRecord, shape: RowShape): Record<string, unknown> | AppError {
  if (record.problem === 'LINE_TOO_LONG') return refused('LINE_TOO_LONG', 'The line is longer than 1 MB.');
  if (record.problem === 'UNCLOSED_QUOTE') return refused('UNCLOSED_QUOTE', 'A quote is opened and never closed.');
  if (record.text.includes('\0')) return refused('NUL_CHARACTER', 'The line contains a NUL character.');
  return shape.dialect.format === 'csv' ? csvValues(record.text, shape) : jsonValues(record.text, shape);
}

function csvValues(text: string, { dialect, columns }: RowShape): Record<string, unknown> | AppError {
  const fields = csvFields(text, dialect.delimiter);
  if (!fields) return refused('MALFORMED_QUOTES', 'There is text behind a closing quote.');
  if (fields.length > columns.length && fields.slice(columns.length).some((field) => field.trim() !== '')) {
    return refused('TOO_MANY_FIELDS', `The line has ${fields.length} fields, the header ${columns.length}.`);
  }
  const values: Record<string, unknown> = {};
  for (const [index, field] of columns.entries()) {
    const value = fields[index]?.trim();
    if (field !== null && value) values[field] = value;
  }
  return values;
}

function jsonValues(text: string, { fieldOfKey, decimals }: RowShape): Record<string, unknown> | AppError {
  let parsed: unknown;
  try {
    parsed = parseLine(text, decimals);
  } catch {
    return refused('MALFORMED_JSON', 'The line is not well-formed JSON.');
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    return refused('NOT_AN_OBJECT', 'The line is not a JSON object.');
  }
  const values: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(parsed)) {
    const field = fieldOfKey(key);
    if (field === undefined) {
      const message = 'is not a known field; a mapping of it to null leaves it out';
      return new AppError('validation', 'UNKNOWN_FIELD', message, { issues: [{ field: key.slice(0, 255), message }] });
    }
    if (field === null || value === null) continue;
    if (Object.hasOwn(values, field)) return invalid(field, 'is given twice');
    values[field] = value;
  }
  return values;
}

/** Decimals keep the digits they were written with; texts that no database column can hold are refused. */
function parseLine(text: string, decimals: ReadonlySet<string>): unknown {
  const isSuspicious = /\\u(?:0000|[dD][89a-fA-F])/.test(text);
  if (!isSuspicious && decimals.size === 0) return JSON.parse(text);
  return JSON.parse(text, (key, value, context?: { source?: string }) => {
    if (typeof value === 'number' && decimals.has(key)) return context?.source ?? String(value);
    const isBad = (part: string) => part.includes('\0') || !part.isWellFormed();
    if (isSuspicious && ((typeof value === 'string' && isBad(value)) || isBad(key))) throw new SyntaxError('text');
    return value;
  });
}
