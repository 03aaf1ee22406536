import { sql } from 'kysely';
import { type AnyDb, APP_ROLE, CURRENT_ORGANIZATION, run, tenantTable } from '../table.ts';

/** What people and companies show of their interest, and the scores that are made of it and of everything else. */
export async function up(db: AnyDb): Promise<void> {
  await createSignals(db);
  await createVisitors(db);
  await createScoring(db);
  await createWebsiteIntent(db);
  await createTeamFunctions(db);
  await limitToTeams(db);
  await run(db, 'alter table uploads drop constraint uploads_kind_check');
  await run(
    db,
    `alter table uploads add constraint uploads_kind_check check (kind in (
       'interactions', 'conversions', 'spend', 'agents', 'vendors', 'users', 'prospects', 'intent_signals'))`,
  );
}

const SUBJECTS = ['prospect', 'account', 'deal'] as const;

/** As in migration 0022: who may not see a person or company sees nothing that was noted of them. */
async function limitToTeams(db: AnyDb): Promise<void> {
  const visible = (subject: string, column: string) =>
    `exists (select from ${subject}s r where r.organization_id = ${CURRENT_ORGANIZATION} and r.id = ${column})`;
  const prospect = (table: string) =>
    `(${table}.prospect_id is null or ${visible('prospect', `${table}.prospect_id`)})`;
  const both = (table: string) =>
    `${prospect(table)} and (${table}.account_id is null or ${table}.prospect_id is not null
       or ${visible('account', `${table}.account_id`)})`;
  const predicted = SUBJECTS.map(
    (subject) => `when '${subject}' then ${visible(subject, 'ai_predictions.subject_id')}`,
  ).join(' ');
  for (const [table, condition] of [
    ['intent_signals', both('intent_signals')],
    ['intent_score_history', both('intent_score_history')],
    ['intent_alerts', both('intent_alerts')],
    ['website_visitors', both('website_visitors')],
    ['linkedin_engagements', prospect('linkedin_engagements')],
    ['score_threshold_crossings', prospect('score_threshold_crossings')],
    ['ai_predictions', `case subject_type ${predicted} else true end`],
  ] as const) {
    await run(
      db,
      `create policy team_visibility on ${table} as restrictive to ${APP_ROLE}
         using (case when (select nullif(current_setting('app.allowed_team_ids', true), '')) is null then true
                     else ${condition} end)`,
    );
  }
}

/** Of a person or of a company, never of both: the company of a person is read from the person. */
const SUBJECT = `
  prospect_id uuid,
  account_id uuid,
  check (num_nonnulls(prospect_id, account_id) = 1),
  foreign key (organization_id, prospect_id) references prospects (organization_id, id),
  foreign key (organization_id, account_id) references accounts (organization_id, id)`;

