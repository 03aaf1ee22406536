import type { ModelCode } from '../domain/insight/attribution.rules.ts';
import type { createVendor } from '../services/data/index.ts';
import type { createRun } from '../services/insight/index.ts';

type CreateVendorInput = Parameters<typeof createVendor>[1];
type RunConfigInput = Parameters<typeof createRun>[1]['config'];

/** What makes one demo organization; its facts follow from this and the day of its first start. */
export interface DemoDefinition {
  readonly organizationId: string;
  readonly name: string;
  /** Its key is kept in this file of the data folder. */
  readonly keyFile: string;
  readonly seed: number;
  /** Begins every external id. */
  readonly prefix: string;
  readonly people: number;
  /** How many of them order at least once; every ninth of these comes back. */
  readonly buyers: number;
  /** Visits of the website by people who never say who they are. */
  readonly strangers: number;
  readonly vendors: readonly (CreateVendorInput & { readonly dailyFee?: number })[];
  readonly teams: readonly DemoTeam[];
  readonly members: readonly DemoMember[];
  readonly campaigns: readonly DemoCampaign[];
  readonly runs: readonly DemoRun[];
}

export interface DemoTeam {
  readonly name: string;
  /** Names of people who work in it. */
  readonly agents?: readonly string[];
  /** Whose voice agents these are. */
  readonly vendorCode?: string;
  readonly teams?: readonly DemoTeam[];
}

/** Somebody who signs in. */
export interface DemoMember {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  /** A name, also of a role of its own. */
  readonly role: string;
  readonly team?: string;
  readonly observer?: true;
}

/** A role of its own that a demo organization has. */
export const TEAM_LEAD = {
  name: 'Team lead',
  description: 'Sees what the teams earned and puts people into them',
  permissions: [
    'analytics.agents.view',
    'analytics.vendors.view',
    'users.view',
    'teams.view',
    'teams.edit',
    'reports.view',
  ],
} as const;

export interface DemoCampaign {
  readonly name: string;
  readonly channel: 'email' | 'web' | 'linkedin' | 'sms';
  readonly source: string;
  readonly medium: string;
  readonly contents: readonly string[];
  /** Days before the anchor. */
  readonly from: number;
  readonly to: number;
  readonly dailySpend: number;
  readonly currency: 'USD' | 'EUR';
}

export interface DemoRun {
  readonly name: string;
  readonly modelCode: ModelCode;
  readonly config: RunConfigInput;
}

/** The same organization with fewer people, for tests. */
export function scaled(definition: DemoDefinition, factor: number): DemoDefinition {
  const { people, buyers, strangers } = definition;
  const part = (count: number) => Math.max(3, Math.round(count * factor));
  return { ...definition, people: part(people), buyers: part(buyers), strangers: part(strangers) };
}

export interface NamedAgent {
  readonly externalId: string;
  readonly name: string;
  readonly team: string;
  readonly vendorCode: string | undefined;
}

/** Everybody who works in the teams and the teams inside them, numbered through. */
export function agentsOf({ prefix, teams }: Pick<DemoDefinition, 'prefix' | 'teams'>): NamedAgent[] {
  const all = (team: DemoTeam): Omit<NamedAgent, 'externalId'>[] => [
    ...(team.agents ?? []).map((name) => ({ name, team: team.name, vendorCode: team.vendorCode })),
    ...(team.teams ?? []).flatMap(all),
  ];
  return teams
    .flatMap(all)
    .map((agent, index) => ({ ...agent, externalId: `${prefix}-agent-${String(index + 1).padStart(2, '0')}` }));
}
