import type { Selectable } from 'kysely';
import { notFound } from '../../../domain/core/errors.ts';
import type { Encoding } from '../../../domain/platform/import-encoding.rules.ts';
import type { Mapping } from '../../../domain/platform/import-mapping.rules.ts';
import type { UploadFormat, UploadKind, UploadStatus } from '../../../domain/platform/upload.rules.ts';
import type { Uploads } from '../../../schema/database.gen.ts';
import type { Ctx } from '../../core/context.ts';
import type { Dialect, Place } from './file-rows.ts';
import type { UploadOfRows } from './import-kind.ts';

/** What the process knows of the file and where it is; written in one transaction with the rows it stored. */
export interface ImportCursor extends Partial<Place> {
  /** Rows are checked as if they were stored, and nothing is kept of them. */
  readonly dryRun: boolean;
  readonly dialect?: Dialect;
  readonly header?: readonly string[];
  readonly columns?: readonly (string | null)[];
}

export interface RowError {
  line: number;
  field: string | null;
  code: string;
  message: string;
}

export interface UploadView {
  id: string;
  kind: UploadKind;
  fileName: string;
  format: UploadFormat;
  sizeBytes: number;
  status: UploadStatus;
  dryRun: boolean;
  /** How rows find existing records; only some kinds have any. */
  options: Record<string, unknown>;
  mapping: Mapping | null;
  /** Known once the process has looked at the file. */
  encoding: Encoding | null;
  delimiter: string | null;
  /** Rows; total is null until they are counted. */
  progress: { processed: number; total: number | null };
  created: number;
  updated: number;
  /** Duplicates: of rows before them, or of records that existed. */
  skipped: number;
  failed: number;
  /** The first errors of rows; the file of errors has all of them. */
  errors: RowError[];
  failure: { code: string; message: string } | null;
  /** Records that an undo left because somebody had changed or used them since. */
  keptAfterUndo: number | null;
  /** The first of them. */
  keptIds: string[];
  startedAt: Date | null;
  completedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

export type UploadRow = Selectable<Uploads>;

export const cursorOf = (row: Pick<UploadRow, 'cursor'>): ImportCursor =>
  (row.cursor as unknown as ImportCursor | null) ?? { dryRun: false };

export const selectUploads = (ctx: Ctx) =>
  ctx.tx
    .selectFrom('uploads as u')
    .innerJoin('blobs as b', (join) =>
      join.onRef('b.organization_id', '=', 'u.organization_id').onRef('b.id', '=', 'u.blob_id'),
    )
    .selectAll('u')
    .select('b.size_bytes');

export function toUploadView(
  row: UploadRow & { size_bytes: number },
  errors: RowError[],
  keptIds: string[] = [],
): UploadView {
  const cursor = cursorOf(row);
  return {
    id: row.id,
    kind: row.kind as UploadKind,
    fileName: row.file_name,
    format: row.format as UploadFormat,
    sizeBytes: row.size_bytes,
    status: row.status as UploadStatus,
    dryRun: cursor.dryRun,
    options: row.options as Record<string, unknown>,
    mapping: row.mapping as Mapping | null,
    encoding: cursor.dialect?.encoding ?? null,
    delimiter: row.format === 'csv' ? (cursor.dialect?.delimiter ?? null) : null,
    progress: { processed: row.rows_done, total: row.rows_total },
    created: row.created,
    updated: row.updated,
    skipped: row.skipped,
    failed: row.failed,
    errors,
    failure: row.failure_code ? { code: row.failure_code, message: row.failure_message ?? '' } : null,
    keptAfterUndo: row.kept_after_undo,
    keptIds,
    startedAt: row.started_at,
    completedAt: row.completed_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    version: row.version,
  };
}

export const uploadOf = ({ id, options }: UploadRow): UploadOfRows => ({
  id,
  options: options as UploadOfRows['options'],
});

const SHOWN_ERRORS = 20;
const SHOWN_KEPT = 100;

async function keptIdsOf(ctx: Ctx, uploadId: string): Promise<string[]> {
  const rows = await ctx.tx
    .selectFrom('upload_records')
    .select('record_id')
    .where('upload_id', '=', uploadId)
    .where('kept', '=', true)
    .orderBy('record_id')
    .limit(SHOWN_KEPT)
    .execute();
  return rows.map((row) => row.record_id);
}

/** @throws AppError not_found. */
export async function findUpload(ctx: Ctx, uploadId: string): Promise<UploadView> {
  const row = await selectUploads(ctx).where('u.id', '=', uploadId).executeTakeFirst();
  if (!row) throw notFound('The upload');
  const errors = await ctx.tx
    .selectFrom('upload_errors')
    .select(['line', 'field', 'code', 'message'])
    .where('upload_id', '=', uploadId)
    .orderBy('line')
    .orderBy('id')
    .limit(SHOWN_ERRORS)
    .execute();
  return toUploadView(row, errors, row.kept_after_undo ? await keptIdsOf(ctx, uploadId) : []);
}

/** @throws AppError not_found. */
export async function readUpload(ctx: Ctx, uploadId: string): Promise<UploadRow> {
  const row = await ctx.tx.selectFrom('uploads').selectAll().where('id', '=', uploadId).executeTakeFirst();
  if (!row) throw notFound('The upload');
  return row;
}

/** Holds the upload until the transaction ends. @throws AppError not_found. */
export async function lockUpload(ctx: Ctx, uploadId: string): Promise<UploadRow> {
  const row = await ctx.tx
    .selectFrom('uploads')
    .selectAll()
    .where('id', '=', uploadId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!row) throw notFound('The upload');
  return row;
}
