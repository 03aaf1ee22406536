import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../schema/db.ts';

const DAY_MS = 86_400_000;
/** Delivered commands are of use to whoever looks for what happened last week. */
const COMMANDS_KEPT_DAYS = 7;
/** Events can be delivered again for so long; with them go the marks of their reactions. */
const EVENTS_KEPT_DAYS = 90;
const BATCH = 5_000;

export interface PurgedQueues {
  readonly commands: number;
  readonly events: number;
}

/**
 * Deletes of all organizations what has outlived its purpose, in batches: delivered commands after 7 days, events all of
 * whose reactions are done after 90. What is pending or parked stays, for it waits for somebody.
 * @param platformDb pool of the platform role
 */
export async function purgeQueues(platformDb: Db, now: Date): Promise<PurgedQueues> {
  const before = (days: number) => new Date(now.getTime() - days * DAY_MS);
  const commands = await inBatches(
    platformDb,
    sql`delete from process_commands where (organization_id, id) in (
      select organization_id, id from process_commands
      where status = 'done' and updated_at < ${before(COMMANDS_KEPT_DAYS)}
      order by updated_at limit ${BATCH})`,
  );
  const events = await inBatches(
    platformDb,
    sql`with old as materialized (
      select organization_id, id from domain_events e
      where e.position is not null and e.occurred_at < ${before(EVENTS_KEPT_DAYS)}
        and not exists (select from reaction_runs r
                        where r.organization_id = e.organization_id and r.event_id = e.id and r.status <> 'done')
      order by e.occurred_at limit ${BATCH}
    ), marks as (
      delete from reaction_runs r using old where r.organization_id = old.organization_id and r.event_id = old.id
    )
    delete from domain_events e using old where e.organization_id = old.organization_id and e.id = old.id`,
  );
  return { commands, events };
}

async function inBatches(db: Db, statement: RawBuilder<unknown>): Promise<number> {
  for (let deleted = 0; ; ) {
    const count = Number((await statement.execute(db)).numAffectedRows ?? 0n);
    deleted += count;
    if (count < BATCH) return deleted;
  }
}
