import { type AnyDb, run, tenantTable } from '../table.ts';

/** What runs need that count events and page views as touches. */
export async function up(db: AnyDb): Promise<void> {
  // Read by a run's snapshot as events are; both keep where they came from when their texts are erased.
  await run(
    db,
    'alter table website_page_views add column created_xid xid8 not null default pg_current_xact_id(), add column touch_source_id uuid',
  );
  await run(db, 'alter table events add column touch_source_id uuid');

  // Whose a row was before a session turned out to be somebody's: a run that saw it then goes on seeing it so.
  await tenantTable(
    db,
    'behavior_owners_history',
    `fact_id uuid not null,
     customer_id uuid not null,
     created_xid xid8 not null,
     ended_xid xid8 not null default pg_current_xact_id()`,
    { kind: 'append', organizationReference: false, primaryKey: 'organization_id, fact_id, ended_xid' },
  );
  await run(db, 'create index on behavior_owners_history (organization_id, customer_id)');
}
