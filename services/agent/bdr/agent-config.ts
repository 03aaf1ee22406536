import { sql } from 'kysely';
import type { AutonomyLevel, BdrChannel, Framework, WorkingHours } from '../../../domain/agent/bdr.rules.ts';
import { invalid, notFound } from '../../../domain/core/errors.ts';
import { audit } from '../../core/audit.ts';
import { signalProcess, startProcess } from '../../core/commands.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { requireVersion } from '../../core/versions.ts';
import { readBudget, setMonthlyLimit } from '../gateway/budget.ts';
import { recordDecision } from './agent-log.ts';

export interface AgentConfig {
  readonly id: string | null;
  readonly teamId: string;
  readonly agentName: string;
  readonly isActive: boolean;
  readonly autoApproveMessages: boolean;
  readonly requireHumanReview: boolean;
  readonly maxDailyTouches: number;
  readonly maxTouchesPerProspect: number;
  readonly minDelayBetweenTouchesHours: number;
  readonly discoveryEnabled: boolean;
  readonly discoveryIntervalMinutes: number;
  readonly minIntentScore: number;
  readonly maxNewProspectsPerDay: number;
  readonly preferredChannels: readonly BdrChannel[];
  readonly qualificationFramework: Framework;
  readonly autoQualifyThreshold: number;
  readonly handoffThreshold: number;
  readonly workingHours: WorkingHours;
  readonly offerStatements: readonly string[];
  readonly allowedHosts: readonly string[];
  readonly researchCompanySites: boolean;
  readonly researchHosts: readonly string[];
  readonly managerId: string | null;
  readonly approvalTimeoutHours: number;
  readonly createDealOnAccept: boolean;
  readonly autonomyLevel: AutonomyLevel;
  readonly pausedAt: Date | null;
  readonly generation: number;
  readonly version: number;
}

/** One row of columns for each setting that people change. */
const COLUMNS = {
  agentName: 'agent_name',
  isActive: 'is_active',
  autoApproveMessages: 'auto_approve_messages',
  requireHumanReview: 'require_human_review',
  maxDailyTouches: 'max_daily_touches',
  maxTouchesPerProspect: 'max_touches_per_prospect',
  minDelayBetweenTouchesHours: 'min_delay_between_touches_hours',
  discoveryEnabled: 'discovery_enabled',
  discoveryIntervalMinutes: 'discovery_interval_minutes',
  minIntentScore: 'min_intent_score',
  maxNewProspectsPerDay: 'max_new_prospects_per_day',
  preferredChannels: 'preferred_channels',
  qualificationFramework: 'qualification_framework',
  autoQualifyThreshold: 'auto_qualify_threshold',
  handoffThreshold: 'handoff_threshold',
  workingHours: 'working_hours',
  offerStatements: 'offer_statements',
  allowedHosts: 'allowed_hosts',
  researchCompanySites: 'research_company_sites',
  researchHosts: 'research_hosts',
  managerId: 'manager_id',
  approvalTimeoutHours: 'approval_timeout_hours',
  createDealOnAccept: 'create_deal_on_accept',
  autonomyLevel: 'autonomy_level',
} as const satisfies Partial<Record<keyof AgentConfig, string>>;

type Setting = keyof typeof COLUMNS;
export type AgentChanges = { readonly [K in Setting]?: AgentConfig[K] | undefined } & {
  /** Dollars that models may cost the organization in a month. */
  readonly monthlyModelBudgetUsd?: number | undefined;
};

const SELECTED = sql.raw(
  [...Object.entries(COLUMNS).map(([key, column]) => `c.${column} as "${key}"`), 'c.id', 'c.team_id as "teamId"']
    .concat('c.paused_at as "pausedAt"', 'c.generation', 'c.version')
    .join(', '),
);

export async function findConfig(ctx: Ctx, teamId: string, lock = false): Promise<AgentConfig | undefined> {
  const { rows } = await sql<AgentConfig>`
    select ${SELECTED} from bdr_agent_configs c
    where c.organization_id = ${ctx.organizationId} and c.team_id = ${teamId}
    ${sql.raw(lock ? 'for no key update' : '')}`.execute(ctx.tx);
  return rows[0];
}

/** @throws AppError not_found: nobody has set the agent of this team up. */
export async function requireConfig(ctx: Ctx, teamId: string, lock = false): Promise<AgentConfig> {
  const config = await findConfig(ctx, teamId, lock);
  if (!config) throw notFound('The agent of this team', 'Set it up with PUT /api/v1/bdr/config.');
  return config;
}

