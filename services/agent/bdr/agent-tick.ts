import { sql } from 'kysely';
import {
  type AgentRecord,
  type BdrChannel,
  judgeAutonomy,
  localDay,
  nextWorkingTime,
} from '../../../domain/agent/bdr.rules.ts';
import { CONTACT_CHANNEL_OF } from '../../../domain/agent/channel.rules.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { decideContacts } from '../../outreach/governance/index.ts';
import { type AgentConfig, agentTeam, findConfig } from './agent-config.ts';
import { logAgentActivity, recordDecision } from './agent-log.ts';
import { startExecution } from './executions.ts';

export interface AgentRun {
  readonly teamId: string;
  readonly generation: number;
}

export type AgentProgress =
  | { readonly status: 'waiting'; readonly waitsFor: string; readonly started: number; readonly waitSeconds: number }
  | { readonly status: 'ended' };

const HOUR_MS = 3_600_000;

/** One look of the agent of a team: whom to begin with, whether it is still trusted as before, and when to look again. */
export async function tickAgent(ctx: Ctx, { teamId, generation }: AgentRun): Promise<AgentProgress> {
  const config = await findConfig(ctx, teamId, true);
  if (!config?.isActive || config.generation !== generation) return { status: 'ended' };
  await judge(ctx, config);
  if (config.pausedAt !== null) return waiting(ctx, 'resume', new Date(ctx.now.getTime() + HOUR_MS), 0);
  const opens = nextWorkingTime(config.workingHours, ctx.now);
  if (opens === null || opens > ctx.now) {
    return waiting(ctx, 'working hours', opens ?? new Date(ctx.now.getTime() + 24 * HOUR_MS), 0);
  }
  if (!config.discoveryEnabled) return waiting(ctx, 'discovery', new Date(ctx.now.getTime() + 24 * HOUR_MS), 0);
  const interval = config.discoveryIntervalMinutes * 60_000;
  const last = await lastDiscovery(ctx, config);
  if (last !== null && last.getTime() + interval > ctx.now.getTime()) {
    return waiting(ctx, 'discovery', new Date(last.getTime() + interval), 0);
  }
  const started = await discover(ctx, config);
  await sql`
    update bdr_agent_configs set last_discovery_at = ${ctx.now}
    where organization_id = ${ctx.organizationId} and id = ${config.id}`.execute(ctx.tx);
  return waiting(ctx, 'discovery', new Date(ctx.now.getTime() + interval), started);
}

const waiting = (ctx: Ctx, waitsFor: string, until: Date, started: number): AgentProgress => ({
  status: 'waiting',
  waitsFor,
  started,
  waitSeconds: Math.max(1, Math.ceil((until.getTime() - ctx.now.getTime()) / 1_000)),
});

async function lastDiscovery(ctx: Ctx, { id }: AgentConfig): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`
    select last_discovery_at as at from bdr_agent_configs
    where organization_id = ${ctx.organizationId} and id = ${id}`.execute(ctx.tx);
  return rows[0]?.at ?? null;
}

export interface Discovered {
  readonly prospectId: string;
  readonly email: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly title: string | null;
  readonly company: string | null;
  readonly intentScore: number;
  readonly intentTier: string;
  readonly topSignals: readonly string[];
}

/** Rests between two attempts on one person; whoever said no is not found by the function at all. */
const REST_DAYS = 90;
/** How many of the best are looked at beside those who rest: whom no channel or rule lets through must not hide the others. */
const REACH = 1_000;

async function candidates(
  ctx: Ctx,
  teamId: string,
  { least, limit, channels }: { least: number; limit: number; channels: readonly BdrChannel[] },
): Promise<Discovered[]> {
  const has = (channel: BdrChannel) => sql`${channels.includes(channel)}`;
  await sql`select set_config('app.now', ${ctx.now.toISOString()}, true)`.execute(ctx.tx);
  const rested = new Date(ctx.now.getTime() - REST_DAYS * 24 * HOUR_MS);
  const { rows } = await sql<Discovered>`
    select h.prospect_id as "prospectId", h.email, h.first_name as "firstName", h.last_name as "lastName", h.title,
           h.company, h.intent_score::float8 as "intentScore", h.intent_tier as "intentTier",
           coalesce(h.top_signals, '{}') as "topSignals"
    from get_high_intent_prospects(p_team_id := ${teamId}::uuid, p_min_intent_score := ${least}::integer,
                                   p_limit := (
           select count(*)::integer + ${Math.max(limit, REACH)}::integer from bdr_workflow_executions e
           where e.organization_id = ${ctx.organizationId} and e.started_at > ${rested})) h
    join prospects p on p.organization_id = ${ctx.organizationId} and p.id = h.prospect_id
    where (${has('email')} and p.email is not null or ${has('linkedin')} and p.linkedin_url is not null
           or ${has('phone')} and p.phone is not null) and not exists (
      select from bdr_workflow_executions e
      where e.organization_id = ${ctx.organizationId} and e.prospect_id = h.prospect_id
        and (e.status = 'active' or e.started_at > ${rested}))
    order by h.intent_score desc, h.prospect_id limit ${limit}`.execute(ctx.tx);
  return rows;
}

