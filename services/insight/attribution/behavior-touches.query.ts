import { type RawBuilder, sql } from 'kysely';
import { BEHAVIOR_CHANNEL, PAGE_VIEW_TYPE, type RunConfig } from '../../../domain/insight/run-config.rules.ts';
import { currentAtStart, type Snapshot, seenAtStart } from './frozen-view.query.ts';

interface Reader {
  organizationId: string;
  snapshot: Snapshot;
  config: RunConfig;
}

/**
 * Events and page views whose types the run counts as touches, one select each, in the columns of a touch (`i`); none
 * where the run's filters leave no room for them: they have neither team nor vendor, and one channel.
 * @param whose and @param when conditions over `i`
 */
export function behaviorTouches(run: Reader, whose: RawBuilder<unknown>, when: RawBuilder<unknown>) {
  const { includeChannels, teamId, vendorId } = run.config;
  if (teamId || vendorId || (includeChannels.length > 0 && !includeChannels.includes(BEHAVIOR_CHANNEL))) return [];
  return behaviorOf(run, whose, when);
}

/** The same whatever the run's filters say. */
export function behaviorOf(
  { config: { touchEventTypes: types }, organizationId, snapshot }: Reader,
  whose: RawBuilder<unknown>,
  when: RawBuilder<unknown>,
): RawBuilder<unknown>[] {
  const select = (rows: RawBuilder<unknown>, seen: RawBuilder<boolean>) => sql`
    select i.id, 0 as version, i.customer_id, coalesce(i.external_id, i.id::text) as external_id,
           ${BEHAVIOR_CHANNEL}::text as channel, null::uuid as vendor_id, i.touch_source_id, i.started_at,
           null::double precision as purchase_probability, null::text as primary_intent
    from (${rows}) i
    where i.organization_id = ${organizationId} and ${whose} ${when} and ${seen}`;
  const facts = sql`f.organization_id, f.id, f.external_id, f.touch_source_id, f.occurred_at as started_at`;
  // A row of a session that turned out to be somebody's: runs frozen before go on seeing it with its owner of then.
  const both = (table: 'events' | 'website_page_views', condition: RawBuilder<unknown>) => [
    select(
      sql`select ${facts}, f.customer_id, f.created_xid from ${sql.table(table)} f where ${condition}`,
      seenAtStart('i', snapshot, 'events'),
    ),
    select(
      sql`select ${facts}, owner.customer_id, owner.created_xid, owner.ended_xid
          from behavior_owners_history owner
          join ${sql.table(table)} f on f.organization_id = owner.organization_id and f.id = owner.fact_id
          where owner.organization_id = ${organizationId} and ${condition}`,
      currentAtStart('i', snapshot, 'events'),
    ),
  ];
  return [
    ...(types.length > 0 ? both('events', sql`f.type = any(${sql.val(types)}::text[])`) : []),
    ...(types.includes(PAGE_VIEW_TYPE) ? both('website_page_views', sql`true`) : []),
  ];
}

/** external_id and touch_type of the touch with this id, whichever kind of fact it is. At most one row. */
export const touchNames = (organizationId: string, id: RawBuilder<unknown>) => sql<{
  external_id: string;
  touch_type: string;
}>`(
  select n.external_id, 'interaction' as touch_type from interactions n
  where n.organization_id = ${organizationId} and n.id = ${id}
  union all
  select coalesce(n.external_id, n.id::text), n.type from events n
  where n.organization_id = ${organizationId} and n.id = ${id}
  union all
  select coalesce(n.external_id, n.id::text), ${PAGE_VIEW_TYPE}::text from website_page_views n
  where n.organization_id = ${organizationId} and n.id = ${id}
  limit 1)`;
