import { type AnyDb, APP_ROLE, CURRENT_ORGANIZATION, run } from '../table.ts';

/**
 * Under row-level security an index serves only conditions that Postgres knows to be leakproof, and neither `lower` nor
 * `like` is: addresses and domains are compared as stored columns, and words are looked up by functions of the owner.
 */
export async function up(db: AnyDb): Promise<void> {
  for (const [table, column] of [
    ['prospects', 'email'],
    ['accounts', 'domain'],
  ] as const) {
    await run(db, `alter table ${table} add column ${column}_lower text generated always as (lower(${column})) stored`);
    await run(db, `drop index ${table}_${column}_key`);
    await run(
      db,
      `create unique index ${table}_${column}_key on ${table} (organization_id, ${column}_lower)
         where deleted_at is null`,
    );
  }
  // The whole list is counted from the index alone: what the policies ask stands in it, too.
  await run(db, 'drop index prospects_organization_id_created_at_id_idx');
  await run(
    db,
    `create index prospects_newest on prospects (organization_id, created_at desc, id desc)
       include (owner_id, team_id, customer_id) where deleted_at is null`,
  );
  // Ids of the transaction's organization and nothing else; whoever reads the rows is asked by the policies again.
  // Two words lead into the index, the others are held against what it finds.
  await find(
    db,
    'find_prospects_by_words',
    'p_patterns text[]',
    `p.search like p_patterns[1] and p.search like coalesce(p_patterns[2], p_patterns[1])
       and p.search like all (p_patterns)`,
  );
  await find(db, 'find_prospects_like', 'p_text text', 'p_text operator(public.<%) p.search');
}

/** Under a limit the planner would rather read the table: it cannot know how rare the words of a parameter are. */
async function find(db: AnyDb, name: string, parameter: string, condition: string): Promise<void> {
  const signature = `${name}(${parameter.split(' ')[1]}, integer)`;
  await run(
    db,
    `create function ${name}(${parameter}, p_limit integer) returns setof uuid
     language sql stable rows 200 security definer set search_path = pg_catalog, public set enable_seqscan = off
     as $$
       select p.id from public.prospects p
       where p.organization_id = ${CURRENT_ORGANIZATION} and p.deleted_at is null and ${condition}
       limit p_limit
     $$`,
  );
  await run(db, `revoke all on function ${signature} from public`);
  await run(db, `grant execute on function ${signature} to ${APP_ROLE}`);
}
