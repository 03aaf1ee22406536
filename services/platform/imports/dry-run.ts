import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { type AppError, conflict } from '../../../domain/core/errors.ts';
import type { Ctx } from '../../core/context.ts';
import type { GroupOutcome } from '../../core/group.ts';
import type { ImportedRow, ImportKind, UploadOfRows } from './import-kind.ts';

/** Keys of rows that earlier batches of a dry run would have stored. */
export type SeenKeys = ReadonlySet<string>;
export const NOTHING_SEEN: SeenKeys = new Set();

/** Hashed: what is kept of a file's rows tells nobody what stood in them. */
const hashOf = (key: string): string => createHash('sha256').update(key).digest('hex').slice(0, 32);

/** Which rows, or rows that these build on, stood in the batches before. */
export async function readSeen(
  ctx: Ctx,
  { repetition }: ImportKind,
  inputs: readonly object[],
  upload: UploadOfRows,
): Promise<SeenKeys> {
  if (!repetition || inputs.length === 0) return NOTHING_SEEN;
  const byHash = new Map<string, string>();
  for (const input of inputs) {
    for (const key of [repetition.keyOf(input, upload), repetition.buildsOn?.(input) ?? null]) {
      if (key !== null) byHash.set(hashOf(key), key);
    }
  }
  const { rows } = await sql<{ key: string }>`
    select replace(key::text, '-', '') as key from upload_keys
    where organization_id = ${ctx.organizationId} and upload_id = ${upload.id}
      and key = any(${sql.val([...byHash.keys()])}::uuid[])`.execute(ctx.tx);
  return new Set(rows.map(({ key }) => byHash.get(key)!));
}

/** Remembers rows that would have been stored, for the batches to come. */
export async function keepSeen(
  ctx: Ctx,
  { repetition }: ImportKind,
  inputs: readonly object[],
  upload: UploadOfRows,
): Promise<void> {
  const keys = inputs.flatMap((input) => repetition?.keyOf(input, upload) ?? []);
  if (keys.length === 0) return;
  await sql`
    insert into upload_keys (organization_id, upload_id, key)
    select ${ctx.organizationId}, ${upload.id}, key from unnest(${sql.val(keys.map(hashOf))}::uuid[]) as key
    on conflict do nothing`.execute(ctx.tx);
}

export async function forgetSeen(ctx: Ctx, uploadId: string): Promise<void> {
  await sql`
    delete from upload_keys where organization_id = ${ctx.organizationId} and upload_id = ${uploadId}`.execute(ctx.tx);
}

/** Its outcome where the batches before decide it; null: the tables do. */
export function decidedBySeen(
  { repetition }: ImportKind,
  input: object,
  upload: UploadOfRows,
  seen: SeenKeys,
): GroupOutcome<ImportedRow> | null {
  if (!repetition || seen.size === 0) return null;
  const key = repetition.keyOf(input, upload);
  if (key !== null && seen.has(key)) {
    const error = repetition.refusal?.(input);
    if (error) return { ok: false, error };
  }
  const base = repetition.buildsOn?.(input) ?? null;
  // What it builds on is not there to be compared with; its own values were checked when it was read.
  return base !== null && seen.has(base) ? { ok: true, value: { id: '', created: true } } : null;
}

/** A row that would have found the record of an earlier batch changes it. */
export const wouldChange = (kind: ImportKind, input: object, upload: UploadOfRows, seen: SeenKeys): boolean => {
  const key = seen.size === 0 ? null : (kind.repetition?.keyOf(input, upload) ?? null);
  return key !== null && seen.has(key);
};

/** The refusal of a row whose record stands in the file already. */
export const repeatedRow = (code: string, field: string, value: string): AppError =>
  conflict(code, `${value} stands in this file before.`, {
    issues: [{ field, message: 'stands in this file before', value }],
  });
