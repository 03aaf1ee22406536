import { sql } from 'kysely';
import { AppError } from '../../../domain/core/errors.ts';
import type { Mapping } from '../../../domain/platform/import-mapping.rules.ts';
import { permissionsOfScopes } from '../../../domain/platform/permissions.rules.ts';
import { KIND_PERMISSION, type UploadKind } from '../../../domain/platform/upload.rules.ts';
import type { Ctx, Principal } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { limitToTeams } from '../../core/team-limits.ts';
import { uploadCompleted, uploadFailed, uploadUndone } from '../events.ts';
import { forgetSeen, keepSeen, readSeen } from './dry-run.ts';
import type { FileLayout } from './file-layout.ts';
import type { Place } from './file-rows.ts';
import { type ImportKind, type ImportKinds, kindOf, type UploadOfRows } from './import-kind.ts';
import { type CheckedRow, type RowsOutcome, storeRows } from './import-rows.ts';
import { type KeptAuthority, NOBODY } from './upload-authority.ts';
import { keepRecords, takeBack } from './upload-records.ts';
import { cursorOf, type ImportCursor, lockUpload, type RowError, type UploadRow, uploadOf } from './upload-view.ts';

/** The steps of an import's process. Each is one transaction and may be repeated: it finds its own work done. */
export interface ImportStep {
  uploadId: string;
  generation: number;
}

/** Nothing to do (any more): `done`, `failed`, or ended by somebody else. */
export interface EndedImport {
  readonly work: 'none';
  readonly state: 'done' | 'failed' | 'ended';
  readonly rowsDone: number;
}

export interface OpenImport {
  readonly kind: string;
  readonly format: UploadRow['format'];
  readonly blobId: string;
  readonly mapping: Mapping | null;
  readonly cursor: ImportCursor;
  readonly rowsDone: number;
  readonly work: 'import' | 'undo';
}

const STATE_OF: Readonly<Record<string, EndedImport['state']>> = {
  completed: 'done',
  undone: 'done',
  failed: 'failed',
};

/** What is to be done for this generation. */
export async function openImport(ctx: Ctx, step: ImportStep): Promise<OpenImport | EndedImport> {
  const row = await lockUpload(ctx, step.uploadId);
  const isCurrent = row.generation === step.generation;
  if (isCurrent && row.status === 'pending') {
    await ctx.tx
      .updateTable('uploads')
      .set({ status: 'running', started_at: ctx.now })
      .where('id', '=', row.id)
      .execute();
  }
  const isOpen = ['pending', 'running', 'undoing'].includes(row.status);
  if (!isCurrent || !isOpen) {
    const state = (isCurrent && STATE_OF[row.status]) || 'ended';
    return { work: 'none', state, rowsDone: row.rows_done };
  }
  return {
    kind: row.kind,
    format: row.format,
    blobId: row.blob_id,
    mapping: row.mapping as Mapping | null,
    cursor: cursorOf(row),
    rowsDone: row.rows_done,
    work: row.status === 'undoing' ? 'undo' : 'import',
  };
}

/** The upload while this generation is at `status`; null when it has ended meanwhile. */
async function lockAt(ctx: Ctx, step: ImportStep, status: string): Promise<UploadRow | null> {
  const row = await lockUpload(ctx, step.uploadId);
  return row.generation === step.generation && row.status === status ? row : null;
}

/** Keeps what is known of the file. False when the import has ended. */
export async function keepLayout(ctx: Ctx, step: ImportStep, layout: FileLayout, rowsTotal: number): Promise<boolean> {
  const row = await lockAt(ctx, step, 'running');
  if (!row) return false;
  const { dialect, header, columns, start } = layout;
  const cursor: ImportCursor = { dryRun: cursorOf(row).dryRun, dialect, header, columns, ...start };
  await ctx.tx
    .updateTable('uploads')
    .set({ cursor: JSON.stringify(cursor), rows_total: rowsTotal })
    .where('id', '=', row.id)
    .execute();
  return true;
}

export interface ImportBatch {
  readonly from: Place;
  readonly next: Place;
  readonly rows: readonly CheckedRow[];
}

/**
 * Stores a batch together with its errors, its counts and the place behind it: whatever dies, no row is lost and none
 * is doubled. Null when the import has ended. @throws Error when another attempt has moved on from this place.
 */
export async function importBatch(
  ctx: Ctx,
  kinds: ImportKinds,
  step: ImportStep,
  batch: ImportBatch,
): Promise<RowsOutcome | null> {
  const row = await lockAt(ctx, step, 'running');
  if (!row) return null;
  const cursor = cursorOf(row);
  if (cursor.position !== batch.from.position) throw new Error('Another attempt of this import has moved on.');
  const kind = kindOf(kinds, row.kind);
  const upload = { ...uploadOf(row), dryRun: cursor.dryRun };
  const outcome = await storeBatch(await withAuthority(ctx, row), kind, batch.rows, upload);
  const { stored, skipped, failed, errors } = outcome;
  const created = stored.filter((record) => record.created);
  if (!cursor.dryRun) await keepRecords(ctx, row.id, stored);
  if (errors.length > 0) await insertErrors(ctx, row.id, errors);
  await ctx.tx
    .updateTable('uploads')
    .set({
      cursor: JSON.stringify({ ...cursor, ...batch.next }),
      rows_done: row.rows_done + batch.rows.length,
      created: row.created + created.length,
      updated: row.updated + stored.length - created.length,
      skipped: row.skipped + skipped,
      failed: row.failed + failed,
    })
    .where('id', '=', row.id)
    .execute();
  return outcome;
}

