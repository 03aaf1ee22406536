import { sql } from 'kysely';
import type { Db } from '../../schema/db.ts';

interface Waiting {
  readonly count: number;
  readonly oldestSeconds: number;
}

export interface Backlog {
  readonly events: Waiting;
  readonly reactions: { readonly pending: number; readonly parked: number; readonly oldestSeconds: number };
  readonly commands: { readonly pending: number; readonly parked: number; readonly oldestSeconds: number };
  readonly inboxes: Readonly<Record<string, Waiting>>;
  /** Open ones, and those settled within the last hour. */
  readonly sends: Readonly<Record<string, number>>;
}

const oldest = (now: Date, since: string) =>
  sql`coalesce(greatest(extract(epoch from ${now}::timestamptz - min(${sql.ref(since)})), 0), 0)::float`;

const waiting = (now: Date, table: string, since: string, where: string) => sql`
  (select jsonb_build_object('count', count(*), 'oldestSeconds', ${oldest(now, since)})
   from ${sql.table(table)} where ${sql.raw(where)})`;

/** Each status by its partial index: what is done is most of the table. */
const queue = (now: Date, table: string) => sql`
  (select jsonb_build_object('pending', count(*), 'oldestSeconds', ${oldest(now, 'next_attempt_at')},
     'parked', (select count(*) from ${sql.table(table)} where status = 'parked'))
   from ${sql.table(table)} where status = 'pending')`;

/** What waits between commit and effect, over all organizations, in one statement of the platform role. */
export async function readBacklog(platformDb: Db, now: Date): Promise<Backlog> {
  const { rows } = await sql<Backlog>`
    select ${waiting(now, 'domain_events', 'occurred_at', 'position is null')} as events,
           ${queue(now, 'reaction_runs')} as reactions, ${queue(now, 'process_commands')} as commands,
           jsonb_build_object(
             'outreach', ${waiting(now, 'outreach_inbox', 'next_attempt_at', 'processed_at is null')},
             'webhooks', ${waiting(now, 'webhook_inbox', 'received_at', 'processed_at is null')}) as inboxes,
           (select coalesce(jsonb_object_agg(state, n), '{}') from (
              select state, count(*) as n from (
                select state from sends where settled_at is null
                union all
                select state from sends where settled_at > ${now}::timestamptz - interval '1 hour') recent
              group by state) s) as sends`.execute(platformDb);
  return rows[0]!;
}
