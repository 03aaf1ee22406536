import { sql } from 'kysely';
import { invalid } from '../../../domain/core/errors.ts';
import { type Reference, readReference } from '../../../domain/platform/reference.rules.ts';
import type { BaseLevel, DefaultRole } from '../../../domain/platform/roles.rules.ts';
import type { Ctx } from '../../core/context.ts';

export interface FoundRole {
  id: string;
  number: number;
  name: string;
  defaultKey: DefaultRole | null;
  baseLevel: BaseLevel;
  permissions: string[];
  allowedTeamIds: string[] | null;
}

export interface FoundTeam {
  id: string;
  number: number;
  name: string;
  parentTeamId: string | null;
}

/** Splits references into what one statement can look up. */
function split(references: readonly Reference[]) {
  const read = references.map(readReference);
  return {
    ids: read.flatMap((one) => ('id' in one ? [one.id] : [])),
    numbers: read.flatMap((one) => ('number' in one ? [one.number] : [])),
    names: read.flatMap((one) => ('name' in one ? [one.name.toLowerCase()] : [])),
  };
}

const matches = (reference: Reference, row: { id: string; number: number; name: string }): boolean => {
  const read = readReference(reference);
  if ('id' in read) return row.id === read.id;
  if ('number' in read) return row.number === read.number;
  return row.name.toLowerCase() === read.name.toLowerCase();
};

/** Finds what a reference names among rows that were looked up together. */
export const pick = <Row extends { id: string; number: number; name: string }>(
  rows: readonly Row[],
  reference: Reference,
): Row | undefined => rows.find((row) => matches(reference, row));

/** Roles by id, number or name (unique), one statement for all. */
export async function findRoles(ctx: Ctx, references: readonly Reference[]): Promise<FoundRole[]> {
  if (references.length === 0) return [];
  const { ids, numbers, names } = split(references);
  const { rows } = await sql<FoundRole>`
    select id, number, name, default_key as "defaultKey", base_level as "baseLevel", permissions,
           allowed_team_ids as "allowedTeamIds"
    from roles
    where organization_id = ${ctx.organizationId} and deleted_at is null
      and (id = any(${sql.val(ids)}::uuid[]) or number = any(${sql.val(numbers)}::integer[])
           or lower(name) = any(${sql.val(names)}::text[]))`.execute(ctx.tx);
  return rows;
}

/** Teams by id or number, one statement for all. */
export async function findTeams(ctx: Ctx, references: readonly Reference[]): Promise<FoundTeam[]> {
  if (references.length === 0) return [];
  const { ids, numbers } = split(references);
  const { rows } = await sql<FoundTeam>`
    select id, number, name, parent_team_id as "parentTeamId"
    from teams
    where organization_id = ${ctx.organizationId} and deleted_at is null
      and (id = any(${sql.val(ids)}::uuid[]) or number = any(${sql.val(numbers)}::integer[]))`.execute(ctx.tx);
  return rows;
}

/** @throws AppError validation naming the field. */
export async function requireRole(ctx: Ctx, reference: Reference, field = 'roleId'): Promise<FoundRole> {
  const role = pick(await findRoles(ctx, [reference]), reference);
  if (!role) throw invalid(field, 'names no role', reference, 'GET /v1/roles lists ids and numbers.');
  return role;
}

/**
 * The same with every `teamId` as an id, where numbers may stand. Ids are not looked up, so an unknown one stays.
 * @throws AppError validation for a number that names no team.
 */
export async function withTeamIds<Input extends { teamId?: string | readonly string[] | undefined }>(
  ctx: Ctx,
  input: Input,
  prefix = '',
): Promise<Input> {
  const given = [input.teamId ?? []].flat();
  const numbers = given.filter((reference) => !('id' in readReference(reference)));
  if (numbers.length === 0) return input;
  const teams = await findTeams(ctx, numbers);
  const ids = given.map((reference) => {
    const read = readReference(reference);
    const id = 'id' in read ? read.id : pick(teams, reference)?.id;
    if (id !== undefined) return id;
    throw invalid(`${prefix}teamId`, 'names no team', reference, 'GET /v1/teams lists ids and numbers.');
  });
  return { ...input, teamId: Array.isArray(input.teamId) ? ids : ids[0] };
}

/** @throws AppError validation naming the field. */
export async function requireTeam(ctx: Ctx, reference: Reference, field = 'teamId'): Promise<FoundTeam> {
  const team = pick(await findTeams(ctx, [reference]), reference);
  if (!team) throw invalid(field, 'names no team', reference, 'GET /v1/teams lists ids and numbers.');
  return team;
}
