import { type AnyDb, APP_ROLE, run, tenantTable } from '../table.ts';

/** Roles, the rest of users and teams, profiles, preferences, and the one statement that says what somebody may do. */
export async function up(db: AnyDb): Promise<void> {
  await createNumbering(db);
  await createRoles(db);
  await extendTeams(db);
  await extendUsers(db);
  await createProfiles(db);
  await createAccessLookup(db);

  await run(db, `alter table organizations add column language text not null default 'en'`);
  // An import that gives rights away carries what its uploader may give.
  await run(
    db,
    `alter table uploads add column authority jsonb, drop constraint uploads_kind_check,
       add constraint uploads_kind_check
         check (kind in ('interactions', 'conversions', 'spend', 'agents', 'vendors', 'users'))`,
  );
  await run(db, 'create index on audit_logs (organization_id, actor_id, created_at)');
}

/**
 * People name roles and teams by small numbers, counted per organization and never given twice. A trigger, so that plain
 * INSERTs get them too; the lock makes two of them at once take different ones.
 */
async function createNumbering(db: AnyDb): Promise<void> {
  await run(
    db,
    `create function number_row() returns trigger language plpgsql as $$
     begin
       if new.number > 0 then
         return new;
       end if;
       perform pg_advisory_xact_lock(hashtextextended(tg_table_name || new.organization_id::text, 0));
       execute format('select coalesce(max(number), 0) + 1 from %I where organization_id = $1', tg_table_name)
         into new.number using new.organization_id;
       return new;
     end $$`,
  );
}

async function createRoles(db: AnyDb): Promise<void> {
  await tenantTable(
    db,
    'roles',
    `number integer not null default 0 check (number > 0),
     name text not null,
     description text,
     -- Empty on the four roles that every organization has: the catalogue in the code says what they hold.
     permissions text[] not null default '{}',
     default_key text check (default_key in ('admin', 'agent', 'user', 'viewer')),
     base_level text not null default 'user' check (base_level in ('admin', 'user', 'viewer')),
     allowed_team_ids uuid[],
     can_be_edited boolean not null default true,
     is_default boolean not null default false,
     deleted_at timestamptz,
     unique (organization_id, number)`,
  );
  await run(db, 'create unique index roles_name_key on roles (organization_id, lower(name)) where deleted_at is null');
  await run(
    db,
    `create unique index roles_default_key on roles (organization_id, default_key) where default_key is not null`,
  );
  await run(db, 'create trigger number before insert on roles for each row execute function number_row()');

  const insertRoles = (organization: string) => `
    insert into roles (organization_id, number, name, description, default_key, base_level, can_be_edited, is_default)
    values (${organization}, 1, 'Admin', 'Everything', 'admin', 'admin', false, true),
           (${organization}, 2, 'Agent', 'Works with customers', 'agent', 'user', false, true),
           (${organization}, 3, 'User', 'Views everything, adds and changes records', 'user', 'user', false, true),
           (${organization}, 4, 'Viewer', 'Views everything, changes nothing', 'viewer', 'viewer', false, true)`;
  // With the row itself, because an organization may be inserted by hand: its first user needs a role.
  await run(
    db,
    `create function seed_roles() returns trigger language plpgsql as $$
     begin
       ${insertRoles('new.id')};
       return null;
     end $$`,
  );
  await run(db, 'create trigger seed_roles after insert on organizations for each row execute function seed_roles()');
  await run(
    db,
    `do $$ declare organization uuid; begin
       for organization in select id from organizations loop ${insertRoles('organization')}; end loop;
     end $$`,
  );
}