/** The team that is named, else the caller's, else the first of the organization. @throws AppError not_found. */
export async function agentTeam(ctx: Ctx, teamId: string | undefined): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select t.id from teams t
    left join users u on u.organization_id = t.organization_id and u.id = ${ctx.principal.userId ?? null}::uuid
    where t.organization_id = ${ctx.organizationId} and t.deleted_at is null
      and (${teamId ?? null}::uuid is null or t.id = ${teamId ?? null}::uuid)
    order by t.id = u.team_id desc nulls last, t.number limit 1`.execute(ctx.tx);
  if (!rows[0]) throw notFound('The team');
  return rows[0].id;
}

export interface AgentConfigView extends AgentConfig {
  readonly isPaused: boolean;
  readonly monthlyModelBudgetUsd: number;
}

async function viewOf(ctx: Ctx, config: AgentConfig): Promise<AgentConfigView> {
  const { limitMicros } = await readBudget(ctx);
  return { ...config, isPaused: config.pausedAt !== null, monthlyModelBudgetUsd: limitMicros / 1_000_000 };
}

/** What a team has before it says anything. */
async function defaultsFor(ctx: Ctx, teamId: string): Promise<AgentConfig> {
  const { time_zone: timezone } = await ctx.tx
    .selectFrom('organizations')
    .select('time_zone')
    .where('id', '=', ctx.organizationId)
    .executeTakeFirstOrThrow();
  return {
    id: null,
    teamId,
    agentName: 'BDR Agent',
    isActive: false,
    autoApproveMessages: false,
    requireHumanReview: true,
    maxDailyTouches: 50,
    maxTouchesPerProspect: 5,
    minDelayBetweenTouchesHours: 48,
    discoveryEnabled: true,
    discoveryIntervalMinutes: 60,
    minIntentScore: 60,
    maxNewProspectsPerDay: 20,
    preferredChannels: ['email'],
    qualificationFramework: 'BANT',
    autoQualifyThreshold: 60,
    handoffThreshold: 80,
    workingHours: { timezone, startHour: 9, endHour: 17, days: [1, 2, 3, 4, 5] },
    offerStatements: [],
    allowedHosts: [],
    researchCompanySites: true,
    researchHosts: [],
    managerId: null,
    approvalTimeoutHours: 72,
    createDealOnAccept: false,
    autonomyLevel: 'approve_exceptions',
    pausedAt: null,
    generation: 0,
    version: 0,
  };
}

export const getAgentConfig = verb(
  { permission: 'bdr.view' },
  async (ctx, input: { teamId?: string | undefined }): Promise<AgentConfigView> => {
    const teamId = await agentTeam(ctx, input.teamId);
    return viewOf(ctx, (await findConfig(ctx, teamId)) ?? (await defaultsFor(ctx, teamId)));
  },
);

export interface ConfigureInput {
  teamId?: string | undefined;
  expectedVersion?: number | undefined;
  changes: AgentChanges;
}

/**
 * Partial. Switching the agent on starts its process, switching it off ends it; what it works on rests meanwhile.
 * @throws AppError not_found; precondition_failed; validation.
 */
export const configureAgent = verb(
  { permission: 'bdr.configure' },
  async (ctx, { teamId: asked, expectedVersion, changes }: ConfigureInput): Promise<AgentConfigView> => {
    const teamId = await agentTeam(ctx, asked);
    const { workingHours } = await defaultsFor(ctx, teamId);
    await sql`
      insert into bdr_agent_configs (team_id, working_hours) values (${teamId}, ${JSON.stringify(workingHours)}::jsonb)
      on conflict (organization_id, team_id) do nothing`.execute(ctx.tx);
    const before = await requireConfig(ctx, teamId, true);
    requireVersion(before.version, expectedVersion);
    if (changes.managerId) await requireUser(ctx, changes.managerId);
    if (changes.monthlyModelBudgetUsd !== undefined) {
      await setMonthlyLimit(ctx, Math.round(changes.monthlyModelBudgetUsd * 1_000_000));
    }
    const after = { ...before, ...given(changes) };
    const switchedOn = after.isActive && !before.isActive;
    const generation = before.generation + (switchedOn ? 1 : 0);
    await write(ctx, before, after, generation);
    await audit(ctx, 'bdr.configure', { entityType: 'bdr_agent', entityId: before.id, before, after: given(changes) });
    if (after.autonomyLevel !== before.autonomyLevel) {
      const reasoning = 'Set by a person.';
      await recordDecision(ctx, { teamId, type: 'autonomy', decision: after.autonomyLevel, reasoning });
    }
    if (switchedOn) {
      const input = { organizationId: ctx.organizationId, teamId, generation };
      await startProcess(ctx, 'bdrAgent', { entityId: teamId, generation }, input);
    } else if (before.isActive) {
      await signalProcess(ctx, 'bdrAgent', { entityId: teamId, generation: before.generation }, 'agentChanged');
    }
    return viewOf(ctx, await requireConfig(ctx, teamId));
  },
);

const given = (changes: AgentChanges): Partial<AgentConfig> =>
  Object.fromEntries(
    (Object.keys(COLUMNS) as Setting[]).filter((key) => changes[key] !== undefined).map((key) => [key, changes[key]]),
  );

async function write(ctx: Ctx, before: AgentConfig, after: AgentConfig, generation: number): Promise<void> {
  const changed = (Object.keys(COLUMNS) as Setting[]).filter(
    (key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]),
  );
  if (changed.length === 0) return;
  const assignments = changed.map((key) => {
    const value = after[key];
    const column = sql.ref(COLUMNS[key]);
    if (Array.isArray(value)) return sql`${column} = ${sql.val(value)}::text[]`;
    return key === 'workingHours' ? sql`${column} = ${JSON.stringify(value)}::jsonb` : sql`${column} = ${value}`;
  });
  await sql`
    update bdr_agent_configs set ${sql.join([...assignments, sql`generation = ${generation}`])}
    where organization_id = ${ctx.organizationId} and id = ${before.id}`.execute(ctx.tx);
}

async function requireUser(ctx: Ctx, userId: string): Promise<void> {
  const user = await ctx.tx
    .selectFrom('users')
    .select('id')
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', userId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  if (!user) throw invalid('managerId', 'There is no such user.', userId);
}
