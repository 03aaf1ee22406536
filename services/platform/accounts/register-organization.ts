import { verb } from '../../core/context.ts';
import { uuidv7 } from '../../core/ids.ts';
import {
  type AuthTools,
  type ClientFacts,
  type IssuedTokens,
  prepareTokens,
  readAccount,
  type SignedIn,
  setPassword,
  startSession,
} from '../auth/index.ts';
import { insertOrganization } from '../organizations/index.ts';
import { addPerson } from './add-person.ts';

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
