import { type AnyDb, run, tenantTable } from '../table.ts';

export async function up(db: AnyDb): Promise<void> {
  // A key is written when its request begins and gets its answer before the commit: with room on its page, no index is touched again.
  await run(db, 'alter table idempotency_keys set (fillfactor = 30)');
  // What a changed record held before, so that an undo can give it back; null for one that the upload created, `{}` once erased.
  await run(db, 'alter table upload_records add column before jsonb');
  await run(db, 'create index on upload_records (organization_id, record_id) where before is not null');
  // What a dry run has seen, as hashes: it keeps no rows that later ones could be compared with.
  await tenantTable(
    db,
    'upload_keys',
    `upload_id uuid not null,
     key uuid not null,
     foreign key (organization_id, upload_id) references uploads (organization_id, id)`,
    { primaryKey: 'organization_id, upload_id, key', bookkeeping: false, organizationReference: false },
  );
}
