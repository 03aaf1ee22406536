import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';
import { type ChangedRecord, type ImportedRow, type ImportKind, keptOf } from './import-kind.ts';

/** What an undo will need: the records that were created, and what changed ones held before. */
export async function keepRecords(ctx: Ctx, uploadId: string, stored: readonly ImportedRow[]): Promise<void> {
  const created = stored.filter((record) => record.created);
  if (created.length > 0) {
    await sql`
      insert into upload_records (organization_id, upload_id, record_id, record_version)
      select ${ctx.organizationId}, ${uploadId}, id, version
      from unnest(${sql.val(created.map((record) => record.id))}::uuid[],
                  ${sql.val(created.map((record) => record.version ?? 1))}::integer[]) as record(id, version)
      order by id`.execute(ctx.tx);
  }
  const changed = stored.filter((record) => !record.created && record.before !== undefined);
  if (changed.length > 0) {
    const records = changed.map(({ id, version, before }) => ({ id, version: version! - 1, before }));
    // Of several changes the first one tells what was there; a record that this upload created is taken back whole.
    await sql`
      insert into upload_records (organization_id, upload_id, record_id, record_version, before)
      select distinct on (id) ${ctx.organizationId}, ${uploadId}, id, version, before
      from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as record(id uuid, version integer, before jsonb)
      order by id, version
      on conflict do nothing`.execute(ctx.tx);
  }
  await followOwnChanges(ctx, uploadId, stored);
}

/** A later row of the file may change what an earlier one created; that is no change by somebody else. */
async function followOwnChanges(ctx: Ctx, uploadId: string, stored: readonly ImportedRow[]): Promise<void> {
  const changed = stored.filter((record) => !record.created && record.version !== undefined);
  if (changed.length === 0) return;
  await sql`
    update upload_records r set record_version = change.last
    from (
      select id, min(version) as first, max(last_version) as last
      from unnest(${sql.val(changed.map((record) => record.id))}::uuid[],
                  ${sql.val(changed.map((record) => record.version!))}::integer[],
                  ${sql.val(changed.map((record) => record.lastVersion ?? record.version!))}::integer[])
        as change(id, version, last_version)
      group by id
    ) change
    where r.organization_id = ${ctx.organizationId} and r.upload_id = ${uploadId} and r.record_id = change.id
      and r.record_version = change.first - 1`.execute(ctx.tx);
}

interface KeptRecord {
  readonly id: string;
  readonly version: number;
  readonly before: unknown;
}

/** Changed records are put right before created ones go: what was moved onto a new record leaves it again. */
export async function takeBack(ctx: Ctx, kind: ImportKind, records: readonly KeptRecord[]): Promise<string[]> {
  const created = records.filter(({ before }) => before === null);
  const changed = records.filter(({ before }) => before !== null) as ChangedRecord[];
  // Erased meanwhile: nothing is known of what was there.
  const known = changed.filter(({ before }) => Object.keys(before).length > 0);
  const kept = keptOf(changed, known);
  if (known.length > 0) kept.push(...((await kind.restore?.(ctx, known)) ?? keptOf(known, [])));
  if (created.length > 0) kept.push(...(await kind.undo(ctx, created)));
  return kept;
}
