import { sql } from 'kysely';
import { type Reaction, reaction } from '../../core/relay.ts';
import { meetingScheduled } from '../../crm/index.ts';
import { notify } from '../../platform/notifications/index.ts';
import { bdrApprovalExpired, bdrDailyLimitReached, bdrHandoffAccepted, bdrProspectQualified } from '../events.ts';
import { findConfig } from './agent-config.ts';
import { agentManagers, count } from './agent-log.ts';

/** What people are told of, and what counts for the agent because of others. */
export const BDR_NOTICES: readonly Reaction[] = [
  reaction('agent.notify-approval-expired', bdrApprovalExpired, async (ctx, { data: { id } }) => {
    const message = await ctx.tx
      .selectFrom('bdr_approval_queue')
      .select(['team_id', 'subject'])
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    const config = await findConfig(ctx, message.team_id);
    await notify(ctx, await agentManagers(ctx, message.team_id, config?.managerId ?? null), 'bdr.approval_expired', {
      title: 'A message was not decided in time',
      body: message.subject,
      entity: { type: 'bdr_approval', id },
      dedupeKey: `bdr.approval_expired:${id}`,
    });
  }),
  reaction('agent.notify-daily-limit', bdrDailyLimitReached, async (ctx, { data: { teamId, day } }) => {
    const config = await findConfig(ctx, teamId);
    await notify(ctx, await agentManagers(ctx, teamId, config?.managerId ?? null), 'bdr.daily_limit_reached', {
      title: `The agent has reached its limit for ${day}`,
      entity: { type: 'team', id: teamId },
      dedupeKey: `bdr.daily_limit_reached:${teamId}:${day}`,
    });
  }),
  reaction('agent.notify-handoff-accepted', bdrHandoffAccepted, async (ctx, { data: { id } }) => {
    const handoff = await ctx.tx
      .selectFrom('bdr_handoffs')
      .select(['team_id', 'summary'])
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    const config = await findConfig(ctx, handoff.team_id);
    await notify(ctx, config?.managerId ?? null, 'bdr.handoff_accepted', {
      title: 'A handoff was accepted',
      body: handoff.summary,
      entity: { type: 'bdr_handoff', id },
      dedupeKey: `bdr.handoff_accepted:${id}`,
    });
  }),
  reaction('agent.notify-qualified', bdrProspectQualified, async (ctx, { data: { id, score } }) => {
    const prospect = await ctx.tx
      .selectFrom('prospects')
      .select(['owner_id', 'company'])
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', id)
      .executeTakeFirst();
    await notify(ctx, prospect?.owner_id ?? null, 'prospect.qualified', {
      title: `${prospect?.company ?? 'A prospect'} is qualified: ${score} of 100`,
      entity: { type: 'prospect', id },
      dedupeKey: `prospect.qualified:${id}`,
    });
  }),
  reaction('agent.count-meeting', meetingScheduled, async (ctx, { data: { id } }) => {
    const { rows } = await sql<{ teamId: string; timezone: string }>`
      select e.team_id as "teamId", c.working_hours ->> 'timezone' as timezone
      from meetings m
      join bdr_workflow_executions e on e.organization_id = m.organization_id and e.prospect_id = m.prospect_id
      join bdr_agent_configs c on c.organization_id = e.organization_id and c.team_id = e.team_id
      where m.organization_id = ${ctx.organizationId} and m.id = ${id} and e.last_touch_at is not null
      order by e.started_at desc limit 1`.execute(ctx.tx);
    if (rows[0]) await count(ctx, rows[0], { meetings_booked: 1 });
  }),
];