async function extendTeams(db: AnyDb): Promise<void> {
  await run(
    db,
    `alter table teams
       add column number integer not null default 0,
       add column description text,
       add column vendor_id uuid,
       add column settings jsonb not null default '{}',
       add foreign key (organization_id, vendor_id) references vendors (organization_id, id)`,
  );
  await run(
    db,
    `update teams t set number = n.number
     from (select organization_id, id, row_number() over (partition by organization_id order by created_at, id) as number
           from teams) n
     where n.organization_id = t.organization_id and n.id = t.id`,
  );
  await run(db, 'alter table teams add check (number > 0), add unique (organization_id, number)');
  await run(db, 'create trigger number before insert on teams for each row execute function number_row()');
  await run(db, 'create index on teams (organization_id, parent_team_id) where parent_team_id is not null');
  await run(db, 'create index on teams (organization_id, vendor_id) where vendor_id is not null');
}

async function extendUsers(db: AnyDb): Promise<void> {
  await run(
    db,
    `alter table users
       add column phone text,
       add column location text,
       add column user_type text not null default 'product_user' check (user_type in ('product_user', 'observer')),
       add column role_id uuid,
       add column manager_id uuid,
       add column timezone text,
       add column language text,
       add column last_active_at timestamptz,
       add check (manager_id <> id),
       add foreign key (organization_id, role_id) references roles (organization_id, id),
       add foreign key (organization_id, manager_id) references users (organization_id, id)`,
  );
  await run(db, 'create index on users (organization_id, team_id)');
  await run(db, 'create index on users (organization_id, role_id)');
  await run(db, 'create index on users (organization_id, manager_id)');
  // Being active is no change of the person: it must not make an ETag stale.
  await run(db, 'drop trigger touch on users');
  await run(
    db,
    `create trigger touch before update of email, first_name, last_name, team_id, role, status, deleted_at, phone,
       location, user_type, role_id, manager_id, timezone, language
     on users for each row execute function touch_row()`,
  );
}

async function createProfiles(db: AnyDb): Promise<void> {
  await tenantTable(
    db,
    'profiles',
    `user_id uuid not null,
     job_title text,
     department text,
     bio text,
     avatar_url text,
     linkedin_url text,
     email_signature text,
     foreign key (organization_id, user_id) references users (organization_id, id)`,
    { primaryKey: 'organization_id, user_id' },
  );
  await tenantTable(
    db,
    'user_preferences',
    `user_id uuid not null,
     email_notifications boolean not null default true,
     email_frequency text not null default 'instant'
       check (email_frequency in ('instant', 'hourly', 'daily', 'weekly')),
     desktop_notifications boolean not null default true,
     weekly_digest boolean not null default true,
     theme text not null default 'light' check (theme in ('light', 'dark')),
     foreign key (organization_id, user_id) references users (organization_id, id)`,
    { primaryKey: 'organization_id, user_id' },
  );
}

/** Runs as the owner, before the organization is set: static SQL, pinned search_path, at most one row. */
async function createAccessLookup(db: AnyDb): Promise<void> {
  await run(
    db,
    `create function find_user_access(p_organization_id uuid, p_user_id uuid)
     returns table (id uuid, email text, status text, user_type text, base_level text, team_id uuid, role_id uuid,
                    role_number integer, role_name text, default_key text, permissions text[], allowed_team_ids uuid[])
     language sql stable security definer set search_path = pg_catalog, public
     as $$
       select u.id, u.email, case when u.deleted_at is null then u.status else 'deleted' end, u.user_type, u.role,
              u.team_id, r.id, r.number, r.name, r.default_key, r.permissions,
              case when r.allowed_team_ids is not null then array(
                select t.id from public.teams t
                where t.organization_id = u.organization_id and t.deleted_at is null
                  and (t.id = any(r.allowed_team_ids) or t.parent_team_id = any(r.allowed_team_ids))) end
       from public.users u
       join public.organizations o on o.id = u.organization_id and o.deleted_at is null
       left join public.roles r on r.organization_id = u.organization_id and r.id = u.role_id
       where u.organization_id = p_organization_id and u.id = p_user_id
       limit 1
     $$`,
  );
  await run(db, 'revoke all on function find_user_access(uuid, uuid) from public');
  await run(db, `grant execute on function find_user_access(uuid, uuid) to ${APP_ROLE}`);
}
