import type { Ctx } from '../services/core/context.ts';
import { createAgent, createVendor, listAgents, listVendors } from '../services/data/index.ts';
import { createRole } from '../services/platform/roles/index.ts';
import { createTeam, listTeams, updateTeam } from '../services/platform/teams/index.ts';
import { createUser } from '../services/platform/users/index.ts';
import { agentsOf, type DemoDefinition, type DemoTeam, TEAM_LEAD } from './definition.ts';

/** Vendors, teams, the agents in them and the people who sign in: all in this transaction, or, when they are there, nothing. */
export async function createRoster(ctx: Ctx, definition: DemoDefinition): Promise<void> {
  const agents = agentsOf(definition);
  const { total } = await listAgents(ctx, { externalId: agents[0]!.externalId, page: 1, limit: 1 });
  if (total > 0) return;
  // An organization of an earlier version has some of the vendors already.
  const { items: known } = await listVendors(ctx, { page: 1, limit: 100 });
  const vendorIds = new Map(known.map(({ code, id }) => [code, id]));
  for (const { dailyFee: _, ...vendor } of definition.vendors) {
    if (!vendorIds.has(vendor.code)) vendorIds.set(vendor.code, (await createVendor(ctx, vendor)).id);
  }
  const teamIds = new Map<string, string>();
  // Team 1 came with the organization; the first one takes its place.
  const { items: given } = await listTeams(ctx, { page: 1, limit: 1 });
  for (const team of definition.teams) await createTeams(ctx, team, null, teamIds, given.shift()?.id);
  for (const { externalId, name, team, vendorCode } of agents) {
    await createAgent(ctx, {
      externalId,
      name,
      teamId: teamIds.get(team)!,
      vendorId: vendorCode ? vendorIds.get(vendorCode)! : null,
    });
  }
  await createMembers(ctx, definition, teamIds);
}

async function createMembers(ctx: Ctx, { members }: DemoDefinition, teamIds: Map<string, string>): Promise<void> {
  await createRole(ctx, TEAM_LEAD);
  for (const { role, team, observer, ...person } of members) {
    await createUser(ctx, {
      ...person,
      roleId: role,
      teamId: team ? teamIds.get(team)! : null,
      userType: observer ? 'observer' : 'product_user',
    });
  }
}

async function createTeams(
  ctx: Ctx,
  team: DemoTeam,
  parentTeamId: string | null,
  ids: Map<string, string>,
  existingId?: string,
) {
  const { id } = existingId
    ? await updateTeam(ctx, { id: existingId, changes: { name: team.name } })
    : await createTeam(ctx, { name: team.name, parentTeamId });
  ids.set(team.name, id);
  for (const inner of team.teams ?? []) await createTeams(ctx, inner, id, ids);
}
