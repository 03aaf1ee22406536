import { notFound } from '../../../domain/core/errors.ts';
import { type Ctx, verb } from '../../core/context.ts';
import { type PageInput, readPage } from '../../core/page.ts';

export type InvitationStatus = 'pending' | 'accepted' | 'revoked' | 'expired';

export interface InvitationView {
  readonly id: string;
  readonly email: string;
  readonly role: 'admin' | 'user' | 'viewer';
  readonly teamId: string | null;
  readonly status: InvitationStatus;
  readonly expiresAt: Date;
  readonly invitedBy: string | null;
  readonly remindedAt: Date | null;
  readonly acceptedAt: Date | null;
  readonly acceptedUserId: string | null;
  readonly createdAt: Date;
  readonly version: number;
}

const invitations = (ctx: Ctx) =>
  ctx.tx
    .selectFrom('team_invitations')
    .select(['id', 'email', 'role', 'team_id', 'status', 'expires_at', 'invited_by', 'reminded_at', 'accepted_at'])
    .select(['accepted_user_id', 'created_at', 'version']);

type Row = Awaited<ReturnType<ReturnType<typeof invitations>['execute']>>[number];

/** An invitation whose time is over is expired, even while its process has not come round to saying so. */
const toView = (ctx: Ctx, row: Row): InvitationView => ({
  id: row.id,
  email: row.email,
  role: row.role as InvitationView['role'],
  teamId: row.team_id,
  status: row.status === 'pending' && row.expires_at <= ctx.now ? 'expired' : (row.status as InvitationStatus),
  expiresAt: row.expires_at,
  invitedBy: row.invited_by,
  remindedAt: row.reminded_at,
  acceptedAt: row.accepted_at,
  acceptedUserId: row.accepted_user_id,
  createdAt: row.created_at,
  version: row.version,
});

/** @throws AppError not_found. */
export async function readInvitation(ctx: Ctx, invitationId: string): Promise<InvitationView> {
  const row = await invitations(ctx).where('id', '=', invitationId).executeTakeFirst();
  if (!row) throw notFound('The invitation');
  return toView(ctx, row);
}

export interface ListInvitationsInput extends PageInput {
  /** Absent: pending ones. */
  status?: InvitationStatus | 'all' | undefined;
}

/** Newest first. */
export const listInvitations = verb({ permission: 'users.view' }, async (ctx, input: ListInvitationsInput) => {
  const { status = 'pending' } = input;
  const { rows, total } = await readPage(input, (limit, offset) => {
    let query = invitations(ctx).select(({ fn }) => fn.countAll<number>().over().as('total'));
    if (status === 'pending') query = query.where('status', '=', 'pending').where('expires_at', '>', ctx.now);
    else if (status === 'expired') {
      query = query.where((eb) =>
        eb.or([eb('status', '=', 'expired'), eb('status', '=', 'pending').and('expires_at', '<=', ctx.now)]),
      );
    } else if (status !== 'all') query = query.where('status', '=', status);
    return query.orderBy('id', 'desc').limit(limit).offset(offset).execute();
  });
  return { items: rows.map((row) => toView(ctx, row)), total };
});
