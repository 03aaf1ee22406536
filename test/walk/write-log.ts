import type postgres from 'postgres';

export interface Write {
  readonly table: string;
  readonly operation: 'INSERT' | 'UPDATE' | 'DELETE';
  readonly organizationId: string | null;
  readonly rows: number;
}

export interface WriteLog {
  /** Committed writes since the last call, whoever made them. */
  take(): Promise<Write[]>;
}

/**
 * Triggers on every table of a test database that note each committed row change: exact where a checksum is, cheap enough
 * to ask after every request, and it names the table.
 */
export async function logWrites(owner: postgres.Sql): Promise<WriteLog> {
  await owner.unsafe(`
    create table walk_writes (
      n bigint generated always as identity, table_name text not null, operation text not null, organization_id text);
    create function walk_note() returns trigger language plpgsql security definer as $$
    begin
      insert into public.walk_writes (table_name, operation, organization_id) values (
        tg_table_name, tg_op,
        case when tg_op = 'DELETE' then to_jsonb(old) else to_jsonb(new) end ->>
          case when tg_table_name = 'organizations' then 'id' else 'organization_id' end);
      return null;
    end $$;
    do $$
    declare name text;
    begin
      for name in select c.relname from pg_class c join pg_namespace s on s.oid = c.relnamespace
        where s.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> 'walk_writes'
      loop
        execute format('create trigger walk_note after insert or update or delete on %I for each row execute function walk_note()', name);
      end loop;
    end $$`);
  return {
    async take() {
      const rows = await owner<Write[]>`
        with taken as (delete from walk_writes returning *)
        select table_name as table, operation, organization_id as "organizationId", count(*)::int as rows
        from taken group by 1, 2, 3 order by 1, 2, 3`;
      return [...rows];
    },
  };
}

/** Bookkeeping of requests rather than of the business: a refused request may write it. */
const BOOKKEEPING: Readonly<Record<string, string>> = {
  login_attempts: 'attempts are counted whatever comes of them',
};

/** A file is streamed in before the transaction decides, and taken away when it was refused. */
const STAGED = new Set(['blobs', 'blob_chunks']);

/** What stays of a business kind. */
export function businessWrites(writes: readonly Write[]): Write[] {
  const count = (like: Write, operation: Write['operation']) =>
    writes.find(
      (one) => one.table === like.table && one.operation === operation && one.organizationId === like.organizationId,
    )?.rows ?? 0;
  const isGoneAgain = (write: Write) => STAGED.has(write.table) && count(write, 'INSERT') === count(write, 'DELETE');
  return writes.filter((write) => !Object.hasOwn(BOOKKEEPING, write.table) && !isGoneAgain(write));
}

export const writesAsText = (writes: readonly Write[]): string =>
  writes.map(({ table, operation, rows }) => `${operation} ${table} × ${rows}`).join(', ');
