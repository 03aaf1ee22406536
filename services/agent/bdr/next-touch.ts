import { sql } from 'kysely';
import { type HourRecord, nextTiming } from '../../../domain/agent/timing.rules.ts';
import type { Ctx } from '../../core/context.ts';
import type { AgentConfig } from './agent-config.ts';
import { recordDecision } from './agent-log.ts';
import { type Execution, whom } from './executions.ts';

/** When the touch after this one is due: after the least distance, at the time of day that earned the most answers. */
export async function planNextTouch(ctx: Ctx, execution: Execution, config: AgentConfig): Promise<Date> {
  const earliest = new Date(ctx.now.getTime() + config.minDelayBetweenTouchesHours * 3_600_000);
  if (execution.touches + 1 >= config.maxTouchesPerProspect) return earliest;
  const { rows } = await sql<HourRecord>`
    select extract(hour from sent_at at time zone ${config.workingHours.timezone})::integer as hour,
           count(*)::integer as sent, count(replied_at)::integer as replied
    from bdr_approval_queue
    where organization_id = ${ctx.organizationId} and team_id = ${execution.teamId} and status = 'sent'
      and sent_at is not null
    group by 1`.execute(ctx.tx);
  const timing = nextTiming(config.workingHours, rows, earliest);
  if (timing === null) return earliest;
  const { slot, at, sent, replied } = timing;
  const why = sent === 0 ? 'nothing was sent at that time yet' : `${replied} of ${sent} were answered`;
  await recordDecision(ctx, {
    ...whom(execution),
    type: 'timing',
    decision: slot,
    reasoning: `The next message is due in the ${slot.replace('_', ' ')}: ${why}.`,
  });
  return at;
}
