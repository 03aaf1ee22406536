import type { Client } from '@temporalio/client';
import type postgres from 'postgres';
import { inParallel } from './caller.ts';

/** Rows of any table whose parent belongs to another organization, over every foreign key there is. */
export async function wrongTenant(owner: postgres.Sql): Promise<number> {
  const keys = await owner<{ child: string; parent: string; pairs: [string, string][] }[]>`
    select c.conrelid::regclass::text as child, c.confrelid::regclass::text as parent,
           (select json_agg(json_build_array(a.attname, b.attname))
              from unnest(c.conkey, c.confkey) as k(child_column, parent_column)
              join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.child_column
              join pg_attribute b on b.attrelid = c.confrelid and b.attnum = k.parent_column
             where a.attname <> 'organization_id') as pairs
    from pg_constraint c
    where c.contype = 'f' and c.connamespace = 'public'::regnamespace and c.conparentid = 0
      and exists (select from pg_attribute where attrelid = c.conrelid and attname = 'organization_id')
      and exists (select from pg_attribute where attrelid = c.confrelid and attname = 'organization_id')`;
  let count = 0;
  for (const { child, parent, pairs } of keys) {
    if (!pairs) continue;
    const on = pairs.map(([a, b]) => `c."${a}" = p."${b}"`).join(' and ');
    const [row] = await owner.unsafe<[{ count: number }]>(
      `select count(*)::int as count from ${child} c join ${parent} p on ${on} where c.organization_id <> p.organization_id`,
    );
    count += row.count;
  }
  return count;
}

/** Sends that have not come to an end, and those of which nobody knows what became. */
export async function openSends(owner: postgres.Sql): Promise<{ open: number; unknown: number }> {
  const [row] = await owner<[{ open: number; unknown: number }]>`
    select count(*) filter (where settled_at is null)::int as open,
           count(*) filter (where state = 'unknown')::int as unknown
    from sends`;
  return row;
}

/** Queues of the database: commands not sent, events without a place, reactions still due; parked ones apart. */
export async function backlog(owner: postgres.Sql): Promise<{ commands: number; events: number; reactions: number }> {
  const [row] = await owner<[{ commands: number; events: number; reactions: number }]>`
    select (select count(*)::int from process_commands where status = 'pending') as commands,
           (select count(*)::int from domain_events where position is null) as events,
           (select count(*)::int from reaction_runs where status = 'pending') as reactions`;
  return row;
}

export interface StuckWorkflow {
  readonly workflowId: string;
  readonly type: string;
  readonly why: string;
}

/**
 * Workflows that do not come on: running with something pending that nobody carries out, or ended without success.
 * One that waits for its time or a signal has nothing pending. Each is asked by itself, until `atMost` are found.
 */
export async function stuckWorkflows(client: Client, { atMost = Infinity } = {}): Promise<StuckWorkflow[]> {
  const stuck: StuckWorkflow[] = [];
  const running: { workflowId: string; type: string; runId: string }[] = [];
  const query = 'ExecutionStatus = "Running" or ExecutionStatus = "Failed" or ExecutionStatus = "TimedOut"';
  for await (const { workflowId, type, status, runId } of client.workflow.list({ query })) {
    // Schedules of the product are no business of a trial.
    if (workflowId.startsWith('temporal-sys-')) continue;
    if (status.name === 'RUNNING') running.push({ workflowId, type, runId });
    else stuck.push({ workflowId, type, why: status.name });
    if (stuck.length >= atMost) return stuck;
  }
  await inParallel(running.length, { atOnce: 16 }, async (index) => {
    if (stuck.length >= atMost) return;
    const { workflowId, type, runId } = running[index]!;
    const { raw } = await client.workflow.getHandle(workflowId, runId).describe();
    const activities = (raw.pendingActivities ?? []).map((one) => `${one.activityType?.name} (${one.attempt})`);
    if (activities.length > 0) stuck.push({ workflowId, type, why: `pending ${activities.join(', ')}` });
    else if (raw.pendingWorkflowTask) stuck.push({ workflowId, type, why: 'pending workflow task' });
  });
  return stuck;
}
