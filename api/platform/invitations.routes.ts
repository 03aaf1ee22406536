import { z } from 'zod';
import { chosenPassword, emailAddress, oneLine } from '../../domain/platform/account.input.ts';
import {
  acceptInvitation,
  inviteMember,
  listInvitations,
  prepareAcceptance,
  resendInvitation,
  revokeInvitation,
} from '../../services/platform/invitations/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';
import { id, pageQuery, timestamp } from '../http/schemas.ts';
import { clientOf, SignedInAnswer, toSignedIn } from './auth.dto.ts';

const face = 'b' as const;
const tag = 'team';

const Invitation = z
  .strictObject({
    id: id(),
    email: z.string(),
    role: z.enum(['admin', 'user', 'viewer']),
    teamId: id().nullable(),
    status: z.enum(['pending', 'accepted', 'revoked', 'expired']),
    expiresAt: timestamp(),
    invitedBy: id().nullable(),
    remindedAt: timestamp().nullable(),
    acceptedAt: timestamp().nullable(),
    acceptedUserId: id().nullable(),
    createdAt: timestamp(),
    version: z.int(),
  })
  .meta({ id: 'Invitation' });

const InvitationParams = z.strictObject({ id: id() });

export const inviteMemberEndpoint = defineEndpoint({
  operationId: 'inviteMember',
  face,
  method: 'post',
  path: '/team/invite',
  tag,
  summary: 'Invite somebody by mail',
  description:
    'The link is in the mail alone and works once, for INVITATION_EXPIRATION_HOURS (72); a reminder follows a day before ' +
    'the end. Nobody invites to a role that may do more than they.',
  errors: [409],
  status: 201,
  body: z
    .strictObject({
      email: emailAddress(),
      role: z.enum(['admin', 'user', 'viewer']).default('user'),
      teamId: id().nullable().optional().describe("Default: the inviter's own team"),
    })
    .meta({ id: 'InviteInput' }),
  response: Invitation,
  verb: inviteMember,
  prepare: async (_, { mailing, invitationHours }) => ({ value: { mailing, lifeHours: invitationHours } }),
  input: ({ body }, prepared) => ({ ...body, ...prepared }),
  etag: (invitation) => invitation.version,
  examples: [{ name: 'A colleague', body: { email: 'grace{{unique}}@acme-rockets.example', role: 'user' } }],
  shownBy: { operation: 'listInvitations' },
});

export const listInvitationsEndpoint = defineEndpoint({
  operationId: 'listInvitations',
  face,
  method: 'get',
  path: '/team/invitations',
  tag,
  summary: 'List invitations, newest first',
  description: 'Pending ones unless `status` says otherwise.',
  list: 'page',
  query: z.strictObject({
    ...pageQuery,
    status: z.enum(['pending', 'accepted', 'revoked', 'expired', 'all']).optional(),
  }),
  response: Invitation,
  verb: listInvitations,
  input: ({ query }) => query,
});

export const revokeInvitationEndpoint = defineEndpoint({
  operationId: 'revokeInvitation',
  face,
  method: 'delete',
  path: '/team/invitations/{id}',
  tag,
  summary: 'Revoke an invitation',
  description: 'Its links stop at once. One that is revoked already stays as it is; an accepted one is a 409.',
  errors: [404, 409],
  params: InvitationParams,
  response: Invitation,
  verb: revokeInvitation,
  input: ({ params }) => ({ invitationId: params.id }),
  examples: [{ name: 'Not needed any more', params: { id: '{{inviteMember.id}}' } }],
});

export const resendInvitationEndpoint = defineEndpoint({
  operationId: 'resendInvitation',
  face,
  method: 'post',
  path: '/team/invitations/{id}/resend',
  tag,
  summary: 'Send an invitation again',
  description: 'With a new link and its whole time anew, also after it has expired. Links sent before go on working.',
  errors: [404, 409],
  params: InvitationParams,
  response: Invitation,
  verb: resendInvitation,
  prepare: async (_, { mailing, invitationHours }) => ({ value: { mailing, lifeHours: invitationHours } }),
  input: ({ params }, prepared) => ({ invitationId: params.id, ...prepared }),
  shownBy: { operation: 'listOutbox', eventually: true, shows: { '1.channel': 'email' } },
  examples: [
    {
      name: 'It went astray',
      params: { id: '{{inviteMember.id}}' },
      after: ['inviteMember', { operation: 'listOutbox', until: { '0.channel': 'email' } }],
    },
  ],
});

export const acceptInvitationEndpoint = defineEndpoint({
  operationId: 'acceptInvitation',
  face,
  method: 'post',
  path: '/team/invitations/{token}/accept',
  tag,
  credential: 'none',
  rateLimit: 'auth',
  secretAnswer: true,
  // It works once anyway, and a second time says so.
  idempotent: false,
  summary: 'Accept an invitation and sign in',
  description:
    'The token stands behind `token=` in the link of the mail. Expired: 400 `INVITATION_EXPIRED`; a second time: 409.',
  errors: [404, 409],
  status: 201,
  params: z.strictObject({ token: z.string().min(1).max(200) }),
  body: z
    .strictObject({
      name: oneLine(200).optional().describe('Split at the first space; or send firstName and lastName'),
      firstName: oneLine(100).optional(),
      lastName: oneLine(100).nullable().optional(),
      password: chosenPassword(),
    })
    .refine((body) => (body.name === undefined) !== (body.firstName === undefined), {
      path: ['name'],
      message: 'or firstName is required, one of the two',
    })
    .meta({ id: 'AcceptInvitationInput' }),
  response: SignedInAnswer,
  verb: acceptInvitation,
  prepare: async ({ params, body, raw }, tools) => {
    const names = namesOf(body);
    const prepared = await prepareAcceptance(
      tools,
      { ...names, token: params.token, password: body.password },
      raw.now,
    );
    return { value: { ...prepared, ...names, lifeSeconds: tools.sessionSeconds }, as: { ...prepared, userId: null } };
  },
  input: ({ raw }, prepared) => ({ ...prepared, client: clientOf(raw) }),
  output: toSignedIn,
  examples: [
    {
      name: 'With a token of a mail',
      after: ['inviteMember', { operation: 'listOutbox', until: { '0.channel': 'email' } }],
      params: { token: '{{listOutbox.0.text~token=([\\w-]+)|tq3mZ0bq1oXo9m7kq4m1v8mJpCw7d1mYl2a6s9fGh0k}}' },
      body: { name: 'Grace Hopper', password: 'four words by chance' },
    },
  ],
});

interface Names {
  name?: string | undefined;
  firstName?: string | undefined;
  lastName?: string | null | undefined;
}

function namesOf({ name, firstName, lastName }: Names): { firstName: string; lastName: string | null } {
  if (firstName !== undefined) return { firstName, lastName: lastName ?? null };
  const [first, ...rest] = (name ?? '').split(/\s+/);
  return { firstName: first ?? '', lastName: rest.join(' ') || (lastName ?? null) };
}
