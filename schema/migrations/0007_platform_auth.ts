import { type AnyDb, APP_ROLE, PLATFORM_ROLE, run, tenantTable } from '../table.ts';

/** Signing in, invitations, the send ledger with its built-in outbox, and the data keys of secrets. */
export async function up(db: AnyDb): Promise<void> {
  await credentials(db);
  await invitations(db);
  await sends(db);
  await tenantTable(
    db,
    'data_keys',
    `key_version integer not null,
     kek_id text not null,
     wrapped bytea not null`,
    { primaryKey: 'organization_id, key_version', platformGrants: 'select (organization_id, kek_id)' },
  );
  await lookUps(db);
}

async function credentials(db: AnyDb): Promise<void> {
  // Apart from users, so that no list of people can ever select a hash.
  await tenantTable(
    db,
    'user_credentials',
    `user_id uuid not null,
     password_hash text not null,
     changed_at timestamptz not null,
     foreign key (organization_id, user_id) references users (organization_id, id)`,
    { primaryKey: 'organization_id, user_id' },
  );
  await tenantTable(
    db,
    'user_sessions',
    `user_id uuid not null,
     user_agent text,
     ip_address text,
     last_used_at timestamptz not null,
     expires_at timestamptz not null,
     ended_at timestamptz,
     end_reason text check (end_reason in ('logout', 'revoked', 'reuse', 'password_changed', 'user_disabled')),
     check ((ended_at is null) = (end_reason is null)),
     foreign key (organization_id, user_id) references users (organization_id, id)`,
  );
  await run(db, 'create index on user_sessions (organization_id, user_id) where ended_at is null');
  await run(db, 'create index on user_sessions (expires_at)');
  // A session is the family of its tokens: one of them used twice ends it.
  await tenantTable(
    db,
    'refresh_tokens',
    `session_id uuid not null,
     hash bytea not null unique,
     rotated_at timestamptz,
     foreign key (organization_id, session_id) references user_sessions (organization_id, id) on delete cascade`,
  );
  await run(db, 'create index on refresh_tokens (organization_id, session_id)');

  // Counted for every address that is tried, known or not: neither answers nor work may tell which exist.
  await run(
    db,
    `create table login_attempts (
       email_hash bytea primary key,
       failed integer not null,
       window_started_at timestamptz not null,
       locked_until timestamptz
     )`,
  );
  await run(db, `grant select, delete on login_attempts to ${PLATFORM_ROLE}`);
  // Asked without an organization; a worker finds out whether there is such a user at all.
  await run(
    db,
    `create table password_reset_requests (
       id uuid primary key default uuidv7(),
       email text not null,
       requested_at timestamptz not null
     )`,
  );
  await run(db, `grant insert on password_reset_requests to ${APP_ROLE}`);
  await run(db, `grant select, update, delete on password_reset_requests to ${PLATFORM_ROLE}`);
}

async function invitations(db: AnyDb): Promise<void> {
  await tenantTable(
    db,
    'team_invitations',
    `email text not null,
     role text not null check (role in ('admin', 'user', 'viewer')),
     team_id uuid,
     status text not null default 'pending' check (status in ('pending', 'accepted', 'revoked', 'expired')),
     expires_at timestamptz not null,
     generation integer not null default 1,
     invited_by uuid,
     reminded_at timestamptz,
     accepted_at timestamptz,
     accepted_user_id uuid,
     foreign key (organization_id, team_id) references teams (organization_id, id),
     foreign key (organization_id, invited_by) references users (organization_id, id),
     foreign key (organization_id, accepted_user_id) references users (organization_id, id)`,
  );
  await run(db, `create unique index on team_invitations (organization_id, lower(email)) where status = 'pending'`);
  await tenantTable(
    db,
    'one_time_tokens',
    `purpose text not null check (purpose in ('password_reset', 'invitation')),
     hash bytea not null unique,
     user_id uuid,
     invitation_id uuid,
     expires_at timestamptz not null,
     used_at timestamptz,
     check ((purpose = 'password_reset') = (user_id is not null)),
     check ((purpose = 'invitation') = (invitation_id is not null)),
     foreign key (organization_id, user_id) references users (organization_id, id),
     foreign key (organization_id, invitation_id) references team_invitations (organization_id, id)`,
  );
  await run(db, 'create index on one_time_tokens (organization_id, user_id) where user_id is not null');
  await run(db, 'create index on one_time_tokens (organization_id, invitation_id) where invitation_id is not null');
}

async function sends(db: AnyDb): Promise<void> {
  await tenantTable(
    db,
    'sends',
    `dedupe_key text not null,
     channel text not null check (channel in ('email', 'sms', 'push')),
     purpose text not null check (purpose in ('transactional', 'marketing', 'sequence', 'one_to_one', 'notification')),
     subject_type text,
     subject_id uuid,
     to_address text not null,
     to_name text,
     from_address text not null,
     content bytea not null,
     state text not null default 'planned'
       check (state in ('planned', 'claimed', 'dispatching', 'accepted', 'unknown', 'failed', 'suppressed')),
     attempt integer not null default 0,
     next_attempt_at timestamptz not null,
     claimed_until timestamptz,
     transport text,
     provider_id text,
     suppressed_by text,
     error_code text,
     settled_at timestamptz,
     unique (organization_id, dedupe_key)`,
    { platformGrants: 'select (organization_id, id, state, next_attempt_at, claimed_until, settled_at)' },
  );
  await run(db, `create index on sends (next_attempt_at) where settled_at is null`);
  await run(db, `create index on sends (organization_id, subject_type, subject_id) where subject_id is not null`);
  // What the built-in transport has taken. Not unique by send: it is the journal that would show a double.
  await tenantTable(
    db,
    'outbox_messages',
    `send_id uuid not null,
     channel text not null,
     purpose text not null,
     to_addresses jsonb not null,
     from_address text not null,
     content bytea not null,
     foreign key (organization_id, send_id) references sends (organization_id, id)`,
    { kind: 'append' },
  );
  await run(db, 'create index on outbox_messages (organization_id, send_id)');
}

