import { sql } from 'kysely';
import { AppError, conflict } from '../../../domain/core/errors.ts';
import type { BaseLevel, UserStatus, UserType } from '../../../domain/platform/roles.rules.ts';
import { audit } from '../../core/audit.ts';
import type { Ctx } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { userCreated } from '../events.ts';

export interface NewUser {
  /** Made up beforehand where tokens name it already. */
  id?: string | undefined;
  email: string;
  firstName: string | null;
  lastName?: string | null | undefined;
  phone?: string | null | undefined;
  location?: string | null | undefined;
  userType?: UserType | undefined;
  roleId: string;
  baseLevel: BaseLevel;
  teamId?: string | null | undefined;
  managerId?: string | null | undefined;
  timezone?: string | null | undefined;
  language?: string | null | undefined;
  status?: UserStatus | undefined;
}

/**
 * Adds people whose fields have been checked, one statement for all, in the order of their e-mails so that two imports
 * do not wait for each other in a circle. An e-mail that is taken (here or in another organization) is the row's conflict.
 */
export async function insertUsers(ctx: Ctx, users: readonly NewUser[]): Promise<(string | AppError)[]> {
  const { rows } = await sql<{ id: string; email: string }>`
    insert into users (id, organization_id, email, first_name, last_name, phone, location, user_type, role_id, role, team_id,
                       manager_id, timezone, language, status)
    select coalesce(id, uuidv7()), ${ctx.organizationId}, email, "firstName", "lastName", phone, location, coalesce("userType", 'product_user'),
           "roleId", "baseLevel", "teamId", "managerId", timezone, language, coalesce(status, 'active')
    from jsonb_to_recordset(${JSON.stringify(users)}::jsonb) as one(
      id uuid, email text, "firstName" text, "lastName" text, phone text, location text, "userType" text, "roleId" uuid,
      "baseLevel" text, "teamId" uuid, "managerId" uuid, timezone text, language text, status text)
    order by lower(email)
    on conflict (lower(email)) where deleted_at is null do nothing
    returning id, email`.execute(ctx.tx);
  const created = new Map(rows.map((row) => [row.email, row.id]));
  const taken = users.filter((user) => !created.has(user.email)).map((user) => user.email.toLowerCase());
  const existing = taken.length > 0 ? await idsByEmail(ctx, taken) : new Map<string, string>();
  const outcomes: (string | AppError)[] = [];
  for (const user of users) {
    const id = created.get(user.email);
    // The same e-mail twice in one list: only the first one is new.
    created.delete(user.email);
    if (!id) {
      outcomes.push(emailTaken(user.email, existing.get(user.email.toLowerCase())));
      continue;
    }
    outcomes.push(id);
    await audit(ctx, 'user.create', { entityType: 'user', entityId: id, after: withoutId(user) });
    await emit(ctx, userCreated, { entityId: id, data: { userId: id } });
  }
  return outcomes;
}

const withoutId = ({ id: _, ...user }: NewUser) => user;

/** @throws AppError conflict `EMAIL_TAKEN`. */
export async function insertUser(ctx: Ctx, user: NewUser): Promise<string> {
  const [outcome] = await insertUsers(ctx, [user]);
  if (outcome instanceof AppError) throw outcome;
  return outcome!;
}

async function idsByEmail(ctx: Ctx, emails: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; email: string }>`
    select id, lower(email) as email from users
    where organization_id = ${ctx.organizationId} and deleted_at is null
      and lower(email) = any(${sql.val([...emails])}::text[])`.execute(ctx.tx);
  return new Map(rows.map((row) => [row.email, row.id]));
}

/** Whose it is elsewhere is not told. */
export const emailTaken = (email: string, existingId: string | undefined): AppError =>
  conflict('EMAIL_TAKEN', `The e-mail ${email} belongs to somebody already.`, {
    issues: [{ field: 'email', message: 'belongs to somebody already', value: email }],
    ...(existingId ? { details: { existingId } } : {}),
    hint: 'An e-mail signs in to one organization; use another one, or change the existing user.',
  });