async function createSignals(db: AnyDb): Promise<void> {
  await tenantTable(
    db,
    'intent_signals',
    `type text not null,
     topic text,
     source text not null,
     -- What the signal was made of; the same again is the same signal.
     source_key text,
     customer_id uuid,
     strength integer not null check (strength between 1 and 100),
     half_life_days double precision not null check (half_life_days > 0),
     title text,
     url text,
     data jsonb not null default '{}',
     occurred_at timestamptz not null,
     expires_at timestamptz not null,
     expired_at timestamptz,
     recorded_by uuid,
     ${SUBJECT},
     check (expires_at > occurred_at),
     foreign key (organization_id, customer_id) references customers (organization_id, id)`,
  );
  await run(
    db,
    `create unique index intent_signals_source_key on intent_signals (organization_id, source_key)
       where source_key is not null`,
  );
  await run(
    db,
    'create index on intent_signals (organization_id, prospect_id, occurred_at) where prospect_id is not null',
  );
  await run(
    db,
    'create index on intent_signals (organization_id, account_id, occurred_at) where account_id is not null',
  );
  await run(db, 'create index on intent_signals (organization_id, customer_id) where customer_id is not null');
  await run(db, 'create index on intent_signals (organization_id, occurred_at desc, id desc)');
  await run(db, 'create index on intent_signals (organization_id, expires_at) where expired_at is null');

  await tenantTable(
    db,
    'intent_score_history',
    `score numeric(6, 2) not null,
     tier text not null,
     signals integer not null,
     reason text not null check (reason in ('signal', 'time')),
     computed_at timestamptz not null,
     ${SUBJECT}`,
    { kind: 'append', grants: 'select, insert, update, delete', organizationReference: false },
  );
  for (const subject of ['prospect_id', 'account_id']) {
    await run(
      db,
      `create index on intent_score_history (organization_id, ${subject}, computed_at desc) where ${subject} is not null`,
    );
  }

  await tenantTable(
    db,
    'intent_alerts',
    `type text not null check (type in ('spike', 'tier_change')),
     score numeric(6, 2) not null,
     previous_score numeric(6, 2) not null,
     tier text not null,
     previous_tier text,
     details jsonb not null default '{}',
     detected_at timestamptz not null,
     acknowledged_at timestamptz,
     acknowledged_by uuid,
     note text,
     ${SUBJECT},
     foreign key (organization_id, acknowledged_by) references users (organization_id, id)`,
  );
  await run(db, 'create index on intent_alerts (organization_id, detected_at desc, id desc)');
  for (const subject of ['prospect_id', 'account_id']) {
    await run(
      db,
      `create index on intent_alerts (organization_id, ${subject}, detected_at desc) where ${subject} is not null`,
    );
  }

  await tenantTable(
    db,
    'linkedin_engagements',
    `prospect_id uuid not null,
     type text not null check (type in ('profile_view', 'reaction', 'comment', 'share', 'connection', 'message')),
     content_url text,
     notes text,
     external_id text,
     user_id uuid,
     occurred_at timestamptz not null,
     foreign key (organization_id, prospect_id) references prospects (organization_id, id),
     foreign key (organization_id, user_id) references users (organization_id, id)`,
  );
  await run(
    db,
    `create unique index linkedin_engagements_external_key on linkedin_engagements (organization_id, external_id)
       where external_id is not null`,
  );
  await run(db, 'create index on linkedin_engagements (organization_id, prospect_id, occurred_at desc)');

  await run(
    db,
    `alter table accounts add column intent_score numeric(6, 2) check (intent_score between 0 and 100),
       add column intent_tier text`,
  );
  await run(
    db,
    'create index on prospects (organization_id, intent_score desc, id) where deleted_at is null and intent_score > 0',
  );
  await run(db, 'create index on accounts (organization_id, id) where deleted_at is null and intent_score > 0');
  for (const table of ['prospects', 'accounts']) await fadesUnnoticed(db, table);
}

/** A score that fades by itself is no edit: it must not make the ETag stale that somebody is editing under. */
async function fadesUnnoticed(db: AnyDb, table: string): Promise<void> {
  const { rows } = await sql<{ definition: string }>`
    select pg_get_triggerdef(oid) as definition from pg_trigger
    where tgrelid = ${table}::regclass and tgname = 'touch'`.execute(db);
  const before = /WHEN \((.*)\) EXECUTE FUNCTION/is.exec(rows[0]!.definition)?.[1];
  const unchanged = ['intent_score', 'intent_tier'].map((column) => `new.${column} is not distinct from old.${column}`);
  await run(db, `drop trigger touch on ${table}`);
  await run(
    db,
    `create trigger touch before update on ${table} for each row
       when (${[...(before === undefined ? [] : [before]), ...unchanged].join(' and ')}) execute function touch_row()`,
  );
}

async function createVisitors(db: AnyDb): Promise<void> {
  // Whoever looks at pages: a person of the identity spine or a browser, or a session of which nothing more is known.
  await tenantTable(
    db,
    'website_visitors',
    `customer_id uuid,
     session_id text,
     key text not null generated always as (coalesce('person:' || customer_id::text, 'session:' || session_id)) stored,
     prospect_id uuid,
     account_id uuid,
     identified boolean not null default false,
     first_seen_at timestamptz not null,
     last_seen_at timestamptz not null,
     page_views integer not null,
     sessions integer not null,
     last_url text,
     first_referrer text,
     intent_score numeric(6, 2) not null default 0,
     intent_tier text not null default 'low',
     -- A session or browser that turned out to be somebody who has a row already.
     merged_into_id uuid,
     check (num_nonnulls(customer_id, session_id) = 1),
     unique (organization_id, key),
     foreign key (organization_id, customer_id) references customers (organization_id, id),
     foreign key (organization_id, prospect_id) references prospects (organization_id, id),
     foreign key (organization_id, account_id) references accounts (organization_id, id),
     foreign key (organization_id, merged_into_id) references website_visitors (organization_id, id)`,
    { organizationReference: false },
  );
  await run(
    db,
    'create index on website_visitors (organization_id, last_seen_at desc, id desc) where merged_into_id is null',
  );
  for (const owner of ['customer_id', 'prospect_id', 'account_id', 'merged_into_id']) {
    await run(db, `create index on website_visitors (organization_id, ${owner}) where ${owner} is not null`);
  }
}

