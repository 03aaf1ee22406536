import { type AnyDb, APP_ROLE, run, tenantTable } from '../table.ts';

/** People, teams and keys: what it takes to know who is asking. */
export async function up(db: AnyDb): Promise<void> {
  await tenantTable(
    db,
    'teams',
    `name text not null,
     parent_team_id uuid,
     deleted_at timestamptz,
     foreign key (organization_id, parent_team_id) references teams (organization_id, id)`,
  );
  await tenantTable(
    db,
    'users',
    `email text not null,
     first_name text,
     last_name text,
     team_id uuid,
     role text not null default 'user' check (role in ('admin', 'user', 'viewer')),
     status text not null default 'active' check (status in ('active', 'inactive')),
     deleted_at timestamptz,
     foreign key (organization_id, team_id) references teams (organization_id, id)`,
  );
  // The one unique key that does not begin with the organization: a login names only an e-mail.
  await run(db, 'create unique index users_email_key on users (lower(email)) where deleted_at is null');

  await tenantTable(
    db,
    'api_keys',
    `name text not null,
     prefix text not null,
     hash bytea not null unique,
     scopes text[] not null,
     user_id uuid,
     status text not null default 'active' check (status in ('active', 'revoked', 'expired')),
     rate_limit_per_hour integer check (rate_limit_per_hour > 0),
     expires_at timestamptz,
     foreign key (organization_id, user_id) references users (organization_id, id)`,
  );

  // Runs as the owner, before the organization is known: static SQL, pinned search_path, at most one row.
  await run(
    db,
    `create function find_api_key(p_hash bytea)
     returns table (organization_id uuid, id uuid, scopes text[], user_id uuid, status text,
                    rate_limit_per_hour integer, expires_at timestamptz)
     language sql stable security definer set search_path = pg_catalog, public
     as $$
       select k.organization_id, k.id, k.scopes, k.user_id, k.status, k.rate_limit_per_hour, k.expires_at
       from public.api_keys k
       join public.organizations o on o.id = k.organization_id and o.deleted_at is null
       where k.hash = p_hash
       limit 1
     $$`,
  );
  await run(db, 'revoke all on function find_api_key(bytea) from public');
  await run(db, `grant execute on function find_api_key(bytea) to ${APP_ROLE}`);
}
