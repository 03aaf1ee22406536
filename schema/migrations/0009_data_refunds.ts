import { type AnyDb, PLATFORM_ROLE, run } from '../table.ts';

/** Refunds: negative conversions that name the one they take revenue back from. What housekeeping clears away. */
export async function up(db: AnyDb): Promise<void> {
  await run(
    db,
    `alter table conversions
       add column refund_of uuid,
       add check (refund_of is null or amount_minor < 0),
       add foreign key (organization_id, refund_of) references conversions (organization_id, id)`,
  );
  await run(db, 'alter table conversions_history add column refund_of uuid');
  await run(db, 'create index on conversions (organization_id, refund_of) where refund_of is not null');

  await run(db, `grant delete on domain_events, reaction_runs, process_commands to ${PLATFORM_ROLE}`);
  await run(db, `create index on process_commands (updated_at) where status = 'done'`);
  await run(db, 'create index on domain_events (occurred_at) where position is not null');
}
