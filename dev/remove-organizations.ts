import postgres from 'postgres';

export interface NamedOrganization {
  readonly organizationId: string;
  readonly name: string;
}

/**
 * Deletes these organizations with all that belongs to them, and nothing else, in one transaction.
 * @throws Error when one of the ids belongs to an organization of another name.
 */
export async function removeOrganizations(ownerUrl: string, organizations: readonly NamedOrganization[]) {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  try {
    await sql.begin(async (tx) => {
      const ids = organizations.map(({ organizationId }) => organizationId);
      const found = await tx<{ id: string; name: string }[]>`
        select id, name from organizations where id = any(${ids}::uuid[]) for update`;
      for (const { id, name } of found) {
        const expected = organizations.find(({ organizationId }) => organizationId === id)!;
        if (name !== expected.name) throw new Error(`The organization ${id} is ${name}, not ${expected.name}.`);
      }
      for (const table of await tablesFromTheEnd(tx)) {
        await tx`delete from ${tx(table)} where organization_id = any(${ids}::uuid[])`;
      }
      await tx`delete from organizations where id = any(${ids}::uuid[])`;
    });
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** Tables of organizations, each before those that it refers to. */
async function tablesFromTheEnd(tx: postgres.TransactionSql): Promise<string[]> {
  const tables = await tx<{ name: string; refers_to: string[] }[]>`
    select c.relname as name,
           coalesce(array_agg(distinct p.relname) filter (where p.oid is not null and p.oid <> c.oid), '{}')::text[]
             as refers_to
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id' and not a.attisdropped
    left join pg_constraint f on f.conrelid = c.oid and f.contype = 'f'
    left join pg_class p on p.oid = f.confrelid
    where c.relkind in ('r', 'p') and not c.relispartition
    group by c.relname`;
  const left = new Map(tables.map((table) => [table.name, table.refers_to]));
  const order: string[] = [];
  while (left.size > 0) {
    const free = [...left.keys()].filter((name) => ![...left.values()].some((refersTo) => refersTo.includes(name)));
    if (free.length === 0) throw new Error(`These tables refer to each other in a circle: ${[...left.keys()].join()}`);
    for (const name of free) left.delete(name);
    order.push(...free);
  }
  return order;
}