/** Run as the owner, before the organization is known: static SQL, pinned search_path, at most one row. */
async function lookUps(db: AnyDb): Promise<void> {
  await ownerFunction(
    db,
    'begin_sign_in(p_email text, p_hash bytea, p_now timestamptz, p_limit integer, p_window interval, p_lock interval)',
    `table (locked_until timestamptz, organization_id uuid, user_id uuid, status text, password_hash text)`,
    `with attempt as (
       insert into public.login_attempts as a (email_hash, failed, window_started_at)
       values (p_hash, 1, p_now)
       on conflict (email_hash) do update set
         failed = case when a.locked_until > p_now then a.failed
                       when a.locked_until <= p_now or a.window_started_at <= p_now - p_window then 1
                       else a.failed + 1 end,
         window_started_at = case when a.locked_until <= p_now or a.window_started_at <= p_now - p_window then p_now
                                  else a.window_started_at end,
         locked_until = case when a.locked_until > p_now then a.locked_until
                             when a.locked_until is null and a.window_started_at > p_now - p_window
                                  and a.failed >= p_limit then p_now + p_lock
                             else null end
       returning a.locked_until)
     select attempt.locked_until, u.organization_id, u.id, u.status, c.password_hash
     from attempt
     left join public.users u on lower(u.email) = lower(p_email) and u.deleted_at is null
       and exists (select from public.organizations o where o.id = u.organization_id and o.deleted_at is null)
     left join public.user_credentials c on c.organization_id = u.organization_id and c.user_id = u.id
     limit 1`,
    'volatile',
  );
  await ownerFunction(
    db,
    'clear_sign_in_attempts(p_hash bytea)',
    'void',
    'delete from public.login_attempts where email_hash = p_hash',
    'volatile',
  );
  await ownerFunction(
    db,
    'find_refresh_token(p_hash bytea)',
    `table (organization_id uuid, id uuid, session_id uuid, user_id uuid, rotated boolean, expires_at timestamptz)`,
    `select t.organization_id, t.id, t.session_id, s.user_id, t.rotated_at is not null, s.expires_at
     from public.refresh_tokens t
     join public.user_sessions s on s.organization_id = t.organization_id and s.id = t.session_id
     where t.hash = p_hash
     limit 1`,
  );
  await ownerFunction(
    db,
    'find_open_session(p_organization_id uuid, p_id uuid, p_user_id uuid)',
    'table (expires_at timestamptz)',
    `select s.expires_at from public.user_sessions s
     where s.organization_id = p_organization_id and s.id = p_id and s.user_id = p_user_id and s.ended_at is null
     limit 1`,
  );
  await ownerFunction(
    db,
    'find_one_time_token(p_purpose text, p_hash bytea)',
    `table (organization_id uuid, organization_name text, id uuid, user_id uuid, invitation_id uuid, email text,
            first_name text, last_name text, expires_at timestamptz, used boolean, invitation_status text)`,
    `select t.organization_id, o.name, t.id, t.user_id, t.invitation_id, coalesce(u.email, i.email),
            u.first_name, u.last_name, coalesce(i.expires_at, t.expires_at), t.used_at is not null, i.status
     from public.one_time_tokens t
     join public.organizations o on o.id = t.organization_id and o.deleted_at is null
     left join public.users u on u.organization_id = t.organization_id and u.id = t.user_id and u.deleted_at is null
     left join public.team_invitations i on i.organization_id = t.organization_id and i.id = t.invitation_id
     where t.hash = p_hash and t.purpose = p_purpose
     limit 1`,
  );
  await ownerFunction(
    db,
    'find_user_by_email(p_email text)',
    'table (organization_id uuid, user_id uuid, status text)',
    `select u.organization_id, u.id, u.status
     from public.users u
     join public.organizations o on o.id = u.organization_id and o.deleted_at is null
     where lower(u.email) = lower(p_email) and u.deleted_at is null
     limit 1`,
  );
}

async function ownerFunction(
  db: AnyDb,
  signature: string,
  result: string,
  body: string,
  volatility: 'stable' | 'volatile' = 'stable',
): Promise<void> {
  const name = signature.slice(0, signature.indexOf('('));
  await run(
    db,
    `create function ${signature} returns ${result}
     language sql ${volatility} security definer set search_path = pg_catalog, public
     as $$ ${body} $$`,
  );
  await run(db, `revoke all on function ${name} from public`);
  await run(db, `grant execute on function ${name} to ${APP_ROLE}`);
}
