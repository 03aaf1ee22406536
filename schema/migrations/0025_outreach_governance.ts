import { type AnyDb, run, tenantTable } from '../table.ts';

/** Whom an organization may contact: its rules, what people have agreed to, what holds them, and how often they were touched. */
export async function up(db: AnyDb): Promise<void> {
  await tenantTable(db, 'contact_policies', `settings jsonb not null default '{}'`, {
    primaryKey: 'organization_id',
  });
  // What somebody said, and where it is proven; the latest word counts.
  await tenantTable(
    db,
    'contact_consents',
    `prospect_id uuid not null,
     channel text not null check (channel in ('email', 'sms', 'call', 'linkedin')),
     status text not null check (status in ('granted', 'withdrawn')),
     source text not null,
     proof text,
     recorded_by uuid,
     occurred_at timestamptz not null,
     foreign key (organization_id, prospect_id) references prospects (organization_id, id)`,
    { kind: 'append', grants: 'select, insert, update' },
  );
  await run(db, 'create index on contact_consents (organization_id, prospect_id, channel, occurred_at desc, id desc)');
  // Written by whoever has a reason, such as an urgent ticket; lifted by the same source.
  await tenantTable(
    db,
    'contact_holds',
    `prospect_id uuid,
     account_id uuid,
     reason text not null check (reason in ('support')),
     source_type text not null,
     source_id uuid not null,
     lifted_at timestamptz,
     check (num_nonnulls(prospect_id, account_id) = 1),
     unique (organization_id, source_type, source_id),
     foreign key (organization_id, prospect_id) references prospects (organization_id, id),
     foreign key (organization_id, account_id) references accounts (organization_id, id)`,
  );
  for (const column of ['prospect_id', 'account_id']) {
    await run(db, `create index on contact_holds (organization_id, ${column}) where lifted_at is null`);
  }
  // One row per touch that caps count, made in the transaction that claims it.
  await tenantTable(
    db,
    'contact_claims',
    `prospect_id uuid not null,
     account_id uuid,
     channel text not null,
     source_type text not null,
     source_id uuid not null,
     claimed_at timestamptz not null,
     unique (organization_id, source_type, source_id),
     foreign key (organization_id, prospect_id) references prospects (organization_id, id),
     foreign key (organization_id, account_id) references accounts (organization_id, id)`,
    { kind: 'append', grants: 'select, insert, update, delete' },
  );
  await run(db, 'create index on contact_claims (organization_id, prospect_id, claimed_at desc)');
  await run(
    db,
    'create index on contact_claims (organization_id, account_id, claimed_at desc) where account_id is not null',
  );
}
