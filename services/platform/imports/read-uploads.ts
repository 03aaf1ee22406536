import { stringify } from 'csv-stringify/sync';
import { sql } from 'kysely';
import type { UploadKind, UploadStatus } from '../../../domain/platform/upload.rules.ts';
import { verb } from '../../core/context.ts';
import { readPage } from '../../core/page.ts';
import { findUpload, selectUploads, toUploadView, type UploadView } from './upload-view.ts';

/** @throws AppError not_found. */
export const getUpload = verb(
  { permission: 'data.view' },
  (ctx, input: { uploadId: string }): Promise<UploadView> => findUpload(ctx, input.uploadId),
);

export interface ListUploadsInput {
  page: number;
  limit: number;
  kind?: UploadKind | undefined;
  status?: UploadStatus | undefined;
}

/** Newest first. */
export const listUploads = verb({ permission: 'data.view' }, async (ctx, input: ListUploadsInput) => {
  let query = selectUploads(ctx).select(sql<number>`count(*) over ()`.as('total'));
  if (input.kind) query = query.where('u.kind', '=', input.kind);
  if (input.status) query = query.where('u.status', '=', input.status);
  const { rows, total } = await readPage(input, (limit, offset) =>
    query.orderBy('u.created_at', 'desc').orderBy('u.id').limit(limit).offset(offset).execute(),
  );
  return { items: rows.map((row) => toUploadView(row, [])), total };
});

const ERRORS_PER_PAGE = 5_000;
const ERROR_COLUMNS = ['line', 'field', 'code', 'message'] as const;

/**
 * The refused and skipped rows as CSV, page by page. Cells that a spreadsheet would take for formulas are defused.
 * @throws AppError not_found.
 */
export const readUploadErrors = verb(
  { permission: 'data.view' },
  async (ctx, input: { uploadId: string; after: string | null }) => {
    if (input.after === null) await findUpload(ctx, input.uploadId);
    const [line, id] = input.after?.split(' ') ?? [];
    let query = ctx.tx
      .selectFrom('upload_errors')
      .select(['id', ...ERROR_COLUMNS])
      .where('upload_id', '=', input.uploadId);
    if (line && id) query = query.where(sql<boolean>`(line, id) > (${Number(line)}::integer, ${id}::uuid)`);
    const rows = await query.orderBy('line').orderBy('id').limit(ERRORS_PER_PAGE).execute();
    const last = rows.at(-1);
    return {
      text: stringify(rows, {
        columns: [...ERROR_COLUMNS],
        header: input.after === null,
        escape_formulas: true,
        record_delimiter: '\r\n',
      }),
      next: last && rows.length === ERRORS_PER_PAGE ? `${last.line} ${last.id}` : null,
    };
  },
);
