import { conflict, invalid } from '../../../domain/core/errors.ts';
import { audit } from '../../core/audit.ts';
import { signalProcess, startProcess } from '../../core/commands.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { lockPeople } from '../roles/index.ts';
import { type Mailing, requireTransport } from '../sends/index.ts';
import { requireGrantableLevel } from './grantable.ts';
import { mailInvitation } from './invitation-mails.ts';
import { type InvitationView, readInvitation } from './invitation-view.ts';

export interface InviteMemberInput {
  email: string;
  role: InvitationView['role'];
  teamId?: string | null | undefined;
  mailing: Mailing;
  lifeHours: number;
}

/**
 * Invites somebody by mail; the link is in the mail alone.
 * @throws AppError conflict `USER_EXISTS`, `INVITATION_EXISTS`; forbidden for a role beyond one's own.
 */
export const inviteMember = verb({ permission: 'users.create' }, async (ctx, input: InviteMemberInput) => {
  const { email, role, mailing } = input;
  requireTransport(mailing);
  requireGrantableLevel(ctx, role);
  await lockPeople(ctx);
  await requireNewAddress(ctx, email);
  const teamId = await teamOf(ctx, input.teamId);
  const row = await ctx.tx
    .insertInto('team_invitations')
    .values({
      email,
      role,
      team_id: teamId,
      expires_at: expiry(ctx, input.lifeHours),
      invited_by: ctx.principal.userId ?? null,
    })
    .onConflict((clash) => clash.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!row) throw await alreadyInvited(ctx, email);
  await mailInvitation(ctx, mailing, { invitationId: row.id, generation: 1, kind: 'invitation' });
  await audit(ctx, 'invitation.create', { entityType: 'invitation', entityId: row.id, after: { email, role, teamId } });
  await begin(ctx, row.id, 1);
  return readInvitation(ctx, row.id);
});

const expiry = (ctx: Ctx, hours: number): Date => new Date(ctx.now.getTime() + hours * 3_600_000);

const begin = (ctx: Ctx, invitationId: string, generation: number): Promise<void> =>
  startProcess(
    ctx,
    'invitation',
    { entityId: invitationId, generation },
    { organizationId: ctx.organizationId, invitationId, generation },
  );

async function requireNewAddress(ctx: Ctx, email: string): Promise<void> {
  const user = await ctx.tx
    .selectFrom('users')
    .select('id')
    .where((eb) => eb(eb.fn<string>('lower', ['email']), '=', email.toLowerCase()))
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  if (user) {
    throw conflict('USER_EXISTS', 'This person is a member of the organization already.', {
      details: { existingId: user.id },
      hint: 'Change their role instead.',
    });
  }
}

async function alreadyInvited(ctx: Ctx, email: string) {
  const existing = await ctx.tx
    .selectFrom('team_invitations')
    .select('id')
    .where((eb) => eb(eb.fn<string>('lower', ['email']), '=', email.toLowerCase()))
    .where('status', '=', 'pending')
    .executeTakeFirst();
  return conflict('INVITATION_EXISTS', 'This person is invited already.', {
    ...(existing ? { details: { existingId: existing.id } } : {}),
    hint: 'Send the invitation again with POST /api/v1/team/invitations/{id}/resend, or revoke it.',
  });
}

/** The team that is named, else the one of whoever invites, else the organization's first. */
async function teamOf(ctx: Ctx, teamId: string | null | undefined): Promise<string | null> {
  const teams = ctx.tx.selectFrom('teams').select('id').where('deleted_at', 'is', null);
  if (teamId) {
    const named = await teams.where('id', '=', teamId).executeTakeFirst();
    if (!named) throw invalid('teamId', 'is not a team of this organization', teamId);
    return named.id;
  }
  const inviter = ctx.principal.userId;
  const own = inviter
    ? await ctx.tx.selectFrom('users').select('team_id').where('id', '=', inviter).executeTakeFirst()
    : undefined;
  if (own?.team_id) return own.team_id;
  return (await teams.orderBy('number').limit(1).executeTakeFirst())?.id ?? null;
}

/** Sends a new link and starts the time anew; links that were sent before go on working. */
export const resendInvitation = verb(
  { permission: 'users.create' },
  async (ctx, input: { invitationId: string; mailing: Mailing; lifeHours: number }) => {
    const { invitationId, mailing } = input;
    requireTransport(mailing);
    const before = await readInvitation(ctx, invitationId);
    requireGrantableLevel(ctx, before.role);
    const row = await ctx.tx
      .updateTable('team_invitations')
      .set(({ eb }) => ({
        status: 'pending',
        expires_at: expiry(ctx, input.lifeHours),
        reminded_at: null,
        generation: eb('generation', '+', 1),
      }))
      .where('id', '=', invitationId)
      .where('status', 'in', ['pending', 'expired'])
      .returning('generation')
      .executeTakeFirst();
    if (!row) throw decided(before.status);
    await mailInvitation(ctx, mailing, { invitationId, generation: row.generation, kind: 'invitation' });
    await audit(ctx, 'invitation.resend', { entityType: 'invitation', entityId: invitationId });
    await tell(ctx, invitationId, row.generation - 1);
    await begin(ctx, invitationId, row.generation);
    return readInvitation(ctx, invitationId);
  },
);

/** Its links stop at once. One that is revoked already stays as it is. */
export const revokeInvitation = verb({ permission: 'users.create' }, async (ctx, input: { invitationId: string }) => {
  const { invitationId } = input;
  const before = await readInvitation(ctx, invitationId);
  const row = await ctx.tx
    .updateTable('team_invitations')
    .set({ status: 'revoked' })
    .where('id', '=', invitationId)
    .where('status', 'in', ['pending', 'expired'])
    .returning('generation')
    .executeTakeFirst();
  if (row) {
    await audit(ctx, 'invitation.revoke', { entityType: 'invitation', entityId: invitationId });
    await tell(ctx, invitationId, row.generation);
  } else if ((await readInvitation(ctx, invitationId)).status === 'accepted') throw decided('accepted');
  return row ? { ...before, status: 'revoked' as const, version: before.version + 1 } : before;
});

export const tell = (ctx: Ctx, invitationId: string, generation: number): Promise<void> =>
  signalProcess(ctx, 'invitation', { entityId: invitationId, generation }, 'invitationChanged');

export const decided = (status: string) =>
  conflict(
    status === 'accepted' ? 'INVITATION_ACCEPTED' : 'INVITATION_REVOKED',
    `The invitation was ${status} already.`,
    {
      hint: status === 'accepted' ? 'The person is a member now; sign in.' : 'Invite the person anew.',
    },
  );
