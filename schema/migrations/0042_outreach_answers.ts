import { type AnyDb, run, tenantTable } from '../table.ts';

/** Answers hold messages back from the moment they are taken in, and keep what was attached to them. */
export async function up(db: AnyDb): Promise<void> {
  // Addresses of those who have answered and wait to be understood: nothing is sent to them by itself meanwhile.
  await run(db, 'alter table outreach_inbox add column holds text[]');
  await run(db, 'create index on outreach_inbox (organization_id) where processed_at is null and holds is not null');
  await tenantTable(
    db,
    'inbound_attachments',
    `message_id uuid not null,
     blob_id uuid not null,
     file_name text not null,
     media_type text not null,
     size_bytes bigint not null,
     foreign key (organization_id, message_id) references inbound_messages (organization_id, id),
     foreign key (organization_id, blob_id) references blobs (organization_id, id)`,
    { kind: 'append', grants: 'select, insert, delete', organizationReference: false },
  );
  await run(db, 'create index on inbound_attachments (organization_id, message_id)');
  await run(db, 'create index on inbound_attachments (organization_id, blob_id)');
  await run(db, 'create index on inbound_messages (organization_id, received_at desc, id desc)');
}
