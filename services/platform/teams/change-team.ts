import { sql } from 'kysely';
import { invalid } from '../../../domain/core/errors.ts';
import type { Reference } from '../../../domain/platform/reference.rules.ts';
import { audit } from '../../core/audit.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { requireVersion } from '../../core/versions.ts';
import { lockPeople, requireTeam, requireTeamAllowed } from '../roles/index.ts';
import { readTeam, type TeamDetail } from './team-view.ts';

export interface TeamChanges {
  name?: string | undefined;
  description?: string | null | undefined;
  vendorId?: string | null | undefined;
  parentTeamId?: Reference | null | undefined;
  settings?: Record<string, unknown> | undefined;
}

export interface CreateTeamInput extends TeamChanges {
  name: string;
}

/** A team, or a team inside another one: two levels. @throws AppError validation; forbidden `TEAM_NOT_ALLOWED`. */
export const createTeam = verb(
  { permission: 'teams.create' },
  async (ctx, input: CreateTeamInput): Promise<TeamDetail> => {
    await lockPeople(ctx);
    const parentTeamId = input.parentTeamId == null ? null : await requireParent(ctx, input.parentTeamId);
    requireTeamAllowed(ctx.principal, parentTeamId);
    if (input.vendorId) await requireVendor(ctx, input.vendorId);
    const values = {
      name: input.name,
      description: input.description ?? null,
      vendor_id: input.vendorId ?? null,
      parent_team_id: parentTeamId,
    };
    const { id } = await ctx.tx
      .insertInto('teams')
      .values({ ...values, settings: JSON.stringify(input.settings ?? {}) })
      .returning('id')
      .executeTakeFirstOrThrow();
    await audit(ctx, 'team.create', { entityType: 'team', entityId: id, after: values });
    return readTeam(ctx, id);
  },
);

export interface UpdateTeamInput {
  id: Reference;
  expectedVersion?: number | undefined;
  changes: TeamChanges;
}

/**
 * Partial; a null parent makes it a top-level team, settings are replaced as a whole.
 * @throws AppError not_found; precondition_failed; validation; forbidden `TEAM_NOT_ALLOWED`.
 */
export const updateTeam = verb(
  { permission: 'teams.edit' },
  async (ctx, { id, expectedVersion, changes }: UpdateTeamInput): Promise<TeamDetail> => {
    await lockPeople(ctx);
    const before = await readTeam(ctx, id);
    requireTeamAllowed(ctx.principal, before.id);
    requireVersion(before.version, expectedVersion);
    const kept = before.parent?.id ?? null;
    let parentTeamId = kept;
    if (changes.parentTeamId !== undefined) {
      parentTeamId = changes.parentTeamId === null ? null : await requireParent(ctx, changes.parentTeamId, before);
      // Out of a team that a role allows, or into one that it does not, would change who reaches it.
      if (parentTeamId !== kept) requireTeamAllowed(ctx.principal, parentTeamId);
    }
    if (changes.vendorId) await requireVendor(ctx, changes.vendorId);
    const after = {
      name: changes.name ?? before.name,
      description: changes.description === undefined ? before.description : changes.description,
      vendor_id: changes.vendorId === undefined ? (before.vendor?.id ?? null) : changes.vendorId,
      parent_team_id: parentTeamId,
    };
    await ctx.tx
      .updateTable('teams')
      .set({ ...after, settings: JSON.stringify(changes.settings ?? before.settings) })
      .where('id', '=', before.id)
      .execute();
    await audit(ctx, 'team.update', { entityType: 'team', entityId: before.id, before: auditableTeam(before), after });
    return readTeam(ctx, before.id);
  },
);

export const auditableTeam = (team: TeamDetail) => ({
  name: team.name,
  description: team.description,
  vendor_id: team.vendor?.id ?? null,
  parent_team_id: team.parent?.id ?? null,
});

/** A team that may have teams inside it. @throws AppError validation. */
async function requireParent(ctx: Ctx, reference: Reference, team?: TeamDetail): Promise<string> {
  const parent = await requireTeam(ctx, reference, 'parentTeamId');
  const refuse = (message: string) => invalid('parentTeamId', message, reference, 'Teams have two levels.');
  if (parent.id === team?.id) throw refuse('is the team itself');
  if (parent.parentTeamId) throw refuse('is inside a team itself');
  if (team && team.subTeams.length > 0) throw refuse('cannot be given: the team has teams inside it');
  return parent.id;
}

async function requireVendor(ctx: Ctx, vendorId: string): Promise<void> {
  const { rows } = await sql<{ exists: boolean }>`
    select exists (select from vendors
                   where organization_id = ${ctx.organizationId} and id = ${vendorId} and deleted_at is null)`.execute(
    ctx.tx,
  );
  if (!rows[0]!.exists) throw invalid('vendorId', 'names no vendor', vendorId, 'GET /v1/vendors lists ids.');
}
