import type { Ctx } from '../services/core/context.ts';
import { createAgent, createVendor, listAgents, listVendors } from '../services/data/index.ts';
import { createTeam } from '../services/platform/teams/index.ts';
import { agentsOf, type DemoDefinition, type DemoTeam } from './definition.ts';

/** Vendors, teams and the agents in them: all in this transaction, or, when they are there, nothing. */
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
  for (const team of definition.teams) await createTeams(ctx, team, null, teamIds);
  for (const { externalId, name, team, vendorCode } of agents) {
    await createAgent(ctx, {
      externalId,
      name,
      teamId: teamIds.get(team)!,
      vendorId: vendorCode ? vendorIds.get(vendorCode)! : null,
    });
  }
}

async function createTeams(ctx: Ctx, team: DemoTeam, parentTeamId: string | null, ids: Map<string, string>) {
  const { id } = await createTeam(ctx, { name: team.name, parentTeamId });
  ids.set(team.name, id);
  for (const inner of team.teams ?? []) await createTeams(ctx, inner, id, ids);
}
