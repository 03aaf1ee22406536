import type { Client } from '@temporalio/client';
import type postgres from 'postgres';
import { workflowIdOf } from '../../temporal/processes/workflow-id.ts';

/**
 * What each row says of its process: `open`: one is to be running; not `open`: none is. Rows about which both is right
 * (a task without a date, a ticket that nothing is due for) say nothing.
 */
const ROWS = `
  select 'attribution' as process, organization_id, id, generation, status = 'running' as open from attribution_runs
  union all select 'import', organization_id, id, generation, status in ('pending', 'running', 'undoing') from uploads
  union all select 'webhookDelivery', q.organization_id, q.endpoint_id, q.generation, true from webhook_queues q
    join webhook_endpoints e on e.organization_id = q.organization_id and e.id = q.endpoint_id
  union all select 'invitation', organization_id, id, generation, status = 'pending' from team_invitations
  union all select 'privacy', organization_id, id, null, status in ('pending', 'running') from privacy_requests
  union all select 'task', organization_id, id, generation,
      case when status <> 'open' or deleted_at is not null then false
           when due_at is not null and overdue_notified_at is null then true end from tasks
  union all select 'meeting', organization_id, id, generation,
      case when status <> 'scheduled' then false
           when reminder_minutes is not null and reminded_at is null and starts_at > now() then true end from meetings
  union all select 'listRefresh', organization_id, id, generation,
      coalesce(refresh_status in ('pending', 'running'), false) and deleted_at is null from contact_lists
  union all select 'enrichment', organization_id, id, null, status in ('pending', 'running') from enrichment_requests
  union all select 'call', organization_id, id, null, case when status = 'live' then true when closed_at is not null then false end
      from live_calls
  union all select 'bulkEmailJob', organization_id, id, generation, status in ('scheduled', 'running', 'paused')
      from bulk_email_jobs
  union all select 'emailSend', organization_id, id, generation, status = 'scheduled' from emails
  union all select 'enrollment', organization_id, id, null, status in ('active', 'paused') from cadence_enrollments
  union all select 'bdrAgent', organization_id, team_id, generation, is_active from bdr_agent_configs
  union all select 'bdrProspect', organization_id, prospect_id, generation, status = 'active' from bdr_workflow_executions
  union all select 'conv', organization_id, id, generation, status in ('waiting', 'analyzing') and deleted_at is null
      from conversations
  union all select 'sync', organization_id, integration_id, number, status in ('pending', 'running') from integration_syncs
  union all select 'ticketSla', organization_id, id, generation,
      case when status = 'closed' or deleted_at is not null then false
           when sla_look_at is not null then true end from tickets
  union all select 'satisfactionSurvey', organization_id, id, null, status in ('planned', 'sent') from ticket_surveys`;

interface ProcessRow {
  process: string;
  organization_id: string;
  id: string;
  generation: number | null;
  open: boolean | null;
}

export interface Agreement {
  readonly rows: number;
  readonly byProcess: Readonly<Record<string, number>>;
  /** In words: rows whose process is gone, processes whose row is closed or gone. */
  readonly disagreements: readonly string[];
}

/** Compares every row that stands for a process with the executions that run. Ask it when nothing is on its way. */
export async function compareRowsWithWorkflows(owner: postgres.Sql, client: Client): Promise<Agreement> {
  const running = new Set<string>();
  for await (const { workflowId } of client.workflow.list({ query: 'ExecutionStatus = "Running"' })) {
    if (workflowId.split(':').length >= 3) running.add(workflowId);
  }
  const rows = await owner.unsafe<ProcessRow[]>(ROWS);
  const disagreements: string[] = [];
  const byProcess: Record<string, number> = {};
  const known = new Map<string, boolean | null>();
  for (const { process, organization_id: organizationId, id: entityId, generation, open } of rows) {
    byProcess[process] = (byProcess[process] ?? 0) + 1;
    const workflowId = workflowIdOf({ process, organizationId, entityId, generation });
    known.set(workflowId, open);
    if (open === true && !running.has(workflowId)) disagreements.push(`${workflowId} is to run, and does not`);
  }
  const processes = new Set(Object.keys(byProcess));
  for (const workflowId of running) {
    if (!processes.has(workflowId.split(':')[0]!)) continue;
    if (!known.has(workflowId)) disagreements.push(`${workflowId} runs without a row of its generation`);
    else if (known.get(workflowId) === false) disagreements.push(`${workflowId} runs, and its row is closed`);
  }
  return { rows: rows.length, byProcess, disagreements };
}
