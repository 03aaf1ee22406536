import type postgres from 'postgres';

/** Everything that is stored under an external id or a session, with how often. */
export async function storedFacts(owner: postgres.Sql, organizationId: string): Promise<Map<string, string[]>> {
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
export async function toldFacts(owner: postgres.Sql, organizationId: string): Promise<Map<string, number>> {
  const rows = await owner<{ id: string; times: number }[]>`
    select fact.id, count(*)::int as times
    from domain_events e cross join lateral jsonb_array_elements_text(e.data -> 'ids') as fact(id)
    where e.organization_id = ${organizationId} and e.type like '%.ingested'
    group by fact.id`;
  return new Map(rows.map(({ id, times }) => [id, times]));
}
