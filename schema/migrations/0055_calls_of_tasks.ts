import { type AnyDb, run } from '../table.ts';

/** The task that a call was made for: what the touch of the call is credited to stands there. */
export async function up(db: AnyDb): Promise<void> {
  await run(
    db,
    `alter table call_logs
       add column task_id uuid,
       add foreign key (organization_id, task_id) references tasks (organization_id, id)`,
  );
  await run(db, 'create index on call_logs (organization_id, task_id) where task_id is not null');
}
