import { sql } from 'kysely';
import type { Ctx } from '../../core/context.ts';

export interface RunningGeneration {
  runId: string;
  generation: number;
}

/** How long a run may wait for its process to exist before anybody asks whether it does. */
const GRACE = '5 minutes';

/** Runs that say `running` although no command is on its way that would explain a process that is not there. */
export async function listUnattendedRuns(ctx: Ctx): Promise<RunningGeneration[]> {
  const { rows } = await sql<RunningGeneration>`
    select r.id as "runId", r.generation
    from attribution_runs r
    where r.organization_id = ${ctx.organizationId} and r.status = 'running'
      and r.started_at < ${ctx.now}::timestamptz - ${GRACE}::interval
      and not exists (
        select from process_commands c
        where c.organization_id = r.organization_id and c.entity_id = r.id and c.process = 'attribution'
          and c.status = 'pending')
    order by r.started_at limit 100`.execute(ctx.tx);
  return rows;
}
