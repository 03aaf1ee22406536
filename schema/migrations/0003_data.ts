import { type AnyDb, run, tenantTable } from '../table.ts';

/**
 * Facts carry the id of the transaction that created their version, and of the one that ended it (in the history
 * table), so that a run can read exactly the versions that one database snapshot saw, at any later time.
 */
const CREATED_XID = 'created_xid xid8 not null default pg_current_xact_id()';
const ENDED_XID = 'ended_xid xid8';

const INTERACTION_COLUMNS = `
  external_id text not null,
  customer_id uuid not null,
  channel text not null,
  direction text check (direction in ('inbound', 'outbound')),
  language text,
  primary_intent text,
  purchase_probability double precision check (purchase_probability between 0 and 1),
  vendor_id uuid,
  touch_source_id uuid,
  started_at timestamptz not null,
  ended_at timestamptz check (ended_at >= started_at),
  transcript_url text,
  click_id text,
  cost_minor bigint,
  cost_currency text,
  metadata jsonb,
  ${CREATED_XID}`;

const CONVERSION_COLUMNS = `
  external_id text not null,
  customer_id uuid not null,
  event_type text not null,
  event_source text not null,
  amount_minor bigint not null check (abs(amount_minor) <= 1000000000000),
  currency text not null,
  occurred_at timestamptz not null,
  metadata jsonb,
  ${CREATED_XID}`;

export async function up(db: AnyDb): Promise<void> {
  await tenantTable(db, 'vendors', 'code text not null, name text not null, unique (organization_id, code)');
  await tenantTable(
    db,
    'agents',
    `external_id text not null,
     name text,
     team_id uuid,
     user_id uuid,
     unique (organization_id, external_id),
     foreign key (organization_id, team_id) references teams (organization_id, id),
     foreign key (organization_id, user_id) references users (organization_id, id)`,
  );
  await tenantTable(
    db,
    'touch_sources',
    `fingerprint bytea not null,
     vendor_id uuid,
     campaign text,
     content_id text,
     utm jsonb,
     unique (organization_id, fingerprint),
     foreign key (organization_id, vendor_id) references vendors (organization_id, id)`,
    { kind: 'append' },
  );

  // A record holds nothing: identifiers, links and facts point to it.
  await tenantTable(db, 'customers', '', {
    kind: 'append',
    grants: 'select, insert, update', // linking locks rows
    organizationReference: false,
  });
  await tenantTable(
    db,
    'customer_identifiers',
    `type text not null,
     value text not null,
     customer_id uuid not null,
     unique (organization_id, type, value),
     foreign key (organization_id, customer_id) references customers (organization_id, id)`,
    { kind: 'append', organizationReference: false },
  );
  await run(db, 'create index on customer_identifiers (organization_id, customer_id)');

  // A star per person: each linked record points straight at the canonical one; a record without a link is its own.
  await tenantTable(
    db,
    'identity_links',
    `customer_id uuid not null,
     canonical_id uuid not null,
     reason text not null,
     ${CREATED_XID},
     ${ENDED_XID},
     check (customer_id <> canonical_id),
     foreign key (organization_id, customer_id) references customers (organization_id, id),
     foreign key (organization_id, canonical_id) references customers (organization_id, id)`,
    { organizationReference: false },
  );
  await run(
    db,
    'create unique index identity_links_current on identity_links (organization_id, customer_id) where ended_xid is null',
  );
  await run(db, 'create index on identity_links (organization_id, customer_id)');
  await run(db, 'create index on identity_links (organization_id, canonical_id)');

  for (const [fact, columns] of [
    ['interactions', INTERACTION_COLUMNS],
    ['conversions', CONVERSION_COLUMNS],
  ] as const) {
    await tenantTable(
      db,
      fact,
      `${columns},
       unique (organization_id, external_id),
       foreign key (organization_id, customer_id) references customers (organization_id, id)`,
      { organizationReference: false },
    );
    await tenantTable(db, `${fact}_history`, `id uuid not null, ${columns}, version integer not null, ${ENDED_XID}`, {
      kind: 'append',
      organizationReference: false,
      primaryKey: 'organization_id, id, version',
    });
  }
  await run(db, 'create index on interactions (organization_id, customer_id, started_at)');
  await run(db, 'create index on interactions_history (organization_id, customer_id, started_at)');
  await run(db, 'create index on conversions (organization_id, customer_id, occurred_at)');
  await run(db, 'create index on conversions (organization_id, occurred_at)');
  await run(db, 'create index on conversions_history (organization_id, customer_id, occurred_at)');

  // Rows belong to one version of their interaction: a correction writes a new set and touches no old row.
  await tenantTable(
    db,
    'interaction_participants',
    `interaction_id uuid not null,
     interaction_version integer not null default 1,
     ordinal smallint not null,
     role text not null check (role in ('agent', 'team', 'supervisor')),
     agent_id uuid,
     team_id uuid,
     share double precision check (share > 0),
     foreign key (organization_id, interaction_id) references interactions (organization_id, id),
     foreign key (organization_id, agent_id) references agents (organization_id, id),
     foreign key (organization_id, team_id) references teams (organization_id, id)`,
    {
      kind: 'append',
      organizationReference: false,
      primaryKey: 'organization_id, interaction_id, interaction_version, ordinal',
    },
  );

  // The customer on the conversion is its first party; further ones (contacts of a deal, an account) stand here.
  await tenantTable(
    db,
    'conversion_parties',
    `conversion_id uuid not null,
     customer_id uuid not null,
     role text not null,
     ${CREATED_XID},
     ${ENDED_XID},
     foreign key (organization_id, conversion_id) references conversions (organization_id, id),
     foreign key (organization_id, customer_id) references customers (organization_id, id)`,
    { organizationReference: false },
  );
  await run(db, 'create index on conversion_parties (organization_id, conversion_id)');
}
