import { sql } from 'kysely';
import { type AppError, type FieldIssue, invalidAll } from '../../../domain/core/errors.ts';
import type { Ctx } from '../../core/context.ts';
import type { ParticipantInput } from './facts.ts';

type Participants = readonly ParticipantInput[];

interface Agent {
  id: string;
  externalId: string;
  teamId: string | null;
}

/** The teams and agents that a group of facts names and that exist. */
export interface Roster {
  readonly teams: ReadonlySet<string>;
  /** By id and by external id. */
  readonly agents: ReadonlyMap<string, Agent>;
}

const teamOf = ({ role, id, teamId }: ParticipantInput): string | undefined => (role === 'team' ? id : teamId);

export async function readRoster(ctx: Ctx, facts: readonly Participants[]): Promise<Roster> {
  const all = facts.flat();
  if (all.length === 0) return { teams: new Set(), agents: new Map() };
  const teamIds = [...new Set(all.flatMap((participant) => teamOf(participant) ?? []))];
  const people = all.filter((participant) => participant.role !== 'team');
  const externalIds = [...new Set(people.flatMap((participant) => participant.externalId ?? []))];
  const ids = [...new Set(people.flatMap((participant) => participant.id ?? []))];
  const [teams, agents] = await Promise.all([
    sql<{ id: string }>`
      select id from teams
      where organization_id = ${ctx.organizationId} and id = any(${sql.val(teamIds)}::uuid[]) and deleted_at is null`.execute(
      ctx.tx,
    ),
    sql<Agent>`
      select id, external_id as "externalId", team_id as "teamId" from agents
      where organization_id = ${ctx.organizationId}
        and (external_id = any(${sql.val(externalIds)}::text[]) or id = any(${sql.val(ids)}::uuid[]))`.execute(ctx.tx),
  ]);
  return { teams: new Set(teams.rows.map((row) => row.id)), agents: indexed(agents.rows) };
}

const indexed = (agents: readonly Agent[]): Map<string, Agent> =>
  new Map(
    agents.flatMap((agent) => [
      [agent.id, agent],
      [agent.externalId, agent],
    ]),
  );

/** The refusal of a fact whose participants name what does not exist, or somebody twice; null when all is well. */
export function participantRefusal(roster: Roster, participants: Participants): AppError | null {
  const named = new Set<string>();
  const issues = participants.flatMap((participant, index): FieldIssue[] => {
    const at = (field: string, message: string, value?: unknown) => [
      { field: `participants.${index}.${field}`, message, ...(value === undefined ? {} : { value }) },
    ];
    const team = teamOf(participant);
    const isTeam = participant.role === 'team';
    if (isTeam && !team) return at('id', 'is missing: a team is named by its id');
    if (team && !roster.teams.has(team)) return at(isTeam ? 'id' : 'teamId', 'names no team', team);
    if (!isTeam && !participant.externalId && !participant.id)
      return at('externalId', 'is missing: it names the agent');
    const agent = isTeam ? undefined : roster.agents.get(participant.externalId ?? participant.id!);
    if (!isTeam && !participant.externalId && !agent) return at('id', 'names no agent', participant.id);
    // Credit is kept per touch and agent (or team), so each may stand here once.
    const key = `${participant.role} ${isTeam ? team : (agent?.externalId ?? participant.externalId)}`;
    if (named.has(key)) {
      return at(
        !isTeam && participant.externalId ? 'externalId' : 'id',
        `names the same ${isTeam ? 'team' : 'agent'} twice`,
      );
    }
    named.add(key);
    return [];
  });
  return issues.length > 0 ? invalidAll(issues) : null;
}

export interface ParticipantRow {
  ordinal: number;
  role: ParticipantInput['role'];
  agent_id: string | null;
  team_id: string | null;
  share: number | null;
}

/**
 * Rows of facts that were not refused. An unknown external id creates its agent; an agent without a team takes the
 * team of its record.
 */
export async function participantRows(
  ctx: Ctx,
  roster: Roster,
  facts: readonly Participants[],
): Promise<ParticipantRow[][]> {
  const agents = await withNewAgents(ctx, roster, facts.flat());
  return facts.map((participants) =>
    participants.map((participant, ordinal) => {
      const { role, share = null } = participant;
      const team = teamOf(participant) ?? null;
      if (role === 'team') return { ordinal, role, agent_id: null, team_id: team, share };
      const agent = agents.get(participant.externalId ?? participant.id!)!;
      return { ordinal, role, agent_id: agent.id, team_id: team ?? agent.teamId, share };
    }),
  );
}

async function withNewAgents(
  ctx: Ctx,
  roster: Roster,
  participants: Participants,
): Promise<ReadonlyMap<string, Agent>> {
  const missing = new Map(
    participants.flatMap((participant) => {
      const { role, externalId } = participant;
      return role !== 'team' && externalId && !roster.agents.has(externalId)
        ? [[externalId, participant] as const]
        : [];
    }),
  );
  if (missing.size === 0) return roster.agents;
  const rows = [...missing].sort(([a], [b]) => (a < b ? -1 : 1));
  await ctx.tx
    .insertInto('agents')
    .values(
      rows.map(([externalId, { name = null, teamId = null }]) => ({ external_id: externalId, name, team_id: teamId })),
    )
    .onConflict((conflict) => conflict.columns(['organization_id', 'external_id']).doNothing())
    .execute();
  const added = await ctx.tx
    .selectFrom('agents')
    .select(['id', 'external_id as externalId', 'team_id as teamId'])
    .where('external_id', 'in', [...missing.keys()])
    .execute();
  return new Map([...roster.agents, ...indexed(added)]);
}
