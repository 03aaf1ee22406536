import { invalid } from '../../../domain/core/errors.ts';
import type { Mapping } from '../../../domain/platform/import-mapping.rules.ts';
import { type UploadStatus, uploadFormat } from '../../../domain/platform/upload.rules.ts';
import { readBlobChunk } from '../../core/blobs.ts';
import { type Ctx, verb } from '../../core/context.ts';
import {
  type CheckedRow,
  checkRow,
  finishImport,
  type ImportBatch,
  importBatch,
  insertUpload,
  keepLayout,
  layoutOf,
  openImport,
  type Place,
  type RowResult,
  readRow,
  recordsFrom,
  rowShape,
  startImport,
} from '../imports/index.ts';
import { userKind } from './user-kind.ts';

export interface BulkUsersInput {
  /** A staged blob. */
  blobId: string;
  fileName: string;
  mediaType: string;
  mapping: Mapping | null;
  dryRun: boolean;
}

export interface BulkUsersView {
  /** The upload that remembers it; it can be undone. */
  uploadId: string;
  /** `pending`: too many rows for one answer, a durable process works them off. */
  status: UploadStatus;
  dryRun: boolean;
  total: number | null;
  created: number;
  skipped: number;
  failed: number;
  rows: RowResult[];
}

/** Answered at once up to here. */
export const MOST_ROWS = 1_000;
const MOST_BYTES = 1_048_576;

const KINDS = new Map([[userKind.name, userKind]]);

/**
 * Adds the people of a file. Up to 1,000 rows are worked off here, each with its own outcome; more become an import.
 * @throws AppError validation when the file as a whole cannot be read; forbidden.
 */
export const bulkCreateUsers = verb(
  { permission: 'users.create' },
  async (ctx, input: BulkUsersInput): Promise<BulkUsersView> => {
    const upload = await insertUpload(ctx, { ...input, kind: userKind.name });
    const read = upload.sizeBytes <= MOST_BYTES ? await readFile(ctx, upload.blobId, input) : null;
    if (!read) {
      await startImport(ctx, upload.id);
      return answer(upload.id, input, 'pending', null, []);
    }
    const step = { uploadId: upload.id, generation: upload.generation };
    await openImport(ctx, step);
    await keepLayout(ctx, step, read.layout, read.batch.rows.length);
    const outcome = await importBatch(ctx, KINDS, step, read.batch);
    await finishImport(ctx, KINDS, step);
    return answer(upload.id, input, 'completed', read.batch.rows.length, outcome?.results ?? []);
  },
);

function answer(
  uploadId: string,
  { dryRun }: BulkUsersInput,
  status: UploadStatus,
  total: number | null,
  results: readonly RowResult[],
): BulkUsersView {
  const count = (wanted: RowResult['status']) => results.filter((result) => result.status === wanted).length;
  const [created, skipped, failed] = [count('stored'), count('duplicate'), count('invalid')];
  return { uploadId, status, dryRun, total, created, skipped, failed, rows: [...results] };
}

/** All rows of a small file; null when there are more than one answer takes. */
async function readFile(ctx: Ctx, blobId: string, { mediaType, fileName, mapping }: BulkUsersInput) {
  const content = await readAll(ctx, blobId);
  const open = (fromByte: number) => piece(content, fromByte);
  const layout = await layoutOf(open, uploadFormat(mediaType, fileName), userKind, mapping);
  const problem = layout.problems[0];
  if (problem) {
    const hint = 'The first line names the columns: email,name,phone,role_id,team_id,user_type,location.';
    throw invalid('file', problem.message, undefined, hint);
  }
  const shape = rowShape(layout, userKind, mapping);
  const rows: CheckedRow[] = [];
  let next: Place = layout.start;
  for await (const records of recordsFrom(open, layout.dialect, layout.start)) {
    rows.push(...records.map((record) => checkRow(userKind, readRow(record, shape))));
    if (rows.length > MOST_ROWS) return null;
    const last = records.at(-1)!;
    next = { position: last.end, line: last.nextLine };
  }
  const batch: ImportBatch = { from: layout.start, next, rows };
  return { layout, batch };
}

async function readAll(ctx: Ctx, blobId: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for (let ordinal = 0; ; ordinal++) {
    const chunk = await readBlobChunk(ctx, blobId, ordinal);
    if (!chunk) return Buffer.concat(chunks);
    chunks.push(chunk);
  }
}

async function* piece(content: Buffer, fromByte: number): AsyncGenerator<Uint8Array> {
  if (fromByte < content.length) yield content.subarray(fromByte);
}
