import { sql } from 'kysely';
import { AppError } from '../../../domain/core/errors.ts';
import { KIND_PERMISSION } from '../../../domain/platform/upload.rules.ts';
import type { Ctx, Principal } from '../../core/context.ts';
import type { GroupOutcome } from '../../core/group.ts';
import { teamRefusal } from '../../core/team-limits.ts';
import { inSavepoint, sqlStateOf } from '../../core/transaction.ts';
import { decidedBySeen, NOTHING_SEEN, type SeenKeys, wouldChange } from './dry-run.ts';
import type { FileRow } from './file-rows.ts';
import type { ImportedRow, ImportKind, ReadRow, UploadOfRows } from './import-kind.ts';
import type { RowError } from './upload-view.ts';

/** What became of one row. */
export interface RowResult {
  readonly line: number;
  readonly status: 'stored' | 'duplicate' | 'invalid';
  readonly id: string | null;
  readonly errors: readonly RowError[];
}

export interface RowsOutcome {
  /** In the order of the file. */
  readonly results: readonly RowResult[];
  readonly stored: readonly ImportedRow[];
  readonly skipped: number;
  readonly failed: number;
  readonly errors: readonly RowError[];
}

const MAX_ERRORS_PER_ROW = 10;

/** A row of a file, checked; its text is not needed any more. */
export interface CheckedRow {
  readonly line: number;
  readonly row: ReadRow | AppError;
}

/** What needs no database: runs while another batch is stored. */
export function checkRow(kind: ImportKind, { line, values }: FileRow): CheckedRow {
  return { line, row: values instanceof AppError ? values : kind.read(values) };
}

/** Stores rows as the API would store them one by one; a bad one says why and touches no other. */
export async function storeRows(
  ctx: Ctx,
  kind: ImportKind,
  rows: readonly CheckedRow[],
  upload: UploadOfRows & { readonly dryRun: boolean; readonly seen?: SeenKeys },
): Promise<RowsOutcome> {
  const good = rows.flatMap(({ row }) => (row instanceof AppError ? [] : [row]));
  // The import tells of itself in one event, and whoever may upload a file may store what it says, rights aside.
  const isGuarded = KIND_PERMISSION[kind.name] !== undefined;
  const principal: Principal = isGuarded ? ctx.principal : { ...ctx.principal, permissions: 'all' };
  const silent: Ctx = { ...ctx, silent: true, principal };
  if (upload.dryRun) await sql`savepoint dry_run`.execute(ctx.tx);
  const inputs = good.map(({ input }) => input);
  const outcomes = await outcomesOf(silent, kind, inputs, upload);
  if (upload.dryRun) await sql`rollback to savepoint dry_run`.execute(ctx.tx);

  const stored: ImportedRow[] = [];
  const results: RowResult[] = [];
  let skipped = 0;
  let next = 0;
  for (const { line, row } of rows) {
    const outcome = row instanceof AppError ? { ok: false as const, error: row } : outcomes[next++]!;
    if (outcome.ok) {
      stored.push(outcome.value);
      // What a dry run would have created is gone again.
      results.push({ line, status: 'stored', id: upload.dryRun ? null : outcome.value.id, errors: [] });
      continue;
    }
    const status = outcome.error.kind === 'conflict' ? 'duplicate' : 'invalid';
    if (status === 'duplicate') skipped += 1;
    const fieldOf = row instanceof AppError ? undefined : row.fieldOf;
    const existingId = outcome.error.extras.details?.existingId;
    const id = typeof existingId === 'string' ? existingId : null;
    results.push({ line, status, id, errors: errorsOf(outcome.error, line, fieldOf) });
  }
  const errors = results.flatMap((result) => result.errors);
  return { results, stored, skipped, failed: rows.length - stored.length - skipped, errors };
}

async function outcomesOf(
  ctx: Ctx,
  kind: ImportKind,
  inputs: readonly object[],
  { seen = NOTHING_SEEN, ...upload }: UploadOfRows & { readonly seen?: SeenKeys },
): Promise<readonly GroupOutcome<ImportedRow>[]> {
  const decided = inputs.map((input) => decidedBySeen(kind, input, upload, seen));
  const open = inputs.filter((_, index) => decided[index] === null);
  const stored = open.length > 0 ? await storeSafely(ctx, kind, open, upload) : [];
  let next = 0;
  return inputs.map((input, index) => {
    const outcome = decided[index] ?? stored[next++]!;
    if (!outcome.ok || !wouldChange(kind, input, upload, seen)) return outcome;
    return { ok: true, value: { ...outcome.value, created: false } };
  });
}

/** What the database itself refuses about a value: the API's checks let it pass, so it is told for its row alone. */
const REFUSED_VALUE = /^(22|23514|23503|54000)/;

async function storeSafely(
  ctx: Ctx,
  kind: ImportKind,
  inputs: readonly object[],
  upload: UploadOfRows,
): Promise<readonly GroupOutcome<ImportedRow>[]> {
  try {
    return await inSavepoint(ctx, (part) => kind.store(part, inputs, upload));
  } catch (error) {
    const teams = teamRefusal(error);
    if (!teams && !REFUSED_VALUE.test(sqlStateOf(error) ?? '')) throw error;
    if (inputs.length === 1) {
      const refused = new AppError('validation', 'VALUE_REFUSED', 'A value cannot be stored.', { cause: error });
      return [{ ok: false, error: teams ?? refused }];
    }
    const half = Math.ceil(inputs.length / 2);
    const first = await storeSafely(ctx, kind, inputs.slice(0, half), upload);
    return [...first, ...(await storeSafely(ctx, kind, inputs.slice(half), upload))];
  }
}

const snakePath = (path: string): string => path.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function errorsOf(error: AppError, line: number, fieldOf: ((path: string) => string) | undefined): RowError[] {
  const { code, message, extras } = error;
  const issues = extras.issues ?? [];
  if (issues.length === 0) return [{ line, field: null, code, message }];
  return issues.slice(0, MAX_ERRORS_PER_ROW).map((issue) => ({
    line,
    field: snakePath(fieldOf?.(issue.field) ?? issue.field),
    code,
    message: issue.message,
  }));
}