async function storeBatch(
  ctx: Ctx,
  registered: ImportKind,
  rows: readonly CheckedRow[],
  upload: UploadOfRows & { readonly dryRun: boolean },
): Promise<RowsOutcome> {
  if (!upload.dryRun) return storeRows(ctx, registered, rows, upload);
  const repetition = await registered.repetitionIn?.(ctx);
  const kind = repetition ? { ...registered, repetition } : registered;
  const inputs = (some: readonly CheckedRow[]) => some.flatMap(({ row }) => (row instanceof AppError ? [] : row.input));
  const seen = await readSeen(ctx, kind, inputs(rows), upload);
  const outcome = await storeRows(ctx, kind, rows, { ...upload, seen });
  const taken = rows.filter((_, index) => outcome.results[index]!.status === 'stored');
  await keepSeen(ctx, kind, inputs(taken), upload);
  return outcome;
}

/** Who uploaded acts on, also in the worker: an import gives nobody more than its uploader may give. */
async function withAuthority(ctx: Ctx, row: UploadRow): Promise<Ctx> {
  const kept = row.authority as unknown as KeptAuthority | null;
  if (!kept) return KIND_PERMISSION[row.kind as UploadKind] ? { ...ctx, principal: NOBODY } : ctx;
  const { permissions, ...who } = kept;
  const held = permissions === 'all' ? 'all' : permissionsOfScopes(permissions);
  const principal: Principal = { ...who, permissions: held };
  await limitToTeams(ctx, principal);
  return { ...ctx, principal };
}

async function insertErrors(ctx: Ctx, uploadId: string, errors: readonly RowError[]): Promise<void> {
  await sql`
    insert into upload_errors (organization_id, upload_id, line, field, code, message)
    select ${ctx.organizationId}, ${uploadId}, line, field, code, message
    from jsonb_to_recordset(${JSON.stringify(errors)}::jsonb) as row(
      line integer, field text, code text, message text)`.execute(ctx.tx);
}

/** Ends an import whose last row is stored. */
export async function finishImport(ctx: Ctx, kinds: ImportKinds, step: ImportStep): Promise<void> {
  const row = await lockAt(ctx, step, 'running');
  if (!row) return;
  await ctx.tx
    .updateTable('uploads')
    .set({ status: 'completed', completed_at: ctx.now, rows_total: row.rows_done })
    .where('id', '=', row.id)
    .execute();
  const { kind, created, updated, skipped, failed } = row;
  if (cursorOf(row).dryRun) return forgetSeen(ctx, row.id);
  const data = { uploadId: row.id, kind, created, updated, skipped, failed };
  await emit(ctx, uploadCompleted, { entityId: row.id, data });
  await kindOf(kinds, kind).finished?.(ctx, { id: row.id, created, updated });
}

/** Ends what could not be carried out; what was cancelled or finished meanwhile is left alone. */
export async function failImport(ctx: Ctx, step: ImportStep & { code: string; message: string }): Promise<void> {
  const row = await lockUpload(ctx, step.uploadId);
  const isOpen = ['pending', 'running', 'undoing'].includes(row.status);
  if (row.generation !== step.generation || !isOpen) return;
  await ctx.tx
    .updateTable('uploads')
    .set({ status: 'failed', failure_code: step.code, failure_message: step.message, completed_at: ctx.now })
    .where('id', '=', row.id)
    .execute();
  await forgetSeen(ctx, row.id);
  const data = { uploadId: row.id, kind: row.kind, code: step.code };
  await emit(ctx, uploadFailed, { entityId: row.id, data });
}

const UNDO_BATCH = 1_000;

/** Takes back a batch of records and forgets them; those that stay are remembered. False when nothing is left to do. */
export async function undoBatch(ctx: Ctx, kinds: ImportKinds, step: ImportStep): Promise<boolean> {
  const row = await lockAt(ctx, step, 'undoing');
  if (!row) return false;
  const records = await ctx.tx
    .selectFrom('upload_records')
    .select(['record_id as id', 'record_version as version', 'before'])
    .where('upload_id', '=', row.id)
    .where('kept', '=', false)
    // Newest first: what builds on an earlier row, as a refund does, goes before it.
    .orderBy('record_id', 'desc')
    .limit(UNDO_BATCH)
    .execute();
  if (records.length === 0) {
    await ctx.tx
      .updateTable('uploads')
      .set({ status: 'undone', completed_at: ctx.now, failure_code: null, failure_message: null })
      .where('id', '=', row.id)
      .execute();
    const data = { uploadId: row.id, kind: row.kind, kept: row.kept_after_undo ?? 0 };
    await emit(ctx, uploadUndone, { entityId: row.id, data });
    return false;
  }
  const kept = await takeBack({ ...(await withAuthority(ctx, row)), silent: true }, kindOf(kinds, row.kind), records);
  const left = new Set(kept);
  const gone = records.flatMap(({ id }) => (left.has(id) ? [] : id));
  await sql`
    delete from upload_records where organization_id = ${ctx.organizationId} and upload_id = ${row.id}
      and record_id = any(${sql.val(gone)}::uuid[])`.execute(ctx.tx);
  await sql`
    update upload_records set kept = true where organization_id = ${ctx.organizationId} and upload_id = ${row.id}
      and record_id = any(${sql.val(kept)}::uuid[])`.execute(ctx.tx);
  await ctx.tx
    .updateTable('uploads')
    .set({ kept_after_undo: (row.kept_after_undo ?? 0) + kept.length })
    .where('id', '=', row.id)
    .execute();
  return true;
}
