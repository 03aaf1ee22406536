import { z } from 'zod';
import { prepareRegistration, registerOrganization } from '../../services/platform/accounts/index.ts';
import {
  completeSignIn,
  endAllSessions,
  endSession,
  getMe,
  listSessions,
  prepareRefresh,
  refreshSession,
  signOut,
  verifySignIn,
} from '../../services/platform/auth/index.ts';
import { defineEndpoint, type Face } from '../http/endpoint.ts';
import { id } from '../http/schemas.ts';
import {
  clientOf,
  EndedAnswer,
  LoginBody,
  MeAnswer,
  RefreshBody,
  RegisterBody,
  SessionAnswer,
  SessionListQuery,
  SignedInAnswer,
  toSignedIn,
} from './auth.dto.ts';

const tag = 'auth';
/** Open to everybody, counted by address, and never stored: the answer holds tokens. */
const open = { tag, credential: 'none', rateLimit: 'auth', secretAnswer: true } as const;

const register = (face: Face, operationId: string, path: `/${string}`) =>
  defineEndpoint({
    ...open,
    operationId,
    face,
    method: 'post',
    path,
    summary: 'Create an organization and its first administrator',
    description:
      'The new organization has the roles Admin, Agent, User and Viewer (numbers 1 to 4) and team 1. ' +
      'One e-mail address is one person, in whichever organization.',
    errors: [409],
    // A key belongs to an organization, and there is none yet; the address alone keeps it from happening twice.
    idempotent: false,
    status: 201,
    message: 'Organization created',
    body: RegisterBody,
    response: SignedInAnswer,
    verb: registerOrganization,
    prepare: async ({ body, raw }, tools) => {
      const prepared = await prepareRegistration(tools, body, raw.now);
      return { value: { ...prepared, lifeSeconds: tools.sessionSeconds }, as: prepared };
    },
    input: ({ body: { password: _, ...account }, raw }, prepared) => ({ ...prepared, account, client: clientOf(raw) }),
    output: toSignedIn,
    shownBy: { operation: 'getMe', as: operationId },
    examples: [
      {
        name: 'A new company',
        body: {
          organizationName: 'Acme Rockets',
          firstName: 'Ada',
          lastName: 'Lovelace',
          email: `ada.${face}{{unique}}@acme-rockets.example`,
          password: 'correct horse battery staple',
        },
      },
    ],
  });

export const registerEndpoint = register('a', 'registerUser', '/users/register');
export const registerOnBEndpoint = register('b', 'register', '/auth/register');

const registerOf = { a: 'registerUser', b: 'register' } as const;

const login = (face: Face, operationId: string, path: `/${string}`) =>
  defineEndpoint({
    ...open,
    operationId,
    face,
    method: 'post',
    path,
    ...(face === 'a' ? { tenantRequired: true as const } : {}),
    summary: 'Sign in with e-mail address and password',
    description:
      'The access token lives 15 minutes; the refresh token is exchanged for new ones until the session ends ' +
      '(JWT_EXPIRATION, 7 days). After ten failures in 15 minutes an address, known or not, rests for 15 minutes. ' +
      'An X-Tenant-ID that is sent must be the organization of the person.',
    message: 'Signed in',
    body: LoginBody,
    response: SignedInAnswer,
    verb: completeSignIn,
    prepare: async ({ body, raw }, tools) => {
      const organizationId = raw.header('x-tenant-id') || undefined;
      const verified = await verifySignIn(tools, { ...body, organizationId }, raw.now);
      return { value: { ...verified, lifeSeconds: tools.sessionSeconds }, as: verified };
    },
    input: ({ raw }, verified) => ({ ...verified, client: clientOf(raw) }),
    output: toSignedIn,
    shownBy: { operation: 'getMe', as: operationId },
    examples: [
      {
        name: 'The person of the register example',
        after: [registerOf[face]],
        ...(face === 'a' ? { headers: { 'x-tenant-id': '{{registerUser.organization.id}}' } } : {}),
        body: { email: `ada.${face}{{unique}}@acme-rockets.example`, password: 'correct horse battery staple' },
      },
    ],
  });

