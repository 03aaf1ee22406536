import { type Kysely, sql } from 'kysely';

// biome-ignore lint/suspicious/noExplicitAny: migrations run before any generated type exists
export type AnyDb = Kysely<any>;

export const APP_ROLE = 'revloop_app';
export const PLATFORM_ROLE = 'revloop_platform';

/**
 * The organization of the current transaction. Wrapped in a sub-select it becomes an init-plan: evaluated once per
 * statement, not once per row. A missing setting is NULL, so a statement without a context sees no row at all.
 */
export const CURRENT_ORGANIZATION = `(select nullif(current_setting('app.organization_id', true), '')::uuid)`;

export interface TenantTableOptions {
  /** `mutable` rows carry updated_at and version (the ETag); `append` rows are never changed by the app role. */
  kind?: 'mutable' | 'append';
  /** What the app role may do. */
  grants?: string;
  /** Queue tables that all-organization jobs read with the platform role. */
  platformGrants?: string;
  /** False for facts: thousands of inserts a second would all lock the one organizations row. */
  organizationReference?: boolean;
  /** Replaces `primary key (organization_id, id)`; the table then has no id column of its own. */
  primaryKey?: string;
  /** Rows written in bulk by a process carry no bookkeeping columns. */
  bookkeeping?: boolean;
}

/** Creates a table that belongs to an organization: keys, bookkeeping columns, row-level security, grants. */
export async function tenantTable(db: AnyDb, name: string, columns: string, options: TenantTableOptions = {}) {
  const { kind = 'mutable', organizationReference = true, bookkeeping = true } = options;
  const grants = options.grants ?? (kind === 'mutable' ? 'select, insert, update, delete' : 'select, insert');
  const parts = [
    `organization_id uuid not null default nullif(current_setting('app.organization_id', true), '')::uuid
      ${organizationReference ? 'references organizations (id)' : ''}`,
    options.primaryKey ? '' : 'id uuid not null default uuidv7()',
    columns.trim().replace(/,$/, ''),
    bookkeeping ? 'created_at timestamptz not null default now()' : '',
    bookkeeping && kind === 'mutable' ? 'updated_at timestamptz not null default now()' : '',
    bookkeeping && kind === 'mutable' ? 'version integer not null default 1' : '',
    `primary key (${options.primaryKey ?? 'organization_id, id'})`,
  ].filter(Boolean);
  await run(db, `create table ${name} (${parts.join(',\n')})`);
  await run(db, `alter table ${name} enable row level security`);
  await run(
    db,
    `create policy organization_isolation on ${name} to ${APP_ROLE}
       using (organization_id = ${CURRENT_ORGANIZATION}) with check (organization_id = ${CURRENT_ORGANIZATION})`,
  );
  await run(db, `grant ${grants} on ${name} to ${APP_ROLE}`);
  if (options.platformGrants) {
    await run(db, `create policy all_organizations on ${name} to ${PLATFORM_ROLE} using (true) with check (true)`);
    await run(db, `grant ${options.platformGrants} on ${name} to ${PLATFORM_ROLE}`);
  }
  if (bookkeeping && kind === 'mutable') {
    await run(db, `create trigger touch before update on ${name} for each row execute function touch_row()`);
  }
}

export async function run(db: AnyDb, statement: string): Promise<void> {
  await sql.raw(statement).execute(db);
}
