import { AppError, notFound } from '../../../domain/core/errors.ts';
import { audit } from '../../core/audit.ts';
import { verb } from '../../core/context.ts';
import { emit } from '../../core/events.ts';
import { uuidv7 } from '../../core/ids.ts';
import { addPerson } from '../accounts/index.ts';
import {
  type AuthTools,
  type ClientFacts,
  findOneTimeToken,
  type IssuedTokens,
  prepareTokens,
  readAccount,
  type SignedIn,
  setPassword,
  startSession,
} from '../auth/index.ts';
import { invitationAccepted } from '../events.ts';
import { lockPeople } from '../roles/index.ts';
import { decided, tell } from './invite-member.ts';

export interface AcceptInvitationInput {
  token: string;
  firstName: string;
  lastName?: string | null | undefined;
  password: string;
}

export interface PreparedAcceptance {
  readonly organizationId: string;
  readonly userId: string;
  readonly invitationId: string;
  readonly passwordHash: string;
  readonly tokens: IssuedTokens;
}

/** @throws AppError not_found; validation `INVITATION_EXPIRED`, or naming the password; conflict once it is decided. */
export async function prepareAcceptance(
  tools: AuthTools,
  input: AcceptInvitationInput,
  now: Date,
): Promise<PreparedAcceptance> {
  const found = await findOneTimeToken(tools.db, 'invitation', input.token);
  if (!found?.invitation_id || found.email === null) throw notFound('The invitation', 'Check the link of the mail.');
  const { invitation_status: status, organization_id: organizationId, organization_name, email } = found;
  if (status === 'accepted' || status === 'revoked') throw decided(status);
  if (status !== 'pending' || found.expires_at <= now) throw expired();
  const words = [email, input.firstName, input.lastName, organization_name];
  const passwordHash = await tools.passwords.accept(input.password, words);
  const userId = uuidv7();
  const tokens = await prepareTokens(tools.accessTokens, { organizationId, userId }, now);
  return { organizationId, userId, invitationId: found.invitation_id, passwordHash, tokens };
}

const expired = () =>
  new AppError('validation', 'INVITATION_EXPIRED', 'The invitation has expired.', {
    hint: 'Ask whoever invited you to send it again.',
  });

export interface CompleteAcceptanceInput extends PreparedAcceptance {
  firstName: string;
  lastName?: string | null | undefined;
  client: ClientFacts;
  lifeSeconds: number;
}

/** The invitation, once: a person of the organization, signed in. */
export const acceptInvitation = verb(
  { permission: null },
  async (ctx, input: CompleteAcceptanceInput): Promise<SignedIn> => {
    const { invitationId, userId, tokens } = input;
    await lockPeople(ctx);
    const row = await ctx.tx
      .updateTable('team_invitations')
      .set({ status: 'accepted', accepted_at: ctx.now })
      .where('id', '=', invitationId)
      .where('status', '=', 'pending')
      .where('expires_at', '>', ctx.now)
      .returning(['email', 'role', 'team_id', 'generation'])
      .executeTakeFirst();
    if (!row) {
      const { status } = await ctx.tx
        .selectFrom('team_invitations')
        .select('status')
        .where('id', '=', invitationId)
        .executeTakeFirstOrThrow();
      throw status === 'accepted' || status === 'revoked' ? decided(status) : expired();
    }
    const role = row.role as 'admin' | 'user' | 'viewer';
    await addPerson(ctx, {
      userId,
      email: row.email,
      firstName: input.firstName,
      lastName: input.lastName,
      role,
      teamId: row.team_id,
    });
    await ctx.tx
      .updateTable('team_invitations')
      .set({ accepted_user_id: userId })
      .where('id', '=', invitationId)
      .execute();
    await setPassword(ctx, { userId, passwordHash: input.passwordHash });
    await startSession(ctx, { userId, tokens, client: input.client, lifeSeconds: input.lifeSeconds });
    await audit(ctx, 'invitation.accept', {
      entityType: 'invitation',
      entityId: invitationId,
      after: { userId, role },
    });
    await emit(ctx, invitationAccepted, { entityId: invitationId, data: { invitationId, userId, role } });
    await tell(ctx, invitationId, row.generation);
    return { ...(await readAccount(ctx, userId)), tokens };
  },
);