async function discover(ctx: Ctx, config: AgentConfig): Promise<number> {
  const day = localDay(config.workingHours.timezone, ctx.now);
  const { rows } = await sql<{ used: number }>`
    insert into bdr_daily_counters (team_id, day) values (${config.teamId}, ${day}::date)
    on conflict (organization_id, team_id, day) do update set new_prospects = bdr_daily_counters.new_prospects
    returning new_prospects as used`.execute(ctx.tx);
  const room = config.maxNewProspectsPerDay - rows[0]!.used;
  if (room <= 0) return 0;
  const found = await candidates(ctx, config.teamId, {
    least: config.minIntentScore,
    limit: REACH,
    channels: config.preferredChannels,
  });
  const prospectIds = found.map(({ prospectId }) => prospectId);
  if (prospectIds.length === 0) return 0;
  const channel = CONTACT_CHANNEL_OF[config.preferredChannels[0] ?? 'email'];
  const allowed = await decideContacts(ctx, { prospectIds, channel, purpose: 'sequence', userId: null });
  let started = 0;
  for (const { prospectId, intentScore, topSignals } of found) {
    if (started === room) break;
    const answer = allowed.get(prospectId);
    // Another channel may lead to whom the first one does not.
    if (answer?.decision === 'refused' && answer.rule !== 'no_address') continue;
    const signals = topSignals.slice(0, 3).join(', ').replaceAll('_', ' ');
    const reason = `Intent ${Math.round(intentScore)} of 100${signals === '' ? '' : `: ${signals}`}.`;
    const execution = await startExecution(ctx, config, prospectId, { userId: null, reason });
    if (!execution) continue;
    started += 1;
    await recordDecision(ctx, {
      teamId: config.teamId,
      prospectId,
      executionId: execution.id,
      type: 'discovery',
      decision: 'begin',
      reasoning: reason,
    });
  }
  await sql`
    update bdr_daily_counters set new_prospects = new_prospects + ${started}
    where organization_id = ${ctx.organizationId} and team_id = ${config.teamId} and day = ${day}::date`.execute(
    ctx.tx,
  );
  if (started > 0) {
    const summary = `Began with ${started} prospects.`;
    await logAgentActivity(ctx, { teamId: config.teamId, type: 'discovered', summary, data: { started } });
  }
  return started;
}

export const listDiscovery = verb(
  { permission: 'bdr.view' },
  async (
    ctx,
    input: { teamId?: string | undefined; minIntentScore?: number | undefined; limit: number },
  ): Promise<{ prospects: readonly Discovered[] }> => {
    const teamId = await agentTeam(ctx, input.teamId);
    const config = await findConfig(ctx, teamId);
    const least = input.minIntentScore ?? config?.minIntentScore ?? 50;
    const channels = config?.preferredChannels ?? ['email'];
    return { prospects: await candidates(ctx, teamId, { least, limit: input.limit, channels }) };
  },
);

const JUDGED_DAYS = 30;

/** Once a day: the ladder of trust, from what people did with the drafts and what became of the messages. */
async function judge(ctx: Ctx, config: AgentConfig): Promise<void> {
  const today = localDay(config.workingHours.timezone, ctx.now);
  const { rows } = await sql<{ id: string }>`
    update bdr_agent_configs set last_judged_on = ${today}::date
    where organization_id = ${ctx.organizationId} and id = ${config.id} and last_judged_on is distinct from ${today}::date
    returning id`.execute(ctx.tx);
  if (rows.length === 0) return;
  const since = new Date(ctx.now.getTime() - JUDGED_DAYS * 24 * HOUR_MS);
  const record = await sql<AgentRecord>`
    select count(*) filter (where decided_by is not null and status in ('approved', 'sent', 'rejected'))::integer as decided,
           count(*) filter (where decided_by is not null and edits > 0 and status in ('approved', 'sent'))::integer as edited,
           count(*) filter (where status = 'rejected')::integer as rejected,
           count(*) filter (where status = 'sent')::integer as sent,
           count(*) filter (where exists (
             select from emails m where m.organization_id = bdr_approval_queue.organization_id
               and m.send_id = bdr_approval_queue.send_id and m.bounced))::integer as bounced,
           count(*) filter (where exists (
             select from emails m join email_bounces b on b.organization_id = m.organization_id and b.email_id = m.id
             where m.organization_id = bdr_approval_queue.organization_id and m.send_id = bdr_approval_queue.send_id
               and b.type = 'complaint'))::integer as complained,
           (select count(*) from bdr_replies r
            where r.organization_id = ${ctx.organizationId} and r.intent = 'unsubscribe' and r.received_at >= ${since}
              and r.execution_id in (select e.id from bdr_workflow_executions e
                where e.organization_id = ${ctx.organizationId} and e.team_id = ${config.teamId}))::integer as "optedOut"
    from bdr_approval_queue
    where organization_id = ${ctx.organizationId} and team_id = ${config.teamId} and created_at >= ${since}`.execute(
    ctx.tx,
  );
  const verdict = judgeAutonomy(config.autonomyLevel, record.rows[0]!);
  if (!verdict) return;
  await sql`
    update bdr_agent_configs set autonomy_level = ${verdict.level}
    where organization_id = ${ctx.organizationId} and id = ${config.id}`.execute(ctx.tx);
  await recordDecision(ctx, {
    teamId: config.teamId,
    type: 'autonomy',
    decision: verdict.level,
    reasoning: `From ${config.autonomyLevel}: ${verdict.reason}.`,
  });
}
