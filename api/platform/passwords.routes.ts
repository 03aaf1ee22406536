import { z } from 'zod';
import { chosenPassword, emailAddress } from '../../domain/platform/account.input.ts';
import { prepareReset, requestPasswordReset, resetPassword } from '../../services/platform/auth/index.ts';
import { requireTransport } from '../../services/platform/sends/index.ts';
import { defineEndpoint } from '../http/endpoint.ts';

const open = { face: 'b', tag: 'auth', credential: 'none', rateLimit: 'auth' } as const;

const Done = z.strictObject({ message: z.string() }).meta({ id: 'AuthNotice' });

export const forgotPasswordEndpoint = defineEndpoint({
  ...open,
  operationId: 'forgotPassword',
  method: 'post',
  path: '/auth/forgot-password',
  summary: 'Ask for a link to set a new password',
  description: 'The same answer whether or not there is such a person. The link works once, for an hour.',
  // Without an organization keys of strangers would meet; asking twice does no harm.
  idempotent: false,
  body: z.strictObject({ email: emailAddress() }).meta({ id: 'ForgotPasswordInput' }),
  response: Done,
  verb: requestPasswordReset,
  prepare: async (_, { mailing }) => {
    requireTransport(mailing);
    return { value: undefined };
  },
  input: ({ body }) => body,
  output: () => ({ message: 'If there is an account with this address, a mail is on its way.' }),
  shownBy: { operation: 'listOutbox', as: 'register', eventually: true },
  examples: [{ name: 'Somebody who forgot', body: { email: '{{register.user.email|ada.b@acme-rockets.example}}' } }],
});

export const resetPasswordEndpoint = defineEndpoint({
  ...open,
  operationId: 'resetPassword',
  method: 'post',
  path: '/auth/reset-password',
  summary: 'Set a new password with the link of a mail',
  description: 'The token stands behind `token=` in the link. Every session of the person ends.',
  // The token works once anyway.
  idempotent: false,
  errors: [409],
  body: z
    .strictObject({ token: z.string().min(1, 'must not be empty').max(200), password: chosenPassword() })
    .meta({ id: 'ResetPasswordInput' }),
  response: Done,
  verb: resetPassword,
  prepare: async ({ body, raw }, tools) => {
    const prepared = await prepareReset(tools, body, raw.now);
    return { value: prepared, as: prepared };
  },
  input: (_, prepared) => prepared,
  output: () => ({ message: 'The password is set. Sign in with it.' }),
  // What a process knows of a token it keeps for a second.
  shownBy: { operation: 'getMe', as: 'register', answers: 401, eventually: true },
  examples: [
    {
      name: 'With a token of a mail',
      after: ['forgotPassword', { operation: 'listOutbox', example: 'Your own', until: { '0.channel': 'email' } }],
      body: {
        token: '{{listOutbox[Your own].0.text~token=([\\w-]+)|tq3mZ0bq1oXo9m7kq4m1v8mJpCw7d1mYl2a6s9fGh0k}}',
        password: 'four words by chance',
      },
    },
  ],
});
