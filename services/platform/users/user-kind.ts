import { sql } from 'kysely';
import { AppError, invalidAll } from '../../../domain/core/errors.ts';
import { readShape } from '../../../domain/core/validation.input.ts';
import { CreateUserBody } from '../../../domain/platform/person.input.ts';
import { audit } from '../../core/audit.ts';
import type { Ctx } from '../../core/context.ts';
import type { GroupOutcome } from '../../core/group.ts';
import { type ImportedRecord, type ImportedRow, type ImportKind, keptOf } from '../imports/index.ts';
import {
  type FoundRole,
  type FoundTeam,
  findRoles,
  findTeams,
  lockPeople,
  pick,
  requireAnotherAdmin,
  requireGrantableRole,
  requireTeamAllowed,
} from '../roles/index.ts';
import { type CreateUserInput, STANDARD_ROLE } from './create-user.ts';
import { emailTaken, insertUsers, type NewUser } from './insert-users.ts';
import { chooseTeam, requireManager } from './user-references.ts';

const field = (name: string, required: boolean, ...synonyms: string[]) => ({ name, required, synonyms });

/** People of a file; the printed header is `email,name,phone,role_id,team_id,user_type,location`. */
export const userKind: ImportKind = {
  name: 'users',
  fields: [
    field('email', true, 'e-mail', 'mail', 'email address'),
    field('name', false, 'full name', 'user name'),
    field('firstName', false, 'given name', 'forename'),
    field('lastName', false, 'surname', 'family name'),
    field('phone', false, 'phone number', 'telephone', 'mobile'),
    field('roleId', false, 'role'),
    field('teamId', false, 'team'),
    field('subTeamId', false, 'sub team'),
    field('managerId', false, 'manager'),
    field('userType', false, 'type'),
    field('location', false, 'country', 'office'),
    field('timezone', false, 'time zone'),
    field('language', false, 'lang'),
    field('status', false),
  ],
  decimals: new Set(),
  read(values) {
    const { name, ...rest } = values;
    const input = readShape(CreateUserBody, { ...namesOf(name), ...rest });
    return input instanceof AppError
      ? input
      : { input, fieldOf: (path) => (name && path === 'firstName' ? 'name' : path) };
  },
  store: (ctx, inputs) => createAll(ctx, inputs as CreateUserInput[]),
  repetition: {
    keyOf: (input) => (input as CreateUserInput).email.toLowerCase(),
    refusal: (input) => emailTaken((input as CreateUserInput).email, undefined),
  },
  undo: deleteUntouched,
};

/** What stands before the first space is the first name. */
function namesOf(name: unknown): { firstName?: unknown; lastName?: string } {
  if (typeof name !== 'string') return name === undefined ? {} : { firstName: name };
  const [first, ...rest] = name.trim().split(/\s+/);
  return { firstName: first, ...(rest.length > 0 ? { lastName: rest.join(' ') } : {}) };
}

/** The rules of POST /v1/users with one look-up of roles and one of teams for all rows. */
async function createAll(ctx: Ctx, inputs: readonly CreateUserInput[]): Promise<GroupOutcome<ImportedRow>[]> {
  await lockPeople(ctx);
  const roles = await findRoles(ctx, [STANDARD_ROLE, ...new Set(inputs.flatMap(({ roleId }) => roleId ?? []))]);
  const named = inputs.flatMap(({ teamId, subTeamId }) => [teamId ?? [], subTeamId ?? []].flat());
  const teams = await findTeams(ctx, [...new Set(named)]);
  const checked: (NewUser | AppError)[] = [];
  for (const input of inputs) checked.push(await refusable(() => newUser(ctx, input, roles, teams)));
  const good = checked.filter((one): one is NewUser => !(one instanceof AppError));
  const inserted = good.length > 0 ? await insertUsers(ctx, good) : [];
  let next = 0;
  return checked.map((one) => {
    const outcome = one instanceof AppError ? one : inserted[next++]!;
    return outcome instanceof AppError
      ? { ok: false, error: outcome }
      : { ok: true, value: { id: outcome, version: 1, created: true } };
  });
}

async function newUser(
  ctx: Ctx,
  { roleId, teamId, subTeamId, ...fields }: CreateUserInput,
  roles: readonly FoundRole[],
  teams: readonly FoundTeam[],
): Promise<NewUser> {
  const role = pick(roles, roleId ?? STANDARD_ROLE);
  if (!role) throw invalidAll([{ field: 'roleId', message: 'names no role', value: roleId }]);
  requireGrantableRole(ctx.principal, role);
  const chosen = chooseTeam(teams, { teamId, subTeamId });
  if ('issue' in chosen) throw invalidAll([chosen.issue]);
  const team = chosen.team ?? null;
  requireTeamAllowed(ctx.principal, team?.id ?? null);
  if (fields.managerId) await requireManager(ctx, fields.managerId, null);
  return { ...fields, roleId: role.id, baseLevel: role.baseLevel, teamId: team?.id ?? null };
}

async function refusable<T>(work: () => Promise<T>): Promise<T | AppError> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

/** Who has been changed, has acted or is the last admin stays. */
async function deleteUntouched(ctx: Ctx, records: readonly ImportedRecord[]): Promise<string[]> {
  await lockPeople(ctx);
  const ids = records.map((record) => record.id);
  const lastAdmin = await refusable(() => requireAnotherAdmin(ctx, ids));
  const { rows } = await sql<{ id: string }>`
    update users u set deleted_at = ${ctx.now}, status = 'inactive'
    from unnest(${sql.val(ids)}::uuid[], ${sql.val(records.map((record) => record.version))}::integer[])
      as record(id, version)
    where u.organization_id = ${ctx.organizationId} and u.id = record.id and u.version = record.version
      and u.deleted_at is null and u.last_active_at is null
      and not (${lastAdmin instanceof AppError} and u.role = 'admin')
      and not exists (
        select from audit_logs l where l.organization_id = u.organization_id and l.actor_id = u.id)
    returning u.id`.execute(ctx.tx);
  for (const { id } of rows)
    await audit(ctx, 'user.delete', { entityType: 'user', entityId: id, before: { import: true } });
  return keptOf(records, rows);
}
