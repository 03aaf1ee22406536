import type postgres from 'postgres';
import type { Ledger } from './ledger.ts';

/** Everything that is stored under an external id or a session, with how often. */
async function storedFacts(owner: postgres.Sql, organizationId: string): Promise<Map<string, string[]>> {
  const rows = await owner<{ name: string; ids: string[] }[]>`
    select name, array_agg(id::text) as ids from (
      select external_id as name, id from interactions where organization_id = ${organizationId}
      union all
      select external_id, id from conversions where organization_id = ${organizationId}
      union all
      select session_id, id from events where organization_id = ${organizationId}
    ) fact group by name`;
  return new Map(rows.map(({ name, ids }) => [name, ids]));
}

/** How often the product told itself of each fact. */
async function toldFacts(owner: postgres.Sql, organizationId: string): Promise<Map<string, number>> {
  const rows = await owner<{ id: string; times: number }[]>`
    select fact.id, count(*)::int as times
    from domain_events e cross join lateral jsonb_array_elements_text(e.data -> 'ids') as fact(id)
    where e.organization_id = ${organizationId} and e.type like '%.ingested'
    group by fact.id`;
  return new Map(rows.map(({ id, times }) => [id, times]));
}

export interface Differences {
  readonly facts: number;
  /** Acknowledged, and not stored under the id that was told. */
  readonly lost: string[];
  readonly twice: string[];
  /** Stored, and never sent. */
  readonly invented: string[];
  /** Not in exactly one event. */
  readonly toldWrongly: string[];
}

/** What callers were told against what is there and what the product told itself; every list must be empty. */
export async function differences(owner: postgres.Sql, organizationId: string, ledger: Ledger): Promise<Differences> {
  const [facts, told] = [await storedFacts(owner, organizationId), await toldFacts(owner, organizationId)];
  const expected = [...ledger.acknowledged, ...ledger.sessions];
  return {
    facts: expected.length,
    lost: expected.filter(([name, id]) => facts.get(name)?.[0] !== id).map(([name]) => name),
    twice: [...facts].filter(([, ids]) => ids.length !== 1).map(([name]) => name),
    invented: [...facts.keys()].filter((name) => !ledger.sent.has(name) && !ledger.sessions.has(name)),
    toldWrongly: expected.filter(([, id]) => told.get(id) !== 1).map(([name]) => name),
  };
}