async function createScoring(db: AnyDb): Promise<void> {
  await tenantTable(
    db,
    'scoring_models',
    `name text not null,
     description text,
     revision integer not null default 1,
     weights jsonb not null,
     profile jsonb not null default '{}',
     thresholds jsonb not null default '{}',
     is_active boolean not null default false,
     created_by uuid,
     deleted_at timestamptz`,
  );
  await run(
    db,
    'create unique index scoring_models_name_key on scoring_models (organization_id, lower(name)) where deleted_at is null',
  );
  await run(
    db,
    'create unique index scoring_models_active_key on scoring_models (organization_id) where is_active and deleted_at is null',
  );
  // What a score was computed with stays readable after the model has changed.
  await tenantTable(
    db,
    'scoring_model_revisions',
    `model_id uuid not null,
     revision integer not null,
     weights jsonb not null,
     profile jsonb not null,
     thresholds jsonb not null,
     foreign key (organization_id, model_id) references scoring_models (organization_id, id)`,
    { kind: 'append', primaryKey: 'organization_id, model_id, revision' },
  );

  await tenantTable(
    db,
    'ai_predictions',
    `subject_type text not null check (subject_type in ('customer', 'prospect', 'account', 'deal')),
     subject_id uuid not null,
     prediction_type text not null,
     score numeric(6, 2) check (score between 0 and 100),
     probability double precision check (probability between 0 and 1),
     grade text,
     model_name text not null,
     model_id uuid,
     model_revision integer,
     factors jsonb not null,
     reason text not null,
     predicted_at timestamptz not null,
     check (score is not null or probability is not null),
     foreign key (organization_id, model_id) references scoring_models (organization_id, id)`,
    { kind: 'append', grants: 'select, insert, update, delete', organizationReference: false },
  );
  await run(
    db,
    `create index on ai_predictions
       (organization_id, subject_type, subject_id, prediction_type, predicted_at desc, id desc)`,
  );
  await run(db, 'create index on ai_predictions (organization_id, predicted_at desc, id desc)');

  await tenantTable(
    db,
    'score_thresholds',
    `name text not null,
     model_id uuid,
     min_score integer not null check (min_score between 1 and 100),
     action text not null check (action in ('assign', 'enroll', 'notify')),
     config jsonb not null default '{}',
     is_active boolean not null default true,
     created_by uuid,
     deleted_at timestamptz,
     foreign key (organization_id, model_id) references scoring_models (organization_id, id)`,
  );
  // Who stands above a threshold; an action happens when somebody comes over it, and anew only after they fell below.
  await tenantTable(
    db,
    'score_threshold_crossings',
    `threshold_id uuid not null,
     prospect_id uuid not null,
     score numeric(6, 2) not null,
     crossed_at timestamptz not null,
     outcome text,
     foreign key (organization_id, threshold_id) references score_thresholds (organization_id, id),
     foreign key (organization_id, prospect_id) references prospects (organization_id, id)`,
    {
      kind: 'append',
      primaryKey: 'organization_id, threshold_id, prospect_id',
      grants: 'select, insert, update, delete',
      organizationReference: false,
    },
  );
  await run(db, 'create index on score_threshold_crossings (organization_id, prospect_id)');
}

