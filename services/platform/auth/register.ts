import { sql } from 'kysely';
import { conflict } from '../../../domain/core/errors.ts';
import { audit } from '../../core/audit.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { uuidv7 } from '../../core/ids.ts';
import { userJoined } from '../events.ts';
import { insertOrganization } from '../organizations/index.ts';
import { type ClientFacts, type IssuedTokens, prepareTokens, startSession } from './sessions.ts';
import { setPassword } from './set-password.ts';
import { readAccount, type SignedIn } from './signed-in.ts';
import type { AuthTools } from './tools.ts';

export interface RegisterInput {
  organizationName: string;
  firstName: string;
  lastName?: string | null | undefined;
  email: string;
  password: string;
}

export interface PreparedRegistration {
  readonly organizationId: string;
  readonly userId: string;
  readonly passwordHash: string;
  readonly tokens: IssuedTokens;
}

/** Checks and hashes the password and makes up the ids, before the transaction. */
export async function prepareRegistration(
  tools: AuthTools,
  input: RegisterInput,
  now: Date,
): Promise<PreparedRegistration> {
  const { organizationName, firstName, lastName, email } = input;
  const passwordHash = await tools.passwords.accept(input.password, [email, firstName, lastName, organizationName]);
  const organizationId = uuidv7();
  const userId = uuidv7();
  return {
    organizationId,
    userId,
    passwordHash,
    tokens: await prepareTokens(tools.accessTokens, { organizationId, userId }, now),
  };
}

export interface RegisterOrganizationInput extends PreparedRegistration {
  account: Omit<RegisterInput, 'password'>;
  client: ClientFacts;
  lifeSeconds: number;
}

/** A new organization with its roles and team 1, and its first administrator, signed in. */
export const registerOrganization = verb(
  { permission: null },
  async (ctx, input: RegisterOrganizationInput): Promise<SignedIn> => {
    const { account, userId, tokens } = input;
    const { teamId } = await insertOrganization(ctx, { name: account.organizationName, plan: 'free' });
    await addPerson(ctx, { ...account, userId, role: 'admin', teamId });
    await setPassword(ctx, { userId, passwordHash: input.passwordHash });
    await startSession(ctx, { userId, tokens, client: input.client, lifeSeconds: input.lifeSeconds });
    return { ...(await readAccount(ctx, userId)), tokens };
  },
);

export interface NewPerson {
  userId: string;
  email: string;
  firstName: string | null;
  lastName?: string | null | undefined;
  role: 'admin' | 'user' | 'viewer';
  teamId: string | null;
}

/** @throws AppError conflict `EMAIL_TAKEN`: one address is one person, in whichever organization. */
export async function addPerson(ctx: Ctx, person: NewPerson): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    insert into users (id, email, first_name, last_name, role, team_id)
    values (${person.userId}, ${person.email}, ${person.firstName}, ${person.lastName ?? null}, ${person.role},
            ${person.teamId})
    on conflict (lower(email)) where deleted_at is null do nothing
    returning id`.execute(ctx.tx);
  if (rows.length === 0) {
    throw conflict('EMAIL_TAKEN', 'There is an account with this e-mail address already.', {
      hint: 'Sign in, or ask for a new password with POST /api/v1/auth/forgot-password.',
    });
  }
  const { userId, email, role } = person;
  await audit(ctx, 'user.create', { entityType: 'user', entityId: userId, after: { email, role } });
  await emit(ctx, userJoined, { entityId: userId, data: { userId, role } });
}