export const loginEndpoint = login('a', 'loginUser', '/users/login');
export const loginOnBEndpoint = login('b', 'login', '/auth/login');

const face = 'b' as const;

export const refreshEndpoint = defineEndpoint({
  ...open,
  operationId: 'refreshToken',
  face,
  method: 'post',
  path: '/auth/refresh',
  summary: 'Exchange a refresh token for new tokens',
  description:
    'Each refresh token works once. One that comes a second time is in two hands: its whole session ends (401). ' +
    'Of requests that come at once one wins, the others get 409 `REFRESH_IN_PROGRESS` and the session goes on.',
  errors: [409],
  body: RefreshBody,
  response: SignedInAnswer,
  verb: refreshSession,
  prepare: async ({ body, raw }, tools) => {
    const { settled, ...prepared } = await prepareRefresh(tools, body.refreshToken, raw.now);
    return { value: prepared, as: prepared, settled };
  },
  input: (_, prepared) => prepared,
  output: toSignedIn,
  shownBy: { operation: 'getMe', as: 'refreshToken' },
  examples: [
    {
      name: 'A refresh token of a sign-in',
      body: { refreshToken: '{{register.refreshToken|tq3mZ0bq1oXo9m7kq4m1v8mJpCw7d1mYl2a6s9fGh0k}}' },
    },
  ],
});

export const logoutEndpoint = defineEndpoint({
  operationId: 'logout',
  face,
  method: 'post',
  path: '/auth/logout',
  tag,
  summary: 'End the session of this request',
  description: 'Its access tokens stop within a second, its refresh token at once. Needs an access token, not a key.',
  response: EndedAnswer,
  verb: signOut,
  input: () => undefined,
  shownBy: { operation: 'listSessions', as: 'register' },
  examples: [{ name: 'Another session of the same person', as: 'login' }],
});

export const meEndpoint = defineEndpoint({
  operationId: 'getMe',
  face,
  method: 'get',
  path: '/auth/me',
  tag,
  summary: 'Who this credential is and what it may do',
  response: MeAnswer,
  verb: getMe,
  input: () => undefined,
  output: (me) => ({ ...me, permissions: [...me.permissions] }),
  examples: [{ name: 'A person', as: 'register' }],
});

export const listSessionsEndpoint = defineEndpoint({
  operationId: 'listSessions',
  face,
  method: 'get',
  path: '/auth/sessions',
  tag,
  summary: 'List open sessions, newest first',
  description:
    "One's own; with `users.view` those of another person (`userId`). A key, which is no person, sees the organization's.",
  list: 'page',
  query: SessionListQuery,
  response: SessionAnswer,
  verb: listSessions,
  input: ({ query }) => query,
  examples: [{ name: 'My own', as: 'register' }],
});

export const endSessionEndpoint = defineEndpoint({
  operationId: 'endSession',
  face,
  method: 'delete',
  path: '/auth/sessions/{sessionId}',
  tag,
  summary: 'End one session',
  description: "One's own, or with `users.edit` that of another person. One that has ended stays as it is.",
  params: z.strictObject({ sessionId: id() }),
  response: EndedAnswer,
  verb: endSession,
  input: ({ params }) => params,
  examples: [
    { name: 'The newest one', params: { sessionId: '{{listSessions.0.id}}' }, as: 'register', after: ['login'] },
  ],
});

export const endAllSessionsEndpoint = defineEndpoint({
  operationId: 'endAllSessions',
  face,
  method: 'delete',
  path: '/auth/sessions',
  tag,
  summary: 'Sign out everywhere',
  description: "All of one's own sessions, this one included; with `users.edit` those of another person (`userId`).",
  query: z.strictObject({ userId: id().optional() }),
  response: EndedAnswer,
  verb: endAllSessions,
  input: ({ query }) => query,
  examples: [{ name: 'Mine', as: 'register', after: ['login'] }],
});