const MAIN_PAGES = `
  (1, 'demo', '(^|[/_-])(demo|book-a-demo|request-a-demo|schedule|contact-sales|talk-to-sales|get-a-quote|quote)([/_.-]|$)', 40),
  (2, 'trial', '(^|[/_-])(trial|free-trial|sign-?up|get-started|register|checkout|buy)([/_.-]|$)', 35),
  (3, 'pricing', '(^|[/_-])(pricing|prices|plans|preise|tarife|tarifs|prix|precios|prezzi|roi|calculator)([/_.-]|$)', 30),
  (4, 'comparison', '(^|[/_-])(compare|comparison|versus|vs|alternatives?|why-us)([/_.-]|$)', 25),
  (5, 'evidence', '(^|[/_-])(customers|case-stud(y|ies)|success-stories|references|reviews|testimonials)([/_.-]|$)', 12),
  (6, 'evaluation', '(^|[/_-])(security|compliance|integrations?|api|implementation|migration|enterprise)([/_.-]|$)', 12),
  (7, 'product', '(^|[/_-])(product|products|features?|solutions?|platform)([/_.-]|$)', 6)`;
const MAIN_EVENTS = `
  (1, 'demo', '(demo|meeting|quote|contact_sales|callback)', 45),
  (2, 'trial', '(trial|sign_?up|register|checkout|add_to_cart|basket|purchase_started)', 40),
  (3, 'pricing', '(price|pricing|calculat|roi)', 30),
  (4, 'form', '(form_submi|lead|contact)', 30),
  (5, 'content', '(download|brochure|white_?paper|ebook|webinar)', 20),
  (6, 'video', '(video)', 8)`;

/**
 * What visits say. The rules stand in the database, because \`aggregate_visitor_intent\` can be called there; verbs read
 * visits through the same function. All of them run with the caller's rights, so that row-level security holds.
 */
async function createWebsiteIntent(db: AnyDb): Promise<void> {
  const rule = (name: string, parameter: string, rules: string) => `
    create function ${name}(${parameter} text) returns table (topic text, strength integer)
    language sql immutable set search_path = pg_catalog
    as $$ select topic, strength from (values ${rules}) as rule(rank, topic, pattern, strength)
          where ${parameter} ~* pattern order by rank limit 1 $$`;
  await run(db, rule('intent_of_page', 'p_path', MAIN_PAGES));
  await run(db, rule('intent_of_event', 'p_type', MAIN_EVENTS));
  await run(
    db,
    `create function intent_tier(p_score numeric) returns text language sql immutable
     as $$ select case when round(p_score) <= 25 then 'low' when round(p_score) <= 50 then 'warm'
                       when round(p_score) <= 75 then 'hot' else 'burning' end $$`,
  );
  // A signal on the scale on which evidence adds up: what is left of its strength, as the logarithm of what it leaves open.
  await run(
    db,
    `create function intent_points(p_strength double precision, p_half_life_days double precision, p_age interval)
     returns double precision language sql immutable
     as $$ select -ln(1 - least(99.9::double precision, p_strength * power(2::double precision,
             -least(1000::double precision,
                    greatest(0::double precision, extract(epoch from p_age)::double precision / 86400) / p_half_life_days)))
             / 100) $$`,
  );
  await run(
    db,
    `create function intent_score(p_points double precision) returns numeric language sql immutable
     as $$ select round((100 * (1 - exp(-coalesce(p_points, 0))))::numeric, 2) $$`,
  );
  await run(
    db,
    `create function website_intent(p_organization_id uuid, p_people uuid[], p_sessions text[], p_from timestamptz,
                                    p_until timestamptz)
     returns table (person_id uuid, session_id text, topic text, day date, strength integer, hits integer,
                    seconds integer, last_at timestamptz)
     language sql stable security invoker set search_path = pg_catalog, public
     as $$
     with records as (
       select person as record_id, person from unnest(p_people) person
       union
       select customer_id, canonical_id from identity_links
       where organization_id = p_organization_id and canonical_id = any(p_people) and ended_xid is null),
     hits as (
       select r.person, null::text as session_id, v.occurred_at, v.duration_seconds, intent.topic, intent.strength
       from records r
       join website_page_views v on v.organization_id = p_organization_id and v.customer_id = r.record_id
       cross join lateral intent_of_page(v.path) intent
       where v.occurred_at > p_from and v.occurred_at <= p_until
       union all
       select r.person, null, e.occurred_at, null, intent.topic, intent.strength
       from records r
       join events e on e.organization_id = p_organization_id and e.customer_id = r.record_id
       cross join lateral intent_of_event(e.type) intent
       where e.occurred_at > p_from and e.occurred_at <= p_until
       union all
       select null, v.session_id, v.occurred_at, v.duration_seconds, intent.topic, intent.strength
       from website_page_views v cross join lateral intent_of_page(v.path) intent
       where v.organization_id = p_organization_id and v.session_id = any(p_sessions) and v.customer_id is null
         and v.occurred_at > p_from and v.occurred_at <= p_until)
     -- A page that is looked at again on the same day is no second sign; it makes the first a little stronger.
     select person, session_id, topic, (occurred_at at time zone 'UTC')::date,
            least(100, max(strength) + least(12, 3 * (count(*) - 1)) +
              case when coalesce(sum(duration_seconds), 0) >= 60 then 5 else 0 end)::integer,
            count(*)::integer, coalesce(sum(duration_seconds), 0)::integer, max(occurred_at)
     from hits group by 1, 2, 3, 4
     $$`,
  );
  await run(
    db,
    `create function aggregate_visitor_intent(p_visitor_id uuid) returns numeric
     language sql stable security invoker set search_path = pg_catalog, public
     as $$
     select intent_score((
       select sum(intent_points(w.strength, 7, clock.at - w.last_at))
       from website_intent(v.organization_id,
              case when v.customer_id is null then '{}'::uuid[]
                   else array[coalesce((select canonical_id from identity_links l
                     where l.organization_id = v.organization_id and l.customer_id = v.customer_id
                       and l.ended_xid is null), v.customer_id)] end,
              case when v.session_id is null then '{}'::text[] else array[v.session_id] end,
              clock.at - interval '60 days', clock.at) w))
     from (select coalesce(nullif(current_setting('app.now', true), '')::timestamptz, now()) as at) clock
     join website_visitors named on named.id = p_visitor_id
     join website_visitors v on v.organization_id = named.organization_id
       and v.id = coalesce(named.merged_into_id, named.id)
     $$`,
  );
  for (const signature of [
    'intent_of_page(text)',
    'intent_of_event(text)',
    'intent_tier(numeric)',
    'intent_points(double precision, double precision, interval)',
    'intent_score(double precision)',
    'website_intent(uuid, uuid[], text[], timestamptz, timestamptz)',
    'aggregate_visitor_intent(uuid)',
  ]) {
    await grantTo(db, signature);
  }
}

