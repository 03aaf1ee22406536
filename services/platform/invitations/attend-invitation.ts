import { type InvitationFacts, nextStep } from '../../../domain/platform/invitation.rules.ts';
import { audit } from '../../core/audit.ts';
import type { Ctx } from '../../core/context.ts';
import type { Mailing } from '../sends/index.ts';
import { mailInvitation } from './invitation-mails.ts';

export type Attention =
  | { readonly status: 'pending'; readonly waitSeconds: number }
  | { readonly status: 'accepted' | 'revoked' | 'expired' | 'replaced' };

/** One look of the process: does what is due, and says when to look again. Repeating it changes nothing. */
export async function attendInvitation(
  ctx: Ctx,
  mailing: Mailing,
  { invitationId, generation, lifeHours }: { invitationId: string; generation: number; lifeHours: number },
): Promise<Attention> {
  const row = await ctx.tx
    .selectFrom('team_invitations')
    .select(['status', 'generation', 'expires_at', 'reminded_at'])
    .where('id', '=', invitationId)
    .forUpdate()
    .executeTakeFirst();
  if (!row || row.generation !== generation) return { status: 'replaced' };
  const status = row.status as InvitationFacts['status'];
  const sentAt = new Date(row.expires_at.getTime() - lifeHours * 3_600_000);
  const facts = { status, sentAt, expiresAt: row.expires_at, reminded: row.reminded_at !== null };
  const step = nextStep(facts, ctx.now);
  if (step.kind === 'end') return { status: status === 'pending' ? 'replaced' : status };
  if (step.kind === 'expire') {
    await ctx.tx
      .updateTable('team_invitations')
      .set({ status: 'expired' })
      .where('id', '=', invitationId)
      .where('status', '=', 'pending')
      .execute();
    await audit(ctx, 'invitation.expire', { entityType: 'invitation', entityId: invitationId });
    return { status: 'expired' };
  }
  if (step.kind === 'remind') {
    await mailInvitation(ctx, mailing, { invitationId, generation, kind: 'reminder' });
    await ctx.tx.updateTable('team_invitations').set({ reminded_at: ctx.now }).where('id', '=', invitationId).execute();
  }
  const until = step.kind === 'wait' ? step.until : row.expires_at;
  return { status: 'pending', waitSeconds: Math.max(1, Math.ceil((until.getTime() - ctx.now.getTime()) / 1000)) };
}
