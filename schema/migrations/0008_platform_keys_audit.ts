import { type AnyDb, APP_ROLE, PLATFORM_ROLE, run, tenantTable } from '../table.ts';

/** The sealed audit log, the rest of API keys, and counters that several processes share. */
export async function up(db: AnyDb): Promise<void> {
  await sealAudit(db);
  await extendKeys(db);
  await countRequests(db);
}

async function sealAudit(db: AnyDb): Promise<void> {
  await run(
    db,
    `alter table audit_logs
       add column on_behalf_of uuid,
       add column outcome text not null default 'success' check (outcome in ('success', 'denied')),
       add column seal_sequence bigint,
       add column salt bytea,
       add column erased_at timestamptz`,
  );
  await run(db, 'create index on audit_logs (organization_id, id) where seal_sequence is null');
  await run(db, 'create index on audit_logs (organization_id, created_at, id)');
  // The sealer of an organization writes as app; the platform role only sees who has something to seal.
  await run(db, `grant update (seal_sequence, salt, before, after, erased_at) on audit_logs to ${APP_ROLE}`);
  await run(db, `create policy all_organizations on audit_logs to ${PLATFORM_ROLE} using (true)`);
  await run(db, `grant select (organization_id, seal_sequence) on audit_logs to ${PLATFORM_ROLE}`);
  // A row may be sealed once and its contents erased once, and nothing else: whoever wants more needs the owner.
  await run(
    db,
    `create function guard_audit_row() returns trigger language plpgsql as $$
     declare
       seals boolean := old.seal_sequence is null and new.seal_sequence is not null and new.salt is not null
         and new.before is not distinct from old.before and new.after is not distinct from old.after
         and new.erased_at is not distinct from old.erased_at;
       erases boolean := old.seal_sequence is not null and old.erased_at is null and new.erased_at is not null
         and new.before is null and new.after is null and new.salt is null and new.seal_sequence = old.seal_sequence;
     begin
       if not (seals or erases) and pg_has_role(current_user, '${APP_ROLE}', 'usage')
          and not pg_has_role(current_user, (select relowner from pg_class where oid = tg_relid), 'usage') then
         raise exception 'audit rows are sealed or erased, never changed' using errcode = 'insufficient_privilege';
       end if;
       return new;
     end $$`,
  );
  await run(db, 'create trigger guard before update on audit_logs for each row execute function guard_audit_row()');

  // No reference to the row: a seal outlives it, and that is how a removed row is found.
  await tenantTable(
    db,
    'audit_seals',
    `sequence bigint not null,
     audit_log_id uuid not null,
     content_hash bytea not null,
     entry_hash bytea not null,
     hash bytea not null,
     unique (organization_id, audit_log_id)`,
    { kind: 'append', primaryKey: 'organization_id, sequence', organizationReference: false },
  );
  await tenantTable(db, 'audit_seal_heads', 'sequence bigint not null, hash bytea not null', {
    primaryKey: 'organization_id',
    grants: 'select, insert, update',
  });
}

async function extendKeys(db: AnyDb): Promise<void> {
  await run(db, 'alter table api_keys rename column hash to key_hash');
  await run(
    db,
    `alter table api_keys
       add column request_count bigint not null default 0,
       add column last_used_at timestamptz,
       add column revoked_at timestamptz,
       add column expiry_warned_at timestamptz`,
  );
  // Being used is no change of the key: it must not make an ETag stale.
  await run(db, 'drop trigger touch on api_keys');
  await run(
    db,
    `create trigger touch before update of name, prefix, key_hash, scopes, user_id, status, rate_limit_per_hour, expires_at
     on api_keys for each row execute function touch_row()`,
  );
  await run(
    db,
    `create index on api_keys (organization_id, expires_at) where status = 'active' and expires_at is not null`,
  );

  // What a rotation has replaced, for the time of its overlap.
  await tenantTable(
    db,
    'api_key_previous_secrets',
    `api_key_id uuid not null,
     prefix text not null,
     key_hash bytea not null unique,
     expires_at timestamptz not null,
     foreign key (organization_id, api_key_id) references api_keys (organization_id, id) on delete cascade`,
    { kind: 'append', grants: 'select, insert, delete' },
  );
  await run(db, 'create index on api_key_previous_secrets (organization_id, api_key_id, expires_at)');

  await tenantTable(
    db,
    'api_key_usage',
    `api_key_id uuid not null,
     day date not null,
     endpoint text not null,
     requests bigint not null,
     failed bigint not null,
     limited bigint not null,
     foreign key (organization_id, api_key_id) references api_keys (organization_id, id) on delete cascade`,
    { primaryKey: 'organization_id, api_key_id, day, endpoint', bookkeeping: false },
  );

  await run(db, 'drop function find_api_key(bytea)');
  await run(
    db,
    `create function find_api_key(p_hash bytea)
     returns table (organization_id uuid, id uuid, scopes text[], user_id uuid, status text,
                    rate_limit_per_hour integer, expires_at timestamptz, secret_expires_at timestamptz)
     language sql stable security definer set search_path = pg_catalog, public
     as $$
       select k.organization_id, k.id, k.scopes, k.user_id, k.status, k.rate_limit_per_hour, k.expires_at,
              found.secret_expires_at
       from (
         select c.organization_id, c.id, null::timestamptz as secret_expires_at
         from public.api_keys c where c.key_hash = p_hash
         union all
         select s.organization_id, s.api_key_id, s.expires_at
         from public.api_key_previous_secrets s where s.key_hash = p_hash
       ) found
       join public.api_keys k on k.organization_id = found.organization_id and k.id = found.id
       join public.organizations o on o.id = k.organization_id and o.deleted_at is null
       limit 1
     $$`,
  );
  await run(db, 'revoke all on function find_api_key(bytea) from public');
  await run(db, `grant execute on function find_api_key(bytea) to ${APP_ROLE}`);
}

/** Unlogged: after a crash of the server everybody begins a new window, which is what a window is worth. */
async function countRequests(db: AnyDb): Promise<void> {
  await run(
    db,
    `create unlogged table rate_limit_counters (
       subject text not null,
       window_ends_at timestamptz not null,
       used bigint not null,
       primary key (subject, window_ends_at)
     )`,
  );
  await run(db, 'create index on rate_limit_counters (window_ends_at)');
  await run(db, `grant select, insert, update, delete on rate_limit_counters to ${PLATFORM_ROLE}`);
}
