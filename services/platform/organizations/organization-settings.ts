import { sql } from 'kysely';
import { audit } from '../../core/audit.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { requireVersion } from '../../core/versions.ts';

export interface OrganizationSettings {
  name: string;
  timeZone: string;
  language: string;
  /** ISO 4217. */
  currency: string;
  /** 1 = Monday. */
  weekStart: number;
  /** Month. */
  fiscalYearStart: number;
  defaultPhoneRegion: string;
  defaultAttributionModel: string;
  directChannels: string[];
  milestoneEventTypes: { lead: string[]; opportunity: string[] };
  /** Intent → factor of AI_WEIGHTED. */
  intentWeights: Record<string, number>;
  /** null: facts are kept. */
  retentionDays: number | null;
}

export interface OrganizationView extends OrganizationSettings {
  id: string;
  plan: string;
  members: number;
  teams: number;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

async function readOrganization(ctx: Ctx): Promise<OrganizationView> {
  const { rows } = await sql<OrganizationView>`
    select o.id, o.name, o.plan, o.time_zone as "timeZone", o.language, o.currency, o.week_start as "weekStart",
      o.fiscal_year_start as "fiscalYearStart", o.default_phone_region as "defaultPhoneRegion",
      o.default_attribution_model as "defaultAttributionModel", o.direct_channels as "directChannels",
      o.milestone_event_types as "milestoneEventTypes", o.intent_weights as "intentWeights",
      o.retention_days as "retentionDays", o.created_at as "createdAt", o.updated_at as "updatedAt", o.version,
      (select count(*)::integer from users u where u.organization_id = o.id and u.deleted_at is null) as members,
      (select count(*)::integer from teams t where t.organization_id = o.id and t.deleted_at is null) as teams
    from organizations o where o.id = ${ctx.organizationId}`.execute(ctx.tx);
  return rows[0]!;
}

export const getOrganization = verb(
  { permission: 'organization.view' },
  (ctx, _: undefined): Promise<OrganizationView> => readOrganization(ctx),
);

export interface UpdateOrganizationInput {
  expectedVersion?: number | undefined;
  changes: { [K in keyof OrganizationSettings]?: OrganizationSettings[K] | undefined };
}

const COLUMN: Readonly<Record<keyof OrganizationSettings, string>> = {
  name: 'name',
  timeZone: 'time_zone',
  language: 'language',
  currency: 'currency',
  weekStart: 'week_start',
  fiscalYearStart: 'fiscal_year_start',
  defaultPhoneRegion: 'default_phone_region',
  defaultAttributionModel: 'default_attribution_model',
  directChannels: 'direct_channels',
  milestoneEventTypes: 'milestone_event_types',
  intentWeights: 'intent_weights',
  retentionDays: 'retention_days',
};
const JSON_FIELDS = new Set(['milestoneEventTypes', 'intentWeights']);

/** Partial. What a run has frozen keeps the settings of its first execution. @throws AppError precondition_failed. */
export const updateOrganization = verb(
  { permission: 'organization.edit' },
  async (ctx, { expectedVersion, changes }: UpdateOrganizationInput): Promise<OrganizationView> => {
    await sql`select from organizations where id = ${ctx.organizationId} for no key update`.execute(ctx.tx);
    const before = await readOrganization(ctx);
    requireVersion(before.version, expectedVersion);
    const given = Object.entries(changes).filter(([, value]) => value !== undefined) as [
      keyof OrganizationSettings,
      unknown,
    ][];
    if (given.length === 0) return before;
    const set = Object.fromEntries(
      given.map(([field, value]) => [COLUMN[field], JSON_FIELDS.has(field) ? JSON.stringify(value) : value]),
    );
    await ctx.tx.updateTable('organizations').set(set).where('id', '=', ctx.organizationId).execute();
    const after = await readOrganization(ctx);
    const shown = (view: OrganizationView) => Object.fromEntries(given.map(([field]) => [COLUMN[field], view[field]]));
    await audit(ctx, 'organization.update', {
      entityType: 'organization',
      entityId: ctx.organizationId,
      before: shown(before),
      after: shown(after),
    });
    return after;
  },
);
