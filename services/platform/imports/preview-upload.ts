import { AppError } from '../../../domain/core/errors.ts';
import { type Mapping, type MappingSuggestion, suggestMapping } from '../../../domain/platform/import-mapping.rules.ts';
import type { UploadFormat } from '../../../domain/platform/upload.rules.ts';
import { readBlobChunk } from '../../core/blobs.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { type FileLayout, type LayoutProblem, layoutOf, rowShape } from './file-layout.ts';
import { type FileRow, readRow, recordsFrom } from './file-rows.ts';
import { type ImportKind, type ImportKinds, kindWithOwnFields } from './import-kind.ts';
import { checkRow, storeRows } from './import-rows.ts';
import { type RowError, readUpload, uploadOf } from './upload-view.ts';

/** Enough for the first rows; the process reads the rest. */
const HEAD_CHUNKS = 2;
const SHOWN_ROWS = 20;

export interface PreviewView {
  format: UploadFormat;
  encoding: string;
  delimiter: string | null;
  header: string[];
  fields: { name: string; required: boolean }[];
  /** One per column. */
  suggestions: MappingSuggestion[];
  /** What the import would use: the upload's mapping (or the one given here), completed by sure suggestions. */
  mapping: Record<string, string | null>;
  rows: { line: number; values: Record<string, unknown> | null }[];
  /** Problems of the file as a whole; any of them would stop the import. */
  problems: LayoutProblem[];
  /** Problems of the rows shown, found by a dry run. */
  errors: RowError[];
}

/** Looks at the beginning of a file and tries its first rows without storing them. */
export const previewUpload = (kinds: ImportKinds) =>
  verb(
    { permission: 'data.upload' },
    async (ctx, input: { uploadId: string; mapping: Mapping | null }): Promise<PreviewView> => {
      const upload = await readUpload(ctx, input.uploadId);
      const kind = await kindWithOwnFields(ctx, kinds, upload.kind);
      const head = await readHead(ctx, upload.blob_id);
      const open = (fromByte: number) => pieces(head, fromByte);
      const stated = input.mapping ?? (upload.mapping as Mapping | null);
      const format = upload.format as UploadFormat;
      const layout = await layoutOf(open, format, kind, stated);
      const rows = await firstRows(open, layout, kind, stated);
      const checked = rows.map((row) => checkRow(kind, row));
      const { errors } =
        layout.problems.length > 0
          ? { errors: [] }
          : await storeRows(ctx, kind, checked, { ...uploadOf(upload), dryRun: true });
      return {
        format,
        encoding: layout.dialect.encoding,
        delimiter: format === 'csv' ? layout.dialect.delimiter : null,
        header: [...layout.header],
        fields: kind.fields.map(({ name, required }) => ({ name, required })),
        suggestions: suggestMapping(layout.header, kind.fields),
        mapping: Object.fromEntries(layout.header.map((column, index) => [column, layout.columns[index] ?? null])),
        rows: rows.map(({ line, values }) => ({
          line,
          values: values instanceof AppError ? null : { ...values },
        })),
        problems: [...layout.problems],
        errors: [...errors],
      };
    },
  );

async function readHead(ctx: Ctx, blobId: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for (let ordinal = 0; ordinal < HEAD_CHUNKS; ordinal++) {
    const chunk = await readBlobChunk(ctx, blobId, ordinal);
    if (chunk) chunks.push(chunk);
  }
  const head = Buffer.concat(chunks);
  if (chunks.length < HEAD_CHUNKS) return head;
  // The last line is cut somewhere, perhaps inside a character: it is left out.
  const end = head.lastIndexOf('\n');
  return end < 0 ? head : head.subarray(0, end + (head[0] === 0xff ? 2 : 1));
}

async function* pieces(head: Buffer, fromByte: number): AsyncGenerator<Uint8Array> {
  if (fromByte < head.length) yield head.subarray(fromByte);
}

async function firstRows(
  open: (fromByte: number) => AsyncIterable<Uint8Array>,
  layout: FileLayout,
  kind: ImportKind,
  stated: Mapping | null,
): Promise<FileRow[]> {
  const shape = rowShape(layout, kind, stated);
  const rows: FileRow[] = [];
  for await (const records of recordsFrom(open, layout.dialect, layout.start)) {
    rows.push(...records.slice(0, SHOWN_ROWS - rows.length).map((record) => readRow(record, shape)));
    if (rows.length >= SHOWN_ROWS) break;
  }
  return rows;
}
