import { type RawBuilder, sql } from 'kysely';
import type { MixedView } from '../../../domain/insight/run-config.rules.ts';

/** `pg_snapshot` text, or a mixture of several. */
export type Snapshot = string | MixedView;

/** What a statement reads; a mixed view keeps an answer for each. */
export type Reading = 'links' | 'interactions' | 'conversions' | 'events' | 'refunds';

/** Statements of runs call interactions `i`, conversions `c` and events `e`; everything else they read are links. */
const READING_OF_ALIAS: Readonly<Record<string, Reading>> = {
  i: 'interactions',
  c: 'conversions',
  e: 'events',
};
const readingOf = (alias: string): Reading => READING_OF_ALIAS[alias] ?? 'links';

/** True for current rows of facts that the run's snapshot saw. */
export function seenAtStart(alias: string, snapshot: Snapshot, reading = readingOf(alias)): RawBuilder<boolean> {
  return visible(alias, snapshot, reading, created);
}

/** For history rows and links: the version was there and had not been ended yet. */
export function currentAtStart(alias: string, snapshot: Snapshot, reading = readingOf(alias)): RawBuilder<boolean> {
  return visible(alias, snapshot, reading, createdAndNotEnded);
}

/** The comparison with xmin spares most rows the function call. */
export const created = (alias: string, snapshot: string): RawBuilder<boolean> => sql<boolean>`
  (${sql.ref(`${alias}.created_xid`)} < pg_snapshot_xmin(${snapshot}::pg_snapshot)
   or pg_visible_in_snapshot(${sql.ref(`${alias}.created_xid`)}, ${snapshot}::pg_snapshot))`;

export const createdAndNotEnded = (alias: string, snapshot: string): RawBuilder<boolean> => sql<boolean>`
  (${created(alias, snapshot)}
   and not coalesce(pg_visible_in_snapshot(${sql.ref(`${alias}.ended_xid`)}, ${snapshot}::pg_snapshot), false))`;

function visible(
  alias: string,
  snapshot: Snapshot,
  reading: Reading,
  at: (alias: string, snapshot: string) => RawBuilder<boolean>,
): RawBuilder<boolean> {
  if (typeof snapshot === 'string') return at(alias, snapshot);
  if (reading === 'links' || reading === 'refunds') return at(alias, snapshot[reading]);
  const { versions, existing } = snapshot;
  // Events are never corrected.
  if (reading === 'events') return at(alias, existing);
  if (versions === existing) return at(alias, versions);
  // A fact that both runs saw is read in the version of one, a fact that only one of them saw as that one saw it.
  const exists = (as: string) => existedAt(`${reading}_history`, alias, as);
  return sql<boolean>`
    ((${at(alias, versions)} and ${exists(existing)}) or (${at(alias, existing)} and not ${exists(versions)}))`;
}

/** Whether any version of the row's fact was there. Versions are never deleted. */
export const existedAt = (history: string, alias: string, snapshot: string): RawBuilder<boolean> => sql<boolean>`
  (${created(alias, snapshot)} or exists (
    select from ${sql.table(history)} older
    where older.organization_id = ${sql.ref(`${alias}.organization_id`)} and older.id = ${sql.ref(`${alias}.id`)}
      and ${created('older', snapshot)}))`;
