import { type AnyDb, run } from '../table.ts';

/** Files of prospects come in by the same uploads as facts do; how their rows find existing records is said with them. */
export async function up(db: AnyDb): Promise<void> {
  await run(db, 'alter table uploads drop constraint uploads_kind_check');
  await run(
    db,
    `alter table uploads add constraint uploads_kind_check
       check (kind in ('interactions', 'conversions', 'spend', 'agents', 'vendors', 'users', 'prospects'))`,
  );
  await run(db, `alter table uploads add column options jsonb not null default '{}'`);
}
