import { type AnyDb, APP_ROLE, run } from '../table.ts';
import { happenedTo, limitedToTeams, ownedBy } from '../team-visibility.ts';

/** What loads and imports fill: a plan made for an empty table does not end in time on a full one. */
const FILLED_IN_BULK = [
  'customers',
  'customer_identifiers',
  'identity_links',
  'identity_evidence',
  'interactions',
  'interaction_participants',
  'conversions',
  'events',
  'website_page_views',
  'spend',
  'attribution_results',
  'accounts',
  'prospects',
  'deals',
  'deal_contacts',
  'deal_stage_history',
  'activities',
  'call_logs',
  'meetings',
  'tasks',
  'contact_list_members',
];

/** Who sees which record, and that the statistics of large tables can be kept by those who fill them. */
export async function up(db: AnyDb): Promise<void> {
  for (const table of ['accounts', 'prospects', 'deals', 'forecast_snapshots']) {
    await limitedToTeams(db, table, ownedBy('owner_id'));
  }
  await limitedToTeams(db, 'tasks', ownedBy('assignee_id', 'created_by'));
  for (const [table, doer] of [
    ['activities', 'user_id'],
    ['call_logs', 'user_id'],
    ['meetings', 'owner_id'],
  ] as const) {
    await limitedToTeams(db, table, happenedTo(table, doer));
  }
  // A judgement is no edit: it must not make the ETag stale that somebody is editing under.
  await run(db, 'drop trigger touch on accounts');
  await run(
    db,
    `create trigger touch before update on accounts for each row
       when (new.health_computed_at is not distinct from old.health_computed_at) execute function touch_row()`,
  );
  await run(db, `grant maintain on ${FILLED_IN_BULK.join(', ')} to ${APP_ROLE}`);
}