async function grantTo(db: AnyDb, signature: string): Promise<void> {
  await run(db, `revoke all on function ${signature} from public`);
  await run(db, `grant execute on function ${signature} to ${APP_ROLE}`);
}

/** A prospect's team is its own, else its owner's. Without a team the organization of the unit of work is looked at. */
const OF_TEAM = `
  organization as (
    select coalesce((select t.organization_id from public.teams t where t.id = p_team_id),
                    nullif(current_setting('app.organization_id', true), '')::uuid) as id),
  clock as (select coalesce(nullif(current_setting('app.now', true), '')::timestamptz, now()) as at),
  people as (
    select p.*, coalesce(p.team_id, u.team_id) as in_team
    from organization
    join public.prospects p on p.organization_id = organization.id and p.deleted_at is null
    left join public.users u on u.organization_id = p.organization_id and u.id = p.owner_id)`;
const FACTS = `
  cross join lateral (
    select count(*)::integer as live_signals, max(s.occurred_at) as last_signal_at,
           array(select type from public.intent_signals l
                 where l.organization_id = p.organization_id and l.prospect_id = p.id
                   and l.occurred_at <= clock.at and l.expires_at > clock.at
                 group by type
                 order by sum(intent_points(l.strength, l.half_life_days, clock.at - l.occurred_at)) desc, type limit 3)
             as top_signals
    from public.intent_signals s
    where s.organization_id = p.organization_id and s.prospect_id = p.id
      and s.occurred_at <= clock.at and s.expires_at > clock.at) facts`;
const PERSON = `prospect_id uuid, email text, first_name text, last_name text, title text, company text,
                account_id uuid, owner_id uuid, team_id uuid, intent_score numeric, intent_tier text,
                live_signals integer, last_signal_at timestamptz, top_signals text[]`;
