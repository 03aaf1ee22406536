import { detectDelimiter } from '../../../domain/platform/import-encoding.rules.ts';
import {
  fieldsOfColumns,
  type Mapping,
  type MappingProblem,
  mappingProblems,
} from '../../../domain/platform/import-mapping.rules.ts';
import { csvFields } from '../../../domain/platform/import-text.rules.ts';
import type { UploadFormat } from '../../../domain/platform/upload.rules.ts';
import { type Dialect, detectEncoding, type OpenFile, type Place, type RowShape, recordsFrom } from './file-rows.ts';
import type { ImportKind } from './import-kind.ts';

export interface LayoutProblem {
  readonly code: MappingProblem['code'] | 'EMPTY_FILE' | 'JSON_ARRAY';
  readonly message: string;
}

export interface FileLayout {
  readonly dialect: Dialect;
  /** Names of columns, or the keys of the first JSON lines. */
  readonly header: readonly string[];
  /** The field of each column. */
  readonly columns: readonly (string | null)[];
  /** The first row. */
  readonly start: Place;
  /** Any of them stops the import before its first row. */
  readonly problems: readonly LayoutProblem[];
}

const KEY_LINES = 100;

/** How a file is written and which column fills which field. */
export async function layoutOf(
  open: OpenFile,
  format: UploadFormat,
  kind: ImportKind,
  stated: Mapping | null,
): Promise<FileLayout> {
  const found = await detectEncoding(open(0));
  const dialect: Dialect = { format, ...found, delimiter: ',' };
  return format === 'csv' ? csvLayout(open, dialect, kind, stated) : jsonLayout(open, dialect, kind, stated);
}

async function csvLayout(
  open: OpenFile,
  plain: Dialect,
  kind: ImportKind,
  stated: Mapping | null,
): Promise<FileLayout> {
  const [firstLine] = await firstTexts(open, { ...plain, format: 'jsonl' }, 1);
  const dialect = { ...plain, delimiter: detectDelimiter(firstLine ?? '') };
  for await (const [record] of recordsFrom(open, dialect, { position: 0, line: 1 })) {
    const header = (csvFields(record!.text, dialect.delimiter) ?? []).map((name) => name.trim());
    const columns = fieldsOfColumns(header, kind.fields, stated);
    const start = { position: record!.end, line: record!.nextLine };
    const problems = mappingProblems(header, columns, kind.fields, stated);
    return { dialect, header, columns, start, problems };
  }
  return emptyLayout(dialect);
}

async function jsonLayout(
  open: OpenFile,
  dialect: Dialect,
  kind: ImportKind,
  stated: Mapping | null,
): Promise<FileLayout> {
  const lines = await firstTexts(open, dialect, KEY_LINES);
  if (lines.length === 0) return emptyLayout(dialect);
  const header = [...new Set(lines.flatMap(keysOf))];
  // Lines may spell one field differently, so each key is understood for itself.
  const columns = header.map((key) => fieldsOfColumns([key], kind.fields, stated)[0] ?? null);
  // Keys differ from line to line, so only what is wrong with the mapping itself counts against the whole file.
  const ofMapping = mappingProblems(header, columns, kind.fields, stated).filter(
    ({ code }) => code === 'UNKNOWN_FIELD',
  );
  const isArray = lines[0]!.trimStart().startsWith('[');
  const problems = isArray
    ? [{ code: 'JSON_ARRAY' as const, message: 'The file is one JSON array; write one object per line.' }]
    : ofMapping;
  return { dialect, header, columns, start: { position: 0, line: 1 }, problems };
}

function emptyLayout(dialect: Dialect): FileLayout {
  const problems = [{ code: 'EMPTY_FILE' as const, message: 'The file has no line.' }];
  return { dialect, header: [], columns: [], start: { position: 0, line: 1 }, problems };
}

async function firstTexts(open: OpenFile, dialect: Dialect, count: number): Promise<string[]> {
  const texts: string[] = [];
  for await (const records of recordsFrom(open, dialect, { position: 0, line: 1 })) {
    texts.push(...records.slice(0, count).map((record) => record.text));
    if (texts.length >= count) break;
  }
  return texts.slice(0, count);
}

function keysOf(line: string): string[] {
  try {
    const parsed: unknown = JSON.parse(line);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? Object.keys(parsed) : [];
  } catch {
    return [];
  }
}

/** How rows are read by a layout. Keys of JSON lines that the first lines did not have are looked up as they come. */
export function rowShape(
  { dialect, header, columns }: Pick<FileLayout, 'dialect' | 'header' | 'columns'>,
  kind: ImportKind,
  stated: Mapping | null,
): RowShape {
  const known = new Map(header.map((key, index) => [key, columns[index] ?? null]));
  return {
    dialect,
    columns,
    decimals: kind.decimals,
    fieldOfKey(key) {
      const field = known.get(key);
      if (field !== undefined) return field;
      const [found = null] = fieldsOfColumns([key], kind.fields, stated);
      // The preview could not show that it is left out.
      if (found === null && !(stated && Object.hasOwn(stated, key))) return undefined;
      if (known.size < 10_000) known.set(key, found);
      return found;
    },
  };
}
