import { type AnyDb, tenantTable } from '../table.ts';

/** Which models an organization has asked for what, and what it says it pays: each change is a row, the last is in force. */
export async function up(db: AnyDb): Promise<void> {
  await tenantTable(
    db,
    'ai_routings',
    `revision integer not null check (revision > 0),
     routes jsonb not null,
     qualities jsonb not null,
     prices jsonb not null,
     changed_by uuid,
     changed_at timestamptz not null,
     unique (organization_id, revision),
     foreign key (organization_id, changed_by) references users (organization_id, id)`,
    { kind: 'append' },
  );
}
