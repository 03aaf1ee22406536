import { sql } from 'kysely';
import type { Db } from '../../schema/db.ts';

/**
 * Row-level security does not bind superusers, BYPASSRLS roles and owners of tables, so a process that serves
 * organizations must not run as one. @throws Error that says which of the three it is.
 */
export async function assertBoundByRowSecurity(db: Db): Promise<void> {
  const { rows } = await sql<{ name: string; superuser: boolean; bypass: boolean; owned: string | null }>`
    select current_user as name, rolsuper as superuser, rolbypassrls as bypass,
           (select min(c.relname) from pg_class c
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
              and pg_has_role(current_user, c.relowner, 'usage')) as owned
    from pg_roles where rolname = current_user`.execute(db);
  const role = rows[0];
  if (!role) throw new Error('The database did not say which role this process runs as.');
  const reason = role.superuser
    ? 'is a superuser'
    : role.bypass
      ? 'has BYPASSRLS'
      : role.owned !== null
        ? `owns the table ${role.owned} (or is a member of its owner)`
        : undefined;
  if (reason) {
    throw new Error(
      `The database role "${role.name}" ${reason}: row-level security would not hold. Use a login that is only a member of revloop_app.`,
    );
  }
}
