import { sql } from 'kysely';
import { audit } from '../../core/audit.ts';
import { signalProcess } from '../../core/commands.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { type AgentConfigView, agentTeam, getAgentConfig, requireConfig } from './agent-config.ts';
import { logAgentActivity } from './agent-log.ts';
import { wake } from './executions.ts';

interface PauseInput {
  teamId?: string | undefined;
  reason?: string | undefined;
}

/**
 * The kill switch: from the commit on no message of the agent is claimed or handed over, for the guard of the ledger
 * reads this row. Pausing twice is pausing once. @throws AppError not_found.
 */
export const pauseAgent = verb({ permission: 'bdr.edit' }, async (ctx, input: PauseInput): Promise<AgentConfigView> => {
  const teamId = await agentTeam(ctx, input.teamId);
  const config = await requireConfig(ctx, teamId, true);
  if (config.pausedAt === null) {
    await setPaused(ctx, teamId, ctx.now);
    await logAgentActivity(ctx, { teamId, type: 'paused', summary: input.reason ?? 'Paused by a person.' });
    await audit(ctx, 'bdr.pause', { entityType: 'bdr_agent', entityId: config.id });
    await tellAgent(ctx, teamId, config.generation);
  }
  return getAgentConfig(ctx, { teamId });
});

/** Goes on with what was held. @throws AppError not_found. */
export const resumeAgent = verb(
  { permission: 'bdr.edit' },
  async (ctx, input: PauseInput): Promise<AgentConfigView> => {
    const teamId = await agentTeam(ctx, input.teamId);
    const config = await requireConfig(ctx, teamId, true);
    if (config.pausedAt !== null) {
      await setPaused(ctx, teamId, null);
      await logAgentActivity(ctx, { teamId, type: 'resumed', summary: input.reason ?? 'Resumed by a person.' });
      await audit(ctx, 'bdr.resume', { entityType: 'bdr_agent', entityId: config.id });
      await tellAgent(ctx, teamId, config.generation);
      await wakeResting(ctx, teamId);
    }
    return getAgentConfig(ctx, { teamId });
  },
);

const tellAgent = (ctx: Ctx, teamId: string, generation: number) =>
  signalProcess(ctx, 'bdrAgent', { entityId: teamId, generation }, 'agentChanged');

async function setPaused(ctx: Ctx, teamId: string, at: Date | null): Promise<void> {
  await sql`
    update bdr_agent_configs set paused_at = ${at}, paused_by = ${at === null ? null : (ctx.principal.userId ?? null)}
    where organization_id = ${ctx.organizationId} and team_id = ${teamId}`.execute(ctx.tx);
}

/** Those who wait for nothing but the agent itself. */
async function wakeResting(ctx: Ctx, teamId: string): Promise<void> {
  const { rows } = await sql<{ prospectId: string; generation: number }>`
    select prospect_id as "prospectId", generation from bdr_workflow_executions
    where organization_id = ${ctx.organizationId} and team_id = ${teamId} and status = 'active' and waits_for = 'resume'
    order by id`.execute(ctx.tx);
  for (const row of rows) await wake(ctx, row);
}
