import { z } from 'zod';
import { chosenPassword, emailAddress, givenPassword, oneLine } from '../../domain/platform/account.input.ts';
import type { ClientFacts, SignedIn } from '../../services/platform/auth/index.ts';
import type { RawRequest } from '../http/endpoint.ts';
import { id, pageQuery, timestamp } from '../http/schemas.ts';

export const RegisterBody = z
  .strictObject({
    organizationName: oneLine(200),
    firstName: oneLine(100),
    lastName: oneLine(100).nullable().optional(),
    email: emailAddress(),
    password: chosenPassword(),
  })
  .meta({ id: 'RegisterInput' });

export const LoginBody = z
  .strictObject({ email: emailAddress(), password: givenPassword() })
  .meta({ id: 'LoginInput' });

export const RefreshBody = z
  .strictObject({ refreshToken: z.string().min(1, 'must not be empty').max(200) })
  .meta({ id: 'RefreshInput' });

const AccountUser = z
  .strictObject({
    id: id(),
    email: z.string(),
    firstName: z.string().nullable(),
    lastName: z.string().nullable(),
    role: z.string().describe('Base level: admin, user or viewer'),
    teamId: id().nullable(),
  })
  .meta({ id: 'AccountUser' });

const AccountOrganization = z
  .strictObject({ id: id(), name: z.string(), plan: z.string() })
  .meta({ id: 'AccountOrganization' });

export const SignedInAnswer = z
  .strictObject({
    token: z.string().describe('The access token, again'),
    accessToken: z.string().describe('Send it as Authorization: Bearer …'),
    refreshToken: z.string().describe('Exchanged once for new tokens with POST /api/v1/auth/refresh'),
    tokenType: z.literal('Bearer'),
    expiresIn: z.int().describe('Seconds until the access token expires'),
    user: AccountUser,
    organization: AccountOrganization,
  })
  .meta({ id: 'SignedIn' });

export const toSignedIn = ({ user, organization, tokens }: SignedIn): z.output<typeof SignedInAnswer> => ({
  token: tokens.accessToken,
  accessToken: tokens.accessToken,
  refreshToken: tokens.refreshToken,
  tokenType: 'Bearer',
  expiresIn: tokens.expiresInSeconds,
  user,
  organization,
});

export const MeAnswer = z
  .strictObject({
    user: AccountUser.nullable().describe('null: a key that belongs to no person'),
    organization: AccountOrganization,
    credential: z.enum(['session', 'api_key']),
    sessionId: id().nullable(),
    permissions: z.array(z.string()).describe('Code names that this credential may use right now'),
  })
  .meta({ id: 'Me' });

export const SessionAnswer = z
  .strictObject({
    id: id(),
    userId: id(),
    current: z.boolean().describe('The session of this request'),
    userAgent: z.string().nullable(),
    ipAddress: z.string().nullable(),
    createdAt: timestamp(),
    lastUsedAt: timestamp(),
    expiresAt: timestamp(),
  })
  .meta({ id: 'Session' });

export const SessionListQuery = z.strictObject({ ...pageQuery, userId: id().optional() });
export const EndedAnswer = z.strictObject({ ended: z.int().describe('Sessions that this request has ended') });

export const clientOf = ({ header, remoteAddress }: RawRequest): ClientFacts => ({
  userAgent: header('user-agent') ?? null,
  ipAddress: remoteAddress,
});
