import type { MailText } from '../../../domain/platform/mail.rules.ts';
import type { Ctx } from '../../core/context.ts';
import { newSecretToken } from '../auth/index.ts';
import { type Mailing, planMail, type SendGuard } from '../sends/index.ts';

export interface InvitationMail {
  invitationId: string;
  /** One mail per generation and kind. */
  generation: number;
  kind: 'invitation' | 'reminder';
}

/** Writes the mail with a link of its own; only the link's hash is kept. */
export async function mailInvitation(ctx: Ctx, mailing: Mailing, mail: InvitationMail): Promise<void> {
  const { invitationId, generation, kind } = mail;
  const row = await ctx.tx
    .selectFrom('team_invitations as i')
    .innerJoin('organizations as o', 'o.id', 'i.organization_id')
    .leftJoin('users as u', (join) =>
      join.onRef('u.organization_id', '=', 'i.organization_id').onRef('u.id', '=', 'i.invited_by'),
    )
    .select(['i.email', 'i.expires_at', 'o.name as organization', 'u.first_name', 'u.last_name'])
    .where('i.id', '=', invitationId)
    .executeTakeFirstOrThrow();
  const { token, hash } = newSecretToken();
  const sendId = await planMail(ctx, mailing, {
    dedupeKey: `${kind}:${invitationId}:${generation}`,
    purpose: 'transactional',
    to: { email: row.email, name: null },
    subject: { type: 'invitation', id: invitationId },
    mail: textOf(kind, {
      organization: row.organization,
      inviter: [row.first_name, row.last_name].filter(Boolean).join(' '),
      expiresAt: row.expires_at,
      url: `${mailing.publicUrl}/accept-invitation?token=${token}`,
    }),
  });
  if (sendId === null) return;
  await ctx.tx
    .insertInto('one_time_tokens')
    .values({ purpose: 'invitation', hash, invitation_id: invitationId, expires_at: row.expires_at })
    .execute();
}

interface Words {
  readonly organization: string;
  readonly inviter: string;
  readonly expiresAt: Date;
  readonly url: string;
}

function textOf(kind: InvitationMail['kind'], { organization, inviter, expiresAt, url }: Words): MailText {
  const until = `${expiresAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const invited = inviter
    ? `${inviter} has invited you to join ${organization}.`
    : `You are invited to join ${organization}.`;
  return {
    subject: kind === 'reminder' ? `Your invitation to ${organization} ends soon` : `Join ${organization}`,
    paragraphs: [
      kind === 'reminder' ? `${invited} The invitation is still open.` : invited,
      { label: 'Accept the invitation', url },
      `The link works once, until ${until}.`,
    ],
  };
}

/** Nobody is asked to accept what has been accepted, revoked or is over. */
export const invitationIsWanted: SendGuard = async (ctx, send) => {
  if (send.subjectType !== 'invitation') return null;
  const row = await ctx.tx
    .selectFrom('team_invitations')
    .select('id')
    .where('id', '=', send.subjectId)
    .where('status', '=', 'pending')
    .where('expires_at', '>', ctx.now)
    .executeTakeFirst();
  return row ? null : 'invitation_closed';
};
