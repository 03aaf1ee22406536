import { sql } from 'kysely';
import { type AppError, type FieldIssue, invalidAll } from '../../../domain/core/errors.ts';
import { type Reference, readReference } from '../../../domain/platform/reference.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { findTeams } from '../../platform/roles/index.ts';
import type { ParticipantInput } from './facts.ts';

type Participants = readonly ParticipantInput[];

interface Agent {
  id: string;
  externalId: string;
  teamId: string | null;
}

/** The teams and agents that a group of facts names and that exist. */
export interface Roster {
  /** Ids, by id and by number. */
  readonly teams: ReadonlyMap<string | number, string>;
  /** By id and by external id. */
  readonly agents: ReadonlyMap<string, Agent>;
}

const teamNamed = ({ role, id, number, teamId }: ParticipantInput): Reference | undefined =>
  role === 'team' ? (id ?? number) : teamId;

function teamOf({ teams }: Roster, participant: ParticipantInput): string | undefined {
  const named = teamNamed(participant);
  if (named === undefined) return undefined;
  const read = readReference(named);
  return 'name' in read ? undefined : teams.get('id' in read ? read.id : read.number);
}

export async function readRoster(ctx: Ctx, facts: readonly Participants[]): Promise<Roster> {
  const all = facts.flat();
  if (all.length === 0) return { teams: new Map(), agents: new Map() };
  const named = [...new Set(all.flatMap((participant) => teamNamed(participant) ?? []))];
  const people = all.filter((participant) => participant.role !== 'team');
  const externalIds = [...new Set(people.flatMap((participant) => participant.externalId ?? []))];
  const ids = [...new Set(people.flatMap((participant) => participant.id ?? []))];
  const [teams, agents] = await Promise.all([
    findTeams(ctx, named),
    sql<Agent>`
      select id, external_id as "externalId", team_id as "teamId" from agents
      where organization_id = ${ctx.organizationId}
        and (external_id = any(${sql.val(externalIds)}::text[]) or id = any(${sql.val(ids)}::uuid[]))`.execute(ctx.tx),
  ]);
  const byReference = teams.flatMap(({ id, number }): [string | number, string][] => [
    [id, id],
    [number, id],
  ]);
  return { teams: new Map(byReference), agents: indexed(agents.rows) };
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
  const seen = new Set<string>();
  const issues = participants.flatMap((participant, index): FieldIssue[] => {
    const at = (field: string, message: string, value?: unknown) => [
      { field: `participants.${index}.${field}`, message, ...(value === undefined ? {} : { value }) },
    ];
    const isTeam = participant.role === 'team';
    const named = teamNamed(participant);
    const team = teamOf(roster, participant);
    if (isTeam && named === undefined) return at('id', 'is missing: a team is named by its id or number');
    if (!isTeam && participant.number !== undefined) return at('number', 'names a team; an agent has none');
    if (named !== undefined && !team) {
      return at(isTeam ? (participant.id ? 'id' : 'number') : 'teamId', 'names no team', named);
    }
    if (!isTeam && !participant.externalId && !participant.id)
      return at('externalId', 'is missing: it names the agent');
    const agent = isTeam ? undefined : roster.agents.get(participant.externalId ?? participant.id!);
    if (!isTeam && !participant.externalId && !agent) return at('id', 'names no agent', participant.id);
    // Credit is kept per touch and agent (or team), so each may stand here once.
    const key = `${participant.role} ${isTeam ? team : (agent?.externalId ?? participant.externalId)}`;
    if (seen.has(key)) {
      return at(
        !isTeam && participant.externalId ? 'externalId' : 'id',
        `names the same ${isTeam ? 'team' : 'agent'} twice`,
      );
    }
    seen.add(key);
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
      const team = teamOf(roster, participant) ?? null;
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
      rows.map(([externalId, participant]) => ({
        external_id: externalId,
        name: participant.name ?? null,
        team_id: teamOf(roster, participant) ?? null,
      })),
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