const PERSON_COLUMNS = `p.id, p.email, p.first_name, p.last_name, p.title, p.company, p.account_id, p.owner_id,
                        p.in_team, p.intent_score, p.intent_tier, facts.live_signals, facts.last_signal_at,
                        facts.top_signals`;

async function createTeamFunctions(db: AnyDb): Promise<void> {
  const manner = 'language sql stable security invoker set search_path = pg_catalog, public';
  // Whom an agent may discover: nobody works on them, and nothing forbids to. Those without team or owner are anybody's.
  await run(
    db,
    `create function get_high_intent_prospects(p_team_id uuid, p_min_intent_score integer default 50,
                                               p_limit integer default 20)
     returns table (${PERSON}) ${manner}
     as $$
     with ${OF_TEAM}
     select ${PERSON_COLUMNS}
     from clock cross join (
       select * from people
       where intent_score >= p_min_intent_score and not bdr_assigned
         and status not in ('do_not_contact', 'customer', 'unqualified')
         and (p_team_id is null or in_team = p_team_id or (in_team is null and owner_id is null))
       order by intent_score desc, id limit p_limit) p
     ${FACTS}
     order by p.intent_score desc, p.id
     $$`,
  );
  await run(
    db,
    `create function get_top_intent_prospects(p_team_id uuid, p_limit integer default 10)
     returns table (${PERSON}) ${manner}
     as $$
     with ${OF_TEAM}
     select ${PERSON_COLUMNS}
     from clock cross join (
       select * from people where intent_score > 0 and (p_team_id is null or in_team = p_team_id)
       order by intent_score desc, id limit p_limit) p
     ${FACTS}
     order by p.intent_score desc, p.id
     $$`,
  );
  await run(
    db,
    `create function get_team_intent_summary(p_team_id uuid)
     returns table (total_prospects integer, with_intent integer, low_count integer, warm_count integer,
                    hot_count integer, burning_count integer, average_score numeric, live_signals integer,
                    signals_last_7_days integer, signals_by_type jsonb, spikes_last_7_days integer,
                    unacknowledged_alerts integer, accounts_with_intent integer)
     ${manner}
     as $$
     with ${OF_TEAM},
     mine as materialized (select * from people where p_team_id is null or in_team = p_team_id),
     companies as materialized (
       select a.id, a.organization_id, a.intent_score from organization
       join public.accounts a on a.organization_id = organization.id and a.deleted_at is null
       left join public.users u on u.organization_id = a.organization_id and u.id = a.owner_id
       where p_team_id is null or coalesce(a.team_id, u.team_id) = p_team_id),
     signals as materialized (
       select s.type, s.occurred_at from clock cross join public.intent_signals s
       where s.organization_id = (select id from organization) and s.occurred_at <= clock.at and s.expires_at > clock.at
         and (s.prospect_id in (select id from mine) or s.account_id in (select id from companies))),
     alerts as materialized (
       select a.type, a.detected_at, a.acknowledged_at from public.intent_alerts a
       where a.organization_id = (select id from organization)
         and (a.prospect_id in (select id from mine) or a.account_id in (select id from companies)))
     select count(*)::integer, (count(*) filter (where intent_score > 0))::integer,
            (count(*) filter (where intent_score > 0 and intent_tier = 'low'))::integer,
            (count(*) filter (where intent_tier = 'warm'))::integer,
            (count(*) filter (where intent_tier = 'hot'))::integer,
            (count(*) filter (where intent_tier = 'burning'))::integer,
            round(coalesce(avg(intent_score) filter (where intent_score > 0), 0), 2),
            (select count(*) from signals)::integer,
            (select count(*) from signals, clock where occurred_at > clock.at - interval '7 days')::integer,
            coalesce((select jsonb_object_agg(type, n) from (select type, count(*) as n from signals group by type) t), '{}'),
            (select count(*) from alerts, clock where type = 'spike' and detected_at > clock.at - interval '7 days')::integer,
            (select count(*) from alerts where acknowledged_at is null)::integer,
            (select count(*) from companies where intent_score > 0)::integer
     from mine
     $$`,
  );
  for (const signature of [
    'get_high_intent_prospects(uuid, integer, integer)',
    'get_top_intent_prospects(uuid, integer)',
    'get_team_intent_summary(uuid)',
  ]) {
    await grantTo(db, signature);
  }
}
